"""One message against every owner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answers.fitting import NEIGHBOURS, elsewhere_share, unknown_share
from bot.answers.lexicon import Heard
from bot.answers.ranking import softmax, widen
from bot.answers.signals import CLASS, FACETS, LETTERS, Measures, Question
from bot.answers.terms import Floats
from bot.answers.vectors import Vectors

_USUAL = 12
"""Words of a usual question. A longer message shares a smaller part of its words with any phrasing, so that its
cosines are smaller for no other reason: they are scaled back."""

_GAIN_POWER, _GAIN_MOST = 0.35, 1.7

_TOGETHER = 64
"""Texts that a build measures at once: their likeness to every phrasing takes seven megabytes."""

Asked = tuple[str, frozenset[str]]
"""A text, and the facets of who asks it."""


@dataclass(frozen=True)
class Ranking:
    """The chance of each owner, and what was heard."""

    chances: NDArray[np.float64]
    heard: Heard
    unknown: float
    near: Floats
    """How near the nearest phrasing of each owner is by its letters."""

    @property
    def order(self) -> NDArray[np.int64]:
        """Owners, most likely first."""
        return np.argsort(-self.chances, kind="stable")


class Retriever:
    """Measures and weighs; thread-safe (read only)."""

    def __init__(
        self,
        measures: Measures,
        weights: NDArray[np.float64],
        vectors: Vectors,
        remembered: "Rehearsal | None" = None,
    ) -> None:
        """`remembered`: texts measured before, by a build."""
        self.measures = measures
        self.weights = weights
        self.vectors = vectors
        self._remembered = remembered.wide if remembered else {}

    def hear(self, text: str) -> Heard:
        """What the lexicon hears."""
        return self.measures.lexicon.hear(text)

    def rank(self, text: str, publics: frozenset[str] = frozenset()) -> Ranking:
        """The chance of each owner for this message, by a person with these facets."""
        heard = self.hear(text)
        wide = self.measure(text, publics, heard)
        return Ranking(softmax(wide @ self.weights), heard, unknown_share(self.measures, heard), wide[:, LETTERS])

    def grounds(self, ranking: Ranking, owner: int) -> float:
        """What an owner rests on besides its chance: the words it shares, and its nearest phrasing; 0 to 2."""
        return self.measures.covered(ranking.heard, owner) + float(ranking.near[owner])

    def measure(self, text: str, publics: frozenset[str] = frozenset(), heard: Heard | None = None) -> Floats:
        """Wide measures of a message: one row an owner."""
        heard = heard or self.hear(text)
        asked = (text, publics | heard.publics)
        if (known := self._remembered.get(asked)) is not None:
            return known
        return self.measure_all([asked])[0]

    def measure_all(self, asked: Sequence[Asked]) -> list[Floats]:
        """Wide measures of messages that are not remembered."""
        questions = [Question(self.hear(text), publics) for text, publics in asked]
        found = self.measures.of(questions, self.vectors.near([text for text, _ in asked], NEIGHBOURS))
        return [self._widened(measures, one.heard) for measures, one in zip(found, questions, strict=True)]

    def _widened(self, measures: Floats, heard: Heard) -> Floats:
        measures[:, :-FACETS] *= _gain(heard)
        unknown, elsewhere = unknown_share(self.measures, heard), elsewhere_share(self.measures, heard)
        return widen(measures, self.measures.corpus.refusing, unknown, elsewhere)


def _gain(heard: Heard) -> float:
    return float(min(max(1.0, (len(heard.stems) / _USUAL) ** _GAIN_POWER), _GAIN_MOST))


class Rehearsal:
    """Texts that a build measures while the classifier is still learning: its column is filled in once it has learnt."""

    def __init__(self, unlearnt: Retriever, asked: Iterable[Asked]) -> None:
        """Measure each text once, by all but the classifier.

        `unlearnt`: a retriever whose classifier has no opinion.
        """
        texts = list(dict.fromkeys((text, publics | unlearnt.hear(text).publics) for text, publics in asked))
        self.wide: dict[Asked, Floats] = {}
        for start in range(0, len(texts), _TOGETHER):
            part = texts[start : start + _TOGETHER]
            self.wide |= zip(part, unlearnt.measure_all(part), strict=True)

    def learnt(self, measures: Measures) -> None:
        """Add what the classifier, now learnt, says of each text."""
        for (text, _), wide in self.wide.items():
            heard = measures.lexicon.hear(text)
            wide[:, CLASS] = measures.classes(heard) * np.float32(_gain(heard))
