"""From chances to an outcome: answer when sure, refuse when it is elsewhere, else ask which."""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from bot.answers.corpus import OUTSIDE, Corpus
from bot.answers.retriever import Ranking
from bot.domain.fiche import Passage


class Verdict(StrEnum):
    """What to do with a question."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Thresholds:
    """Chances that decide; see ADR 0020 for how they were chosen."""

    answer: float = 0.3
    """Share of the answering mass that the first passage (with its kin) needs, to answer without asking."""
    refuse: float = 0.45
    """Mass of refusing owners above which the question is refused."""
    lost: float = 0.03
    """Below this chance for the best passage nothing in the base is near."""


@dataclass(frozen=True)
class Decision:
    """The verdict and the owners it rests on, most likely first."""

    verdict: Verdict
    refs: tuple[str, ...] = ()
    refus: str = ""
    renvoi: str = ""
    """The passage that says where to go instead, or empty."""
    masses: dict[str, float] = field(default_factory=dict)


def kin(corpus: Corpus, first: Passage, other: Passage) -> bool:
    """Whether two passages state a common fact: a doubt between them is not a doubt on the answer."""
    return bool(set(first.faits) & set(other.faits)) and corpus is not None


def decide(corpus: Corpus, ranking: Ranking, limits: Thresholds) -> Decision:
    """The verdict for one ranking."""
    chances, refusing = ranking.chances, corpus.refusing
    refused = float(chances[refusing].sum())
    order = [int(at) for at in ranking.order]
    answering = [at for at in order if not refusing[at]]
    best = answering[0]
    first = corpus.passages[corpus.owners[best].ref]
    together = sum(
        float(chances[at])
        for at in answering[:6]
        if at == best or kin(corpus, first, corpus.passages[corpus.owners[at].ref])
    )
    share = together / max(1 - refused, 1e-9)
    masses = {"refus": refused, "best": float(chances[best]), "share": share}
    if refused >= limits.refuse or (chances[best] < limits.lost and refused > chances[best]):
        return _refusal(corpus, chances, order, masses)
    refs = tuple(corpus.owners[at].ref for at in answering[:3])
    verdict = Verdict.ANSWER if share >= limits.answer else Verdict.CLARIFY
    return Decision(verdict, refs, masses=masses)


def _refusal(corpus: Corpus, chances: np.ndarray, order: list[int], masses: dict[str, float]) -> Decision:
    reasons: dict[str, float] = {}
    for at in order:
        refus = corpus.owners[at].refus
        if refus:
            reasons[refus] = reasons.get(refus, 0.0) + float(chances[at])
    reason = max(reasons, key=lambda name: reasons[name])
    renvois = [corpus.owners[at].ref for at in order if corpus.owners[at].refus == reason]
    named = [ref for ref in renvois if not ref.startswith(OUTSIDE)]
    return Decision(Verdict.REFUSE, (), reason, named[0] if named else "", masses)
