"""Sparse TF-IDF over two readings of a text: its words with the concepts they carry, and its letters."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.answers.lexicon import Heard

Floats = NDArray[np.float32]

_CHAR_SIZES = (3, 4)
_CONCEPT_WEIGHT = 2
_PAIRED = 8
"""Concepts of one text that are paired; a long story has more, and their pairs mean less."""


def word_terms(heard: Heard) -> list[str]:
    """Stems, pairs of stems, concepts (counted twice: they carry the meaning) and pairs of concepts."""
    read = heard.stems
    pairs = [f"{left}_{right}" for left, right in pairwise(read)]
    concepts = [f"#{concept}" for concept in heard.concepts for _ in range(_CONCEPT_WEIGHT)]
    together = [f"{left}+{right}" for left, right in combinations(sorted(set(concepts))[:_PAIRED], 2)]
    return [*read, *pairs, *concepts, *together]


def letter_terms(heard: Heard) -> list[str]:
    """Letters in runs of three and four, word borders included."""
    line = f" {' '.join(heard.spelled)} "
    return [line[at : at + size] for size in _CHAR_SIZES for at in range(len(line) - size + 1)]


READINGS: dict[str, Callable[[Heard], list[str]]] = {"mots": word_terms, "lettres": letter_terms}


class Terms:
    """A vocabulary with its inverse document frequencies; rows are L2-normalised, log-scaled counts."""

    def __init__(self, vocabulary: Sequence[str], idf: Floats) -> None:
        self.vocabulary = list(vocabulary)
        self.idf = idf
        self._column = {term: column for column, term in enumerate(self.vocabulary)}

    @classmethod
    def fit(cls, documents: Iterable[list[str]], at_least: int = 1) -> "Terms":
        """Learn the terms found in `at_least` of the `documents`, which are walked once and not kept."""
        frequency: Counter[str] = Counter()
        total = 0
        for document in documents:
            frequency.update(set(document))
            total += 1
        vocabulary = sorted(term for term, count in frequency.items() if count >= at_least)
        counts = np.array([frequency[term] for term in vocabulary], dtype=np.float32)
        return cls(vocabulary, np.log((1 + total) / (1 + counts)).astype(np.float32) + 1)

    def __len__(self) -> int:
        return len(self.vocabulary)

    def row(self, terms: Iterable[str]) -> tuple[NDArray[np.int32], Floats]:
        """The columns and weights of one text, normalised."""
        column = self._column
        counts = Counter(column[term] for term in terms if term in column)
        columns = np.fromiter(counts, dtype=np.int32, count=len(counts))
        raw = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        weights = (1 + np.log(raw)) * self.idf[columns]
        norm = float(np.sqrt(weights @ weights)) or 1.0
        return columns, weights / np.float32(norm)

    def matrix(self, documents: Iterable[list[str]]) -> sparse.csr_matrix:
        """One row a document."""
        rows = [self.row(document) for document in documents]
        indptr = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        columns = np.concatenate([columns for columns, _ in rows]) if rows else np.empty(0, np.int32)
        weights = np.concatenate([weights for _, weights in rows]) if rows else np.empty(0, np.float32)
        return sparse.csr_matrix((weights, columns, indptr), shape=(len(rows), len(self)))

    def column(self, term: str) -> int | None:
        """The column of a term, None where it is unknown."""
        return self._column.get(term)
