"""Reply templates: ready words tied to a passage; a template whose passage changed says so."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from bot.dashboard.desk import Desk
from bot.dashboard.models import ReplyTemplate
from bot.domain.demande import Demande
from bot.domain.fiche import Passage


@dataclass(frozen=True, slots=True)
class Ready:
    """A template, its words for one demande, and what is wrong with it (empty: nothing)."""

    modele: Any
    texte: str
    alerte: str
    titre_passage: str


def fingerprint(passage: Passage) -> str:
    """What a template relies on: what the passage says, not how it is found."""
    return hashlib.sha256(f"{passage.court}\n{passage.detail}".encode()).hexdigest()


def state(template: Any, desk: Desk) -> str:
    """Why the template must be read again; empty when nothing moved."""
    if not template.passage:
        return ""
    passage = desk.passages().get(template.passage)
    if passage is None:
        return "Le passage dont ce modèle dépend n'existe plus."
    if fingerprint(passage) != template.empreinte:
        return "Le passage dont ce modèle dépend a changé. Relisez le modèle avant de l'utiliser."
    return "La date de révision de ce passage est dépassée." if passage.stale(desk.today) else ""


def ready(demande: Demande, desk: Desk) -> tuple[Ready, ...]:
    """The body's templates, filled for this demande."""
    return tuple(
        described(one, desk, filled(one.texte, demande))
        for one in ReplyTemplate.objects.filter(organisme=demande.organisme)
    )


def texts(organisme: str, row: Any, desk: Desk) -> tuple[Ready, ...]:
    """The body's templates, filled for the person of this row (None: nobody is known)."""
    known = row.answers if row is not None else {}
    numero = row.numero if row is not None else ""
    return tuple(
        described(one, desk, written(one.texte, str(known.get("prenom") or ""), numero))
        for one in ReplyTemplate.objects.filter(organisme=organisme)
    )


def described(template: Any, desk: Desk, texte: str = "") -> Ready:
    """The template with its state."""
    passage = desk.passages().get(template.passage) if template.passage else None
    return Ready(template, texte or template.texte, state(template, desk), passage.titre if passage else "")


def filled(texte: str, demande: Demande) -> str:
    """The words with this person's first name and number; braces of any other kind stay as they are."""
    return written(texte, str(demande.answers.get("prenom") or ""), demande.numero)


def written(texte: str, prenom: str, numero: str) -> str:
    """The words with a name and a number; where one is not known, what it stood with goes too."""
    text = texte.replace("{prenom}", prenom.strip()).replace("{numero}", numero)
    return text if prenom.strip() else text.replace("Bonjour ,", "Bonjour,")


KNOWN = frozenset({"prenom", "numero"})


def unknown_names(texte: str) -> list[str]:
    """What stands between braces and means nothing: it would be sent as it is."""
    return sorted(set(re.findall(r"\{([^{}\s]*)\}", texte)) - KNOWN)
