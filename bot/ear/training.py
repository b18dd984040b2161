"""Learning the acts: one ridge regression for all of them, by conjugate gradients; the same examples give the same ear."""

import os
import sys
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from bot.content.paroles import ANSWERS, Example
from bot.ear.features import columns

RIDGE, ROUNDS = 0.5, 30
NEAR = 0.3
"""Of one kind: an answer to another question of the same family is half an answer."""

FAMILIES = (
    ("conseiller", "tuteur", "representant", "identite", "urgence"),
    ("entreprise", "employeur", "conseiller"),
    ("commune", "lieu", "adresse"),
    ("metier", "activites", "amenagements"),
)


_ANSWER = f"{ANSWERS}/"
_CHOICE = "choix/"

_CORES, _NICE = 2, 10
"""The ear is learnt beside the build of an index, with as much right to a core, and after whoever is served."""

_LANES = 8
"""Numbers that a processor adds up at once: rows of a whole number of them take two thirds of the time."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """Weights by column (rows: the columns in use) and act, with each column's rarity and each act's floor."""

    acts: tuple[str, ...]
    used: NDArray[np.int32]
    weights: NDArray[np.float32]
    floor: NDArray[np.float32]


def learn(examples: Sequence[Example]) -> Learnt:
    """The weights of every act found in the examples."""
    acts = tuple(sorted({act for example in examples for act in example.acts}))
    counted = columns([example.text for example in examples])
    rarity = np.log(len(examples) / (1.0 + counted.getnnz(axis=0)))
    weighed = _unit(counted @ diags(rarity))
    targets = _targets(examples, acts)
    floor: NDArray[np.float32] = np.zeros(len(acts), dtype=np.float32)
    solved: NDArray[np.float32] = np.zeros((weighed.shape[1], len(acts)), dtype=np.float32)
    lots = _lots(examples, acts)
    for rows, of_lot in lots:
        floor[of_lot] = targets[np.ix_(rows, of_lot)].mean(axis=0)
    with ThreadPoolExecutor(_CORES, initializer=_yielding) as cores:
        found = cores.map(lambda lot: _solve(weighed[lot[0]], targets[np.ix_(*lot)] - floor[lot[1]]), lots)
        for (_, of_lot), weights in zip(lots, found, strict=True):
            solved[:, of_lot] = weights
    used = np.flatnonzero(np.abs(solved).max(axis=1) > 1e-4).astype(np.int32)
    weights = (solved[used] * rarity[used, None]).astype(np.float32)
    return Learnt(acts, used, np.hstack([weights, rarity[used, None] ** 2]).astype(np.float32), floor)


def _yielding() -> None:
    """On Linux a thread is nice alone; elsewhere a whole process would be."""
    if sys.platform == "linux":
        os.nice(_NICE)


def _lots(examples: Sequence[Example], acts: Sequence[str]) -> list[tuple[list[int], list[int]]]:
    """Acts that compete, the longest to learn first: the examples that teach them, and their places among the acts."""
    # What answers nothing at one question does something, and nothing says what: it teaches what an answer is, no act.
    told = [at for at, one in enumerate(examples) if one.acts or not one.step]
    named = [at for at, act in enumerate(acts) if not act.startswith(("reponses", "choix"))]
    choices = _choices(examples, acts)
    alone = {*named, *(at for _, of_step in choices for at in of_step)}
    rest = [at for at in range(len(acts)) if at not in alone]
    return [(told, named), (list(range(len(examples))), rest), *choices]


def _choices(examples: Sequence[Example], acts: Sequence[str]) -> list[tuple[list[int], list[int]]]:
    """By question of a few values: its examples and its acts. Once asked, only its own values compete."""
    taught: defaultdict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(examples):
        for step in {act.split("/")[1] for act in one.acts if act.startswith(_CHOICE)}:
            taught[step].append(at)
    of_step = {step: [at for at, act in enumerate(acts) if act.startswith(f"{_CHOICE}{step}/")] for step in taught}
    return [(taught[step], of_step[step]) for step in sorted(taught)]


def _targets(examples: Sequence[Example], acts: Sequence[str]) -> NDArray[np.float32]:
    """One row an example, one column an act: what it does is 1, an answer to another question of the family NEAR."""
    at = {act: column for column, act in enumerate(acts)}
    near = {
        step: [
            column for act, column in at.items() if act.startswith(_ANSWER) and _kin(step, act.removeprefix(_ANSWER))
        ]
        for step in {example.step for example in examples if example.step}
    }
    found = np.zeros((len(examples), len(acts)), dtype=np.float32)
    for row, example in enumerate(examples):
        if example.step and ANSWERS in example.acts:
            found[row, near[example.step]] = NEAR
        found[row, [at[act] for act in example.acts]] = 1.0
    return found


def _kin(step: str, asked: str) -> bool:
    return any(step in family and asked in family for family in FAMILIES)


def _unit(rows: csr_matrix) -> csr_matrix:
    sizes = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    scaled: csr_matrix = (diags(1.0 / np.maximum(sizes, 1e-9)) @ rows).tocsr().astype(np.float32)
    return scaled


def _solve(rows: csr_matrix, targets: NDArray[np.float32]) -> NDArray[np.float32]:
    """Ridge weights for all acts at once; each is solved alone, whatever stands beside it.

    Columns that no example has weigh nothing and are not carried along; acts that nothing teaches fill the lanes.
    """
    said = np.flatnonzero(rows.getnnz(axis=0))
    count = targets.shape[1]
    found: NDArray[np.float32] = np.zeros((rows.shape[1], count), dtype=np.float32)
    found[said] = _descended(rows[:, said].tocsr(), np.pad(targets, ((0, 0), (0, -count % _LANES))))[:, :count]
    return found


def _descended(rows: csr_matrix, targets: NDArray[np.float32]) -> NDArray[np.float32]:
    """Conjugate gradients on the normal equations; in place: each table has as many cells as all the weights."""
    back = rows.T.tocsr()
    left = back @ targets
    found: NDArray[np.float32] = np.zeros_like(left)
    step, spare = left.copy(), np.empty_like(left)
    size = np.multiply(left, left, out=spare).sum(axis=0)
    for _ in range(ROUNDS):
        moved = back @ (rows @ step)
        moved += np.multiply(RIDGE, step, out=spare)
        pace = size / np.maximum(np.multiply(step, moved, out=spare).sum(axis=0), 1e-12)
        found += np.multiply(pace, step, out=spare)
        left -= np.multiply(pace, moved, out=spare)
        grown = np.multiply(left, left, out=spare).sum(axis=0)
        step *= grown / np.maximum(size, 1e-12)
        step += left
        size = grown
    return found
