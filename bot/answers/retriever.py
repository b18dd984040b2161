"""One message against every owner: the whole of it, and the sentence that asks, when it tells a story."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answers.fitting import NEIGHBOURS, unknown_share
from bot.answers.lexicon import Heard
from bot.answers.normalise import sentences
from bot.answers.ranking import softmax, widen
from bot.answers.signals import NAMES, Measures, Question
from bot.answers.terms import Floats
from bot.answers.vectors import Vectors

_SENTENCES = 6
_FACETS = 2


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
        self._weights = weights
        self._vectors = vectors

    def hear(self, text: str) -> Heard:
        """What the lexicon hears."""
        return self.measures.lexicon.hear(text)

    def rank(self, text: str, publics: frozenset[str] = frozenset()) -> Ranking:
        """The chance of each owner for this message, by a person with these facets."""
        heard = self.hear(text)
        wide = self.measure(text, publics, heard)
        return Ranking(softmax(wide @ self._weights), heard, unknown_share(self.measures, heard))

    def measure(self, text: str, publics: frozenset[str] = frozenset(), heard: Heard | None = None) -> Floats:
        """Wide measures of a message: facets come from the whole, the subject from the best sentence too."""
        heard = heard or self.hear(text)
        known = publics | heard.publics
        measures = self._of(text, heard, known)
        parts = [part for part in sentences(text) if len(part.split()) > 2]
        if len(parts) > 1:
            best = np.max([self._of(part, self.hear(part), known) for part in parts[-_SENTENCES:]], axis=0)
            facets = measures[:, len(NAMES) - _FACETS :].copy()
            measures = (measures + best) / 2
            measures[:, len(NAMES) - _FACETS :] = facets
        return widen(measures, self.measures.corpus.refusing, unknown_share(self.measures, heard))

    def _of(self, text: str, heard: Heard, publics: frozenset[str]) -> Floats:
        return self.measures.of(Question(heard, publics), self._vectors.near(text, NEIGHBOURS))
