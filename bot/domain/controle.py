"""One legal check of a request: what it looks at (`Cas`) and what it yields (`Controle`)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from bot.domain.calendrier import Feries
from bot.domain.demande import Champ, Demande
from bot.domain.regles import Parametre, Regles
from bot.domain.reponses import Reponses
from bot.domain.session import Json
from bot.domain.texte import words
from bot.errors import ContentError


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


@dataclass(frozen=True)
class Cas(Reponses):
    """The request under examination, on a given day, with the law, the holidays and what the person sent before.

    Without slots: forty checks ask for the same few days and ages, which are worked out once.
    """

    today: date
    regles: Regles
    feries: Feries
    earlier: Sequence[Demande] = ()

    texte = Reponses.text
    jour = Reponses.day

    def vrai(self, champ: Champ) -> bool:
        """Whether the answer is yes."""
        return self.flag(champ) is True

    @cached_property
    def debut(self) -> date | None:
        """The first day wished for."""
        return self.jour(Champ.DATE_DEBUT)

    @cached_property
    def fin(self) -> date | None:
        """The last day wished for."""
        return self.jour(Champ.DATE_FIN)

    @cached_property
    def periode(self) -> tuple[date, date] | None:
        """Both days, when they are known and in order."""
        debut, fin = self.debut, self.fin
        return (debut, fin) if debut and fin and debut <= fin else None

    @cached_property
    def reference(self) -> date:
        """The day on which ages and rules are looked at: the start, else today."""
        return self.start_or(self.today)

    @cached_property
    def age(self) -> int | None:
        """Whole years on the reference day; negative for a birth to come."""
        return self.age_on(self.reference)

    @cached_property
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


folded = words
"""What free text is compared on."""
