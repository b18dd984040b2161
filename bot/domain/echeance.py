"""Data that grows old with the calendar: what it is, by when it must have been looked at again, and where to look."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

AHEAD = timedelta(days=31)
"""Whoever keeps the data is told that long before: a month."""


@dataclass(frozen=True, slots=True)
class Echeance:
    """One kind of data and its day."""

    cle: str
    quoi: str
    a_revoir_le: date
    ou: str


def due(echeances: Iterable[Echeance], today: date) -> tuple[Echeance, ...]:
    """Those whose day has passed or comes within a month, the nearest first."""
    near = [one for one in echeances if one.a_revoir_le <= today + AHEAD]
    return tuple(sorted(near, key=lambda one: (one.a_revoir_le, one.cle)))
