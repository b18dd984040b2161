"""A date of birth: two-digit years, ages that are not dates, sixteen years at the start."""

from dataclasses import replace
from datetime import date

from bot.domain import regex as re
from bot.domain.calendrier import years_between
from bot.domain.session import Json
from bot.domain.texte import folded as fold
from bot.reading.anew import parts_said
from bot.reading.dates.days import MASK, Item, Scan, prepared, scan
from bot.reading.dates.limits import known_day
from bot.reading.dates.resolve import impossible
from bot.reading.dates.single import LONGEST
from bot.reading.french import MONTH, PLAIN_MONTHS, day_in_words
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
    *before, last = parts_said(text)
    if before:
        again = read_birth(last, ctx)
        if isinstance(again, Value):
            return again
    return _another_year(text, ctx) or _read(text, ctx)


def _another_year(text: str, ctx: ReadContext) -> Reading | None:
    """« j'ai mis 1994 mais je suis de 1995 »: the year alone of the birth date already told."""
    known = known_day("date_naissance", ctx)
    years = {int(year) for year in _YEARS.findall(text)}
    rest = fold(_YEARS.sub(" ", text))
    told = years - {known.year} if known else set()
    alone = len(years) == 1 and _NEUTRAL.fullmatch(rest)
    if known is None or len(told) != 1 or not (alone or len(years) == 2) or scan(prepared(rest)).items:
        return None
    (year,) = told
    try:
        return judged(known.replace(year=year), ctx)
    except ValueError:
        return None


def _read(text: str, ctx: ReadContext) -> Reading:
    shown = _YEAR_AGAIN.sub(r"\1", re.sub(r"\([^()\d]*\)", " ", text))
    written = _with_year(_feasted(prepared(shown)))
    found = scan(written)
    full = [item for item in found.full if item.year]
    if len(full) == 1 and _OTHER_DAY.search(found.around) and not _BORN.search(found.around):
        return Ask("naissance.incomplete")
    if len(full) == 1:
        return _dated(full[0], ctx)
    mine = _own(found) if full else None
    if mine is not None:
        return _dated(mine, ctx)
    if full:
        return Ask("naissance.une_seule")
    return _undated(written, found.full, ctx)


_YEAR_AGAIN = re.compile(
    r"(?i)(?:19|20)\d\d[\s,]{1,4}(?:(?:euh|non|pardon|enfin|plut[oô]t)[\s,]{1,4}){1,4}((?:19|20)\d\d)\b"
)
"""« 20 mars 1994 non 1995 »."""


def _own(found: Scan) -> Item | None:
    """« ma mère 12/05/1970 et moi 12/05/1999 »: of several dates, the one told of oneself where each is somebody's."""
    before = found.around.split(MASK)[:-1]
    if len(before) != len(found.items):
        return None
    own = [item for item, words in zip(found.items, before, strict=True) if _MINE.search(words)]
    others = [
        item
        for item, words in zip(found.items, before, strict=True)
        if _THEIRS.search(words) and not _MINE.search(words)
    ]
    return own[0] if len(own) == 1 and len(others) == len(found.items) - 1 and own[0].year else None


_MINE = re.compile(r"\b(?:moi|mienne|je suis|la mienne)\b")
_THEIRS = re.compile(
    r"\b(?:mere|pere|fils|fille|freres?|soeurs?|enfants?|mari|femme|copain|copine|jumeau|mon|ma|mes)\b"
)

_OTHER_DAY = re.compile(
    r"\b(?:permis|diplome|contrat|immersion|stage|mariage|mariee?|embauch\w*|inscri\w*|arrivee? en)\b"
)
_BORN = re.compile(r"\b(?:nee?|naissance|ne le)\b")
"""A day that is told of something else than a birth."""

_YEARS = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/.-])")
_FEASTS = {
    "jour de l'an": "1 janvier", "nouvel an": "1 janvier", "saint-sylvestre": "31 decembre", "saint sylvestre": "31 decembre",
    "veille de noel": "24 decembre", "noel": "25 decembre", "saint-valentin": "14 fevrier", "saint valentin": "14 fevrier",
    "fete du travail": "1 mai", "fete nationale": "14 juillet", "fete de la musique": "21 juin", "toussaint": "1 novembre",
    "halloween": "31 octobre", "poisson d'avril": "1 avril",
}  # fmt: skip
_FEAST = re.compile(
    rf"\b(?:(?:le |la |a |un |au |du )?(?:jour de |soir de |matin de )?)?(?P<name>{'|'.join(_FEASTS)})\b"
)
"""Days that bear a name every year."""


def _feasted(text: str) -> str:
    """« jour de l'an 2001 » is the 1st of January; a day written beside it stays the one that counts."""
    if scan(text).full:
        return _FEAST.sub(" ", text)
    return _FEAST.sub(lambda found: _FEASTS[found["name"]], text, count=1)


_APART = re.compile(
    r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)(?![\d/.-])|\b(?:en|de|annee|l'annee) (?P<short>'?\d\d)(?=$|\s|,|\.)"
)
_NEUTRAL = re.compile(
    r"[\s,.;:!()]*(?:(?:je|j'|j|suis|jsuis|chui|ne|nee|c'etait|c etait|le|la|un|en|de|du|l'annee|annee|l'an|mon|ma|anniversaire|anniv|c'est|c|est|donc|naissance|date|jour|mois|a|au|et|moi|quoi|bonjour|voila|#)[\s,.;:!()]*)*"
)
"""Words around a day of birth that tell of nothing else."""


def _with_year(text: str) -> str:
    """« né en 1990, le 6 juin »: a year told apart from its day, where nothing else is told."""
    found = scan(text)
    years = list(_APART.finditer(_MASKED_DAYS.sub(lambda day: " " * len(day.group()), text)))
    if len(found.full) != 1 or found.full[0].year or len(years) != 1 or found.full[0].alternatives:
        return text
    year = years[0]
    rest = f"{text[: year.start()]} {text[year.end() :]}"
    if not _NEUTRAL.fullmatch(scan(rest).around.strip()):
        return text
    day, told = found.full[0], (year["year"] or year["short"]).strip("'")
    return f"{day.day} {PLAIN_MONTHS[(day.month or 1) - 1]} {told}" if 1 <= (day.month or 0) <= 12 else text


_MASKED_DAYS = re.compile(rf"\b\d{{1,2}}(?:er)? ?(?:{MONTH})|\b\d{{1,2}} ?/ ?\d{{1,2}}\b")


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
