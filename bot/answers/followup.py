"""A question that leans on the one before: what it asks, and of what, is weighed from both.

« ça dure combien ? » asks about the mini-stage where the mini-stage was the last subject, and about the immersion
elsewhere. No list of words says which; a dozen weights, learnt at each build from the exam's follow-ups and from pairs
of questions that have nothing in common, do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.answers.corpus import Corpus
from bot.answers.facets import sharpened
from bot.answers.lexicon import Lexicon
from bot.answers.normalise import fold, words
from bot.answers.ranking import Lesson, fit_weights, softmax
from bot.answers.retriever import Asked, Ranking, Retriever
from bot.answers.terms import Floats
from bot.content.questions import ExamRow
from bot.domain import regex as re

_LEANING = re.compile(
    r"^\W*(?:et|mais|sinon|ok|d'accord|ah|alors|donc|du coup|meme|pareil|idem|aussi|non mais|oui mais|pour|si|sans|avec|a|en|pendant|ou|quand|combien|qui|comment|pourquoi|lequel|laquelle|lesquels)\b"
    r"|\b(?:ca|cela|ce|celui|celle|eux|elle|elles|il|ils|lui|leur|en|y|sa|son|ses|dedans|dessus|la-bas|c'est|c)\b"
    r"|'(?:il|ils|elle|elles|on|y|en)\b"
)
_OPENS = re.compile(r"^\W*(?:et|mais|du coup|meme|pareil|idem|aussi|sinon|ah et|ok et|ok mais|oui mais|non mais)\b")
_SHORT, _SHORT_OPENED = 7, 14
_FEWEST, _SURE = 5, 0.9
"""A question of so many words, that its passage takes so surely and that leans on nothing, stands alone."""

_FLOOR = 1e-4
_USUAL = 7
"""Words of a usual follow-up."""

START = np.array([0.3, 0.75, 1.0, 1.6, 1.3, 0.8, -1.3, -0.3, -0.15, 0.1, 0.05, -0.1, 0.35, -0.25])
"""Where the weights start, and what they are drawn back to: what two hundred and eighty follow-ups taught."""

_OTHER = 0.97
"""Chance of another passage, for the question alone, from which the last answer is not given again."""

_EACH_SWITCH = 2.0
"""How much a pair of questions without a link counts: a person changes the subject more often than not."""

MOST_SWITCHES = 40

_EVERY = 2
"""One follow-up of two teaches the weights: all of them took three seconds more and taught nothing more."""


def leans(text: str) -> bool:
    """Whether the text is short and points back, rather than naming its subject."""
    folded = fold(text)
    count = len(words(text))
    return (count <= _SHORT and _LEANING.search(folded) is not None) or (
        count <= _SHORT_OPENED and _OPENS.match(folded) is not None
    )


def topic(history: Sequence[str]) -> str:
    """The last question; with the one before when it leans itself."""
    last = history[-1]
    return f"{history[-2]} {last}" if len(history) > 1 and leans(last) else last


@dataclass(frozen=True)
class Thread:
    """Ranks questions that come after others; immutable."""

    retriever: Retriever
    weights: NDArray[np.float64]
    fiche: NDArray[np.int64]
    linked: NDArray[np.bool_]
    """Owners that name each other under « Voir aussi », both ways."""

    @classmethod
    def over(cls, retriever: Retriever, weights: NDArray[np.float64] = START) -> "Thread":
        """The thread over a retriever's corpus."""
        corpus = retriever.measures.corpus
        slugs = [owner.ref.partition("#")[0] for owner in corpus.owners]
        known = {slug: at for at, slug in enumerate(dict.fromkeys(slugs))}
        return cls(retriever, weights, np.array([known[slug] for slug in slugs], dtype=np.int64), _links(corpus))

    def rank(self, text: str, history: Sequence[str], publics: frozenset[str]) -> Ranking:
        """The chance of each owner for a question that comes after others (oldest first)."""
        alone = self.retriever.rank(text)
        if not history or self._stands_alone(text, alone):
            return sharpened(self.retriever, text, alone, publics)
        before = self.retriever.rank(topic(history))
        joined = self.retriever.rank(f"{topic(history)} {text}", before.heard.publics)
        found = replace(joined, chances=softmax(self._measures(text, alone, before, joined) @ self.weights))
        if self._repeats(before, found) and self._turns_away(before, alone):
            return sharpened(self.retriever, text, alone, publics)
        return found

    def _last(self, before: Ranking) -> int:
        """The owner of the last answer."""
        return int(np.where(self.retriever.measures.corpus.urgent, 0.0, before.chances).argmax())

    def _repeats(self, before: Ranking, found: Ranking) -> bool:
        """Whether the last answer would be given again; another scheme has it all again (« et c'est payé ? »)."""
        last = self._last(before)
        return int(found.chances.argmax()) == last and not self.retriever.measures.corpus.elsewhere[last]

    def _turns_away(self, before: Ranking, alone: Ranking) -> bool:
        """Whether the question alone is surely about something that the last answer is not near to."""
        corpus, last, other = self.retriever.measures.corpus, self._last(before), int(alone.chances.argmax())
        answers = not (corpus.refusing[other] or corpus.urgent[other]) and other != last
        return bool(answers and alone.chances[other] >= _OTHER and not self.linked[last, other])

    def measures(self, text: str, last: str, before: Ranking) -> Floats:
        """Measures of a follow-up, a row an owner, in the order of `START`; `last` is the topic, `before` its ranking."""
        joined = self.retriever.rank(f"{last} {text}", before.heard.publics)
        return self._measures(text, self.retriever.rank(text), before, joined)

    def _stands_alone(self, text: str, alone: Ranking) -> bool:
        count = len(words(text))
        return count > _SHORT_OPENED or (count >= _FEWEST and alone.chances.max() >= _SURE and not leans(text))

    def _measures(self, text: str, alone: Ranking, before: Ranking, joined: Ranking) -> Floats:
        corpus = self.retriever.measures.corpus
        last = self._last(before)
        same, other = np.arange(len(corpus.owners)) == last, np.arange(len(corpus.owners)) != last
        mine, both = np.log(alone.chances + _FLOOR), np.log(joined.chances + _FLOOR)
        answering = np.where(corpus.refusing | corpus.urgent, 0.0, alone.chances)
        columns = [
            mine,
            both,
            same,
            (self.fiche == self.fiche[last]) & other,
            self.linked[last] & other,
            same & corpus.elsewhere,
            corpus.refusing,
            corpus.urgent,
        ]
        for share in (float(leans(text)), float(answering.max()), min(len(words(text)), 2 * _USUAL) / _USUAL):
            columns += [mine * share, both * share]
        return np.stack(columns, axis=1).astype(np.float32)


