"""Working days: Monday to Friday, without public holidays."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

Holidays = Callable[[int], Mapping[date, str]]


def working(day: date, holidays: Holidays) -> bool:
    """Whether offices are open that day."""
    return day.weekday() < 5 and day not in holidays(day.year)


def working_days(start: date, end: date, holidays: Holidays) -> int:
    """Working days after `start` up to `end` included; negative where `end` is before `start`."""
    if end < start:
        return -working_days(end, start, holidays)
    weeks, rest = divmod((end - start).days, 7)
    # Whole weeks are five days each: a year is counted as fast as a day.
    week = 5 * weeks + sum((start.weekday() + number) % 7 < 5 for number in range(1, rest + 1))
    off = (day for year in range(start.year, end.year + 1) for day in holidays(year))
    return week - sum(start < day <= end and day.weekday() < 5 for day in off)


def after(start: date, count: int, holidays: Holidays) -> date:
    """The day that is `count` working days after `start`."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= working(day, holidays)
    return day
