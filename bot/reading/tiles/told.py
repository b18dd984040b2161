"""What a laid message says: clause by clause, only where every one of its tiles has a meaning."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from bot.domain.demande import Champ
from bot.domain.session import Json
from bot.reading.spoken import Words, said
from bot.reading.tiles.account import ASKED_OF, NAMES, SELF, Account, Meant
from bot.reading.tiles.laid import Laid
from bot.reading.tiles.meaning import understood
from bot.reading.tiles.phrases import FILE, TURNS
from bot.reading.tiles.tile import Tile, What

_OF_SOMEBODY = frozenset({What.PERSON, What.OCCUPATION, What.PHONE, What.EMAIL})
"""What a sentence ends with that says whose the next one's number may be."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the understood clauses say, and the characters that they span."""

    meant: tuple[Meant, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    labelled: bool = False
    """Whether a label leads to something that is understood."""
    agency: str = ""
    """A body with the town of its office: « ML de Givors »."""
    corrected: frozenset[Champ] = frozenset()
    """Fields of which another value was said to be wrong."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The question that waits, what the form knows, and what tells that a sentence asks."""

    asked: str
    known: Mapping[str, Json]
    asks: Callable[[str], bool] = lambda _: False


def told_by(laid: Laid, words: Words, waiting: Waiting) -> Told:
    """What the understood clauses say.

    A clause that has a word without a meaning says nothing; one of these words may turn what the others say (« pas »,
    « plutôt »): then their whole sentence is left as well. Sentences that ask are left.
    """
    laid = replace(laid, cuts=_answers_ended(laid, words, waiting))
    tails = {tile.start for number in set(laid.clauses) for tile in _tail(laid, words, number)}
    if waiting.asked not in _YES_OR_NO:
        tails |= _contradicting(laid)
    lost = {laid.clause(tile) for tile in laid.tiles if tile.what is What.LOOSE and tile.start not in tails}
    asks = [number for number in dict.fromkeys(laid.sentences) if _asks(laid, words, number, waiting)]
    asking = {clause for number in asks for clause in _of_sentence(laid, number)}
    lost |= asking
    while True:
        lost |= _turned(laid, words, lost)
        account = Account(laid, waiting.asked, waiting.known, ASKED_OF.get(waiting.asked, SELF))
        islands = {
            number: _last_turn(laid, words, number) for number in lost - asking if not _of_others(laid, words, number)
        }
        unclear = _walked(account, lost, tails, islands)
        if unclear is None or unclear in lost:
            meant = (*account.found.values(), *account.passed)
            spans = (*_spans(laid, lost), *account.islands)
            return Told(
                meant,
                spans,
                _labelled(laid, lost) or bool(account.islands),
                account.agency,
                frozenset(account.corrected),
            )
        lost.add(unclear)


def _labelled(laid: Laid, lost: set[int]) -> bool:
    return any(
        laid.clause(tile) not in lost and (tile.what in {What.LABEL, What.FLAG} or not tile.bare) for tile in laid.tiles
    )


def _asks(laid: Laid, words: Words, number: int, waiting: Waiting) -> bool:
    text = laid.sentence_text(number)
    if said(words, text, f"{FILE}fait_noter"):
        return False  # « Avez-vous bien noté que la signataire est Hélène Floc'h ? » tells it
    if "?" in text:
        return True
    for tile in laid.tiles_of(number):
        if tile.what is What.LABEL and tile.name in NAMES:
            start, end = laid.span(tile)
            text = text.replace(laid.text[start:end], " ")  # « c'est elle qui signe » asks nothing
    return waiting.asks(text)


def _answers_ended(laid: Laid, words: Words, waiting: Waiting) -> frozenset[int]:
    """« 05/07/1994 g le droit a une aide ? »: where the question begins, after figures at the head of its sentence."""
    cuts: set[int] = {at for at in range(1, len(laid.tokens)) if _begins_to_ask(laid, words, at)}
    for number in dict.fromkeys(laid.sentences):
        tiles = laid.tiles_of(number)
        head = list(takewhile(lambda tile: tile.what in _HEADS, tiles))
        if head and head[-1].what is not What.LINK and len(head) < len(tiles) and _asks(laid, words, number, waiting):
            cuts.add(head[-1].end)
    return frozenset(cuts)


def _begins_to_ask(laid: Laid, words: Words, at: int) -> bool:
    """« … jusqu'au 22 et si je me blesse, c'est qui qui paie »: a question tied to what is told before it."""
    tied = laid.tokens[at - 1].word in _TIES and not (at > 1 and laid.tokens[at - 1].tied)
    if not (tied or laid.tokens[at].breaks):
        return False
    opening = words.get(f"{FILE}ouvre_question")
    return opening is not None and opening.begun(" ".join(token.word for token in laid.tokens[at : at + _OPENING]))


_TIES = frozenset({"et", "mais", "sinon", "puis", "donc"})
_OPENING = 5
"""Words by which a question is known."""

_HEADS = frozenset({What.LINK, What.BIRTH, What.EMAIL, What.PHONE, What.SIRET, What.PERIOD, What.HOURS})
"""Tiles that say by their shape what they are, whatever is asked after them."""


def _tail(laid: Laid, words: Words, number: int) -> Sequence[Tile]:
    """The last words of a clause that tells several things, where they are few and turn nothing: « … avant ma formation »."""
    tiles = [tile for tile in laid.tiles if laid.clause(tile) == number]
    tail = list(takewhile(lambda tile: tile.what in {What.LOOSE, What.LINK}, reversed(tiles)))
    told = [tile for tile in tiles[: len(tiles) - len(tail)] if tile.what not in {What.LOOSE, What.LINK, What.LABEL}]
    said_so = " ".join(laid.tokens[tile.start].word for tile in tail)
    if len(told) < _SEVERAL or len(tail) > _FEW or said(words, said_so, TURNS):
        return ()
    return [tile for tile in tail if tile.what is What.LOOSE]


_SEVERAL, _FEW = 3, 6

_YES_OR_NO = frozenset(
    {
        "rsa", "inscrit_france_travail", "cadre", "inaptitude", "veut_tester_esat", "hote_connu", "hote_public", "handicap",
        "sur_temps_travail", "deja_accueilli", "consentement", "precautions",
    }
)  # fmt: skip
"""Questions that a « non » answers; elsewhere it contradicts what was read, and what follows puts it right."""


def _contradicting(laid: Laid) -> set[int]:
    """« nn claire c'est la patronne »: the « non » at the head of a clause that tells something."""
    heads = {laid.clause(tile): tile for tile in reversed(laid.tiles) if tile.what is not What.LINK}
    more = {laid.clause(tile) for tile in laid.tiles if tile.what not in {What.LOOSE, What.LINK}}
    return {
        tile.start
        for clause, tile in heads.items()
        if tile.what is What.LOOSE and laid.tokens[tile.start].word in {"non", "nn", "nan"} and clause in more
    }


def _of_sentence(laid: Laid, number: int) -> set[int]:
    return {clause for clause, sentence in zip(laid.clauses, laid.sentences, strict=True) if sentence == number}


def _turned(laid: Laid, words: Words, lost: set[int]) -> set[int]:
    """The clauses of the sentences of which a lost clause holds a word that may turn the others."""
    found: set[int] = set()
    for number in dict.fromkeys(laid.sentences):
        mine = _of_sentence(laid, number)
        told = " ".join(
            one.word for one, clause in zip(laid.tokens, laid.clauses, strict=True) if clause in mine & lost
        )
        if told and said(words, told, TURNS):
            found |= mine
    return found


def _last_turn(laid: Laid, words: Words, number: int) -> int:
    """The first token that the last turning word of a lost clause leaves alone: « enlever mon nom » turns what it leads to."""
    loose = [tile.start for tile in laid.tiles if tile.what is What.LOOSE and laid.clause(tile) == number]
    if any(said(words, laid.tokens[at].word, f"{FILE}hesite") for at in loose):
        return len(laid.tokens)  # « j'hésite entre le métier de libraire et … »: nothing of the clause is sure
    return max((at + 2 for at in loose if said(words, laid.tokens[at].word, TURNS)), default=0)


def _of_others(laid: Laid, words: Words, number: int) -> bool:
    """Whether the sentence of a lost clause speaks of somebody of whom nothing is asked."""
    sentence = laid.sentences[laid.clauses.index(number)]
    loose = (tile for tile in laid.tiles_of(sentence) if tile.what is What.LOOSE)
    return any(said(words, laid.tokens[tile.start].word, f"{FILE}tiers") for tile in loose)


def _spans(laid: Laid, lost: set[int]) -> tuple[tuple[int, int], ...]:
    spans: dict[int, tuple[int, int]] = {}
    for token, clause in zip(laid.tokens, laid.clauses, strict=True):
        if clause not in lost:
            spans[clause] = (spans.get(clause, (token.start, 0))[0], token.end)
    return tuple(spans.values())


def _walked(account: Account, lost: set[int], tails: set[int], islands: Mapping[int, int]) -> int | None:
    """Give each tile its meaning; the clause of the first that has none, or None where all have one."""
    laid = account.laid
    for at, tile in enumerate(laid.tiles):
        if laid.opens_sentence(tile):
            of_somebody = account.who not in {SELF, ""} and account.follows(*_OF_SOMEBODY)
            account.last = account.who if account.who not in {SELF, ""} else account.last
            account.who = "" if of_somebody else ASKED_OF.get(account.asked, SELF)
            account.before = None
        if islands.get(laid.clause(tile), len(laid.tokens)) <= tile.start:
            _island(account, at)
            continue
        if laid.clause(tile) in lost:
            account.who, account.before = "", None
            continue
        if tile.start not in tails and not understood(account, at):
            return laid.clause(tile)
        if tile.what is not What.LINK and not (tile.what is What.DENIED and account.before is not None):
            account.before = tile
    return laid.clause(account.denied[1]) if account.denied is not None else None


def _island(account: Account, at: int) -> None:
    """What a label leads to, in a clause of which other words are unknown: « le SIRET qu'ils m'ont donné, c'est le … »."""
    tile, before = account.laid.tiles[at], account.before
    if tile.what is What.LOOSE:
        account.before, account.landed = None, False
    if tile.what in {What.LOOSE, What.LINK}:
        return
    led = not tile.bare or account.landed or tile.what in {What.SIRET, What.BIRTH}
    account.landed = False
    if tile.what is What.LABEL:
        account.before, account.landed = tile, True
        account.who = SELF if tile.name == SELF else account.who
    elif led and understood(account, at):
        account.before, account.landed = tile, True
        start = (
            account.laid.span(before)[0]
            if before is not None and before.what is What.LABEL
            else account.laid.span(tile)[0]
        )
        account.islands.append((start, account.laid.span(tile)[1]))
    else:
        account.before = tile