def _links(corpus: Corpus) -> NDArray[np.bool_]:
    place = {owner.ref: at for at, owner in enumerate(corpus.owners)}
    linked = np.zeros((len(place), len(place)), dtype=bool)
    for ref, passage in corpus.passages.items():
        for other in passage.voir_aussi:
            if other in place:
                linked[place[ref], place[other]] = linked[place[other], place[ref]] = True
    return linked


def fit_thread(retriever: Retriever, exam: Sequence[tuple[ExamRow, NDArray[np.bool_]]]) -> NDArray[np.float64]:
    """The weights that make right owners most likely after a question; `exam`: rows and the owners right for each."""
    thread, rank = Thread.over(retriever), cache(retriever.rank)
    lessons = [
        Lesson(thread.measures(one.text, one.last, rank(one.last)), one.right, one.weight) for one in _exchanges(exam)
    ]
    return fit_weights(lessons, START, pull=0.003) if lessons else START


def asked_in_turn(lexicon: Lexicon, exam: Sequence[tuple[ExamRow, NDArray[np.bool_]]]) -> Iterator[Asked]:
    """Yield every text that `fit_thread` will rank for the same exam."""
    for one in _exchanges(exam):
        yield from ((text, frozenset()) for text in (one.last, one.text))
        yield f"{one.last} {one.text}", lexicon.hear(one.last).publics


class _Exchange(NamedTuple):
    """A question after another: both, the owners right for it, and how much it counts."""

    text: str
    last: str
    right: NDArray[np.bool_]
    weight: float


def _exchanges(exam: Sequence[tuple[ExamRow, NDArray[np.bool_]]]) -> list[_Exchange]:
    """The exam's follow-ups, then pairs of its questions that have nothing in common."""
    later = [(row, right) for row, right in exam if row.historique][::_EVERY]
    found = [_Exchange(row.question, topic(row.historique), right, 1.0) for row, right in later]
    alone = [(row, right) for row, right in exam if not row.historique]
    short = [(row, right) for row, right in alone if len(words(row.question)) <= _SHORT_OPENED]
    step = -(-len(short) // MOST_SWITCHES) or 1
    for at, (row, right) in enumerate(short[::step]):
        before = alone[(7 * at + len(alone) // 2) % len(alone)][0].question
        found.append(_Exchange(row.question, before, right, _EACH_SWITCH))
    return found
