"""Working days, French public holidays, and months counted date to date."""

import calendar
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TypeAlias

Feries: TypeAlias = Callable[[int], Mapping[date, str]]
"""The public holidays of a year, with their French names (the `Formats` port gives them)."""

_ABOLITION = {
    "971": ((5, 27),), "972": ((5, 22),), "973": ((6, 10),), "974": ((12, 20),), "976": ((4, 27),), "977": ((10, 9),),
    "978": ((5, 27), (5, 28)),
}  # fmt: skip
"""Month and day on which each overseas département or community remembers the end of slavery."""

_DAY = timedelta(days=1)
_SATURDAY = 5


def ouvre(day: date, feries: Feries) -> bool:
    """Monday to Friday, public holidays left out."""
    return day.weekday() < _SATURDAY and day not in feries(day.year)


def jours_ouvres(debut: date, fin: date, feries: Feries) -> int:
    """Working days from `debut` to `fin`, both included; 0 where `fin` comes first."""
    return sum(ouvre(day, feries) for day in jours(debut, fin))


def jours(debut: date, fin: date) -> tuple[date, ...]:
    """Every day from `debut` to `fin`, both included; empty where `fin` comes first."""
    return tuple(debut + n * _DAY for n in range((fin - debut).days + 1))


def recule(day: date, nombre: int, feries: Feries) -> date:
    """The working day that is `nombre` working days before `day`."""
    while nombre > 0:
        day -= _DAY
        nombre -= ouvre(day, feries)
    return day


def avance(day: date, nombre: int, feries: Feries) -> date:
    """The working day that is `nombre` working days after `day`."""
    while nombre > 0:
        day += _DAY
        nombre -= ouvre(day, feries)
    return day


def ajoute_mois(day: date, nombre: int) -> date:
    """The same day `nombre` months later (earlier if negative), or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + nombre
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def jours_locaux(departement: str, year: int, feries: Feries) -> tuple[date, ...]:
    """Days that are holidays in one département: Alsace and Moselle, and the end of slavery overseas; empty elsewhere.

    Code du travail, L3422-2 (overseas) and L3134-13 (Alsace and Moselle). Saint-Martin keeps the 28th, the Code writes
    the 27th: both are told. https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006072050/LEGISCTA000006178062/
    """
    if departement in _ABOLITION:
        return tuple(date(year, month, day) for month, day in _ABOLITION[departement])
    if departement not in {"57", "67", "68"}:
        return ()
    monday = next((day for day in feries(year) if day.weekday() == 0 and 3 <= day.month <= 4), None)
    easter = (monday - 3 * _DAY,) if monday else ()
    return (*easter, date(year, 12, 26))


def years_between(born: date, day: date) -> int:
    """Whole years from a birth to a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


def en_toutes_lettres(day: date) -> str:
    """« vendredi 1er janvier 2027 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{JOURS[day.weekday()]} {number} {MOIS[day.month - 1]} {day.year}"
