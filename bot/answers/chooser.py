"""Choosing among a few passages: a port whose answers hold references and reasons, and no word of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np

from bot.answers.corpus import Corpus
from bot.answers.retriever import Ranking
from bot.domain.answer import Question, Refus
from bot.domain.fiche import Passage

CANDIDATES = 12
"""Passages shown: in the exam, the right one is among them for every question that has one."""

AT_MOST = 2
"""Passages said in one message."""

REASONS = (Refus.OUT_OF_SCOPE, Refus.NOT_IN_BASE, Refus.OPINION, Refus.UNSAFE, Refus.PERSONAL_DATA)
"""Reasons that may be chosen; another language is recognised by code alone."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The passages that answer: none where none of them does, one a question asked."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Declined:
    """The question is refused, for this reason."""

    reason: Refus


@dataclass(frozen=True, slots=True)
class CannotTell:
    """Nothing is chosen: today's decision stands."""


Choice: TypeAlias = Chosen | Declined | CannotTell


@dataclass(frozen=True, slots=True)
class Candidates:
    """What is chosen among: the question as it came, the likeliest passages first, and the reasons to refuse."""

    question: Question
    passages: tuple[Passage, ...]
    reasons: tuple[Refus, ...] = REASONS
    sure: Choice = CannotTell()
    """What the search is sure of: it stands, whatever is chosen (see `trial`)."""


class Chooser(Protocol):
    """Points at the passages that answer a question."""

    def choose(self, among: Candidates) -> Choice:
        """Never raises, and answers within a few seconds: whatever goes wrong is `CannotTell`."""
        ...


class NoChooser:
    """The adapter of a house without a model: the search decides alone."""

    def choose(self, among: Candidates) -> Choice:
        """Cannot tell."""
        del among
        return CannotTell()


@dataclass(frozen=True, slots=True)
class InTurn:
    """Several choosers: the first that can tell is believed."""

    choosers: tuple[Chooser, ...]

    def choose(self, among: Candidates) -> Choice:
        """As the port says."""
        choices = (checked(among, one.choose(among)) for one in self.choosers)
        return next((one for one in choices if not isinstance(one, CannotTell)), CannotTell())


def likeliest(corpus: Corpus, ranking: Ranking, count: int = CANDIDATES) -> tuple[Passage, ...]:
    """The passages that answer something, likeliest first; never an emergency, never a refusal."""
    chances = np.where(corpus.refusing | corpus.urgent, -1.0, ranking.chances)
    order: Sequence[int] = [int(at) for at in np.argsort(-chances, kind="stable")[:count]]
    return tuple(corpus.passages[corpus.owners[at].ref] for at in order if chances[at] >= 0)


def checked(among: Candidates, choice: Choice) -> Choice:
    """The choice, where it only points at what was shown; else `CannotTell`, whoever made it."""
    match choice:
        case Chosen(passages=passages):
            shown = all(any(one is passage for one in among.passages) for passage in passages)
            alone = len(passages) == len({passage.ref for passage in passages}) <= AT_MOST
            return choice if shown and alone else CannotTell()
        case Declined(reason=reason):
            return choice if reason in among.reasons else CannotTell()
        case _:
            return CannotTell()
