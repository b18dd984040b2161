"""What is searched: every phrasing with the passage that owns it, and the samples that no passage answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.content.fiches import OTHER_SCHEMES
from bot.content.questions import Negatif
from bot.domain.answer import Refus
from bot.domain.fiche import Fiche, Nature, Passage

OUTSIDE = "~"
"""Prefix of the owners that are not passages: samples the base does not answer, one owner a reason."""


TALK = "politesse"
"""What the owner of small talk gives in place of a reason to refuse."""

COMPLAINT = "plainte"
"""The same, for what people say of the answer they have just read."""


_MINORS = frozenset({"mineur", "parent"})


@dataclass(frozen=True, slots=True)
class Owner:
    """A possible outcome of the search: a passage, or a reason to refuse."""

    ref: str
    refus: str
    """Empty for a passage that answers."""
    publics: frozenset[str]
    text: str
    """Title, short answer and detail; empty outside."""
    urgent: bool = False
    """Whether this passage gives the numbers of an emergency."""
    elsewhere: bool = False
    """Whether this passage is about another scheme than the immersion."""


@dataclass(frozen=True)
class Corpus:
    """Owners, phrasings, and the owner (a position) of each phrasing; phrasings are sorted by owner."""

    owners: tuple[Owner, ...]
    phrasings: tuple[str, ...]
    of: NDArray[np.int64]
    passages: Mapping[str, Passage]

    @cached_property
    def refusing(self) -> NDArray[np.bool_]:
        """Which owners refuse."""
        return np.array([bool(owner.refus) for owner in self.owners])

    @cached_property
    def urgent(self) -> NDArray[np.bool_]:
        """Which owners are emergencies."""
        return np.array([owner.urgent for owner in self.owners])

    @cached_property
    def elsewhere(self) -> NDArray[np.bool_]:
        """Which owners are about another scheme."""
        return np.array([owner.elsewhere for owner in self.owners])

    @cached_property
    def of_minors(self) -> NDArray[np.bool_]:
        """Which owners are about minors and nobody else."""
        return np.array([bool(owner.publics) and owner.publics <= _MINORS for owner in self.owners])

    @cached_property
    def groups(self) -> NDArray[np.int64]:
        """The group of each owner: its fiche, or the one of all that refuses."""
        names = ["" if owner.refus else owner.ref.partition("#")[0] for owner in self.owners]
        known = {name: at for at, name in enumerate(dict.fromkeys(names))}
        return np.array([known[name] for name in names], dtype=np.int64)

    def idle(self, name: str) -> NDArray[np.bool_]:
        """Which owners hold what asks nothing, of this kind."""
        return np.array([owner.refus == name for owner in self.owners])

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Where each owner's phrasings start."""
        return np.searchsorted(self.of, np.arange(len(self.owners)))


def _owners(fiches: Sequence[Fiche], referred: Mapping[str, Sequence[str]]) -> list[tuple[Owner, tuple[str, ...]]]:
    return [
        (
            Owner(
                one.ref,
                one.refus,
                one.publics,
                _text(one),
                urgent=one.nature is Nature.URGENCE,
                elsewhere=fiche.theme in OTHER_SCHEMES,
            ),
            tuple(dict.fromkeys((one.titre, *one.questions, *referred.get(one.ref, ())))),
        )
        for fiche in fiches
        for one in fiche.passages
    ]


def _text(passage: Passage) -> str:
    """What a passage says; nothing for an emergency, whose numbers and words must not attract questions."""
    if passage.nature is Nature.URGENCE:
        return ""
    return f"{passage.titre} {passage.court} {passage.detail}"


def _referred(fiches: Sequence[Fiche], negatifs: Sequence[Negatif]) -> dict[str, list[str]]:
    """Samples by the passage that says where to go: the one they name, else the only one of their reason."""
    passages = [one for fiche in fiches for one in fiche.passages if one.nature is Nature.RENVOI]
    known = {one.ref for one in passages}
    of_reason: dict[str, list[str]] = {}
    for one in passages:
        of_reason.setdefault(one.refus, []).append(one.ref)
    found: dict[str, list[str]] = {}
    for sample in negatifs:
        alone = of_reason.get(sample.refus.value, [])
        ref = sample.fiche or (alone[0] if len(alone) == 1 else "")
        if ref in known:
            found.setdefault(ref, []).append(sample.question)
    return found


def _outside(negatifs: Sequence[Negatif]) -> list[tuple[Owner, tuple[str, ...]]]:
    found: dict[str, list[str]] = {}
    for one in negatifs:
        kind = "proche" if one.proche and one.refus is Refus.OUT_OF_SCOPE else "loin"
        name = (
            f"{OUTSIDE}{one.refus.value}-{kind}" if one.refus is Refus.OUT_OF_SCOPE else f"{OUTSIDE}{one.refus.value}"
        )
        found.setdefault(name, []).append(one.question)
    return [
        (Owner(name, name.removeprefix(OUTSIDE).partition("-")[0], frozenset(), ""), tuple(samples))
        for name, samples in sorted(found.items())
    ]


def _idle(name: str, samples: Sequence[str]) -> list[tuple[Owner, tuple[str, ...]]]:
    """The owner of what asks nothing: it takes no card and no refusal."""
    return [(Owner(f"{OUTSIDE}{name}", name, frozenset(), ""), tuple(samples))] if samples else []


def build_corpus(
    fiches: Sequence[Fiche],
    negatifs: Sequence[Negatif],
    talk: Sequence[str] = (),
    complaints: Sequence[str] = (),
) -> Corpus:
    """All that can come out of a search; `talk`: what people say that asks nothing; `complaints`: what they say of us."""
    samples = [one for one in negatifs if one.refus is not Refus.OTHER_LANGUAGE]
    referred = _referred(fiches, samples)
    placed = {text for texts in referred.values() for text in texts}
    found = [*_owners(fiches, referred), *_outside([one for one in samples if one.question not in placed])]
    found += [*_idle(COMPLAINT, complaints), *_idle(TALK, talk)]
    return Corpus(
        owners=tuple(owner for owner, _ in found),
        phrasings=tuple(text for _, texts in found for text in texts),
        of=np.array([at for at, (_, texts) in enumerate(found) for _ in texts], dtype=np.int64),
        passages={one.ref: one for fiche in fiches for one in fiche.passages},
    )
