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
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(working(day, holidays) for day in days)


def after(start: date, count: int, holidays: Holidays) -> date:
    """The day that is `count` working days after `start`."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= working(day, holidays)
    return day
