"""What comes back to a question: an answer with its citations, or a named reason for none."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from bot.domain.fiche import Citation


class Refus(StrEnum):
    """Why a question gets no answer."""

    OUT_OF_SCOPE = "out_of_scope"
    NOT_IN_BASE = "not_in_base"
    UNSAFE = "unsafe"
    OPINION = "opinion"
    PERSONAL_DATA = "personal_data"
    OTHER_LANGUAGE = "other_language"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the person's earlier ones (oldest first), and what the form knows of the person."""

    text: str
    today: date
    history: tuple[str, ...] = ()
    publics: frozenset[str] = frozenset()
    calm: bool = False
    """Danger was listened for already, with more than these words: no emergency is answered."""
    named: tuple[str, ...] = ()
    """What the form knows of people and places by name: never sent anywhere with the question."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A related question that a button offers: `ref` is its passage."""

    titre: str
    ref: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A sourced answer. It cannot exist without a citation."""

    court: str
    """What is said first: true read alone, and short enough for the first screen of a phone."""
    detail: str
    """What « En détail » shows; may be empty."""
    passages: tuple[str, ...]
    """The passage that answers; two where the message holds two questions."""
    citations: tuple[Citation, ...]
    suggestions: tuple[Suggestion, ...] = ()
    stale: bool = False
    computed: str = ""
    """The legal predicate that gave the answer and its outcome (`duree:impossible`); empty where a passage did."""

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"an answer without a citation: {self.passages!r}")


@dataclass(frozen=True, slots=True)
class Clarify:
    """Two or three passages compete: the bot asks which."""

    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """No answer: why, what to say if a RENVOI passage says it, and the official place to go."""

    reason: Refus
    text: str = ""
    citations: tuple[Citation, ...] = ()
    passages: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    language: str = ""
    """For OTHER_LANGUAGE: the ISO 639-1 code recognised, or empty."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """Somebody may be in danger: what to say at once. `categorie` is all that is ever stored."""

    categorie: str
    """suicide | accident | violence | enfance | danger."""
    text: str
    passages: tuple[str, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Danger:
    """What the ear hears in one message: a category of `Emergency`, and how sure it is."""

    categorie: str
    confidence: float
    """From 0 to 1."""
    sure: bool
    """Whether the numbers are said at once; else they are only offered beside what is said."""


@dataclass(frozen=True, slots=True)
class Smalltalk:
    """Courtesy: `code` names the line of messages.yaml (bonjour, merci, robot, insulte…)."""

    code: str


@dataclass(frozen=True, slots=True)
class NotAQuestion:
    """Nothing here asks anything the base could answer (used inside a form)."""


Outcome: TypeAlias = Answer | Clarify | Refusal | Emergency | Smalltalk
