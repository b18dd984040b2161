"""The small words that lead to a value or tie two of them, as data: knowledge/paroles/tuiles.yaml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.domain import regex as re
from bot.reading.spoken import Words, pattern
from bot.reading.tiles.tile import Offer, Tile, What
from bot.reading.tiles.tokens import Token

FILE = "tuiles"

_COSTS: Mapping[What, float] = {What.LINK: 0.2, What.LABEL: 0.4, What.AIM: 0.35, What.FLAG: 0.8, What.WITHOUT: 0.6}

_KINDS: Mapping[str, What] = {
    "liens": What.LINK, "insiste": What.LINK,
    "decouvrir": What.AIM, "confirmer": What.AIM, "recrutement": What.AIM,
    "rsa": What.FLAG, "rqth": What.FLAG,
    "sans_siret": What.WITHOUT, "sans_mail": What.WITHOUT,
}  # fmt: skip
_NOT_LAID = frozenset({"genre_hote", "fonction", "tournures", "raison"})
"""Read with what follows them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A message's words on one line, and at which character each token begins."""

    tokens: tuple[Token, ...]
    text: str
    places: tuple[int, ...]
    ends: Mapping[int, int]
    """Which token ends at a character of the line."""

    @classmethod
    def of(cls, tokens: tuple[Token, ...]) -> "Line":
        """A figure with a shape of its own stands as a sign that no phrase holds."""
        places, ends, text = [], {}, ""
        for at, token in enumerate(tokens):
            places.append(len(text))
            text += token.word or "#"
            ends[len(text)] = at + 1
            text += " "
        return cls(tokens, text, tuple(places), ends)

    def longest(self, words: Words, name: str, at: int) -> int:
        """The token before which the longest form of this phrase ends, said from `at` on without a stop; `at` if none."""
        best = at
        for form in _forms(words[f"{FILE}.{name}"].dit) if f"{FILE}.{name}" in words else ():
            found = form.match(self.text, self.places[at])
            end = self.ends.get(len(self.text[: found.end()].rstrip()), at) if found else at
            if end > best and not any(token.breaks for token in self.tokens[at + 1 : end]):
                best = end
        return best


@lru_cache(maxsize=256)
def _forms(said: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\b(?:{pattern(form)})") for form in said)


def phrases_at(line: Line, words: Words, at: int) -> Iterator[Offer]:
    """Yield every label, link, aim, flag or refusal that is said from this token on."""
    for key in words:
        file, _, name = key.partition(".")
        if file != FILE or name in _NOT_LAID:
            continue
        end = line.longest(words, name, at)
        if end > at:
            what = _KINDS.get(name, What.LABEL)
            yield Offer(Tile(what, at, end, name=name), _COSTS[what])
