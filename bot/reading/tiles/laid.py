"""A message cut into tokens and covered with tiles, with its clauses and its sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from bot.reading.tiles.tile import Tile
from bot.reading.tiles.tokens import Token

_JOINTS = frozenset({"et", "donc", "puis", "alors", "mais"})
_SUBJECTS = frozenset(
    ["je", "j", "moi", "mon", "ma", "mes", "le", "la", "l", "son", "sa", "c", "cest", "ce", "il", "elle", "on", "pour"]
)


@dataclass(frozen=True)
class Laid:
    """A text, its tokens, and the tiles that cover them all, in their order."""

    text: str
    tokens: Sequence[Token]
    tiles: Sequence[Tile]
    cuts: frozenset[int] = frozenset()
    """Tokens with which another sentence begins though nothing says so: a question after an answer."""

    @cached_property
    def clauses(self) -> tuple[int, ...]:
        """For each token, the number of its clause: what stands between commas."""
        return tuple(
            accumulate(int(at > 0 and (token.breaks or at in self.cuts)) for at, token in enumerate(self.tokens))
        )

    @cached_property
    def sentences(self) -> tuple[int, ...]:
        """For each token, the number of its sentence."""
        return tuple(
            accumulate(int(at > 0 and (token.stops or at in self.cuts)) for at, token in enumerate(self.tokens))
        )

    def span(self, tile: Tile) -> tuple[int, int]:
        """The characters of a tile."""
        return self.tokens[tile.start].start, self.tokens[tile.end - 1].end

    def written(self, tile: Tile) -> str:
        """A tile's words, those that lead to it included."""
        return self.text[slice(*self.span(tile))]

    def clause(self, tile: Tile) -> int:
        """The number of the clause in which a tile begins."""
        return self.clauses[tile.start]

    def opens_sentence(self, tile: Tile) -> bool:
        """Whether another sentence begins with this tile."""
        return tile.start > 0 and (self.tokens[tile.start].stops or tile.start in self.cuts)

    def tiles_of(self, number: int) -> Sequence[Tile]:
        """The tiles that begin in a sentence."""
        return [tile for tile in self.tiles if self.sentences[tile.start] == number]

    def sentence_text(self, number: int) -> str:
        """A sentence as written, its closing mark included."""
        first = self.sentences.index(number)
        last = len(self.sentences) - 1 - self.sentences[::-1].index(number)
        ends = self.tokens[last + 1].start if last + 1 < len(self.tokens) else len(self.text)
        return self.text[self.tokens[first].start : ends].strip()
