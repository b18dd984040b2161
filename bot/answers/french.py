"""How common a word is in French: a common word that the base never uses is the sign of another subject."""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from math import log10

from bot.answers.normalise import fold, stem
from bot.domain import regex as re

_WORD = re.compile(r"^[a-z]{4,}$")
_PER_BILLION = 9
"""Frequencies are powers of ten of a billion words, as Zipf's scale counts them."""


@cache
def _common() -> dict[str, float]:
    """The highest frequency of the words of each stem, on Zipf's scale (3: one in a million; 6: one in a thousand)."""
    found: dict[str, float] = {}
    for at, words in _bands():
        common = log10(10 ** (-at / 100)) + _PER_BILLION
        for folded in map(fold, words):
            if _WORD.match(folded):
                key = stem(folded)
                found[key] = max(found.get(key, 0.0), common)
    return found


def _bands() -> Iterator[tuple[int, list[str]]]:
    """The usual words of French by how rare they are, in hundredths of a power of ten."""
    text = (resources.files("bot.answers") / "usuels.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            at, *words = line.split(" ")
            yield int(at), words


def commonness(found: str) -> float:
    """How common a stem is, 0 where it is no usual French word (a misspelling, a name)."""
    return _common().get(found, 0.0)
