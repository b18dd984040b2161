"""One A4 page of a demande, in the order of Cerfa 13912*05, what is missing marked; tagged (PDF/UA-1), deterministic."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib import resources
from typing import Any

import typst

from bot.convention.sheet import Sheet, printable
from bot.conversation.saying.law import finding
from bot.conversation.scene import PARIS
from bot.domain.controles import Controle, Issue
from bot.domain.demande import Demande
from bot.domain.organisme import Organisme
from bot.domain.typographie import french
from bot.form.wording import Wording

TEMPLATE = resources.files("bot.convention").joinpath("demande.typ").read_bytes()
SHOWN = 8


def demande_pdf(demande: Demande, organisme: Organisme | None, controles: Sequence[Controle], words: Wording) -> bytes:
    """The page as PDF bytes. Values reach typst as data, never as source; a glyph that no font has shows as a box."""
    data = json.dumps(_typeset(page(demande, organisme, controles, words)))
    try:
        return typst.compile(TEMPLATE, sys_inputs={"data": data}, ignore_system_fonts=True, pdf_standards="ua-1")
    except typst.TypstError:  # a character that no font has is refused by PDF/UA, and by it alone
        return typst.compile(TEMPLATE, sys_inputs={"data": data}, ignore_system_fonts=True)


def _typeset(value: Any) -> Any:
    """The same values, every sentence in French typography: the place where the page's words are set."""
    match value:
        case str():
            return french(value)
        case list():
            return [_typeset(one) for one in value]
        case dict():
            return {key: _typeset(one) for key, one in value.items()}
        case _:
            return value


def page(
    demande: Demande, organisme: Organisme | None, controles: Sequence[Controle], words: Wording
) -> dict[str, Any]:
    """What the template shows, as JSON values."""
    sent = words.day(demande.envoyee_le.astimezone(PARIS).date(), weekday=False)
    mineur = any(one.code == "representant" for one in controles)
    sheet = Sheet(demande, organisme, words, mineur)
    return {
        "titre": words.say("document.titre"),
        "reference": printable(words.say("document.reference", numero=demande.numero, jour=sent)),
        "avertissement": words.say("document.avertissement"),
        "ordre": words.say("document.ordre"),
        "a_completer": words.say("document.a_completer"),
        "sections": [asdict(one) for one in sheet.sections()],
        "controles_titre": words.say("document.sections.controles"),
        "controles": _findings(controles, words),
        "controles_suite": _others(controles, words),
        "tout_en_ordre": words.say("document.tout_en_ordre", nombre=str(len(controles))),
        "pied": words.say("document.pied", jour=sent),
    }


def _kept(controles: Sequence[Controle]) -> list[Controle]:
    """What is impossible, then what is to confirm."""
    return [one for issue in (Issue.IMPOSSIBLE, Issue.A_CONFIRMER) for one in controles if one.issue is issue]


def _findings(controles: Sequence[Controle], words: Wording) -> list[dict[str, str]]:
    """The gravest, each with its article."""
    return [
        {
            "issue": words.say(f"document.issues.{one.issue}"),
            "texte": printable(f"{finding(words, one)} {words.say('controle.texte', article=one.article)}"),
        }
        for one in _kept(controles)[:SHOWN]
    ]


def _others(controles: Sequence[Controle], words: Wording) -> str:
    more = len(_kept(controles)) - SHOWN
    return words.say("document.suite", nombre=str(more)) if more > 0 else ""
