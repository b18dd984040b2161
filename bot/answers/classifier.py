"""A linear classifier over terms: one support vector machine an owner, learnt on all phrasings at each build."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.answers.terms import Floats

MOST_OWNERS = 1000
"""With more owners than this there is no classifier: learning it would take minutes, and the other measures remain."""

_AT_LEAST = 2
"""A term of a single phrasing teaches nothing about others."""

_USUAL_LETTERS, _RARE_LETTERS = 200, 3
"""Runs of letters of more phrasings than this tell nothing that words do not, and cost most; of fewer, nothing at all."""

_ONE_FIT = 4000
"""With more phrasings than this, the machines that never saw the sample serve too: a second learning would double the
build for the two phrasings in a hundred that they miss."""

_C, _TOLERANCE, _ROUNDS = 1.0, 0.3, 3
"""Three rounds give the accuracy of convergence (0.77 of the phrasings kept aside, against 0.775) in a third of it."""

Read = tuple[NDArray[np.int32], Floats]
"""Columns and weights of one text in one reading."""


@dataclass(frozen=True)
class Classifier:
    """Margins of every owner for a text: a row a kept term, a column an owner.

    `places`: for each reading, the row of each of its terms, -1 where the term is not used.
    """

    places: tuple[NDArray[np.int32], ...]
    table: NDArray[np.float16]
    base: Floats

    def of(self, read: Sequence[Read]) -> Floats:
        """The margin of each owner, about -1 (not this one) to 1."""
        found = self.base.copy()
        for (columns, weights), places in zip(read, self.places, strict=True):
            rows = places[columns]
            known = rows >= 0
            found += weights[known] @ self.table[rows[known]].astype(np.float32)
        return found


def no_classifier(sizes: Sequence[int], owners: int) -> Classifier:
    """A classifier that has no opinion."""
    places = tuple(np.full(size, -1, np.int32) for size in sizes)
    return Classifier(places, np.zeros((0, owners), np.float16), np.zeros(owners, np.float32))


def fit_classifier(
    tables: Sequence[sparse.csr_matrix],
    of: NDArray[np.int64],
    owners: int,
    sample: NDArray[np.int64],
) -> tuple[Classifier, Floats]:
    """The classifier, and the sample's margins by a twin that never saw the sample.

    `tables`: a row a phrasing, one table a reading.
    """
    sizes = [table.shape[1] for table in tables]
    if owners > MOST_OWNERS:
        return no_classifier(sizes, owners), np.zeros((len(sample), owners), np.float32)
    kept = [_telling(table, letters=at > 0) for at, table in enumerate(tables)]
    rows = sparse.hstack([table[:, columns] for table, columns in zip(tables, kept, strict=True)]).tocsr()
    # One after the other: the library draws from one generator for all its threads, and builds must be repeatable.
    twin = _learn(rows, of, owners, np.setdiff1d(np.arange(len(of)), sample))
    whole = twin if len(of) > _ONE_FIT else _learn(rows, of, owners, np.arange(len(of)))
    places, start = [], 0
    for size, columns in zip(sizes, kept, strict=True):
        place = np.full(size, -1, np.int32)
        place[columns] = np.arange(start, start + len(columns), dtype=np.int32)
        places.append(place)
        start += len(columns)
    table, base = whole
    held = np.asarray(rows[sample] @ twin[0], dtype=np.float32) + twin[1]
    return Classifier(tuple(places), table.astype(np.float16), base), held


def _telling(table: sparse.csr_matrix, *, letters: bool) -> NDArray[np.int64]:
    """The columns that teach something about other phrasings."""
    frequency = np.bincount(table.indices, minlength=table.shape[1])
    least, most = (_RARE_LETTERS, _USUAL_LETTERS) if letters else (_AT_LEAST, table.shape[0])
    return np.flatnonzero((frequency >= least) & (frequency <= most))


def _learn(
    rows: sparse.csr_matrix, of: NDArray[np.int64], owners: int, taught: NDArray[np.int64]
) -> tuple[Floats, Floats]:
    """Weights (a row a term, a column an owner) and constants; an owner without a taught phrasing is never near."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.svm import LinearSVC

    weights = np.zeros((rows.shape[1], owners), np.float32)
    base = np.full(owners, -1, np.float32)
    present = np.unique(of[taught])
    if len(present) < 2:
        return weights, base
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # stopped early on purpose
        learnt = LinearSVC(C=_C, tol=_TOLERANCE, max_iter=_ROUNDS, random_state=0).fit(rows[taught], of[taught])
    both = len(present) == 2
    # Two classes give one machine: its margin is the second's, its opposite the first's.
    weights[:, present] = np.vstack([-learnt.coef_, learnt.coef_]).T if both else learnt.coef_.T
    base[present] = np.concatenate([-learnt.intercept_, learnt.intercept_]) if both else learnt.intercept_
    return weights, base
