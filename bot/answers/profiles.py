"""What all the phrasings of an owner say together: the terms of a question they share, and how likely they make it."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.answers.terms import Floats

_LEAST_CHANCE = 0.02
"""What is left of a term's usual chance where no phrasing of the owner has it."""

_FURTHEST, _NEAREST = -3.0, 4.0
_SCALE = 4.0
"""Between which one term may speak, and what its voice is divided by: the other measures go from 0 to 1."""

_AT_LEAST, _USUAL = 2, 7
"""A term of one phrasing, or of one in seven of them all, says nothing of an owner."""


class Own(NamedTuple):
    """A phrasing that is asked about as if nobody had written it: its owner."""

    owner: int


@dataclass(frozen=True)
class Profile:
    """One reading of the phrasings, by owner: how many of each owner's have a term (a row a term, a column an owner)."""

    counts: sparse.csr_matrix
    sizes: NDArray[np.int64]
    """How many phrasings each owner has."""
    idf: Floats

    @classmethod
    def of(cls, rows: sparse.csr_matrix, owner_of: NDArray[np.int64], owners: int, idf: Floats) -> "Profile":
        """`rows`: a row a term, a column a phrasing."""
        ones = np.ones(len(owner_of), np.float32)
        placed = sparse.csr_matrix((ones, (np.arange(len(owner_of)), owner_of)), shape=(len(owner_of), owners))
        counts = (rows.astype(bool).astype(np.float32) @ placed).tocsr()
        counts.sort_indices()
        return cls(counts, np.bincount(owner_of, minlength=owners), idf)

    @cached_property
    def _usual(self) -> Floats:
        """The chance of each term in any phrasing."""
        found = np.asarray(self.counts.sum(axis=1)).ravel()
        return np.asarray((found + 1) / self.sizes.sum(), dtype=np.float32)

    @cached_property
    def _telling(self) -> NDArray[np.bool_]:
        found = np.asarray(self.counts.sum(axis=1)).ravel()
        return np.asarray((found >= _AT_LEAST) & (found <= self.sizes.sum() / _USUAL))

    @cached_property
    def _absent(self) -> Floats:
        """What a term that no phrasing of the owner has says, for each owner: the same for every term."""
        return _voice(np.zeros(1, np.float32), np.ones(1, np.float32), self.sizes.astype(np.float32))

    @cached_property
    def _present(self) -> sparse.csr_matrix:
        """What each term says more than where it is absent."""
        table = self.counts.tocoo()
        said = _voice(table.data, self._usual[table.row], self.sizes[table.col].astype(np.float32))
        more = (said - self._absent[table.col]).astype(np.float32)
        return sparse.csr_matrix((more, self.counts.indices, self.counts.indptr), shape=self.counts.shape)

    def likely(self, columns: NDArray[np.int32], own: Own | None = None) -> Floats:
        """How much likelier each owner makes these terms than any phrasing does, on average by what they tell."""
        kept = columns[self._telling[columns]]
        weights = self.idf[kept]
        whole = float(weights.sum())
        if not whole:
            return np.zeros(len(self.sizes), np.float32)
        asked = sparse.csr_matrix((weights, kept, np.array([0, len(kept)])), shape=(1, self.counts.shape[0]))
        found = self._absent + np.asarray((asked @ self._present).toarray()[0], dtype=np.float32) / whole
        if own:
            left = np.maximum(self.counts[kept, own.owner].toarray().ravel() - 1, 0)
            said = _voice(left, self._usual[kept], np.float32(self.sizes[own.owner]))
            found[own.owner] = float(weights @ said) / whole
        return np.asarray(found, dtype=np.float32)

    def shared(self, columns: NDArray[np.int32], unknown: int, own: Own | None = None) -> Floats:
        """The part of a question's terms, by what they tell, that some phrasing of each owner has; `unknown` no one has."""
        weights = self.idf[columns]
        whole = float(weights.sum() + unknown * self.idf.max(initial=0.0))
        if not whole:
            return np.zeros(len(self.sizes), np.float32)
        counts = self.counts[columns].toarray()
        if own:
            counts[:, own.owner] -= 1
        return np.asarray(weights @ (counts > 0) / whole, dtype=np.float32)


def _voice(counts: Floats, usual: Floats, sizes: Floats | np.float32) -> Floats:
    """What a term says of an owner with so many phrasings, so many of which have it."""
    chance = (counts + usual) / (sizes + 1)
    return np.asarray(np.log((chance + _LEAST_CHANCE * usual) / usual).clip(_FURTHEST, _NEAREST) / _SCALE, np.float32)
