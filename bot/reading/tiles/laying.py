"""The cheapest way to cover a message with tiles, by dynamic programming from its end."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain import regex as re
from bot.reading.names.first_names import is_first_name
from bot.reading.names.place import Places
from bot.reading.names.trades import Trades
from bot.reading.spoken import Words
from bot.reading.tiles.choices import bodies_at, functions_at, situations_at, trades_at
from bot.reading.tiles.figures import days_at, hours_at
from bot.reading.tiles.laid import Laid
from bot.reading.tiles.people import CIVIL, NO_NAME, led_people, people_at
from bot.reading.tiles.phrases import BACK, Line, Phrases, phrases_at, phrases_in
from bot.reading.tiles.places import hosts_at, named_freely, numbered_street, streets_at, towns_at
from bot.reading.tiles.tile import Offer, Tile, What
from bot.reading.tiles.tokens import LONGEST, MOST, Sort, Token, tokens_of

_LOOSE = 6.0
_SWALLOWED = 2.2
"""What a free name costs more for each tile that would begin inside it."""

_SHAPED = {Sort.EMAIL: What.EMAIL, Sort.SIRET: What.SIRET, Sort.PHONE: What.PHONE}
_FREE = {"hote": What.HOST, "metier": What.OCCUPATION, "activites": What.TASKS, "equipement": What.TASKS}
"""Labels that lead to words of one's own."""

_ROLES = ("tuteur", "conseiller", "representant", "urgence", "moi", "avec")
_FREE_COST, _LED_COST, _BEFORE_STREET = 0.9, 1.3, 1.5
_A_TOWN = 0.6
"""What a firm's name costs more that is the name of a town and nothing else: « le lieu, c'est Annecy »."""
_LEADS_ON = frozenset([
    "de", "du", "des", "d", "et", "les", "mes", "nos", "vos", "leur", "leurs", "ses", "eux", "moi", "nous", "vous", "lui",
    "elle", "mon", "ma",
])  # fmt: skip
"""No name of a firm that a label leads to begins with these: « l'entreprise de mon oncle », « chez les gens »."""
_WRITES = frozenset({"gmail", "hotmail", "outlook", "orange", "yahoo", "arobase", "point"})
"""Words of an address that is dictated."""
_NO_PERSON = frozenset({What.SITUATION, What.BODY, What.OCCUPATION, What.AIM, What.PERIOD, What.HOURS})
_NO_COST = 0.3
_DENIABLE = frozenset(
    {What.PERSON, What.HOST, What.TOWN, What.OCCUPATION, What.STREET, What.EMAIL, What.PHONE, What.SIRET}
)
_MOST = {"hote": 8, "metier": 5, "activites": 40, "equipement": 40}


