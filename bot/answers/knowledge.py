"""The knowledge an index is built from: read from files, or from the copy that an index keeps of it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.content.alertes import Alertes, load_alertes
from bot.content.calculs import load_calculs
from bot.content.fiches import load_fiches
from bot.content.lexique import Concept, Lexique, load_lexique
from bot.content.paroles import Example, load_examples
from bot.content.questions import Negatif, load_negatifs
from bot.content.regles import load_regles
from bot.domain import regex as re
from bot.domain.answer import Refus
from bot.domain.fiche import Citation, Fiche, Nature, Passage
from bot.domain.regles import Parametre

SMALL_TALK = "bavardage"
"""The act of `knowledge/paroles` for what asks nothing."""

COMPLAINT = "plaintes"
"""The act of `knowledge/paroles` for what is said of the answers, and of us."""


DANGER = "danger"
_ALIKE = frozenset({"danger_calme", "sante_calme"})
"""Acts of `paroles/`: danger, and what looks like it."""

_NUMBERED = re.compile(r"\d\D{0,2}\d\D{0,2}\d\D{0,2}\d\D{0,2}\d\D{0,2}\d")
"""A number or an address in an example: nothing that looks like a person's goes into an index."""

_USUAL = frozenset({"problemes", "questions", "tiers", "doutes", "sante", "corrections"})
"""Acts of what is told and asked on any day."""


@dataclass(frozen=True)
class Knowledge:
    """Fiches, lexicon and out-of-scope samples."""

    fiches: tuple[Fiche, ...]
    lexique: Lexique
    negatifs: tuple[Negatif, ...]
    alertes: Alertes = field(default_factory=Alertes)
    regles: tuple[Parametre, ...] = ()
    calculs: Mapping[str, str] = field(default_factory=dict)
    bavardage: tuple[str, ...] = ()
    """What people say between two questions, which asks nothing."""
    plaintes: tuple[str, ...] = ()
    """What people say of the answer they have just read."""

    @cached_property
    def dump(self) -> str:
        """All of it as JSON, in one stable order: the index's copy and the content of its hash."""
        plain = {
            "fiches": self.fiches,
            "concepts": self.lexique.concepts,
            "sms": dict(self.lexique.sms),
            "negatifs": self.negatifs,
            "regles": self.regles,
            "calculs": dict(self.calculs),
            "alertes": {
                "dangers": dict(self.alertes.dangers),
                "calmes": self.alertes.calmes,
                "ordinaires": self.alertes.ordinaires,
            },
            "bavardage": self.bavardage,
            "plaintes": self.plaintes,
        }
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, default=_plain)

    def digest(self) -> str:
        """A hash of everything that changes an index."""
        return hashlib.sha256(self.dump.encode()).hexdigest()


def _plain(value: object) -> Any:
    if is_dataclass(value):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"cannot write {type(value).__name__}")


def _alerted(written: Alertes, said: Sequence[Example]) -> Alertes:
    """What was written for the ear, with what people say of danger and what looks like it, in `paroles/`."""
    dangers = {
        name: tuple(dict.fromkeys((*texts, *(one.text for one in said if f"{DANGER}/{name}" in one.acts))))
        for name, texts in written.dangers.items()
    }
    calm = [one for one in said if DANGER not in one.acts and not _NUMBERED.search(one.text)]
    alike = (one.text for one in calm if not _ALIKE.isdisjoint(one.acts))
    usual = (one.text for one in calm if not _USUAL.isdisjoint(one.acts) and _ALIKE.isdisjoint(one.acts))
    return Alertes(dangers, tuple(dict.fromkeys((*written.calmes, *alike))), tuple(dict.fromkeys(usual)))


def read_knowledge(folder: Path) -> Knowledge:
    """Read the files; raises ContentError with every fault of the first kind of file that has any."""
    said = load_examples(folder)
    talk, complaints = (
        tuple(dict.fromkeys(one.text for one in said if one.acts == (act,))) for act in (SMALL_TALK, COMPLAINT)
    )
    return Knowledge(
        load_fiches(folder),
        load_lexique(folder),
        load_negatifs(folder),
        _alerted(load_alertes(folder), said),
        load_regles(folder).rows,
        load_calculs(folder),
        talk,
        complaints,
    )


def _passage(row: Mapping[str, Any]) -> Passage:
    citations = tuple(
        Citation(one["titre"], one["url"], date.fromisoformat(one["verifiee_le"]), one["article"], one["mention"])
        for one in row["citations"]
    )
    known = {
        **row,
        "citations": citations,
        "a_revoir_le": date.fromisoformat(row["a_revoir_le"]),
        "publics": frozenset(row["publics"]),
        "nature": Nature(row["nature"]),
    }
    for key in ("questions", "faits", "voir_aussi"):
        known[key] = tuple(row[key])
    known["variantes"] = tuple((public, text) for public, text in row["variantes"])
    return Passage(**known)


def _parametre(row: Mapping[str, Any]) -> Parametre:
    days = {key: date.fromisoformat(row[key]) for key in ("depuis", "verifiee_le")}
    return Parametre(**{**row, **days})


def parse_knowledge(text: str) -> Knowledge:
    """What `dump` wrote."""
    plain = json.loads(text)
    fiches = tuple(Fiche(**{**row, "passages": tuple(map(_passage, row["passages"]))}) for row in plain["fiches"])
    concepts = tuple(Concept(row["nom"], tuple(row["dit"]), frozenset(row["publics"])) for row in plain["concepts"])
    negatifs = tuple(
        Negatif(row["question"], Refus(row["refus"]), row["proche"], row["fiche"]) for row in plain["negatifs"]
    )
    said = plain["alertes"]
    alertes = Alertes(
        {name: tuple(texts) for name, texts in said["dangers"].items()},
        tuple(said["calmes"]),
        tuple(said["ordinaires"]),
    )
    regles = tuple(_parametre(row) for row in plain["regles"])
    lexique = Lexique(concepts, plain["sms"])
    talk, complaints = tuple(plain["bavardage"]), tuple(plain["plaintes"])
    return Knowledge(fiches, lexique, negatifs, alertes, regles, plain["calculs"], talk, complaints)
