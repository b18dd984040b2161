"""Words and pieces of words of a message, as sparse columns; the same ones at learning and at listening."""

import re
from collections.abc import Sequence

from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import HashingVectorizer

from bot.ear.grammar import turns
from bot.reading.plain import plain

COLUMNS, TURNS = 2**16, 2**12
WIDTH = 2 * COLUMNS + TURNS
LONGEST = 600
"""Characters listened to at once: a longer message is heard clause by clause."""

_MARKS = re.compile(r"[?!@]|\d{4,}")


def heard_form(text: str) -> str:
    """The folded text, its question marks and long numbers kept as words."""
    marks = _MARKS.findall(text[:LONGEST])
    signs = [
        " zq" if "?" in marks else "",
        " zm" if "@" in marks else "",
        " zn" if any(len(m) > 3 for m in marks) else "",
    ]
    return plain(re.sub(r"\d", "0", text[:LONGEST])) + "".join(signs)


_PIECES = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 4), n_features=COLUMNS, alternate_sign=False, norm=None)
_WORDS = HashingVectorizer(
    analyzer="word",
    ngram_range=(1, 2),
    n_features=COLUMNS,
    alternate_sign=False,
    norm=None,
    token_pattern=r"\S+",  # noqa: S106 - a pattern of words, no secret
)


_TURNS = FeatureHasher(TURNS, input_type="string", alternate_sign=False)


def columns(texts: Sequence[str]) -> csr_matrix:
    """One row a text: WIDTH counts, dampened; pieces of words, words, then the turn of the sentence."""
    forms = [heard_form(text) for text in texts]
    said = [turns(text[:LONGEST]) for text in texts]
    counted = hstack([_PIECES.transform(forms), _WORDS.transform(forms), _TURNS.transform(said)]).tocsr()
    counted.data = counted.data**0.5
    return counted
