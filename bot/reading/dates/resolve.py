"""A day as written becomes a date: the first from today on, unless something is wrong with it."""

from calendar import isleap, monthrange
from datetime import date, timedelta

from bot.domain.calendrier import ajoute_mois
from bot.domain.session import Json
from bot.reading.dates.days import Item
from bot.reading.french import MONTHS, day_in_words, day_number
from bot.reading.outcome import Ask, Rejected

RECENT = 90
YEAR = 366
FAR = 5 * YEAR


def proposal(day: date) -> tuple[str, Json]:
    """A day to tap: its label in letters, and the ISO date."""
    return day_in_words(day), day.isoformat()


def settle(item: Item, today: date) -> date | Ask | Rejected:
    """The day an item names, from `today` on."""
    if item.month is None:
        return which_month(item, today)
    if item.alternatives:
        days = [next_time(item.day, month, today) for month in item.alternatives]
        return Ask("dates.faute", proposals=tuple(proposal(day) for day in days if day))
    wrong = impossible(item, today)
    if wrong is not None:
        return wrong
    day = date(item.year, item.month, item.day) if item.year else next_time(item.day, item.month, today)
    if day is None:
        return Rejected("dates.illisible")
    return _contradiction(item, day, today) or _out_of_reach(item, day, today) or day


def impossible(item: Item, today: date) -> Rejected | None:
    """A day that no calendar has, with the reason."""
    month = item.month or 0
    if not 1 <= month <= 12:
        return Rejected("dates.mois_impossible", {"mois": str(month), "jour": str(item.day)})
    year = item.year or (today.year if (month, item.day) >= (today.month, today.day) else today.year + 1)
    if not 1 <= year <= 9000:
        return Rejected("dates.illisible")
    last = monthrange(year, month)[1]
    if 1 <= item.day <= last:
        return None
    name = MONTHS[month - 1]
    known = {"jour": str(item.day), "mois": name, "dernier": str(last), "annee": str(year)}
    leap = month == 2 and item.day == 29 and not isleap(year)
    return Rejected("dates.pas_bissextile" if leap else "dates.jour_impossible", known)


def next_time(day: int, month: int, today: date) -> date | None:
    """The first such day from `today` on, or None where the year to come has none."""
    year = today.year if (month, day) >= (today.month, today.day) else today.year + 1
    try:
        return date(year, month, day)
    except ValueError:
        return None


def which_month(item: Item, today: date) -> Ask | Rejected:
    """« le 12 »: this month or the next, to be chosen."""
    if not 1 <= item.day <= 31:
        return Rejected("dates.illisible")
    days: list[date] = []
    for ahead in range(4):
        first = ajoute_mois(today.replace(day=1), ahead)
        if item.day <= monthrange(first.year, first.month)[1]:
            day = first.replace(day=item.day)
            if day >= today and item.weekday in (None, day.weekday()):
                days.append(day)
    return Ask("dates.quel_mois", {"jour": str(item.day)}, tuple(proposal(day) for day in days[:2]))


def _contradiction(item: Item, day: date, today: date) -> Ask | None:
    """« lundi 3 mars » when the 3rd is a Tuesday: both are offered."""
    if item.weekday is None or item.weekday == day.weekday():
        return None
    near = [day + timedelta(days=shift) for shift in (-3, -2, -1, 1, 2, 3)]
    same = [one for one in near if one.weekday() == item.weekday and one >= today]
    offered = tuple(proposal(one) for one in (*same, day) if one >= today)
    return Ask("dates.contradiction", {"date": f"{day_number(day)} {MONTHS[day.month - 1]} {day.year}",
                                       "jour": day_in_words(day).split()[0]}, offered)  # fmt: skip


def _out_of_reach(item: Item, day: date, today: date) -> Ask | Rejected | None:
    """Past, or so far that a slip is likely."""
    if day < today:
        later = next_time(day.day, day.month, today)
        return Ask("dates.passee", {"date": day_in_words(day)}, (proposal(later),) if later else ())
    if (day - today).days > FAR:
        return Rejected("dates.trop_loin", {"date": day_in_words(day)})
    if item.year and (day - today).days > YEAR:
        return Ask("dates.lointaine", {"date": day_in_words(day)}, (proposal(day),))
    last_year = day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else None
    if item.year is None and last_year and 0 < (today - last_year).days <= RECENT:
        return Ask("dates.passee", {"date": day_in_words(last_year)}, (proposal(day),))
    return None
