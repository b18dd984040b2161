"""How common a word is in French: a common word that the base never uses is the sign of another subject."""

import re
from functools import cache

from wordfreq import get_frequency_dict

from bot.answers.normalise import fold, stem

_WORD = re.compile(r"^[a-z]{4,}$")
_PER_BILLION = 9
"""Frequencies are powers of ten of a billion words, as Zipf's scale counts them."""


@cache
def _common() -> dict[str, float]:
    """The highest frequency of the words of each stem, on Zipf's scale (3: one in a million; 6: one in a thousand)."""
    from math import log10

    found: dict[str, float] = {}
    for word, share in get_frequency_dict("fr", wordlist="small").items():
        folded = fold(word)
        if _WORD.match(folded):
            key = stem(folded)
            found[key] = max(found.get(key, 0.0), log10(share) + _PER_BILLION)
    return found


def commonness(found: str) -> float:
    """How common a stem is, 0 where it is no usual French word (a misspelling, a name)."""
    return _common().get(found, 0.0)
