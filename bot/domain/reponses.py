"""The answers of a demande, typed: text, day, yes or no, place, hours, age. What does not read is not answered."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from bot.domain.calendrier import years_between
from bot.domain.champs import Champ
from bot.domain.session import Json

_FIRST_YEAR, _LAST_YEAR = 1800, 2500

Slot: TypeAlias = tuple[str, str]
"""« 09:00 », « 12:00 »."""


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
    """What is told of a week: its hours, its days, the slots of a day, the days of other slots; empty where nothing is."""

    week: float | None = None
    days: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    by_day: tuple[tuple[str, tuple[Slot, ...]], ...] = ()
    """Only the days whose slots differ from `slots`."""

    def on(self, day: str) -> tuple[Slot, ...]:
        """The slots of that day of the week; empty where it is not worked."""
        return dict(self.by_day).get(day, self.slots) if day in self.days else ()

    def groups(self) -> tuple[tuple[tuple[str, ...], tuple[Slot, ...]], ...]:
        """The days that share their slots, with them, in the order in which they are told."""
        shared: dict[tuple[Slot, ...], list[str]] = {}
        for day in self.days:
            shared.setdefault(self.on(day), []).append(day)
        return tuple((tuple(days), slots) for slots, days in shared.items())

    def without(self, days: Collection[str]) -> str:
        """The other days with their slots, as they are typed: « lundi, mardi 08:00-12:00, vendredi 09:00-12:00 »."""
        kept = [([day for day in group if day not in days], slots) for group, slots in self.groups()]
        return ", ".join(f"{', '.join(names)} {' '.join(map('-'.join, slots))}" for names, slots in kept if names)

    def in_words(self) -> tuple[str, ...]:
        """The days, then their slots; « lundi, mardi : 08:00-17:00 » for each group where days differ."""
        groups = self.groups()
        if len(groups) > 1:
            return tuple(f"{', '.join(days)} : {_clocks(slots)}" for days, slots in groups)
        return tuple(part for part in (", ".join(self.days), _clocks(self.slots)) if part)


def _clocks(slots: tuple[Slot, ...]) -> str:
    return ", ".join("-".join(slot) for slot in slots)


def hours_told(value: Json) -> Hours:
    """The hours as the field holds them; what does not read is no answer."""
    known = value if isinstance(value, dict) else {}
    week, days, by_day = known.get("heures_semaine"), known.get("jours"), known.get("par_jour")
    return Hours(
        float(week) if isinstance(week, int | float) and not isinstance(week, bool) else None,
        tuple(str(day) for day in days) if isinstance(days, list) else (),
        _slots(known.get("plages")),
        tuple((day, _slots(slots)) for day, slots in by_day.items()) if isinstance(by_day, dict) else (),
    )


def _slots(told: Json) -> tuple[Slot, ...]:
    pairs = told if isinstance(told, list) else []
    return tuple((str(one[0]), str(one[1])) for one in pairs if isinstance(one, list) and len(one) == 2)


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
        return hours_told(self.answers.get(Champ.HORAIRES))

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
