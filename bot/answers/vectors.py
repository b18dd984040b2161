"""The phrasings nearest by meaning, found exactly: every one is compared, so that two builds give the same answers."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from bot.answers.corpus import Corpus
from bot.answers.encoder import Encoder
from bot.answers.terms import Floats


class Vectors(Protocol):
    """Nearness by meaning, one value an owner."""

    encoder: Encoder

    def near(self, texts: Sequence[str], neighbours: int) -> Floats:
        """Cosine similarity of the nearest phrasing of each owner, a row a text; owners out of reach get the last one's."""
        ...

    def drop(self) -> None:
        """Let go of what is kept outside the index's folder."""
        ...


class ExactVectors:
    """Every phrasing's vector in memory: twenty thousand of them take about a millisecond to compare."""

    def __init__(self, table: Floats, corpus: Corpus, encoder: Encoder) -> None:
        """`table`: a row of length one a phrasing."""
        self._table = table
        self._corpus = corpus
        self.encoder = encoder

    def near(self, texts: Sequence[str], neighbours: int) -> Floats:
        """As the port says."""
        vectors = self.encoder.queries(texts)
        similar = floor(self._similar(vectors), neighbours)
        near = np.maximum.reduceat(similar, self._corpus.starts, axis=1)
        heard = np.any(vectors, axis=1, keepdims=True)
        return np.asarray(np.where(heard, near, 0), dtype=np.float32)

    def _similar(self, vectors: Floats) -> Floats:
        """A row a vector, a column a phrasing."""
        if len(vectors) > 1:  # a build's: one product costs an eighth of as many sums
            return np.asarray(vectors @ self._table.T)
        # Not `@`: its threads cost more than the sum on a busy machine, and share it out differently from run to run.
        return np.asarray(np.einsum("pd,d->p", self._table, vectors[0])[None, :])

    def drop(self) -> None:
        """Nothing is kept outside the folder."""


def floor(sims: Floats, neighbours: int) -> Floats:
    """The nearest phrasings of each row as they are, the others at the last one's level."""
    if sims.shape[1] <= neighbours:
        return sims
    level = np.partition(sims, -neighbours, axis=1)[:, -neighbours]
    return np.maximum(sims, level[:, None])
