"""From measures to probabilities: one weight a measure, learnt; refusing is one of the possible outcomes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answers.signals import NAMES, NEAREST
from bot.answers.terms import Floats

EXTRA = ("refus", "refus-inconnu", "refus-loin", "refus-ailleurs")
"""Measures of refusing owners only: a constant, the share of unknown words, the distance to every answer, and how many
usual French words no answer uses."""

WIDTH = len(NAMES) + len(EXTRA)

START = np.array([3, 3, 2, 2, 2, 1, 2, 2, 2, 0.5, -1, 0, 1, 1, 2], dtype=np.float64)
"""Where the fit starts, and what it is drawn back to: no measure may turn against its meaning."""


def widen(measures: Floats, refusing: NDArray[np.bool_], unknown: float, elsewhere: float) -> Floats:
    """Measures of one question with those of refusing owners."""
    wide = np.zeros((len(measures), WIDTH), dtype=np.float32)
    wide[:, : measures.shape[1]] = measures
    wide[refusing, -4] = 1
    wide[refusing, -3] = unknown
    wide[refusing, -2] = 1 - float(measures[~refusing, :NEAREST].mean(axis=1).max(initial=0.0))
    wide[refusing, -1] = elsewhere
    return wide


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities along the last axis."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True))


@dataclass(frozen=True)
class Lesson:
    """One question whose right owners are known: wide measures, right owners, and how much it counts."""

    wide: Floats
    right: NDArray[np.bool_]
    weight: float = 1.0


BOUNDS: list[tuple[float | None, float | None]] = [
    (None, None) if at >= len(NAMES) - 2 else (0, None) for at in range(WIDTH)
]
"""Being near can only speak for an owner; facets and the measures of refusing owners may speak either way."""


def fit_weights(
    lessons: list[Lesson],
    start: NDArray[np.float64] = START,
    *,
    pull: float = 0.002,
    bounds: list[tuple[float | None, float | None]] | None = None,
) -> NDArray[np.float64]:
    """The weights that make right owners most likely, pulled to `start` (deterministic)."""
    from scipy.optimize import minimize

    wide = np.stack([one.wide for one in lessons]).astype(np.float64)
    right = np.stack([one.right for one in lessons])
    share = np.array([one.weight for one in lessons])
    share /= share.sum()

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        chance = softmax(wide @ weights)
        good = np.where(right, chance, 0)
        total = good.sum(axis=1).clip(1e-9)
        toward = good / total[:, None] - chance
        gradient = -np.einsum("n,nop,no->p", share, wide, toward, optimize=True)
        drift = weights - start
        return float(-(share * np.log(total)).sum() + pull * drift @ drift), gradient + 2 * pull * drift

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 80}).x)
