"""One message against every owner."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answers.fitting import NEIGHBOURS, elsewhere_share, unknown_share
from bot.answers.lexicon import Heard
from bot.answers.ranking import softmax, widen
from bot.answers.signals import FACETS, Measures, Question
from bot.answers.terms import Floats
from bot.answers.vectors import Vectors

_USUAL = 12
"""Words of a usual question. A longer message shares a smaller part of its words with any phrasing, so that its
cosines are smaller for no other reason: they are scaled back."""

_GAIN_POWER, _GAIN_MOST = 0.35, 1.7


@dataclass(frozen=True)
class Ranking:
    """The chance of each owner, and what was heard."""

    chances: NDArray[np.float64]
    heard: Heard
    unknown: float

    @property
    def order(self) -> NDArray[np.int64]:
        """Owners, most likely first."""
        return np.argsort(-self.chances, kind="stable")


class Retriever:
    """Measures and weighs; thread-safe (read only)."""

    def __init__(self, measures: Measures, weights: NDArray[np.float64], vectors: Vectors) -> None:
        self.measures = measures
        self.weights = weights
        self.vectors = vectors

    def hear(self, text: str) -> Heard:
        """What the lexicon hears."""
        return self.measures.lexicon.hear(text)

    def rank(self, text: str, publics: frozenset[str] = frozenset()) -> Ranking:
        """The chance of each owner for this message, by a person with these facets."""
        heard = self.hear(text)
        wide = self.measure(text, publics, heard)
        return Ranking(softmax(wide @ self.weights), heard, unknown_share(self.measures, heard))

    def measure(self, text: str, publics: frozenset[str] = frozenset(), heard: Heard | None = None) -> Floats:
        """Wide measures of a message: one row an owner."""
        heard = heard or self.hear(text)
        measures = self.measures.of(Question(heard, publics | heard.publics), self.vectors.near(text, NEIGHBOURS))
        measures[:, :-FACETS] *= min(max(1.0, (len(heard.stems) / _USUAL) ** _GAIN_POWER), _GAIN_MOST)
        unknown, elsewhere = unknown_share(self.measures, heard), elsewhere_share(self.measures, heard)
        return widen(measures, self.measures.corpus.refusing, unknown, elsewhere)
