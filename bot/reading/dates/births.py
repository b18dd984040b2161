"""A date of birth: two-digit years, ages that are not dates, sixteen years at the start."""

import re
from dataclasses import replace
from datetime import date

from bot.domain.calendrier import years_between
from bot.domain.session import Json
from bot.reading.dates.days import Item, prepared, scan
from bot.reading.dates.limits import known_day
from bot.reading.dates.resolve import impossible
from bot.reading.dates.single import LONGEST
from bot.reading.french import day_in_words
from bot.reading.outcome import Ask, ReadContext, Reading, Rejected, Value

OLDEST = 110

_AGE = re.compile(
    r"(?:^|\b(?:g|j'ai|jai|age de|ai|bientot) ?)(?P<age>\d{1,3}) ?(?:ans?)?$|\b(?P<years>\d{1,3}) ?ans?\b"
)
_VAGUE = re.compile(
    r".*\b(?:19|20)\d\d\b.*|.*\b(?:majeure?|mineure?|sais pas|jsp|plus tard|ai pas envie)\b.*|(?:ne |nee )?(?:en )?'?\d{2}"
)
_FUTURE = re.compile(r"\b(?:demain|aujourd'? ?hui|prochain\w*|hier)\b")


def read_birth(text: str, ctx: ReadContext) -> Reading:
    """The date of birth, if the person is at least sixteen on the first day and at most 110 years old."""
    if len(text) > LONGEST:
        return Rejected("naissance.illisible")
    written = prepared(text)
    found = scan(written)
    full = [item for item in found.full if item.year]
    if len(full) == 1:
        return _dated(full[0], ctx)
    if full:
        return Ask("naissance.une_seule")
    return _undated(written, found.full, ctx)


def _dated(item: Item, ctx: ReadContext) -> Reading:
    item = _century(item, ctx.today)
    if item.month and 12 < item.month <= 31 and 1 <= item.day <= 12:
        swapped = replace(item, day=item.month, month=item.day)
        return impossible(swapped, ctx.today) or _ask_day(swapped, ctx)
    wrong = impossible(item, ctx.today)
    if wrong is not None:
        return wrong
    if item.alternatives:
        days = [replace(item, month=month, alternatives=()) for month in item.alternatives]
        return Ask("dates.faute", proposals=tuple(_label(_day(one)) for one in days if not impossible(one, ctx.today)))
    return judged(_day(item), ctx)


def _day(item: Item) -> date:
    return date(item.year or 1, item.month or 1, item.day)


def _label(day: date) -> tuple[str, Json]:
    return " ".join(day_in_words(day).split()[1:]), day.isoformat()


def _ask_day(item: Item, ctx: ReadContext) -> Reading:
    day = judged(_day(item), ctx)
    return Ask("naissance.jour_d_abord", proposals=(_label(_day(item)),)) if isinstance(day, Value) else day


def _century(item: Item, today: date) -> Item:
    """« 00 » is 2000 and « 98 » 1998: the last such year that is not to come."""
    if not item.short_year or item.year is None:
        return item
    return replace(item, year=item.year - 100) if item.year > today.year else item


def judged(born: date, ctx: ReadContext) -> Reading:
    """The date, held against today and the first day of the immersion when it is known."""
    if born > ctx.today:
        return Rejected("naissance.future", {"date": day_in_words(born)})
    start = known_day("date_debut", ctx)
    day = start or ctx.today
    age = years_between(born, day)
    minimum = ctx.regles.valeur("age_minimum", ctx.today)
    if age > OLDEST:
        return Rejected("naissance.trop_vieux", {"annee": str(born.year)})
    if age < minimum:
        return Rejected(
            "naissance.trop_jeune", {"age": str(minimum), "date": day_in_words(day), "ne_le": born.isoformat()}
        )
    return Value(born.isoformat())


def _undated(text: str, partial: tuple[Item, ...], ctx: ReadContext) -> Reading:
    """No whole date: an age, a year, a day and month, six figures run together."""
    wrong = next((why for item in partial if (why := impossible(item, ctx.today))), None)
    if wrong is not None:
        return wrong
    if partial:
        return Ask("naissance.annee")
    glued = re.fullmatch(r"(?:le )?(\d{2}) ?(\d{2}) ?(\d{2})", text)
    if glued:
        return _six(glued, ctx)
    age = _AGE.search(text)
    if age is not None:
        return _age(int(age["age"] or age["years"]), ctx)
    if _FUTURE.search(text):
        return Rejected("naissance.future_dite")
    return Ask("naissance.incomplete") if _VAGUE.fullmatch(text) else Rejected("naissance.illisible")


def _six(glued: re.Match[str], ctx: ReadContext) -> Reading:
    item = _century(Item(int(glued[1]), int(glued[2]), 2000 + int(glued[3]), short_year=True), ctx.today)
    if impossible(item, ctx.today):
        return Rejected("naissance.illisible")
    return Ask("naissance.confirmer", {"date": _label(_day(item))[0]}, (_label(_day(item)),))


def _age(age: int, ctx: ReadContext) -> Reading:
    minimum = ctx.regles.valeur("age_minimum", ctx.today)
    if age > OLDEST or age < minimum - 1:
        return Rejected("naissance.age_impossible", {"age": str(minimum)})
    return Ask("naissance.age_seul", {"age": str(age)})
