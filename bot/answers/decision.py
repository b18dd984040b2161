"""From chances to an outcome: answer when sure, refuse when it is elsewhere, else ask which."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.answers.corpus import COMPLAINT, OUTSIDE, TALK, Corpus
from bot.answers.retriever import Ranking
from bot.domain.answer import Refus
from bot.domain.fiche import Passage

_LOOKED_AT = 64

_IDLE = 0.85
"""Share of what refuses from which a message is small talk and not another subject."""

_ACCUSING = frozenset({Refus.UNSAFE, Refus.PERSONAL_DATA, Refus.OPINION})


class Verdict(StrEnum):
    """What to do with a question."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    REFUSE = "refuse"
    EMERGENCY = "emergency"
    TALK = "talk"
    """The message asks nothing."""
    COMPLAIN = "complain"
    """The message says something of the last answer."""


_NO_QUESTION = {TALK: Verdict.TALK, COMPLAINT: Verdict.COMPLAIN}


@dataclass(frozen=True)
class Thresholds:
    """Chances that decide; see ADR 0020 for how they were chosen."""

    answer: float = 0.45
    """Share of the answering mass that the first passage (with its kin) needs, to answer without asking."""
    refuse: float = 0.38
    """Mass of refusing owners above which the question is refused."""
    worry: float = 0.08
    """The same chance, from which the numbers are offered beside the answer."""
    urgent: float = 0.35
    """Chance of all emergency passages together from which it is one, where no word of the guard already said so."""
    critical: float = 0.5
    """As `answer`, for a passage where being wrong costs accident cover, money or a job."""
    rival: float = 0.12
    """Chance of the second passage, as a share of the first's, from which it is the first button."""
    sure: float = 0.9
    """Share of the answering mass above which the first passage has no rival."""
    lost: float = 0.15
    """Below this chance for the best passage nothing in the base is near."""
    guilty: float = 0.75
    """Chance of one reason that accuses the person (fraud, other people's data, an opinion) from which it is believed
    though no word of the guard said so."""
    innocent: float = 0.1
    """Chance of the best passage from which it answers instead."""
    grounds: float = 0.95
    """Words shared with the best passage, and nearness of its nearest phrasing, under which its chance is not believed:
    on the first run of two unseen sets six answers of thirteen that were wrong are below, and six of 203 that were right
    (ADR 0105)."""
    well: float = 1.15
    """Grounds from which `likely` is enough; for a critical passage, `well_critical`."""
    well_critical: float = 1.3
    likely: float = 0.36
    """As `answer`, for a passage with such grounds: of the questions asked back on the same sets, four of the five that
    this answers are answered rightly."""
    stranger: float = 0.22
    """Mass of refusing owners from which a message that names nothing of the immersion is refused: of a thousand rows this
    takes five answers that were wrong and three that were right."""
    doubt: float = 0.25
    """Mass of refusing owners from which a question is refused where the best passage has no grounds."""


@dataclass(frozen=True)
class Decision:
    """The verdict and the owners it rests on, most likely first."""

    verdict: Verdict
    refs: tuple[str, ...] = ()
    refus: str = ""
    renvoi: str = ""
    """The passage that says where to go instead, or empty."""
    rival: str = ""
    """The passage that comes second and nearly as likely, where it says something else; or empty."""
    worry: str = ""
    """The emergency passage that might be meant, too unlikely to be said and too likely to be left out; or empty."""
    masses: dict[str, float] = field(default_factory=dict)


def kin(first: Passage, other: Passage) -> bool:
    """Whether two passages state a common fact: a doubt between them is not a doubt on the answer."""
    return bool(set(first.faits) & set(other.faits))


Grounds: TypeAlias = Callable[[int], float]
"""What an owner rests on besides its chance (see `Retriever.grounds`)."""


def usual(_: int) -> float:
    """Grounds that neither help nor harm."""
    return 1.0


def decide(
    corpus: Corpus,
    ranking: Ranking,
    limits: Thresholds,
    *,
    urgent: bool = False,
    named: bool = True,
    grounds: Grounds = usual,
) -> Decision:
    """The verdict for one ranking.

    `urgent`: whether the words can tell of something that is happening; `named`: whether they name the immersion.
    """
    chances = ranking.chances
    danger, worst = _danger(corpus, chances) if urgent else (0.0, "")
    if danger >= limits.urgent:
        return Decision(Verdict.EMERGENCY, (worst,))
    limits = limits if named else replace(limits, refuse=min(limits.refuse, limits.stranger))
    return replace(_calm(corpus, chances, limits, grounds), worry=worst if danger >= limits.worry else "")


def _danger(corpus: Corpus, chances: NDArray[np.float64]) -> tuple[float, str]:
    """The chance of all emergency passages together, and the likeliest of them."""
    urgent = np.where(corpus.urgent, chances, 0.0)
    return float(urgent.sum()), corpus.owners[int(urgent.argmax())].ref


