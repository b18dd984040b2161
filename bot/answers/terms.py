"""Sparse TF-IDF over two readings of a text: its words with the concepts they carry, and its letters."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.answers.lexicon import Heard

Floats = NDArray[np.float32]

Read = tuple[NDArray[np.int32], Floats]
"""Columns and weights of one text in one reading."""

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
        return cls.taught(documents, at_least)[0]

    @classmethod
    def taught(cls, documents: Iterable[list[str]], at_least: int = 1) -> tuple["Terms", sparse.csr_matrix]:
        """As `fit`, and the documents' rows: each text is read once, which is most of a build's time."""
        places: defaultdict[str, int] = defaultdict()
        places.default_factory = places.__len__
        counts = _counted(map(places.__getitem__, document) for document in documents)
        counts.resize(counts.shape[0], len(places))
        frequency = np.bincount(counts.indices, minlength=len(places))
        kept = sorted(term for term, place in places.items() if frequency[place] >= at_least)
        order = np.array([places[term] for term in kept], dtype=np.int64)
        idf = np.log((1 + counts.shape[0]) / (1 + frequency[order].astype(np.float32))).astype(np.float32) + 1
        terms = cls(kept, idf)
        return terms, terms._weighted(counts[:, order])

    def __len__(self) -> int:
        return len(self.vocabulary)

    def row(self, terms: Iterable[str]) -> Read:
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
        column = self._column
        counts = _counted((column[term] for term in document if term in column) for document in documents)
        counts.resize(counts.shape[0], len(self))
        return self._weighted(counts)

    def _weighted(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        """Counts as weights: logarithms, frequencies, rows of length one."""
        weights = (1 + np.log(counts.data)) * self.idf[counts.indices]
        table = sparse.csr_matrix((weights, counts.indices, counts.indptr), shape=counts.shape)
        norms = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
        table.data /= np.repeat(np.where(norms == 0, 1, norms), np.diff(table.indptr)).astype(np.float32)
        return table

    def column(self, term: str) -> int | None:
        """The column of a term, None where it is unknown."""
        return self._column.get(term)


def stacked(texts: Sequence[Read], width: int) -> sparse.csr_matrix:
    """One row a text, its columns in the order in which they were read: so are its sums, alone or among others."""
    ends = np.cumsum([0, *(len(columns) for columns, _ in texts)])
    columns, weights = (np.concatenate(parts) for parts in zip(*texts, strict=True))
    return sparse.csr_matrix((weights, columns, ends), shape=(len(texts), width))


def _counted(documents: Iterable[Iterable[int]]) -> sparse.csr_matrix:
    """How often each column is found in each document; as wide as the last column found."""
    columns, ends = array("i"), array("q", [0])
    for document in documents:
        columns.extend(document)
        ends.append(len(columns))
    found = np.frombuffer(columns, dtype=np.int32) if columns else np.empty(0, np.int32)
    width = int(found.max(initial=-1)) + 1
    ones = np.ones(len(found), dtype=np.float32)
    table = sparse.csr_matrix((ones, found, np.array(ends)), shape=(len(ends) - 1, width))
    table.sum_duplicates()
    return table
