"""A second ear: what a model points at in a message, and the written rule by which the two ears are one.

- Danger and health: heard by the built-in ear or by the second; either is enough.
- Orders that erase, send, withdraw or start again: the built-in ear and what waits for a « oui », only.
- The rest: what the built-in ear is sure of stands; else the second ear, where it is sure. It may say that words answer
  nothing; that they answer, or give a value, it may only propose: what it alone heard is read again by the readers, then
  asked, and never stored before a « oui ».
- A second ear that contradicts what is sure, or cries over a calm message, is no longer believed on that.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.conversation.claims import Act, Claim
from bot.conversation.hearing.heard import Heard, reads_as
from bot.domain.champs import BY_CHAMP, Champ

SURE, QUIET = 0.7, 0.15
"""From which the second ear is believed; the weight left to what it does not hear."""

FEWEST, MOST_CLAIMS = 3, 8
"""Words of the shortest message worth a second ear; claims of one message, at most."""

CERTAIN_ANSWER, CERTAIN, APART = 0.3, 0.35, 0.15
"""Weights from which the built-in ear is sure: of an answer to the question on screen; of anything else, and by how much
more than of what comes second."""

NOT_POINTED_AT = frozenset(
    {Champ.CONSENTEMENT, Champ.BUREAU, Champ.BUREAU_ID, Champ.APPELLATION, Champ.APPELLATION_CODE}
)
"""An agreement is given by the person's own word, at its question; an office and an official trade are chosen in a list."""

_DECIDED = (Act.QUESTION, Act.PROBLEM, Act.COMPLAINT, Act.SMALLTALK, Act.DOUBT, Act.OTHERS, Act.OWN_REQUEST)


def checked(text: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims that stand in the message and in the closed lists, the first few; the others are dropped."""
    return tuple(one for one in claims if _stands(text, one))[:MOST_CLAIMS]


def _stands(text: str, claim: Claim) -> bool:
    inside = 0 <= claim.span.start < claim.span.end <= len(text)
    mine = claim.champ is None or (claim.act is Act.ANSWER and claim.of is BY_CHAMP[claim.champ].of)
    mine = mine and claim.champ not in NOT_POINTED_AT
    return inside and mine and 0 <= claim.sure <= 1 and claim.act is not Act.ORDER


def danger(claims: Sequence[Claim]) -> str:
    """The category of the danger that the second ear is sure of, or an empty string."""
    return next((one.category for one in claims if one.act is Act.DANGER and one.sure >= SURE), "")


def health(text: str, claims: Sequence[Claim]) -> tuple[str, ...]:
    """The words on health that the second ear is sure of."""
    return tuple(one.span.of(text) for one in claims if one.act is Act.HEALTH and one.sure >= SURE)


def certain(weights: Mapping[str, float], step: str) -> Act | None:
    """What the built-in ear is sure of; None where it is not."""
    if step and reads_as(weights, step) >= CERTAIN_ANSWER:
        return Act.ANSWER
    (loud, act), (rival, _) = sorted(((weights.get(one, 0.0), one) for one in (*_DECIDED, Act.ANSWER)), reverse=True)[
        :2
    ]
    return act if act is not Act.ANSWER and loud >= CERTAIN and loud - rival >= APART else None


def alike(sure: Act, claims: Sequence[Claim]) -> bool | None:
    """Whether what the second ear is sure of says the same; None where it says nothing."""
    said = {_FAMILY.get(one.act, one.act) for one in claims if one.sure >= SURE}
    return _FAMILY.get(sure, sure) in said if said else None


_FAMILY = {
    Act.PROBLEM: Act.QUESTION,
    Act.CORRECTION: Act.ANSWER,
    Act.DOUBT: Act.SMALLTALK,
    Act.COMPLAINT: Act.SMALLTALK,
}
"""Acts whose border is a matter of opinion."""


def merged(heard: Heard, claims: Sequence[Claim], step: str, step_of: Callable[[Champ], str]) -> Heard:
    """Both ears as one, by the rule above; `step_of` names the question that a field answers."""
    sure = [one for one in claims if one.sure >= SURE and one.act not in {Act.DANGER, Act.HEALTH, Act.ORDER}]
    if not sure or not heard.weights or certain(heard.weights, step) is not None:
        return heard
    return replace(heard, weights=_weights(heard.weights, sure, step, step_of))


def _weights(
    weights: Mapping[str, float], sure: Sequence[Claim], step: str, step_of: Callable[[Champ], str]
) -> Mapping[str, float]:
    told = {act: max((one.sure for one in sure if one.act is act), default=0.0) for act in _DECIDED}
    changed = {**weights, **{act.value: told[act] or min(weights.get(act, 0.0), QUIET) for act in _DECIDED}}
    answers = [one for one in sure if one.act is Act.ANSWER]
    if not any(one.champ is None or step_of(one.champ) == step for one in answers):
        # It answers something else, or nothing: what the built-in ear would store is asked first.
        name = f"{Act.ANSWER}/{step}"
        changed |= {one: min(weights.get(one, 0.0), QUIET) for one in (name, Act.ANSWER.value) if one in weights}
    return changed


def values(text: str, claims: Sequence[Claim]) -> Mapping[Champ, str]:
    """The words that would fill each field, of whom the field is about; nothing here is read yet."""
    found: dict[Champ, str] = {}
    for one in claims:
        if one.champ is not None and one.sure >= SURE:
            found.setdefault(one.champ, one.span.of(text))
    return found