class Layer:
    """Lays messages out; thread-safe: what it remembers is written in one assignment."""

    def __init__(self, places: Places, trades: Trades, words: Words) -> None:
        self._places, self._trades, self.words = places, trades, words
        self._phrases = phrases_in(words)
        self._last: tuple[int, Laid] | None = None
        """The last message and its year: one turn asks for the same one several times."""

    def lay(self, text: str, this_year: int) -> Laid:
        """A text with the tiles that cover all of it; a word that nothing covers is LOOSE.

        One of more than LONGEST characters, or MOST words, has no tokens.
        """
        last = self._last
        if last is None or last[0] != this_year or last[1].text != text:
            last = self._last = (this_year, self._laid(text, this_year))
        return last[1]

    def _laid(self, text: str, this_year: int) -> Laid:
        tokens = tokens_of(text) if len(text) <= LONGEST else ()
        tokens = tokens if len(tokens) <= MOST else ()
        line = Line.of(tokens)
        offers = [tuple(self._offers(line, at, text, this_year)) for at in range(len(tokens))]
        offers = [(*found, *self._denied(line, offers, at, text)) for at, found in enumerate(offers)]
        named = {one.tile.end for found in offers for one in found if one.tile.what is What.PERSON}
        named |= {line.longest(self._phrases, "liens", end) for end in named if end < len(tokens)}
        offers = [(*found, *(_unlisted(tokens, at, text) if at in named else ())) for at, found in enumerate(offers)]
        begins = [_begins(found) for found in offers]
        best: list[tuple[float, Tile | None]] = [(0.0, None)] * (len(tokens) + 1)
        for at in range(len(tokens) - 1, -1, -1):
            loose = Tile(What.LOOSE, at, at + 1)
            cheapest = (_LOOSE + best[at + 1][0], loose)
            for offer in (*offers[at], *self._led(line, offers, at, text)):
                swallowed = sum(begins[offer.free + 1 : offer.tile.end]) if offer.free >= 0 else 0.0
                cost = offer.cost + swallowed + best[offer.tile.end][0]
                if cost < cheapest[0]:
                    cheapest = (cost, offer.tile)
            best[at] = cheapest
        laid, at = [], 0
        while at < len(tokens):
            tile = best[at][1]
            if tile is None:
                break
            laid.append(
                tile if tile.value else replace(tile, value=text[tokens[tile.start].start : tokens[tile.end - 1].end])
            )
            at = tile.end
        return Laid(text, tokens, tuple(laid))

    def _offers(self, line: Line, at: int, text: str, this_year: int) -> Iterator[Offer]:
        token = line.tokens[at]
        if token.sort in _SHAPED:
            yield Offer(Tile(_SHAPED[token.sort], at, at + 1), 0.5)
            return
        if token.word in {"le", "la", "au"} and at + 1 < len(line.tokens) and line.tokens[at + 1].sort in _SHAPED:
            yield Offer(Tile(What.LINK, at, at + 1), 0.1)
        if (
            token.word == "ou"
            and at
            and line.tokens[at - 1].sort in _SHAPED
            and any(one.sort in _SHAPED for one in line.tokens[at + 1 : at + 3])
        ):
            yield Offer(Tile(What.LINK, at, at + 1), 0.1)  # « au 02… ou à contact@… »
        yield from days_at(line.tokens, at, text, this_year)
        yield from hours_at(line.tokens, at)
        yield from streets_at(line.tokens, at, text)
        yield from towns_at(line, at, self._places, text)
        yield from hosts_at(line, self._phrases, at, text)
        yield from self._before_street(line, at)
        yield from _verbs(line.tokens, at)
        if token.sort in {Sort.WORD, Sort.NUMBER}:
            yield from phrases_at(line, self._phrases, at)
        if token.sort is Sort.WORD:
            yield from _reason(line, self._phrases, at)
            yield from people_at(line.tokens, at, text)
            yield from bodies_at(line, at, text)
            yield from situations_at(line, at)
            yield from trades_at(line, self._trades, at)
            yield from functions_at(line, self._phrases, at)

    def _before_street(self, line: Line, at: int) -> Iterator[Offer]:
        """« Cycles Delarue, 14 rue du Neufbourg »: a name at the head of a clause, right before a street or a SIRET."""
        tokens = line.tokens
        if at and not tokens[at].breaks and line.longest(self._phrases, "liens", at - 1) < at:
            return
        for end, cost in named_freely(tokens, at, _MOST["hote"]):
            then = tokens[end] if end < len(tokens) else None
            if (
                then is not None
                and not then.stops
                and (then.sort is Sort.SIRET or then.word == "siret" or numbered_street(tokens, end))
            ):
                yield Offer(Tile(What.HOST, at, end, name="avant_rue"), _BEFORE_STREET + cost, at)

    def _denied(self, line: Line, offers: list[tuple[Offer, ...]], at: int, text: str) -> Iterator[Offer]:
        """« ce n'est plus Bruno », « au lieu de 14 »: what is no longer so."""
        end = line.longest(self._phrases, "nie", at)
        if not at < end < len(line.tokens) or line.tokens[end].stops:
            return
        if line.tokens[end].sort is Sort.NUMBER and line.tokens[end - 1].word not in {"de", "d"}:
            value = line.tokens[end].word
            yield Offer(Tile(What.DENIED, at, end + 1, value=value, name="nombre"), _NO_COST + _FREE_COST)
        for offer in offers[end]:
            tile = offer.tile
            if tile.what in _DENIABLE:
                value = tile.value or _words(line, text, tile.start, tile.end)
                yield Offer(Tile(What.DENIED, at, tile.end, value=value, name=tile.what.value), offer.cost + _NO_COST)

    def _led(self, line: Line, every: list[tuple[Offer, ...]], at: int, text: str) -> Iterator[Offer]:
        """Yield the labels of these with the words of one's own that they lead to, links between them included."""
        for offer in every[at]:
            label = offer.tile
            if label.what is not What.LABEL or (
                label.name in _ROLES
                and BACK.match(" ".join(one.word for one in line.tokens[label.start : label.end]) + " ")
            ):
                continue
            start = self._past_links(line, label.end)
            if start >= len(line.tokens):
                continue
            if label.name in _FREE:
                towns = {one.tile.end for one in every[start] if one.tile.what is What.TOWN}
                yield from self._named(line, label, start, text, towns)
            elif label.name in _ROLES:
                if label.name == "moi" and not _names_oneself(line, label, start, text):
                    continue
                told = max((one.tile.end for one in every[start] if one.tile.what in _NO_PERSON), default=0)
                for end in led_people(line.tokens, start, text):
                    value = _words(line, text, start, end)
                    tile = Tile(What.PERSON, label.start, end, value=value, name=label.name, bare=False)
                    yield Offer(tile, offer.cost + _LED_COST + (_A_TOWN * 3 if told >= end else 0), start)

    def _named(self, line: Line, label: Tile, start: int, text: str, towns: set[int]) -> Iterator[Offer]:
        what = _FREE[label.name]
        if what is What.HOST and line.tokens[start].word in _LEADS_ON:
            return
        if what is What.HOST and any(token.word in _WRITES for token in line.tokens[start : start + 4]):
            return
        if what is What.TASKS:
            ends = _tasks(line.tokens, start, by_clause=label.name == "equipement")
        else:
            ends = named_freely(line.tokens, start, _MOST[label.name])
        for end, cost in ends:
            tile = Tile(what, label.start, end, value=_words(line, text, start, end), name=label.name, bare=False)
            yield Offer(tile, _FREE_COST + cost + (_A_TOWN if end in towns and what is What.HOST else 0), start)

    def _past_links(self, line: Line, at: int) -> int:
        while at < len(line.tokens):
            end = line.longest(self._phrases, "liens", at)
            if end <= at or line.tokens[at].stops:
                return at
            at = end
        return at


