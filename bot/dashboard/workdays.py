"""Working days: Monday to Friday, without public holidays."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache

Holidays = Callable[[int], Mapping[date, str]]

_SATURDAY = 5


def working(day: date, holidays: Holidays) -> bool:
    """Whether offices are open that day."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year)


def working_days(start: date, end: date, holidays: Holidays) -> int:
    """Working days after `start` up to `end` included; negative where `end` is before `start`."""
    if end < start:
        return -working_days(end, start, holidays)
    whole = sum(_rank(date(year, 12, 31), holidays) for year in range(start.year, end.year))
    return whole + _rank(end, holidays) - _rank(start, holidays)


@lru_cache(maxsize=4096)
def _rank(day: date, holidays: Holidays) -> int:
    """Working days of its year up to this day: the figures ask for the same few hundred days thousands of times."""
    first = date(day.year, 1, 1)
    weeks, rest = divmod((day - first).days + 1, 7)
    off = sum(one <= day and one.weekday() < _SATURDAY for one in holidays(day.year))
    return 5 * weeks + sum((first.weekday() + number) % 7 < _SATURDAY for number in range(rest)) - off


def after(start: date, count: int, holidays: Holidays) -> date:
    """The day that is `count` working days after `start`."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= working(day, holidays)
    return day
