"""Days named in a text: what is written, before anything is decided about it."""

from dataclasses import dataclass, replace
from functools import lru_cache

from bot.domain import regex as re
from bot.domain.texte import folded as fold
from bot.reading.french import (
    MONTH,
    MONTH_NUMBERS,
    PLAIN_MONTHS,
    WEEKDAY,
    digits,
    nearest,
    unglued,
    weekday_number,
)

MASK = "#"
_HOLE = "\x01"
_UNIT = r"(?:h|heures?|min|jours?|journees?|semaines?|sem|mois|ans?|j|euros?)\b"
_NAME = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_WD = rf"(?:(?P<wd>{WEEKDAY}),? (?:le )?)?"
_SHAPES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\d/.-])(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)",
        (
            rf"{_WD}(?<![\d/.:])(?P<d>\d{{1,2}}) ?(?:de |d'|-|/)?(?P<name>{_NAME})\b\.?(?:~(?P<alt>\d+))?"
            rf"(?:[ -]?/?(?:de )?(?:l'an )?'?(?P<y>\d{{4}}|\d{{2}})(?![\d/.:]| ?{_UNIT}| (?:{_NAME})\b))?"
        ),
        rf"{_WD}(?<![\d/.:])(?P<d>\d{{1,2}}) ?/ ?(?P<m>\d{{1,2}})(?: ?/ ?(?P<y>\d{{4}}|\d{{2}}))?(?![\d/])",
        rf"{_WD}(?<![\d/.:-])(?P<d>\d{{1,2}})(?P<sep>[.-])(?P<m>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d{{2}})(?![\d/])",
        rf"{_WD}(?<![\d/.:-])(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})(?![\d/])",
        rf"{_WD}(?<![\d/.:-] )(?<!\d)(?P<d>\d{{1,2}}) (?P<m>\d{{1,2}}) (?P<y>(?:19|20)\d{{2}})(?! ?\d)",
        r"(?<![\d.+])(?P<d>[0-3]\d)(?P<m>0\d|1[0-2])(?P<y>(?:19|20)\d{2})(?!\d)",
        r"(?<![\d.+])(?P<y>(?:19|20)\d{2})(?P<m>0\d|1[0-2])(?P<d>[0-3]\d)(?!\d)",
        r"(?<![\d.+])(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})(?!\d)",
    )
)
_BARE = re.compile(rf"{_WD}(?<![\d:,+%])(?P<d>\d{{1,2}})(?![\d:%]| ?{_UNIT}| (?:premiere|derniere|prochaine)s?\b)")
_AFTER_NUMBER = re.compile(r"(?<=\d )(?P<word>[a-z]{3,10})\b(?!')")
_NOT_A_MONTH = frozenset(
    [
        "par",
        "sem",
        "pas",
        "sur",
        "des",
        "les",
        "ans",
        "min",
        "aux",
        "via",
        "pour",
        "que",
        "qui",
        "est",
        "svp",
        "bis",
        "rue",
        "mes",
        "mon",
        "ma",
        "jours",
        "jour",
        "semaine",
        "semaines",
        "mois",
        "heures",
        "heure",
        "inclus",
        "merci",
        "aussi",
        "matin",
        "midi",
        "soir",
        "dans",
        "avec",
        "sans",
        "environ",
        "fois",
        "ou",
    ]
)
_MONTH_OF_YEAR = re.compile(r"(?<![\d/.-])(0?[1-9]|1[0-2])/(20\d\d)(?![\d/])")
_SURE = 5


@dataclass(frozen=True, slots=True)
class Item:
    """One day as written; None for what is not said. `alternatives` are other months it may be a slip for."""

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    alternatives: tuple[int, ...] = ()
    short_year: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """The days found, in order, and the text around them with `#` in their place."""

    items: tuple[Item, ...]
    around: str

    @property
    def full(self) -> tuple[Item, ...]:
        """The days whose month is said."""
        return tuple(item for item in self.items if item.month is not None)


def prepared(text: str) -> str:
    """Folded, numbers in figures, months spelt out."""
    text = _MONTH_OF_YEAR.sub(lambda found: f"{PLAIN_MONTHS[int(found[1]) - 1]} {found[2]}", fold(text))
    return _AFTER_NUMBER.sub(_month_slip, unglued(digits(text)))


def _month_slip(found: re.Match[str]) -> str:
    return _month_meant(found["word"])


@lru_cache(maxsize=4096)
def _month_meant(word: str) -> str:
    """A slip of one letter in a long name is the month; in a short one, or of two letters, it is to be confirmed."""
    if word in MONTH_NUMBERS or word in _NOT_A_MONTH:
        return word
    if len(word) >= _SURE and len(sure := nearest(word, PLAIN_MONTHS)) == 1:
        return sure[0]
    names = nearest(word, PLAIN_MONTHS, 2) if len(word) >= _SURE else nearest(word, MONTH_NUMBERS)
    months = sorted({MONTH_NUMBERS[name] for name in names})
    if not months or len(months) > 2:
        return word
    return f"{PLAIN_MONTHS[months[0] - 1]}~{months[-1]}"


def scan(text: str) -> Scan:
    """Every day in a prepared text."""
    found: list[tuple[int, Item]] = []
    rest = text
    for shape in (*_SHAPES, _BARE):
        found.extend((match.start(), _item(match.groupdict())) for match in shape.finditer(rest))
        rest = shape.sub(lambda match: _HOLE * len(match.group()), rest)
    around = re.sub(f"{_HOLE}+", MASK, rest)
    return Scan(tuple(item for _, item in sorted(found, key=lambda pair: pair[0])), around)


def _item(parts: dict[str, str | None]) -> Item:
    name, number = parts.get("name"), parts.get("m")
    month = MONTH_NUMBERS[name] if name else int(number) if number else None
    year, weekday, other = parts.get("y"), parts.get("wd"), parts.get("alt")
    item = Item(int(parts["d"] or 0), month, None, None if weekday is None else weekday_number(weekday))
    if other:
        item = replace(item, alternatives=tuple(dict.fromkeys((month or 0, int(other)))))
    if year:
        short = len(year) == 2
        item = replace(item, year=int(year) + (2000 if short else 0), short_year=short)
    return item


__all__ = ["MASK", "MONTH", "Item", "Scan", "prepared", "scan"]
