"""What a part of a message does, and what a second ear may say of it: closed lists and places, no word of its own."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.domain.champs import Champ, Who


class Act(StrEnum):
    """What a part of a message does; the names of `knowledge/paroles`."""

    ANSWER = "reponses"
    QUESTION = "questions"
    PROBLEM = "problemes"
    CORRECTION = "corrections"
    DOUBT = "doutes"
    COMPLAINT = "plaintes"
    SMALLTALK = "bavardage"
    OTHERS = "tiers"
    OWN_REQUEST = "apres"
    HEALTH = "sante"
    ORDER = "ordres"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a message, from `start` up to `end`: the only text that comes back from a model."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of the message there."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that the second ear hears: an act of the closed list, where, how surely, and the field it would fill."""

    act: Act
    span: Span
    sure: float
    category: str = ""
    """Of a danger: one of the closed list."""
    champ: Champ | None = None
    of: Who | None = None


@dataclass(frozen=True, slots=True)
class Listening:
    """What the second ear is given: the message, the question on screen, and what must not leave this machine."""

    text: str
    step: str = ""
    label: str = ""
    known: tuple[str, ...] = ()
    sure: Act | None = None
    """What the built-in ear is sure that the message does: it stands, and tells what the second ear is worth."""


class SecondEar(Protocol):
    """Points at what a message does."""

    def hear(self, listening: Listening) -> tuple[Claim, ...] | None:
        """Its claims, or None where it heard nothing in time; never raises."""
        ...
