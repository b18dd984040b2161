"""One legal check of a request: what it looks at (`Cas`) and what it yields (`Controle`)."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from bot.domain.calendrier import Feries
from bot.domain.demande import Champ, Demande
from bot.domain.regles import Parametre, Regles
from bot.domain.session import Json
from bot.errors import ContentError

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_FIRST_YEAR, _LAST_YEAR = 1800, 2500


class Issue(StrEnum):
    """The outcome of a check."""

    EN_ORDRE = "en-ordre"
    A_CONFIRMER = "a-confirmer"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Controle:
    """A check's outcome, with the text that rules it.

    Said with the words `controle.<code>.<issue>`, filled with `params` (dates as 07/12/2026; `jours` holds the same
    ones as dates, for a longer form). `propose` gives, by field, a value that would be in order.
    """

    code: str
    issue: Issue
    champs: tuple[Champ, ...]
    article: str
    url: str
    verifiee_le: date
    params: Mapping[str, str] = field(default_factory=dict)
    jours: Mapping[str, date] = field(default_factory=dict)
    propose: Mapping[Champ, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cas:
    """The request under examination, on a given day, with the law, the holidays and what the person sent before."""

    answers: Mapping[str, Json]
    today: date
    regles: Regles
    feries: Feries
    earlier: Sequence[Demande] = ()

    def texte(self, champ: Champ) -> str:
        """The answer as text, empty where there is none."""
        value = self.answers.get(champ)
        return value.strip() if isinstance(value, str) else ""

    def jour(self, champ: Champ) -> date | None:
        """The date answered; None where there is none that reads as a date of these centuries."""
        try:
            day = date.fromisoformat(self.texte(champ))
        except ValueError:
            return None
        return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None

    def vrai(self, champ: Champ) -> bool:
        """Whether the answer is yes."""
        return self.answers.get(champ) is True

    @property
    def debut(self) -> date | None:
        """The first day wished for."""
        return self.jour(Champ.DATE_DEBUT)

    @property
    def fin(self) -> date | None:
        """The last day wished for."""
        return self.jour(Champ.DATE_FIN)

    @property
    def periode(self) -> tuple[date, date] | None:
        """Both days, when they are known and in order."""
        debut, fin = self.debut, self.fin
        return (debut, fin) if debut and fin and debut <= fin else None

    @property
    def reference(self) -> date:
        """The day on which ages and rules are looked at: the start, else today."""
        return self.debut or self.today

    @property
    def age(self) -> int | None:
        """Whole years on the reference day; negative for a birth to come."""
        born, day = self.jour(Champ.DATE_NAISSANCE), self.reference
        return None if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    @property
    def mineur(self) -> bool:
        """Under the age of majority on the first day."""
        return self.age is not None and self.age < self.nombre("age_majorite")

    def nombre(self, cle: str) -> int:
        """The legal number in force on the reference day."""
        return self.parametre(cle).valeur

    def parametre(self, cle: str) -> Parametre:
        """The rule in force on the reference day; today's where that day comes before every rule."""
        try:
            return self.regles.parametre(cle, self.reference)
        except ContentError:
            return self.regles.parametre(cle, self.today)

    def cle_de_organisme(self, cle: str) -> str:
        """The body's own row of regles.yaml, where there is one: `cle_mission_locale` before `cle`."""
        own = f"{cle}_{self.texte(Champ.SUIVI_PAR).replace('-', '_')}"
        return own if self.regles.connait(own) else cle

    def departement(self, champ: Champ) -> str:
        """The département of a place, empty where it is not known."""
        place = self.answers.get(champ)
        value = place.get("departement") if isinstance(place, dict) else None
        return value if isinstance(value, str) else ""

    def controle(
        self,
        code: str,
        issue: Issue,
        cle: str,
        *champs: Champ,
        propose: Mapping[Champ, Json] | None = None,
        **params: str | int | date,
    ) -> Controle:
        """The outcome `code`, ruled by the row `cle` of regles.yaml."""
        rule = self.parametre(cle)
        return Controle(
            code,
            issue,
            champs,
            rule.article,
            rule.url,
            rule.verifiee_le,
            {"nombre": str(rule.valeur)} | {name: _shown(value) for name, value in params.items()},
            {name: value for name, value in params.items() if isinstance(value, date)},
            propose or {},
        )


Predicat: TypeAlias = Callable[[Cas], Controle | None]
"""A legal check; None where the case is not concerned."""


def _shown(value: str | int | date) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def folded(text: str) -> str:
    """Lower case, no accents, one space between words: what free text is compared on."""
    spread = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe")).lower()
    return _NOT_LETTERS.sub(" ", "".join(char for char in spread if not unicodedata.combining(char))).strip()
