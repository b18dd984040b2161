"""How common a word is in French: a common word that the base never uses is the sign of another subject."""

import gzip
import re
from functools import cache
from importlib.metadata import distribution
from math import log10

import msgpack

from bot.answers.normalise import fold, stem

_WORD = re.compile(r"^[a-z]{4,}$")
_PER_BILLION = 9
"""Frequencies are powers of ten of a billion words, as Zipf's scale counts them."""


@cache
def _common() -> dict[str, float]:
    """The highest frequency of the words of each stem, on Zipf's scale (3: one in a million; 6: one in a thousand)."""
    found: dict[str, float] = {}
    for at, words in enumerate(_bands()):
        common = log10(10 ** (-at / 100)) + _PER_BILLION
        for folded in map(fold, words):
            if _WORD.match(folded):
                key = stem(folded)
                found[key] = max(found.get(key, 0.0), common)
    return found


def _bands() -> list[list[str]]:
    """The usual words of French, a list a hundredth of a power of ten, the most frequent first.

    Read from the library's file: importing it looks through the source of every module loaded, a second of each start.
    """
    file = distribution("wordfreq").locate_file("wordfreq/data/small_fr.msgpack.gz")
    with gzip.open(str(file), "rb") as opened:
        bands: list[list[str]] = msgpack.load(opened, raw=False)[1:]
    return bands


def commonness(found: str) -> float:
    """How common a stem is, 0 where it is no usual French word (a misspelling, a name)."""
    return _common().get(found, 0.0)
