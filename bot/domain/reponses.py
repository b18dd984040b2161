"""The answers of a demande, typed: text, day, yes or no, place, hours, age. What does not read is not answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.domain.calendrier import years_between
from bot.domain.champs import Champ
from bot.domain.session import Json

_FIRST_YEAR, _LAST_YEAR = 1800, 2500


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    """The day that these characters write; every check of the law asks for the same few."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


@dataclass(frozen=True, slots=True)
class Hours:
    """What is told of a week: its hours, its days, the slots of each day; empty where nothing is."""

    week: float | None = None
    days: tuple[str, ...] = ()
    slots: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reponses:
    """Canonical values by `Champ`, each read as its row of `FIELDS` says; a wrong type is no answer."""

    answers: Mapping[str, Json]

    def has(self, champ: str) -> bool:
        """Whether the field is answered."""
        return self.answers.get(champ) is not None

    def text(self, champ: str) -> str:
        """The answer as text, empty where there is none."""
        value = self.answers.get(champ)
        return value.strip() if isinstance(value, str) else ""

    def day(self, champ: str) -> date | None:
        """The day answered; None where there is none that reads as a date of these centuries."""
        return _day(self.text(champ))

    def flag(self, champ: str) -> bool | None:
        """Yes, no, or not answered."""
        value = self.answers.get(champ)
        return value if isinstance(value, bool) else None

    def departement(self, *champs: str) -> str:
        """The département of the first of these places that has one, empty where none is known."""
        return self._of_place("departement", champs)

    def place(self, *champs: str) -> str:
        """The name of the first of these places that has one."""
        return self._of_place("nom", champs)

    def hours(self) -> Hours:
        """The days and hours of presence."""
        told = self.answers.get(Champ.HORAIRES)
        known = told if isinstance(told, dict) else {}
        week, days, slots = known.get("heures_semaine"), known.get("jours"), known.get("plages")
        return Hours(
            float(week) if isinstance(week, int | float) and not isinstance(week, bool) else None,
            tuple(str(day) for day in days) if isinstance(days, list) else (),
            tuple((str(one[0]), str(one[1])) for one in slots if isinstance(one, list) and len(one) == 2)
            if isinstance(slots, list)
            else (),
        )

    def age_on(self, day: date) -> int | None:
        """Whole years on that day; negative for a birth to come."""
        born = self.day(Champ.DATE_NAISSANCE)
        return None if born is None else years_between(born, day)

    def start_or(self, today: date) -> date:
        """The first day wished for, else today: ages and rules are looked at there."""
        return self.day(Champ.DATE_DEBUT) or today

    def _of_place(self, key: str, champs: tuple[str, ...]) -> str:
        for champ in champs:
            known = self.answers.get(champ)
            value = known.get(key) if isinstance(known, dict) else None
            if isinstance(value, str) and value:
                return value
        return ""