_UNLISTED, _EACH_UNLISTED, _MOST_UNLISTED = 2.2, 0.4, 3


def _unlisted(tokens: tuple[Token, ...], at: int, text: str) -> Iterator[Offer]:
    """« Mehdi Carlier mécanicien cycle », « Paul Noé, auxiliaire spécialisé »: what somebody is, in words of no list."""
    for end in range(at, min(len(tokens), at + _MOST_UNLISTED)):
        token = tokens[end]
        small = token.word in NO_NAME and token.word not in {"de", "d", "en", "des", "du", "la", "l"}
        if token.sort is not Sort.WORD or small or token.stops or (token.breaks and end > at) or token.word in CIVIL:
            return
        if text[token.start].isupper() or (end == at and token.word in NO_NAME):
            return
        if token.word not in NO_NAME and (
            end + 1 == len(tokens) or tokens[end + 1].breaks or tokens[end + 1].sort is not Sort.WORD
        ):
            yield Offer(Tile(What.OCCUPATION, at, end + 1, name="libre"), _UNLISTED + _EACH_UNLISTED * (end - at), at)
            return


def _names_oneself(line: Line, label: Tile, start: int, text: str) -> bool:
    """« je suis embauchée » names nobody: a capital, a first name, or « je m'appelle » does."""
    said_so = any("app" in token.word or token.word == "nom" for token in line.tokens[label.start : label.end])
    return said_so or text[line.tokens[start].start].isupper() or is_first_name(line.tokens[start].word)


def _words(line: Line, text: str, start: int, end: int) -> str:
    return text[line.tokens[start].start : line.tokens[end - 1].end]


_VERB = re.compile(r"[a-z]{2,}(?:er|ir|oir|dre|tre|ire)")
_OBJECT = frozenset([
    "le", "la", "l", "les", "du", "de", "des", "d", "un", "une", "au", "aux", "mon", "ma", "mes", "leur", "leurs",
    "en", "avec",
])  # fmt: skip
_VERBS_COST, _EACH_TASK = 2.5, 0.05


def _verbs(tokens: tuple[Token, ...], at: int) -> Iterator[Offer]:
    """« poser des radiateurs, changer des chaudières »: verbs at the head of a clause, as far as they go."""
    then = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if (at and not tokens[at].breaks) or then not in _OBJECT or not _VERB.fullmatch(tokens[at].word):
        return  # « maître fromager » is no verb
    end = at + 1
    while end < len(tokens) and not tokens[end].stops and (not tokens[end].breaks or _VERB.fullmatch(tokens[end].word)):
        end += 1
    if end > at + 1:
        yield Offer(Tile(What.TASKS, at, end), _VERBS_COST + _EACH_TASK * (end - at), at)


_REASON, _EACH_REASON = 0.5, 0.3


def _reason(line: Line, phrases: Phrases, at: int) -> Iterator[Offer]:
    """« … parce que je fatigue vite »: why, to the end of its clause; no field holds it."""
    end = line.longest(phrases, "raison", at)
    while end > at and end < len(line.tokens) and not line.tokens[end].breaks:
        end += 1
        yield Offer(Tile(What.LINK, at, end, name="raison"), _REASON + _EACH_REASON * (end - at), at)


_SURE = frozenset(What) - {What.LINK, What.SITUATION, What.WITHOUT, What.TASKS, What.HOST, What.LOOSE}
"""What a free name may not swallow for nothing."""


def _begins(offers: tuple[Offer, ...]) -> float:
    """What it costs a free name to swallow what begins here: nothing where it is a single name, or a town's."""
    found = [one for one in offers if one.tile.what in _SURE and not (one.tile.what is What.PERSON and one.cost > 1.5)]
    if not found:
        return 0.0
    return _SWALLOWED if any(one.tile.what not in {What.TOWN, What.OCCUPATION} for one in found) else _SWALLOWED / 2


def _tasks(tokens: tuple[Token, ...], at: int, *, by_clause: bool = False) -> Iterator[tuple[int, float]]:
    """Where a list of tasks may end: at a stop, or at the end; `by_clause`, at a comma too."""
    for end in range(at + 1, min(len(tokens), at + _MOST["activites"]) + 1):
        if end == len(tokens) or tokens[end].stops:
            yield end, _EACH_TASK * (end - at)
            return
        if by_clause and tokens[end].breaks:
            yield end, _EACH_TASK * (end - at)
