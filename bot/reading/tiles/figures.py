"""Days and hours among words: the longest stretch that speaks of nothing else."""

from collections.abc import Callable, Iterator

from bot.domain import regex as re
from bot.reading.french import NUMBER_NAMES
from bot.reading.tiles.tile import Offer, Tile, What
from bot.reading.tiles.tokens import Sort, Token

_COST = 1.0
_MONTH = re.compile(
    r"janv(?:ier)?|fev(?:rier)?|fevr|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?"
)
_WEEKDAY = re.compile(
    r"lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?|lun|mar|mer|jeu|ven|vend|sam|dim"
)
_OF_DAYS = frozenset(
    ["du", "au", "le", "les", "a", "et", "de", "jusqu", "jusque", "jusquau", "partir", "inclus", "er", "fin", "debut", "commence", "o"]
)  # fmt: skip
_OF_HOURS = frozenset(
    ["du", "au", "le", "les", "a", "et", "de", "puis", "pas", "pa", "sauf", "jusqu", "jusqua", "par", "jour", "jours", "tous", "matin", "matins",
     "matinee", "matinees", "apres", "midi", "aprem", "seulement", "uniquement", "que", "h", "heure", "heures", "semaine", "pause", "avec", "o", "dej",
     "dejeuner", "repas", "manger", "demi", "une", "heure", "quart", "min", "minutes"]
)  # fmt: skip
_ENDS_HOURS = frozenset(
    {"matin", "matins", "midi", "aprem", "h", "heure", "heures", "jours", "jour", "matinee", "matinees", "semaine"}
)
_BEGINS_HOURS = frozenset({"du", "de", "le", "les", "tous", "seulement", "uniquement", "que", "sauf", "a"})
_BEGINS_DAYS = frozenset({"du", "le", "a", "de", "jusqu", "debut", "commence"})
_OLD_ENOUGH = 10
"""Years: a day further back is somebody's birth."""


def days_at(tokens: tuple[Token, ...], at: int, text: str, this_year: int) -> Iterator[Offer]:
    """Yield a period, or a day of birth, told from this token on."""
    if not (_starts_day(tokens, at) or tokens[at].word in _BEGINS_DAYS):
        return
    after = _past_length(tokens, at)
    end = _stretch(tokens, after, _of_days)
    while end > at and not (_ends_days(tokens, end - 1) or _spelt_year(tokens, at, end)):
        end -= 1
    end = next((one + 1 for one in range(at, end) if _born_in(tokens[one], text, this_year)), end)
    told = tokens[at:end]
    dated = any(one.sort is Sort.DAY or _MONTH.fullmatch(one.word) for one in told)
    if end <= at or not dated:
        return
    years = [int(one.word) for one in told if one.sort is Sort.NUMBER and len(one.word) == 4]
    born = [*years, *(_year(one, text) for one in told if one.sort is Sort.DAY)]
    what = What.BIRTH if any(0 < year <= this_year - _OLD_ENOUGH for year in born) else What.PERIOD
    yield Offer(Tile(what, at, end), _COST - 0.02 * (end - at))


def _past_length(tokens: tuple[Token, ...], at: int) -> int:
    """The token after « deux semaines », where days are told from then on; `at` elsewhere."""
    then = [token.word for token in tokens[at + 1 : at + 4]]
    length = (
        bool(then)
        and then[0] in {"semaine", "semaines", "jours"}
        and (_number(tokens[at], 31) or tokens[at].word in {"une", "un"})
    )
    return at + 2 if length and then[1:] in (["a", "partir"], ["des", "le"]) else at


def _spelt_year(tokens: tuple[Token, ...], at: int, end: int) -> bool:
    """« trois septembre quatre vingt huit »: numbers spelled out to the end, after a month."""
    year = end
    while year > at and tokens[year - 1].sort is Sort.WORD and _number(tokens[year - 1], 99):
        year -= 1
    return at < year < end and _MONTH.fullmatch(tokens[year - 1].word) is not None


def _born_in(token: Token, text: str, this_year: int) -> bool:
    """Whether this is the year of a birth, or its day with its year: what follows it is told of something else."""
    if token.sort is Sort.DAY:
        return 0 < _year(token, text) <= this_year - _OLD_ENOUGH
    return token.sort is Sort.NUMBER and len(token.word) == 4 and int(token.word) <= this_year - _OLD_ENOUGH


