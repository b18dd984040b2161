"""Knowledge: fiches, their passages and the sources that back them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Source:
    """A public document that states a fact."""

    cle: str
    titre: str
    url: str
    date: str
    """As the source dates itself, free text."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A source as shown under an answer: `article` is the precise place, `verifiee_le` our check."""

    titre: str
    url: str
    verifiee_le: date
    article: str = ""
    mention: str = ""
    """What a person is told of a source that is nobody's official word; empty for the others."""


class Nature(StrEnum):
    """What a passage is for."""

    REPONSE = "reponse"
    """States facts."""
    RENVOI = "renvoi"
    """Names a refusal and where to go instead."""
    URGENCE = "urgence"
    """Numbers to call at once."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What the bot can quote: one question, a short answer, details, and its proofs."""

    ref: str
    """`<fiche>#<section>`."""
    titre: str
    """The canonical question, as a button shows it."""
    court: str
    """Two or three sentences a 16-year-old understands."""
    detail: str
    citations: tuple[Citation, ...]
    a_revoir_le: date
    questions: tuple[str, ...] = ()
    faits: tuple[str, ...] = ()
    publics: frozenset[str] = frozenset()
    """Facets of the people this passage is about; empty: everybody."""
    voir_aussi: tuple[str, ...] = ()
    nature: Nature = Nature.REPONSE
    refus: str = ""
    """For a RENVOI: the `Refus` value it gives."""
    variantes: tuple[tuple[str, str], ...] = ()
    """Facet of a person and what is said to them instead of `court`, the first that fits wins."""
    critique: bool = False
    """A wrong answer here can cost accident cover, money or a job."""

    def court_for(self, publics: frozenset[str]) -> str:
        """What is said first to a person with these facets."""
        return next((text for public, text in self.variantes if public in publics), self.court)

    def stale(self, today: date) -> bool:
        """Whether the review date has passed."""
        return today > self.a_revoir_le


@dataclass(frozen=True, slots=True)
class Fiche:
    """One family of questions."""

    slug: str
    titre: str
    theme: str
    path: str
    passages: tuple[Passage, ...]
