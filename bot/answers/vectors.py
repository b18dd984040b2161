"""The phrasings nearest by meaning, found exactly: every one is compared, so that two builds give the same answers."""

from typing import Protocol

import numpy as np

from bot.answers.corpus import Corpus
from bot.answers.encoder import Encoder
from bot.answers.terms import Floats


class Vectors(Protocol):
    """Nearness by meaning, one value an owner."""

    encoder: Encoder

    def near(self, text: str, neighbours: int) -> Floats:
        """Cosine similarity of the nearest phrasing of each owner; owners out of reach get the last one's."""
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

    def near(self, text: str, neighbours: int) -> Floats:
        """As the port says."""
        vector = self.encoder.queries([text])[0]
        if not vector.any():
            return np.zeros(len(self._corpus.owners), dtype=np.float32)
        # Not `@`: its threads cost more than the sum on a busy machine, and share it out differently from run to run.
        similar = floor(np.einsum("pd,d->p", self._table, vector)[None, :], neighbours)[0]
        return np.asarray(np.maximum.reduceat(similar, self._corpus.starts), dtype=np.float32)

    def drop(self) -> None:
        """Nothing is kept outside the folder."""


def floor(sims: Floats, neighbours: int) -> Floats:
    """The nearest phrasings of each row as they are, the others at the last one's level."""
    if sims.shape[1] <= neighbours:
        return sims
    level = np.partition(sims, -neighbours, axis=1)[:, -neighbours]
    return np.maximum(sims, level[:, None])
