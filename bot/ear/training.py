"""Learning the acts: one ridge regression for all of them, by conjugate gradients; the same examples give the same ear."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

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
    floor = targets.mean(axis=0)
    solved: NDArray[np.float32] = np.zeros((weighed.shape[1], len(acts)), dtype=np.float32)
    choices = _choices(examples, acts)
    # What answers nothing at one question does something, and nothing says what: it teaches what an answer is, no act.
    told = [at for at, one in enumerate(examples) if one.acts or not one.step]
    named = [at for at, act in enumerate(acts) if not act.startswith(("reponses", "choix"))]
    floor[named] = targets[np.ix_(told, named)].mean(axis=0)
    solved[:, named] = _solve(weighed[told], targets[np.ix_(told, named)] - floor[named])
    alone = {*named, *(at for _, columns_of_step in choices for at in columns_of_step)}
    rest = [at for at in range(len(acts)) if at not in alone]
    solved[:, rest] = _solve(weighed, targets[:, rest] - floor[rest])
    for rows, columns_of_step in choices:
        floor[columns_of_step] = targets[np.ix_(rows, columns_of_step)].mean(axis=0)
        solved[:, columns_of_step] = _solve(
            weighed[rows], targets[np.ix_(rows, columns_of_step)] - floor[columns_of_step]
        )
    used = np.flatnonzero(np.abs(solved).max(axis=1) > 1e-4).astype(np.int32)
    weights = (solved[used] * rarity[used, None]).astype(np.float32)
    return Learnt(acts, used, np.hstack([weights, rarity[used, None] ** 2]).astype(np.float32), floor)


def _choices(examples: Sequence[Example], acts: Sequence[str]) -> list[tuple[list[int], list[int]]]:
    """By question of a few values: its examples and its acts. Once asked, only its own values compete."""
    steps = sorted({act.split("/")[1] for act in acts if act.startswith("choix/")})
    return [
        (
            [at for at, one in enumerate(examples) if any(act.startswith(f"choix/{step}/") for act in one.acts)],
            [at for at, act in enumerate(acts) if act.startswith(f"choix/{step}/")],
        )
        for step in steps
    ]


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
    """Ridge weights for all acts at once.

    Columns that no example has weigh nothing and are not carried along; each act is solved alone, so that a half of them
    on each of two cores gives the same weights.
    """
    said = np.flatnonzero(rows.getnnz(axis=0))
    kept = rows[:, said].tocsr()
    halves = [np.ascontiguousarray(half) for half in np.array_split(targets, 2, axis=1)]
    found: NDArray[np.float32] = np.zeros((rows.shape[1], targets.shape[1]), dtype=np.float32)
    with ThreadPoolExecutor(len(halves)) as cores:
        found[said] = np.hstack(list(cores.map(partial(_descended, kept), halves)))
    return found


def _descended(rows: csr_matrix, targets: NDArray[np.float32]) -> NDArray[np.float32]:
    """Conjugate gradients on the normal equations."""
    back = rows.T.tocsr()
    left = back @ targets
    found: NDArray[np.float32] = np.zeros_like(left)
    step, size = left.copy(), (left * left).sum(axis=0)
    for _ in range(ROUNDS):
        moved = back @ (rows @ step) + RIDGE * step
        pace = size / np.maximum((step * moved).sum(axis=0), 1e-12)
        found += pace * step
        left -= pace * moved
        grown = (left * left).sum(axis=0)
        step, size = left + (grown / np.maximum(size, 1e-12)) * step, grown
    return found
