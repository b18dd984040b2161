"""What one turn of conversation yields: the session after it, what is said, and what must be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.domain.demande import Changement, Demande
from bot.domain.message import Reply
from bot.domain.session import Json, Session


@dataclass(frozen=True, slots=True)
class SendDemande:
    """Store this demande for its organisme; exactly once, whatever is replayed."""

    demande: Demande


@dataclass(frozen=True, slots=True)
class ChangeDemande:
    """The person changed a sent demande; `complete` says that every asked field is answered."""

    demande: str
    changements: tuple[Changement, ...]
    complete: bool = False


@dataclass(frozen=True, slots=True)
class WithdrawDemande:
    """The person withdraws a sent demande."""

    demande: str
    motif: str


@dataclass(frozen=True, slots=True)
class AnswerTransfer:
    """The person agrees that another body takes a sent demande, or keeps it where it is."""

    demande: str
    accepte: bool


@dataclass(frozen=True, slots=True)
class EraseEverything:
    """Erase the draft, the history and the demandes nobody has taken; leave a trace without content."""


@dataclass(frozen=True, slots=True)
class DeleteIncoming:
    """Delete this incoming message in the channel, and never store its text."""

    message_id: int


@dataclass(frozen=True, slots=True)
class RecordIncident:
    """Count an incident: a category and the day, nothing else."""

    categorie: str


@dataclass(frozen=True, slots=True)
class OpenHandoff:
    """A person is asked for: who should answer, whether it is urgent, and the draft if the person agreed."""

    organisme: str
    urgent: bool = False
    brouillon: Mapping[str, Json] | None = None
    danger: str = ""
    """The category of the words of danger heard before it was asked for; empty: none."""
    danger_dit: str = ""
    """What the bot gave in answer: a number."""


@dataclass(frozen=True, slots=True)
class RaiseAlarm:
    """Words of danger were heard, whatever the state of the conversation: the person's thread is marked urgent.

    `categorie` as in Emergency, `dit` what the bot gave in answer (a number). Never the words: where a hand-off is
    open, they are relayed like any others, by RelayToCounsellor.
    """

    categorie: str
    dit: str = ""


@dataclass(frozen=True, slots=True)
class CloseHandoff:
    """The person goes back to the bot."""


@dataclass(frozen=True, slots=True)
class RelayToCounsellor:
    """Words of the person for the counsellor who holds the conversation."""

    texte: str


@dataclass(frozen=True, slots=True)
class RecordFeedback:
    """A thumb on an answer: the passages it quoted, up or down, and the reason's code."""

    passages: tuple[str, ...]
    utile: bool
    raison: str = ""


@dataclass(frozen=True, slots=True)
class RecordAnswered:
    """Count an answered question by the fiche that answered: nothing of the question, nothing of the person."""

    fiche: str


@dataclass(frozen=True, slots=True)
class RecordGap:
    """A question nobody could answer, scrubbed of personal data, with the refusal's reason."""

    question: str
    raison: str


Effect: TypeAlias = (
    SendDemande
    | ChangeDemande
    | WithdrawDemande
    | AnswerTransfer
    | EraseEverything
    | DeleteIncoming
    | RecordIncident
    | RaiseAlarm
    | OpenHandoff
    | CloseHandoff
    | RelayToCounsellor
    | RecordFeedback
    | RecordAnswered
    | RecordGap
)


@dataclass(frozen=True, slots=True)
class Turn:
    """The outcome of one message, stored in one transaction."""

    session: Session
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Handoff:
    """A conversation held, or waited for, by a counsellor."""

    organisme: str
    opened_at: datetime
    taken: bool = False
    jusqu_a: datetime | None = None
    """Until when a reply reaches the counsellor whose message opened the channel; None: until it is closed."""
    prevenu: bool = False
    """Whether somebody of the body has really been told: only then may one say so."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the house knows of a person besides the session: sent demandes and an open hand-off."""

    demandes: tuple[Demande, ...] = ()
    handoff: Handoff | None = None
    prevenus: frozenset[str] = frozenset()
    """The demandes (by id) of which somebody of their body has really been told."""


@dataclass(frozen=True, slots=True)
class StatutChanged:
    """The desk changed a demande's status (`demande` is already in the new one)."""

    demande: Demande
    motif: str = ""


@dataclass(frozen=True, slots=True)
class CounsellorWrote:
    """A counsellor writes to the person, about a demande or in a hand-off."""

    texte: str
    organisme: str
    demande: str | None = None
    jusqu_a: datetime | None = None
    """Until when a reply reaches the counsellor; None: as long as the conversation is open."""


@dataclass(frozen=True, slots=True)
class HandoffClosed:
    """The counsellor gives the conversation back to the bot."""


@dataclass(frozen=True, slots=True)
class TransferAsked:
    """A counsellor would give the demande to another body, and asks the person first."""

    demande: Demande
    organisme: str
    motif: str


@dataclass(frozen=True, slots=True)
class DemandeTransferred:
    """Another body now holds the demande."""

    demande: Demande
    motif: str


DeskEvent: TypeAlias = StatutChanged | CounsellorWrote | HandoffClosed | TransferAsked | DemandeTransferred
