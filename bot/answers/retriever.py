"""One message against every owner."""

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
        if (known := self._remembered.get((text, publics | heard.publics))) is not None:
            return known
        measures = self.measures.of(Question(heard, publics | heard.publics), self.vectors.near(text, NEIGHBOURS))
        measures[:, :-FACETS] *= _gain(heard)
        unknown, elsewhere = unknown_share(self.measures, heard), elsewhere_share(self.measures, heard)
        return widen(measures, self.measures.corpus.refusing, unknown, elsewhere)


def _gain(heard: Heard) -> float:
    return float(min(max(1.0, (len(heard.stems) / _USUAL) ** _GAIN_POWER), _GAIN_MOST))


class Rehearsal:
    """Texts that a build measures while the classifier is still learning: its column is filled in once it has learnt."""

    def __init__(self, unlearnt: Retriever) -> None:
        """`unlearnt`: a retriever whose classifier has no opinion."""
        self._unlearnt = unlearnt
        self.wide: dict[tuple[str, frozenset[str]], Floats] = {}

    def measure(self, text: str, publics: frozenset[str] = frozenset()) -> None:
        """Measure a text by all but the classifier, once."""
        heard = self._unlearnt.hear(text)
        key = (text, publics | heard.publics)
        if key not in self.wide:
            self.wide[key] = self._unlearnt.measure(text, publics, heard)

    def learnt(self, measures: Measures) -> None:
        """Add what the classifier, now learnt, says of each text."""
        for (text, _), wide in self.wide.items():
            heard = measures.lexicon.hear(text)
            wide[:, CLASS] = measures.classes(heard) * np.float32(_gain(heard))
