"""Words and pieces of words of a message, as sparse columns; the same ones at learning and at listening."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
from mmh3 import hash as murmur
from scipy.sparse import csr_matrix, hstack

from bot.domain import regex as re
from bot.ear.grammar import turns
from bot.reading.plain import plain

COLUMNS, TURNS = 2**16, 2**12
WIDTH = 2 * COLUMNS + TURNS
LONGEST = 600
"""Characters listened to at once: a longer message is heard clause by clause."""

_SIZES = (2, 3, 4)

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


def columns(texts: Sequence[str]) -> csr_matrix:
    """One row a text: WIDTH counts, dampened; pieces of words, words, then the turn of the sentence."""
    # The turns of a text right after its form: both fold it, and the last folded texts are known.
    told = [(heard_form(text).lower(), [_column(turn, TURNS) for turn in turns(text[:LONGEST])]) for text in texts]
    counted = hstack(
        [
            _counted((chain.from_iterable(map(_pieces, form.split())) for form, _ in told), COLUMNS),
            _counted((_words(form) for form, _ in told), COLUMNS),
            _counted((turned for _, turned in told), TURNS),
        ]
    ).tocsr()
    counted.data = counted.data**0.5
    return counted


@lru_cache(maxsize=2**15)
def _pieces(word: str) -> tuple[int, ...]:
    """The columns of its runs of two to four letters, borders included; the same words come again and again."""
    line, found = f" {word} ", []
    for size in _SIZES:
        found += [_column(line[at : at + size], COLUMNS) for at in range(max(1, len(line) - size + 1))]
        if len(line) <= size:  # a short word is told once
            break
    return tuple(found)


def _words(form: str) -> Iterator[int]:
    """Yield the columns of the words, then of the pairs of words."""
    found = form.split()
    yield from (_column(word, COLUMNS) for word in found)
    yield from (_column(f"{left} {right}", COLUMNS) for left, right in pairwise(found))


@lru_cache(maxsize=2**15)
def _column(told: str, width: int) -> int:
    """The column that this is hashed to."""
    return int(abs(murmur(told)) % width)


def _counted(told: Iterable[Iterable[int]], width: int) -> csr_matrix:
    """How often each text tells something of each column."""
    places, ends = array("i"), array("q", [0])
    for one in told:
        places.extend(one)
        ends.append(len(places))
    found = np.frombuffer(places, dtype=np.int32) if places else np.empty(0, np.int32)
    table = csr_matrix((np.ones(len(found)), found, np.array(ends)), shape=(len(ends) - 1, width))
    table.sum_duplicates()
    return table
