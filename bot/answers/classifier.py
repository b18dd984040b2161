"""A ridge classifier over hashed terms: as good as the exact one here, and its cost does not grow with phrasings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.answers.terms import Floats

WIDTH = 2048
RIDGE = 0.5
_CHUNK = 1024


@dataclass(frozen=True)
class Sketch:
    """Where each term of each reading goes among WIDTH sums, and with which sign."""

    buckets: tuple[NDArray[np.int32], ...]
    signs: tuple[Floats, ...]

    @classmethod
    def build(cls, sizes: Sequence[int]) -> "Sketch":
        """One draw per vocabulary, always the same."""
        draw = np.random.default_rng(1)
        buckets = tuple(draw.integers(0, WIDTH, size, dtype=np.int32) for size in sizes)
        scale = np.float32(1 / np.sqrt(len(sizes)))
        return cls(buckets, tuple(draw.choice([-scale, scale], size).astype(np.float32) for size in sizes))

    def rows(self, tables: Sequence[sparse.csr_matrix]) -> Floats:
        """The sketch of many texts at once: one table a reading, one row a text."""
        total = np.zeros((tables[0].shape[0], WIDTH), dtype=np.float32)
        for table, bucket, sign in zip(tables, self.buckets, self.signs, strict=True):
            spread = sparse.csr_matrix((sign, (np.arange(len(bucket)), bucket)), shape=(len(bucket), WIDTH))
            total += (table @ spread).toarray()
        return total

    def row(self, read: Sequence[tuple[NDArray[np.int32], Floats]]) -> Floats:
        """The sketch of one text: (columns, weights) of each reading."""
        total = np.zeros(WIDTH, dtype=np.float32)
        for (columns, weights), bucket, sign in zip(read, self.buckets, self.signs, strict=True):
            np.add.at(total, bucket[columns], sign[columns] * weights)
        return total


def fit_classifier(
    sketch: Sketch, tables: Sequence[sparse.csr_matrix], of: NDArray[np.int64], owners: int, sample: NDArray[np.int64]
) -> tuple[Floats, Floats]:
    """Weights (owners, WIDTH), and the sample's scores by a twin that never saw the sample."""
    gram = np.zeros((WIDTH, WIDTH), dtype=np.float32)
    toward = np.zeros((owners, WIDTH), dtype=np.float32)
    for start in range(0, len(of), _CHUNK):
        rows = sketch.rows([table[start : start + _CHUNK] for table in tables])
        gram += rows.T @ rows
        np.add.at(toward, of[start : start + _CHUNK], rows)
    held = sketch.rows([table[sample] for table in tables])
    twin_toward = toward.copy()
    np.subtract.at(twin_toward, of[sample], held)
    twin = _solve(gram - held.T @ held, twin_toward)
    return _solve(gram, toward), held @ twin.T


def _solve(gram: Floats, toward: Floats) -> Floats:
    from scipy.linalg import solve

    regular = gram + RIDGE * np.eye(len(gram), dtype=np.float32)
    found = solve(regular, toward.T, assume_a="pos", overwrite_a=True, check_finite=False)
    return np.ascontiguousarray(found.T, dtype=np.float32)