def _calm(corpus: Corpus, chances: NDArray[np.float64], limits: Thresholds, grounds: Grounds) -> Decision:
    """The verdict among what is no emergency."""
    refusing = corpus.refusing
    chances = np.where(corpus.urgent, 0.0, chances)
    chances /= chances.sum()
    idle = float(chances[corpus.idle(TALK) | corpus.idle(COMPLAINT)].sum())
    refused = float(chances[refusing].sum())
    order = [int(at) for at in _first(chances)]
    answering = [at for at in order if not refusing[at] and not corpus.urgent[at]] or [_best_answer(corpus, chances)]
    best = answering[0]
    if chances[best] > idle:
        refused -= idle  # what says nothing is no other subject: the passage is likelier
    first = corpus.passages[corpus.owners[best].ref]
    near = [at for at in answering[1:6] if kin(first, corpus.passages[corpus.owners[at].ref])]
    share = float(chances[[best, *near]].sum()) / max(1 - refused, 1e-9)
    masses = {"refus": refused, "best": float(chances[best]), "share": share}
    firmness = grounds(best)
    needed, weak = _needed(limits, firmness, critical=first.critique), firmness < limits.grounds
    if weak and refused >= limits.doubt:
        return _refusal(corpus, chances, order, masses)
    if refused >= limits.refuse or (chances[best] < limits.lost and refused > chances[best]):
        found = _refusal(corpus, chances, order, masses)
        if not _innocent(found.refus, corpus, chances, limits) or share < needed or chances[best] < limits.innocent:
            return found
    refs = tuple(corpus.owners[at].ref for at in answering[:3])
    if share < needed or weak:
        return Decision(Verdict.CLARIFY, refs, masses=masses)
    rival = "" if share >= limits.sure else _rival(corpus, chances, answering, limits.rival)
    return Decision(Verdict.ANSWER, refs, rival=rival, masses=masses)


def _needed(limits: Thresholds, firmness: float, *, critical: bool) -> float:
    """The share of the answering mass that is enough."""
    if firmness >= (limits.well_critical if critical else limits.well):
        return limits.likely
    return limits.critical if critical else limits.answer


def _innocent(refus: str, corpus: Corpus, chances: NDArray[np.float64], limits: Thresholds) -> bool:
    """Whether a refusal would accuse the person on a resemblance that is weak."""
    alike = np.array([owner.refus == refus for owner in corpus.owners])
    return refus in _ACCUSING and float(chances[alike].sum()) < limits.guilty


def _rival(corpus: Corpus, chances: NDArray[np.float64], answering: list[int], ratio: float) -> str:
    """The likeliest other passage that states what the first does not, where it is nearly as likely; or empty."""
    first = corpus.passages[corpus.owners[answering[0]].ref]
    for at in answering[1:]:
        if chances[at] < ratio * chances[answering[0]]:
            return ""
        other = corpus.passages[corpus.owners[at].ref]
        if not set(other.faits) <= set(first.faits):
            return other.ref
    return ""


def _best_answer(corpus: Corpus, chances: NDArray[np.float64]) -> int:
    return int(np.where(corpus.refusing | corpus.urgent, -1.0, chances).argmax())


def _first(chances: NDArray[np.float64]) -> NDArray[np.int64]:
    """The likeliest owners, most likely first; enough of them to name three answers and every reason."""
    count = min(_LOOKED_AT, len(chances))
    near = np.argpartition(-chances, count - 1)[:count]
    return near[np.argsort(-chances[near], kind="stable")]


def _refusal(corpus: Corpus, chances: NDArray[np.float64], order: list[int], masses: dict[str, float]) -> Decision:
    reasons: dict[str, float] = {}
    if not corpus.refusing[order].any():
        # Many reasons, each unlikely: none of them is among the likeliest owners.
        order = [int(at) for at in np.argsort(-chances, kind="stable")]
    for at in order:
        refus = corpus.owners[at].refus
        if refus:
            reasons[refus] = reasons.get(refus, 0.0) + float(chances[at])
    reason = max(reasons, key=lambda name: reasons[name])
    idle = reasons.get(TALK, 0.0) + reasons.get(COMPLAINT, 0.0)
    if reason in _NO_QUESTION and idle >= _IDLE * sum(reasons.values()):
        return Decision(_NO_QUESTION[reason], masses=masses)
    reason = max(reasons.keys() - _NO_QUESTION.keys(), key=lambda name: reasons[name], default=Refus.OUT_OF_SCOPE)
    renvois = [corpus.owners[at].ref for at in order if corpus.owners[at].refus == reason]
    named = [ref for ref in renvois if not ref.startswith(OUTSIDE)]
    return Decision(Verdict.REFUSE, (), reason, named[0] if named else "", masses=masses)
