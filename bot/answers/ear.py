"""The ear for danger: what is told in other words than its own, learnt from sentences, heard in one message alone.

The patterns of `emergency` are sure and narrow; this is wider and weighs. It needs no search: it hears every message,
in every state of the conversation, in about a millisecond.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.answers.emergency import bare, emergency, healed, idioms_in, laughs, told_calmly
from bot.answers.normalise import sentences, stem, words
from bot.answers.terms import Floats, Terms
from bot.domain import regex as re
from bot.domain.answer import Danger

CATEGORIES = ("suicide", "accident", "violence", "enfance", "danger")

SURE, WORRY = 0.2, -1.0
"""Margins from which it is an emergency, and from which the numbers are offered beside the answer."""

_LAUGHING, _CALM = 2.0, 1.0
"""What a laugh, and a supposition, a past or a question of rights, take from the margin."""

_OVER = 3.0
"""The same, for a wound that was looked after."""

_SHORT, _FEW, _TORN = 6, 1.0, 0.5
"""A message of fewer words says too little to be weighed as much, and so do words torn from a sentence."""

_OWN, _ALIKE = 2.0, 3.0
"""How much a sentence written for the ear counts, and a calm one that looks like danger."""

_AT_LEAST = 2
_RUN = 4
_PIECE, _STEP, _MOST_PIECES = 10, 5, 40
"""A danger may be one detail of a long message: runs of so many words are heard alone."""

_PATTERN = 4.0
"""The margin of what a pattern says."""

_PART = re.compile(r"[;\n]+")


def reading(text: str) -> list[str]:
    """Stems, pairs of stems next to each other or one apart, runs of letters; figures are one word."""
    spelled = ["0" if word.isdigit() else word for word in words(text)]
    read = [stem(word) for word in spelled]
    line = f" {' '.join(spelled)} "
    return [
        *read,
        *(f"{left}_{right}" for left, right in pairwise(read)),
        *(f"{left}~{right}" for left, right in zip(read, read[2:], strict=False)),
        *(f"~{line[at : at + _RUN]}" for at in range(len(line) - _RUN + 1)),
    ]


def _pieces(text: str) -> Iterator[tuple[str, float]]:
    """Yield the message, its sentences, and runs of words of it, each with what its margin loses."""
    yield text, _FEW * (len(words(text)) < _SHORT)
    parts = [part for line in sentences(text) for part in _PART.split(line) if part.strip()]
    if len(parts) > 1:
        yield from ((part, _FEW * (len(words(part)) < _SHORT)) for part in parts)
    spelled = text.split()
    if len(spelled) > _PIECE + _STEP - 1:
        for at in range(0, len(spelled) - _STEP + 1, _STEP):
            yield " ".join(spelled[at : at + _PIECE]), _TORN


@dataclass(frozen=True)
class Sentences:
    """What teaches an ear, read: a row a sentence, those of danger first; what danger each of these tells, how each counts."""

    terms: Terms
    rows: sparse.csr_matrix
    which: NDArray[np.int64]
    share: NDArray[np.float64]

    @classmethod
    def read(cls, dangers: Mapping[str, Sequence[str]], alike: Sequence[str], calm: Sequence[str]) -> "Sentences":
        """From what is danger (by category), what looks like it, and what is said on any day."""
        told = [(text, category) for category in CATEGORIES for text in dangers.get(category, ())]
        texts = [*(text for text, _ in told), *alike, *calm]
        share = np.ones(len(texts))
        share[: len(told)] = _OWN
        share[len(told) : len(told) + len(alike)] = _ALIKE
        which = np.array([CATEGORIES.index(category) for _, category in told])
        return cls(*Terms.taught(map(reading, texts), at_least=_AT_LEAST), which, share)


@dataclass(frozen=True)
class Ear:
    """Weights of every term: whether there is danger (first column), and which."""

    terms: Terms
    weights: Floats
    base: Floats

    @classmethod
    def taught(cls, sentences: Sentences) -> "Ear":
        """Learn from sentences (deterministic)."""
        rows, share, which = sentences.rows, sentences.share, sentences.which
        told = len(which)
        columns = [_learnt(rows, np.arange(rows.shape[0]) < told, share)]
        columns += [_learnt(rows[:told], which == at, share[:told]) for at in range(len(CATEGORIES))]
        weights = np.stack([column for column, _ in columns], axis=1).astype(np.float32)
        return cls(sentences.terms, weights, np.array([base for _, base in columns], dtype=np.float32))

    @classmethod
    def by_patterns(cls) -> "Ear":
        """An ear that was taught nothing: it hears what the patterns are sure of."""
        width = 1 + len(CATEGORIES)
        deaf = np.full(width, 2 * WORRY, dtype=np.float32)
        return cls(Terms((), np.zeros(0, np.float32)), np.zeros((0, width), np.float32), deaf)

    def hear(self, text: str) -> Danger | None:
        """The danger that the message tells, sure or only possible; None where it tells none."""
        said = emergency(text)
        if said:
            return Danger(said, _chance(_PATTERN), sure=True)
        idioms = idioms_in(text)
        margin, category = max(
            (self._margins(bare(piece, idioms), loss) for piece, loss in islice(_pieces(text), _MOST_PIECES)),
            key=lambda found: found[0],
        )
        margin -= _LAUGHING * laughs(text) + _CALM * told_calmly(text) + _OVER * healed(text)
        return Danger(category, _chance(margin), sure=margin >= SURE) if margin >= WORRY else None

    def save(self, folder: Path) -> None:
        """Write ear.npz and ear.json."""
        np.savez(folder / "ear.npz", idf=self.terms.idf, weights=self.weights, base=self.base)
        (folder / "ear.json").write_text(json.dumps(self.terms.vocabulary), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Ear":
        """Read what `save` wrote; raises OSError, KeyError or ValueError where it is damaged."""
        vocabulary = json.loads((folder / "ear.json").read_text("utf-8"))
        with np.load(folder / "ear.npz", allow_pickle=False) as kept:
            return cls(Terms(vocabulary, kept["idf"]), kept["weights"], kept["base"])

    def _margins(self, text: str, loss: float) -> tuple[float, str]:
        columns, weights = self.terms.row(reading(text))
        found = weights @ self.weights[columns] + self.base
        return float(found[0]) - loss, CATEGORIES[int(found[1:].argmax())]


def _chance(margin: float) -> float:
    """A margin as a number from 0 to 1."""
    return float(1 / (1 + np.exp(-margin)))


def _learnt(
    rows: sparse.csr_matrix, right: NDArray[np.bool_], share: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """Weights and constant of one yes or no."""
    from sklearn.linear_model import LogisticRegression

    if right.all() or not right.any():
        return np.zeros(rows.shape[1]), 8.0 if right.all() else -8.0
    learnt = LogisticRegression(C=20.0, solver="liblinear", max_iter=25, tol=5e-2).fit(rows, right, share)
    return learnt.coef_[0], float(learnt.intercept_[0])