def _year(token: Token, text: str) -> int:
    """The year of « 05/07/1994 », or of « 05/07/94 »; 0 where none is told."""
    last = re.split(r"[/.\-]", text[token.start : token.end])[-1]
    parts = len(re.findall(r"\d+", text[token.start : token.end]))
    if parts < _PARTS:
        return 0
    return int(last) if len(last) == 4 else 1900 + int(last) if int(last) > _CENTURY else 2000 + int(last)


_PARTS, _CENTURY = 3, 40


def hours_at(tokens: tuple[Token, ...], at: int) -> Iterator[Offer]:
    """Yield hours, with their days, told from this token on."""
    token = tokens[at]
    if not (_clock(tokens, at) or _WEEKDAY.fullmatch(token.word) or token.word in _BEGINS_HOURS):
        return
    end = _stretch(tokens, at, _of_hours)
    while end > at and not _ends_hours(tokens, end - 1):
        end -= 1
    if end > at and any(_clock(tokens, one) for one in range(at, end)):
        yield Offer(Tile(What.HOURS, at, end), _COST - 0.02 * (end - at))


def _stretch(tokens: tuple[Token, ...], at: int, fits: Callable[[tuple[Token, ...], int], bool]) -> int:
    end = at
    while end < len(tokens) and fits(tokens, end) and not (end > at and tokens[end].stops):
        end += 1
    return end


def _number(token: Token, most: int) -> bool:
    """In figures, or spelled out: « huit heures trente »."""
    if token.sort is Sort.NUMBER:
        return len(token.word) <= 2 and int(token.word) <= most
    return token.sort is Sort.WORD and token.word in NUMBER_NAMES and token.word not in {"un", "une"}


def _starts_day(tokens: tuple[Token, ...], at: int) -> bool:
    one = tokens[at]
    if _past_length(tokens, at) > at:
        return True
    return one.sort is Sort.DAY or _number(one, 31) or bool(_WEEKDAY.fullmatch(one.word))


def _of_days(tokens: tuple[Token, ...], at: int) -> bool:
    one = tokens[at]
    if one.sort is Sort.NUMBER and len(one.word) == 4:
        return one.word.startswith(("19", "20"))
    if _number(one, 31):
        return not (at + 1 < len(tokens) and tokens[at + 1].word in {"h", "heure", "heures"})
    if _WEEKDAY.fullmatch(one.word):
        # « … au 15 janvier lundi mardi 9h-12h »: days of the week without a number are those of the hours.
        return at + 1 < len(tokens) and _number(tokens[at + 1], 31)
    return one.sort is Sort.DAY or one.word in _OF_DAYS or bool(_MONTH.fullmatch(one.word))


def _ends_days(tokens: tuple[Token, ...], at: int) -> bool:
    one = tokens[at]
    year = one.sort is Sort.NUMBER and len(one.word) == 4
    return one.sort is Sort.DAY or year or bool(_MONTH.fullmatch(one.word)) or one.word == "inclus"


def _clock(tokens: tuple[Token, ...], at: int) -> bool:
    one = tokens[at]
    spoken = _number(one, 24) and at + 1 < len(tokens) and tokens[at + 1].word in {"h", "heure", "heures"}
    return one.sort is Sort.CLOCK or spoken


def _of_hours(tokens: tuple[Token, ...], at: int) -> bool:
    one = tokens[at]
    if one.sort is Sort.CLOCK or one.word in _OF_HOURS or _WEEKDAY.fullmatch(one.word):
        return True
    if not _number(one, 59):
        return False
    # « 9 heures 30 », « 9h à 12 »: never the number of a day.
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    before = tokens[at - 1].word if at else ""
    return (
        after in {"h", "heure", "heures"}
        or before in {"h", "heure", "heures"}
        or (before == "a" and not _MONTH.fullmatch(after))
    )


def _ends_hours(tokens: tuple[Token, ...], at: int) -> bool:
    one = tokens[at]
    timed = _number(one, 59) and at > 0 and tokens[at - 1].word in {"h", "heure", "heures", "a"}
    return one.sort is Sort.CLOCK or timed or one.word in _ENDS_HOURS or bool(_WEEKDAY.fullmatch(one.word))
