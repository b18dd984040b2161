"""Where: a street, a town by its name or its postcode, a place of work named after its kind or after « chez »."""

from collections.abc import Iterator

from bot.domain import regex as re
from bot.reading.french import NUMBER_NAMES
from bot.reading.names.place import TOWN, Places
from bot.reading.tiles.people import CIVIL, NO_NAME
from bot.reading.tiles.phrases import Line, Phrases
from bot.reading.tiles.tile import Offer, Tile, What
from bot.reading.tiles.tokens import Sort, Token

_WAY = re.compile(
    r"rue|avenue|av|ave|boulevard|bd|blvd|place|pl|chemin|impasse|allee|allees|route|quai|cours|square|zone|za|zi|zac|passage|faubourg|fg|lotissement|residence|hameau|esplanade|promenade|sentier|ruelle|r"
)
_OF = frozenset({"de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "aux", "sous", "sur"})
"""Little words inside the name of a street."""
_SHORTENED = 3
"""Letters of what a dot shortens: « Ets. Malbec »."""
_IN_HOSTS = _OF - {"et"} | {"au", "a", "nom", "bon", "chez", "plus", "tout", "toute", "mon", "ma"}
"""Little words inside the name of a firm: « Au Nom de la Rose »."""
_TO = frozenset({"a", "sur", "vers", "dans", "o", "au", "aux", "de", "d", "en"})

_STREET_COST, _TOWN_COST, _HOST_COST, _EACH = 1.0, 1.0, 1.0, 0.15
_MOST_STREET, _MOST_HOST, _MOST_TOWN = 8, 8, 5
_SMALL = 500
"""People: a smaller commune needs its postcode, or « j'habite », to be meant."""


def streets_at(tokens: tuple[Token, ...], at: int, text: str) -> Iterator[Offer]:
    """Yield a street from its number on, or from its kind; its name goes on as far as it may."""
    begins = at
    if tokens[at].word in {"au", "a"} and at + 1 < len(tokens) and numbered_street(tokens, at + 1):
        at += 1
    numbered = _numbers(tokens[at])
    way = _past_number(tokens, at) if numbered else at
    if way >= len(tokens) or not _WAY.fullmatch(tokens[way].word) or (way > at and tokens[way].stops):
        return
    for end in range(way + 1, min(len(tokens), way + 1 + _MOST_STREET)):
        token = tokens[end]
        if token.breaks and "." not in token.gap:
            break
        if token.stops or token.sort is not Sort.WORD or (token.word in NO_NAME | CIVIL and token.word not in _OF):
            break
        if token.word not in _OF:
            yield Offer(
                Tile(What.STREET, begins, end + 1, value=text[tokens[at].start : tokens[end].end]),
                _STREET_COST + 0.05 * (end - way) + (0 if numbered else 0.7),
                way,
            )


def numbered_street(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a number and a kind of street stand there."""
    way = _past_number(tokens, at)
    return _numbers(tokens[at]) and way < len(tokens) and _WAY.fullmatch(tokens[way].word) is not None


def _past_number(tokens: tuple[Token, ...], at: int) -> int:
    """The token after a number, its « bis » included."""
    while at + 1 < len(tokens) and tokens[at].word in NUMBER_NAMES and tokens[at + 1].word in NUMBER_NAMES:
        at += 1  # « quarante cinq avenue … »
    return at + 2 if at + 1 < len(tokens) and tokens[at + 1].word in _BIS else at + 1


def _numbers(token: Token) -> bool:
    """In figures, or spelled out: « trois route de Brassac »."""
    spelt = token.sort is Sort.WORD and token.word in NUMBER_NAMES and token.word not in {"un", "une"}
    return spelt or (token.sort is Sort.NUMBER and len(token.word) <= _LONGEST_NUMBER)


_LONGEST_NUMBER = 4
_BIS = frozenset({"bis", "ter", "quater", "b"})


def towns_at(line: Line, at: int, places: Places, text: str) -> Iterator[Offer]:
    """Yield a town that its postcode, a word before it, its size or its capital tells."""
    tokens = line.tokens
    start, led = at, False
    if tokens[at].word in _TO and at + 1 < len(tokens) and not tokens[at + 1].breaks:
        start, led = at + 1, True
    coded = _code(tokens[start])
    name = start + 1 if coded else start
    if coded:
        yield Offer(Tile(What.TOWN, at, name, value=text[tokens[start].start : tokens[start].end]), _TOWN_COST)
    for end in range(min(len(tokens), name + _MOST_TOWN), name, -1):
        told = tokens[name:end]
        if any(one.breaks for one in (told[1:] if not coded else told)) or not all(one.word for one in told):
            continue
        words = [one.word for one in told]
        district = len(words) > 1 and re.fullmatch(r"\d{1,2}(?:er|e|eme)?", words[-1]) is not None
        found = places.named(" ".join(words[:-1] if district else words))
        if not found or (len(words) == 1 and (words[0] in NO_NAME or len(words[0]) < 3)):
            continue
        if not (coded or found[0].habitants >= (_SMALL if led else TOWN)):
            continue
        if district and found[0].nom not in {"Paris", "Lyon", "Marseille"}:
            continue
        closing = end
        if end < len(tokens) and _code(tokens[end]) and not tokens[end].stops and not coded:
            closing = end + 1
        value = text[tokens[start].start : tokens[closing - 1].end]
        yield Offer(
            Tile(What.TOWN, at, closing, value=value), _TOWN_COST + (0.2 if tokens[at].word in {"de", "d"} else 0)
        )
        return


def _code(token: Token) -> bool:
    return token.sort is Sort.NUMBER and len(token.word) == 5


def hosts_at(line: Line, phrases: Phrases, at: int, text: str) -> Iterator[Offer]:
    """Yield a place of work from its kind on, with its name: « à l'EHPAD Les Glycines »."""
    kind = line.longest(phrases, "genre_hote", at)
    if at < kind < len(line.tokens) and not line.tokens[kind].breaks:
        tokens = line.tokens
        begins = next(
            one
            for one in range(at, kind)
            if tokens[one].word not in {"a", "au", "aux", "dans", "l", "la", "le", "une", "un", "les"}
        )
        for end, cost in named_freely(tokens, kind, _MOST_HOST):
            yield Offer(
                Tile(What.HOST, at, end, value=text[tokens[begins].start : tokens[end - 1].end], name="genre"),
                _HOST_COST + cost,
                kind - 1,
            )


def named_freely(tokens: tuple[Token, ...], at: int, most: int) -> Iterator[tuple[int, float]]:
    """Yield where a firm's name may end that begins here, and what each word of it costs."""
    cost = 0.0
    if at < len(tokens) and tokens[at].word in NO_NAME - _IN_HOSTS:
        return
    for end in range(at, min(len(tokens), at + most)):
        token = tokens[end]
        if token.breaks and end > at and not (token.gap.strip() == "." and len(tokens[end - 1].word) <= _SHORTENED):
            return
        if token.sort not in {Sort.WORD, Sort.NUMBER} or (token.sort is Sort.NUMBER and len(token.word) > 3):
            return
        if end > at and numbered_street(tokens, end):
            return
        small = token.word in NO_NAME | CIVIL or _WAY.fullmatch(token.word) is not None
        if small and token.word not in _IN_HOSTS:
            return
        cost += _EACH
        if token.word not in _IN_HOSTS:
            yield end + 1, cost
