"""The days of an earlier stay: read backwards, where those of the immersion are read forwards."""

from calendar import monthrange
from datetime import date

from bot.domain import regex as re
from bot.reading.dates.days import Scan, prepared, scan
from bot.reading.dates.limits import known_day
from bot.reading.dates.resolve import impossible
from bot.reading.dates.single import LONGEST
from bot.reading.french import day_in_words
from bot.reading.outcome import Ask, ReadContext, Reading, Rejected, Value

_DAY_ALONE = re.compile(r"\b\d{1,2}(?:er)?$")
_YEAR = re.compile(r"\b\d{4}\b")


def read_past_day(field: str, text: str, ctx: ReadContext) -> Reading:
    """A day of an earlier stay (`field` is accueil_debut or accueil_fin): without its year, the last such day."""
    found = scan(prepared(text)) if len(text) <= LONGEST else Scan((), "")
    if not found.full:
        return Rejected("dates.illisible")
    item = found.full[0]
    wrong = impossible(item, ctx.today)
    if wrong or len(found.items) > 1 or item.month is None or item.alternatives:
        return wrong or Ask("dates.avec_annee")
    passed = (item.month, item.day) <= (ctx.today.month, ctx.today.day)
    year = item.year or (ctx.today.year if passed else ctx.today.year - 1)
    if item.day > monthrange(year, item.month)[1]:
        return Ask("dates.avec_annee")
    day = date(year, item.month, item.day)
    start = known_day("accueil_debut", ctx)
    if field == "accueil_fin" and start and day < start:
        return Rejected("fin.avant_debut", {"debut": day_in_words(start), "fin": day_in_words(day)})
    return Rejected("a_venir", {"date": day_in_words(day)}) if day > ctx.today else Value(day.isoformat())


def completed(first: str, last: str) -> str:
    """« du 5 » with the month and the year of « 16 octobre 2026 », « du 28 septembre » with its year."""
    day = _DAY_ALONE.search(first)
    if day is not None:
        return f"{day.group()} {re.sub(r'^.*?[0-9]{1,2}(?:er)?', '', last, count=1).strip()}"
    year = _YEAR.search(last)
    return f"{first} {year.group()}" if year and not _YEAR.search(first) else first
