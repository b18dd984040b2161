"""Bodies, situations and trades told in so many words: the longest stretch that is one of them and nothing else."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain import regex as re
from bot.reading.choices.situations import BODIES, SITUATIONS
from bot.reading.names.trades import Trades
from bot.reading.tiles.people import NO_NAME
from bot.reading.tiles.phrases import Line, Phrases
from bot.reading.tiles.tile import Offer, Tile, What
from bot.reading.tiles.tokens import Sort

_LONGEST = 8
_ARTICLES = frozenset({"l", "le", "la", "un", "une"})
_TO_BODY = re.compile(
    r"^(?:(?:je suis|jsuis|chui|suis|inscrite?) )?(?:(?:suivie?|accompagnee?) )?(?:a la|par la|par le|par|au|a|la|le|les|l|de la|du|chez|une|un|mon|ma) "
)
_AM = re.compile(
    r"^(?:(?:je|moi je|la je|actuellement je) (?:suis|sui)|je|j|jsuis|chui|chuis|suis|jsui|actuellement|en ce moment|moi|etant) "
)
_ALONE = 0.4
"""What a situation costs more without « je suis »: « gérant » is often somebody's function."""

_BODY_COST, _SITUATION_COST, _TRADE_COST, _FUNCTION_COST = 1.0, 1.0, 1.0, 1.0


def bodies_at(line: Line, at: int, text: str) -> Iterator[Offer]:
    """Yield a body, with what leads to it: « suivi par la mission locale »."""
    for end, told in _windows(line, at):
        bare = _TO_BODY.sub("", told, count=1)
        name = next((value for value, shape in BODIES.items() if shape.fullmatch(bare)), "")
        if name:
            first, last = line.tokens[end - len(bare.split())], line.tokens[end - 1]
            yield Offer(Tile(What.BODY, at, end, value=text[first.start : last.end], name=name), _BODY_COST)
            return


def situations_at(line: Line, at: int) -> Iterator[Offer]:
    """Yield what somebody does today, said whole: « je suis étudiante »."""
    for end, told in _windows(line, at):
        bare = _AM.sub("", told, count=1)
        name = next((value for value, shape in SITUATIONS if shape.fullmatch(bare)), "")
        if name:
            alone = 0.0 if bare != told else _ALONE
            yield Offer(Tile(What.SITUATION, at, end, name=name), _SITUATION_COST + alone)
            return


def trades_at(line: Line, trades: Trades, at: int) -> Iterator[Offer]:
    """Yield a trade by one of its names; it may be the one aimed at, or what somebody is."""
    tokens = line.tokens
    if tokens[at].word in _ARTICLES and at + 1 < len(tokens) and not tokens[at + 1].breaks:
        for offer in trades_at(line, trades, at + 1):
            yield replace(offer, tile=replace(offer.tile, start=at))
        return
    if tokens[at].word in NO_NAME:
        return
    for end, _ in _windows(line, at):
        if trades.named([one.word for one in tokens[at:end]]):
            yield Offer(Tile(What.OCCUPATION, at, end), _TRADE_COST)
            for more in range(end + 1, min(end + 3, len(tokens) + 1)):
                last = tokens[more - 1]
                if (
                    last.sort is not Sort.WORD
                    or last.breaks
                    or (last.word in NO_NAME and last.word not in {"en", "de", "d", "des"})
                ):
                    break
                yield Offer(Tile(What.OCCUPATION, at, more), _TRADE_COST + 0.5 * (more - end), end - 1)
            return


def functions_at(line: Line, phrases: Phrases, at: int) -> Iterator[Offer]:
    """Yield what somebody is at work: « la gérante », « responsable jeunesse », « chef d'atelier »."""
    end, tokens = line.longest(phrases, "fonction", at), line.tokens
    if end <= at:
        return
    yield Offer(Tile(What.OCCUPATION, at, end, name="fonction"), _FUNCTION_COST)
    for more in range(end + 1, min(end + 4, len(tokens) + 1)):
        last = tokens[more - 1]
        small = last.word in NO_NAME and last.word not in {"de", "d", "des", "du", "la", "l"}
        if last.sort is not Sort.WORD or last.breaks or small:
            return
        if last.word not in NO_NAME:
            yield Offer(Tile(What.OCCUPATION, at, more, name="fonction"), _FUNCTION_COST + 0.25 * (more - end), end - 1)


def _windows(line: Line, at: int) -> Iterator[tuple[int, str]]:
    """The stretches of words from here on that no stop cuts, longest first."""
    tokens = line.tokens
    last = at + 1
    while last < min(len(tokens), at + _LONGEST) and not tokens[last].breaks and tokens[last].word:
        last += 1
    if not tokens[at].word:
        return
    for end in range(last, at, -1):
        yield end, " ".join(one.word for one in tokens[at:end])
