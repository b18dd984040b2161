"""What all the phrasings of an owner say together: the terms of a question they share, and how likely they make it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.answers.terms import Floats, stacked

_LEAST_CHANCE = 0.02
"""What is left of a term's usual chance where no phrasing of the owner has it."""

_FURTHEST, _NEAREST = -3.0, 4.0
_SCALE = 4.0
"""Between which one term may speak, and what its voice is divided by: the other measures go from 0 to 1."""

_AT_LEAST, _USUAL = 2, 7
"""A term of one phrasing, or of one in seven of them all, says nothing of an owner."""


@dataclass(frozen=True)
class Profile:
    """One reading of the phrasings, by owner: how many of each owner's have a term (a row a term, a column an owner).

    Texts are asked about together, each by its columns; what each gets is what it gets alone. `own`, where it is given:
    each text is a phrasing of this owner, asked about as if nobody had written it.
    """

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

    @cached_property
    def _had(self) -> sparse.csr_matrix:
        """Which owners have each term."""
        ones = np.ones(len(self.counts.data), np.float32)
        return sparse.csr_matrix((ones, self.counts.indices, self.counts.indptr), shape=self.counts.shape)

    @cached_property
    def _rarest(self) -> float:
        return float(self.idf.max(initial=0.0))

    def likely(self, asked: Sequence[NDArray[np.int32]], own: Sequence[int] = ()) -> Floats:
        """How much likelier each owner makes a text's terms than any phrasing does, on average by what they tell."""
        kept = [columns[self._telling[columns]] for columns in asked]
        whole = np.array([self.idf[columns].sum() for columns in kept], np.float32)
        found = self._absent + self._weighed(kept, self._present) / np.where(whole, whole, 1)[:, None]
        for at, (columns, owner, left) in enumerate(self._without(kept, own)):
            said = _voice(left, self._usual[columns], np.float32(self.sizes[owner]))
            found[at, owner] = self.idf[columns] @ said / (whole[at] or 1)
        found[whole == 0] = 0
        return np.asarray(found, dtype=np.float32)

    def shared(self, asked: Sequence[NDArray[np.int32]], unknown: Sequence[int], own: Sequence[int] = ()) -> Floats:
        """The part of a text's terms, by what they tell, that some phrasing of each owner has; `unknown` no one has."""
        whole = np.array(
            [self.idf[columns].sum() + more * self._rarest for columns, more in zip(asked, unknown, strict=True)],
            np.float32,
        )
        found = self._weighed(asked, self._had)
        for at, (columns, owner, left) in enumerate(self._without(asked, own)):
            found[at, owner] = self.idf[columns] @ (left > 0)
        return np.asarray(found / np.where(whole, whole, 1)[:, None], dtype=np.float32)

    def _weighed(self, asked: Sequence[NDArray[np.int32]], table: sparse.csr_matrix) -> Floats:
        """The sum of the table's rows, each by what its term tells: a row a text."""
        told = stacked([(columns, self.idf[columns]) for columns in asked], table.shape[0])
        return np.asarray((told @ table).toarray(), dtype=np.float32)

    def _without(
        self, asked: Sequence[NDArray[np.int32]], own: Sequence[int]
    ) -> Iterator[tuple[NDArray[np.int32], int, Floats]]:
        """Yield the columns of each phrasing, its owner, and how many other phrasings of the owner have each."""
        sizes = [len(columns) for columns in asked]
        if not own or not sum(sizes):
            return
        had = np.asarray(self.counts[np.concatenate(asked), np.repeat(own, sizes)]).ravel()
        left = np.split(np.maximum(had - 1, 0), np.cumsum(sizes)[:-1])
        yield from zip(asked, own, left, strict=True)


def _voice(counts: Floats, usual: Floats, sizes: Floats | np.float32) -> Floats:
    """What a term says of an owner with so many phrasings, so many of which have it."""
    chance = (counts + usual) / (sizes + 1)
    return np.asarray(np.log((chance + _LEAST_CHANCE * usual) / usual).clip(_FURTHEST, _NEAREST) / _SCALE, np.float32)
