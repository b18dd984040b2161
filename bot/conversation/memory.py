"""What the dialogue remembers besides the draft: one frozen value, read from the stored session and written back.

Three things are apart, because they do live together:

- `focus`: what the last thing shown waits for, a choice or a confirmation. One at a time: asking anything new
  replaces it, so that a later « oui » can only answer what was shown last;
- `course`: which questions the form follows, its own order, one line being edited, or « Puis-je ? ». A
  confirmation asked while a line is edited (« annuler », then « continuer ») comes back to that line;
- `completing`: the sent request that the draft changes. Its lines are edited, set right and confirmed like any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias, TypedDict

from bot.domain.demande import Champ
from bot.domain.session import Json


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing waits; the form follows its own order."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """Values offered for a field, each with its label; nothing is written yet."""

    champ: Champ
    values: tuple[tuple[str, Json], ...]
    sentence: str


class What(StrEnum):
    """What a confirmation is about."""

    STOP = "annuler"
    RESTART = "recommencer"
    ERASE = "effacer"
    SEND = "envoi"
    SEND_TWIN = "doublon"
    PERSON = "humain"
    WITHDRAW = "retirer"
    ANOTHER = "autre"
    FORWARDED = "transfere"
    TRANSFER = "transfert"


@dataclass(frozen=True, slots=True)
class Confirming:
    """A question of ours before an act: `demande` is the request withdrawn, `text` the words forwarded."""

    what: What
    demande: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class CanI:
    """« Puis-je ? »: only the questions that decide are asked."""


@dataclass(frozen=True, slots=True)
class Editing:
    """One step asked out of its turn, although it may be answered; `then` is where the form goes on."""

    step: str
    then: Nothing | CanI = field(default_factory=Nothing)


@dataclass(frozen=True, slots=True)
class Completing:
    """The sent request that the draft changes, and the fields that its counsellor asked for."""

    demande: str
    wanted: tuple[Champ, ...] = ()


@dataclass(frozen=True, slots=True)
class Misread:
    """A step not understood: how many times in a row, and why the last time."""

    step: str
    times: int
    code: str


@dataclass(frozen=True, slots=True)
class Pace:
    """The messages and the searches of one minute."""

    minute: str
    messages: int
    searches: int = 0


@dataclass(frozen=True, slots=True)
class Album:
    """The album whose first picture was answered."""

    id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """The last request sent."""

    id: str
    numero: str


@dataclass(frozen=True, slots=True)
class Parked:
    """A draft set aside."""

    answers: Mapping[Champ, Json]
    skipped: tuple[str, ...] = ()
    token: str = ""


Focus: TypeAlias = Nothing | Choosing | Confirming
Course: TypeAlias = Nothing | Editing | CanI


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything remembered of one conversation; `Changes` has the same fields."""

    focus: Focus = field(default_factory=Nothing)
    course: Course = field(default_factory=Nothing)
    completing: Completing | None = None
    introduced: bool = False
    """The first message was answered: an automatic service, what is kept."""
    urgent: bool = False
    """Words of danger were said and no person was reached since."""
    danger: str = ""
    """The category of these words, for whoever is reached; empty: none, or told already."""
    alarmed: bool = False
    """Words of danger were said: the next messages are heard with that in mind, until the form is resumed."""
    unheard: Mapping[Champ, Json] = field(default_factory=dict)
    """The choice that the message of an alarm answered the question with: heard again only if the alarm is denied."""
    token: str = ""
    """Names the demande that this draft becomes."""
    reviewed: int | None = None
    """The version of the draft whose summary was shown."""
    numbered: bool = False
    """The lines were just shown with their numbers."""
    shown: tuple[tuple[str, str], ...] = ()
    """The buttons of the last reply: label and data."""
    misread: Misread | None = None
    undo: Mapping[Champ, Json] = field(default_factory=dict)
    """What the last change replaced; None where there was no answer."""
    last: tuple[Champ, ...] = ()
    """The fields written last."""
    age_said: str = ""
    """An age said instead of a birth date."""
    length_said: str = ""
    """A length said before the start is known."""
    hours_begun: str = ""
    """Days or hours told in one message, that another may complete."""
    waiting: Mapping[Champ, Json] = field(default_factory=dict)
    """What was told of the form before it was opened: written when it is."""
    parked: Parked | None = None
    sent: Sent | None = None
    history: tuple[str, ...] = ()
    """The last questions asked of the base."""
    answered: tuple[str, ...] = ()
    """The passages of the last answer."""
    insults: int = 0
    pace: Pace | None = None
    album: Album | None = None
    reminders: bool | None = None
    """Whether reminders are wanted; None where it was never said."""
    reminded: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    """What the person ticked of what is left to do: `step:demande`."""
    office: str = ""
    """The local office last told to be the one that receives the draft, by its identifier."""
    door: str = ""
    """The body last told to be the one that receives the draft."""

    @property
    def can_i(self) -> bool:
        """Whether « Puis-je ? » asks its questions now."""
        return isinstance(self.course, CanI)

    @property
    def editing(self) -> str:
        """The step being edited, or an empty string."""
        return self.course.step if isinstance(self.course, Editing) else ""

    @property
    def edited(self) -> Nothing | CanI:
        """The course once the line being edited is done with."""
        return self.course.then if isinstance(self.course, Editing) else self.course

    @property
    def asked_for(self) -> tuple[Champ, ...]:
        """The fields that a counsellor asked for."""
        return self.completing.wanted if self.completing else ()

    def without_draft(self) -> "Memory":
        """What outlives the draft."""
        return Memory(
            introduced=self.introduced,
            parked=self.parked,
            sent=self.sent,
            history=self.history,
            reminders=self.reminders,
            done=self.done,
        )


class Changes(TypedDict, total=False):
    """The fields of `Memory`, each optional: what `Scene.remember` takes."""

    focus: Focus
    course: Course
    completing: Completing | None
    introduced: bool
    urgent: bool
    danger: str
    alarmed: bool
    unheard: Mapping[Champ, Json]
    token: str
    reviewed: int | None
    numbered: bool
    shown: tuple[tuple[str, str], ...]
    misread: Misread | None
    undo: Mapping[Champ, Json]
    last: tuple[Champ, ...]
    age_said: str
    length_said: str
    hours_begun: str
    waiting: Mapping[Champ, Json]
    parked: Parked | None
    sent: Sent | None
    history: tuple[str, ...]
    answered: tuple[str, ...]
    insults: int
    pace: Pace | None
    album: Album | None
    reminders: bool | None
    reminded: tuple[str, ...]
    done: tuple[str, ...]
    office: str
    door: str
