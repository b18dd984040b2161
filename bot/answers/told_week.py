"""A working day or week told in a question, as the form reads one: « de 9h à 19h avec 1h de pause, du mardi au samedi »."""

from dataclasses import dataclass
from itertools import pairwise

from bot.reading.hours.breaks import breaks_said, worked
from bot.reading.hours.hour_words import Slot, days_off, days_said, slots_said, spelled_out, without_days

_LONGEST = 500
"""Characters of the longest question whose hours are read."""

_LONGEST_DAY, _LATE = 16 * 60, 12 * 60
"""Minutes of the longest day, and the earliest start of one that goes past midnight: what passes them is no day's work."""


@dataclass(frozen=True, slots=True)
class Week:
    """Days of the week and hours of a day, as far as they are told."""

    days: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    idle: int = 0
    """Minutes of breaks that lie nowhere in particular."""

    @property
    def daily(self) -> float | None:
        """Hours of work a day; None where no slot is told."""
        return (sum(slot.minutes for slot in self.slots) - self.idle) / 60 if self.slots else None


def read_week(text: str) -> Week:
    """The days and hours of a question; nothing where they are no one day's work."""
    written, off = days_off(spelled_out(text[:_LONGEST]))
    written, breaks = breaks_said(written)
    days = tuple(day for day in days_said(written)[0] if day not in off)
    found = slots_said(without_days(written))[1]
    slots = tuple(sorted((one for one in found if isinstance(one, Slot)), key=lambda slot: slot.start))
    kept, idle = worked(slots, breaks)
    return Week(days, kept, idle) if len(slots) == len(found) and _one_day(kept) else Week(days)


def _one_day(slots: tuple[Slot, ...]) -> bool:
    """Whether the slots follow one another within a day; the last alone may go past midnight."""
    ends = all(not left.overnight and left.end <= right.start for left, right in pairwise(slots))
    late = all(slot.start >= _LATE for slot in slots if slot.overnight)
    return bool(slots) and ends and late and sum(slot.minutes for slot in slots) <= _LONGEST_DAY
