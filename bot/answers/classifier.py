"""A linear classifier over terms in two steps, learnt on all phrasings at each build: which fiche, and what of it.

One support vector machine an owner against all the others costs ten times as much and tells owners of one fiche apart
less well (ADR 0107): here a machine a fiche tells it from the other fiches, and a machine an owner from its neighbours.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.answers.terms import Floats, Read

MOST_OWNERS = 1000
"""With more owners than this there is no classifier: learning it would take minutes, and the other measures remain."""

STEPS = 2
"""What is said of an owner: its fiche's margin, and its share among the owners of its fiche."""

_AT_LEAST = 2
"""A term of a single phrasing teaches nothing about others."""

_USUAL_LETTERS, _RARE_LETTERS = 200, 3
"""Runs of letters of more phrasings than this tell nothing that words do not, and cost most; of fewer, nothing at all."""

_ONE_FIT = 4000
"""With more phrasings than this, the machines that never saw the sample serve too: a second learning would double the
build for the two phrasings in a hundred that they miss."""

_C, _TOLERANCE, _ROUNDS = 1.0, 0.3, 3
"""Three rounds give the accuracy of convergence (0.77 of the phrasings kept aside, against 0.775) in a third of it."""

_SHARP = 4.0
"""How far a margin of one tells owners of one fiche apart."""


@dataclass(frozen=True)
class Classifier:
    """Margins for a text: a row a kept term, a column a group of owners, then a column an owner.

    `places`: for each reading, the row of each of its terms, -1 where the term is not used; `groups`: the group of each
    owner.
    """

    places: tuple[NDArray[np.int32], ...]
    table: NDArray[np.float16]
    base: Floats
    groups: NDArray[np.int64]

    def of(self, read: Sequence[Read]) -> Floats:
        """A row an owner: the margin of its group, about -1 (not here) to 1, and its share of it, as a logarithm."""
        found = self.base.copy()
        for (columns, weights), places in zip(read, self.places, strict=True):
            rows = places[columns]
            known = rows >= 0
            found += weights[known] @ self.table[rows[known]].astype(np.float32)
        return _steps(found, self.groups)


def _steps(margins: Floats, groups: NDArray[np.int64]) -> Floats:
    """From margins of groups, then of owners, to the two measures of each owner."""
    count = len(margins) - len(groups)
    sharp = margins[count:] * _SHARP
    most = np.full(count, -np.inf, np.float32)
    np.maximum.at(most, groups, sharp)
    below = sharp - most[groups]
    whole = np.bincount(groups, np.exp(below), minlength=count)
    share = (below - np.log(whole[groups])) / _SHARP
    return np.stack([margins[:count][groups], share], axis=1).astype(np.float32)


def no_classifier(sizes: Sequence[int], groups: NDArray[np.int64]) -> Classifier:
    """A classifier that has no opinion."""
    places = tuple(np.full(size, -1, np.int32) for size in sizes)
    width = _width(groups)
    return Classifier(places, np.zeros((0, width), np.float16), np.zeros(width, np.float32), groups)


def _width(groups: NDArray[np.int64]) -> int:
    return int(groups.max(initial=-1)) + 1 + len(groups)


def fit_classifier(
    tables: Sequence[sparse.csr_matrix],
    of: NDArray[np.int64],
    groups: NDArray[np.int64],
    sample: NDArray[np.int64],
) -> tuple[Classifier, Floats]:
    """The classifier, and what a twin that never saw the sample says of it (a text, an owner, a step).

    `tables`: a row a phrasing, one table a reading; `groups`: the group of each owner.
    """
    sizes = [table.shape[1] for table in tables]
    if len(groups) > MOST_OWNERS:
        deaf = _steps(np.zeros(_width(groups), np.float32), groups)
        return no_classifier(sizes, groups), np.broadcast_to(deaf, (len(sample), *deaf.shape))
    kept = [_telling(table, letters=at > 0) for at, table in enumerate(tables)]
    rows = sparse.hstack([table[:, columns] for table, columns in zip(tables, kept, strict=True)]).tocsr()
    # One after the other: the library draws from one generator for all its threads, and builds must be repeatable.
    twin = _both_steps(rows, of, groups, np.setdiff1d(np.arange(len(of)), sample))
    whole = twin if len(of) > _ONE_FIT else _both_steps(rows, of, groups, np.arange(len(of)))
    places, start = [], 0
    for size, columns in zip(sizes, kept, strict=True):
        place = np.full(size, -1, np.int32)
        place[columns] = np.arange(start, start + len(columns), dtype=np.int32)
        places.append(place)
        start += len(columns)
    table, base = whole
    held = np.asarray(rows[sample] @ twin[0], dtype=np.float32) + twin[1]
    said = np.stack([_steps(margins, groups) for margins in held])
    return Classifier(tuple(places), table.astype(np.float16), base, groups), said


def _both_steps(
    rows: sparse.csr_matrix, of: NDArray[np.int64], groups: NDArray[np.int64], taught: NDArray[np.int64]
) -> tuple[Floats, Floats]:
    """Weights and constants of the groups, then of the owners, each owner against those of its group alone."""
    count = _width(groups) - len(groups)
    weights = np.zeros((rows.shape[1], _width(groups)), np.float32)
    base = np.full(_width(groups), -1, np.float32)
    weights[:, :count], base[:count] = _learn(rows[taught], groups[of[taught]], count)
    for group in range(count):
        owners = np.flatnonzero(groups == group)
        part = taught[groups[of[taught]] == group]
        columns = count + owners
        weights[:, columns], base[columns] = _learn(rows[part], np.searchsorted(owners, of[part]), len(owners))
    return weights, base


def _telling(table: sparse.csr_matrix, *, letters: bool) -> NDArray[np.int64]:
    """The columns that teach something about other phrasings."""
    frequency = np.bincount(table.indices, minlength=table.shape[1])
    least, most = (_RARE_LETTERS, _USUAL_LETTERS) if letters else (_AT_LEAST, table.shape[0])
    return np.flatnonzero((frequency >= least) & (frequency <= most))


def _learn(rows: sparse.csr_matrix, of: NDArray[np.int64], classes: int) -> tuple[Floats, Floats]:
    """Weights (a row a term, a column a class) and constants; a class without a text is never near."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.svm import LinearSVC

    weights = np.zeros((rows.shape[1], classes), np.float32)
    base = np.full(classes, -1, np.float32)
    present = np.unique(of)
    if len(present) < 2:
        return weights, base
    used = np.unique(rows.indices)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # stopped early on purpose
        learnt = LinearSVC(C=_C, tol=_TOLERANCE, max_iter=_ROUNDS, random_state=0).fit(rows[:, used], of)
    both = len(present) == 2
    # Two classes give one machine: its margin is the second's, its opposite the first's.
    weights[np.ix_(used, present)] = np.vstack([-learnt.coef_, learnt.coef_]).T if both else learnt.coef_.T
    base[present] = np.concatenate([-learnt.intercept_, learnt.intercept_]) if both else learnt.intercept_
    return weights, base
