"""One conversation held in memory: messages, what they did, and what the desk does meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import casework
from bot.cli import recall
from bot.conversation.dialogue import Dialogue
from bot.conversation.saying import doors, questions
from bot.conversation.scene import Scene
from bot.domain.demande import Champ, Demande, Role, Statut
from bot.domain.message import Button, Kind, Reply, UserMessage
from bot.domain.session import Json, Session
from bot.domain.turn import (
    AnswerTransfer,
    ChangeDemande,
    CloseHandoff,
    CounsellorWrote,
    DeskEvent,
    Dossier,
    Effect,
    EraseEverything,
    Handoff,
    OpenHandoff,
    SendDemande,
    StatutChanged,
    Turn,
    WithdrawDemande,
)
from bot.errors import InputError
from bot.reading.plain import plain

CHAT = 1
COUNSELLOR = "conseiller"
BETWEEN = timedelta(seconds=20)
"""A calm pace: nobody is told to slow down."""

_REPORTED = {"representant_email": "representant"}
"""The contract knows one question on the representative; a counsellor may have the e-mail asked alone."""


@dataclass(slots=True)
class Rehearsal:
    """A person, the bot and a counsellor; `replace` it to go on twice from the same place."""

    dialogue: Dialogue
    at: datetime
    session: Session
    dossier: Dossier
    screen: tuple[Button, ...] = ()
    """The buttons that can be pressed: those of the last message that has some."""
    messages: int = 0
    last_said: int | None = None
    """The number of the person's last message: the one that an edit changes."""

    def fields(self) -> dict[str, Json]:
        """The draft while one is open, else the fields of the last request; what the desk asked for still stands."""
        if self.session.opened or self.session.answers:
            kept = {name: slot.value for name, slot in self.session.answers.items()}
            return {**kept, **recall.asked_again(self.session, self.dossier)}
        return dict(self.dossier.demandes[-1].answers) if self.dossier.demandes else {}

    def scene(self) -> Scene:
        """The conversation as it stands, to look at or to build on."""
        return Scene(self.dialogue.house, self.session, self.dossier, self.at, UserMessage(CHAT, self.at))

    def pending(self) -> str | None:
        """The question on screen: a step, `recap`, or None where no form is open or another door is shown.

        The summary is `consentement` until consent was given once: then its button is what gives it.
        """
        if not self.session.opened:
            return None
        step = questions.current(self.scene())
        if not recall.editing(self.session) and doors.wrong_door(self.scene()) is not None:
            return None
        if step is not None:
            asked_by_desk = set(step.fields) & set(self.scene().wanted())
            return _REPORTED.get(step.name, step.name) if asked_by_desk else step.name
        return "recap" if Champ.CONSENTEMENT in self.session.answers else Champ.CONSENTEMENT.value

    def says(self, text: str, kind: str = "texte") -> Turn:
        """Hand over one message; raises InputError for a button that is not on screen."""
        self.at += BETWEEN
        return self._keep(self.dialogue.take_turn(self.session, self._message(text, kind), self.dossier))

    def _message(self, text: str, kind: str) -> UserMessage:
        match kind:
            case "bouton":
                return UserMessage(CHAT, self.at, kind=Kind.BUTTON, button=self._data(text), message_id=self.messages)
            case "modifie":
                return UserMessage(CHAT, self.at, text=text, message_id=self.last_said, edited=True)
        self.messages += 1
        self.last_said = self.messages
        form = Kind.PHOTO if kind == "legende" else Kind.TEXT
        return UserMessage(CHAT, self.at, text=text, kind=form, message_id=self.messages)

    def _data(self, label: str) -> str:
        named = [one.data for one in self.screen if one.data and plain(one.label) == plain(label)]
        begun = [one.data for one in self.screen if one.data and plain(one.label).startswith(f"{plain(label)} ")]
        # « Envoyer » is the button that sends, whoever its label says receives.
        found = next(iter(named), begun[0] if len(begun) == 1 else "")
        if not found:
            shown = ", ".join(one.label for one in self.screen)
            raise InputError(f"text: no button {label!r} is on screen; those shown: {shown or 'none'}")
        return found

    def _keep(self, turn: Turn) -> Turn:
        self.session = turn.session
        for effect in turn.effects:
            self.dossier = after(self.dossier, effect, self.at)
        before = self.screen
        shown: tuple[Button, ...] = ()
        for reply in turn.replies:
            self.show(reply)
            shown += tuple(button for row in reply.buttons for button in row)
        self.screen = shown or before
        return turn

    def show(self, reply: Reply) -> None:
        """Put a reply on screen."""
        self.messages += 1
        shown = tuple(button for row in reply.buttons for button in row)
        self.screen = shown or self.screen

    # --- the desk: the same casework and the same words as the counsellors' pages ------------------------------------

    def desk_writes(self, text: str) -> None:
        """Where a hand-off is open, in it, which takes the conversation; else about the last request."""
        handoff = self.dossier.handoff
        if handoff is not None:
            self.dossier = replace(self.dossier, handoff=replace(handoff, taken=True))
            self._told(CounsellorWrote(text, handoff.organisme))
            return
        sent = self._last()
        # A counsellor's message opens the channel by which the person answers.
        self.dossier = replace(self.dossier, handoff=Handoff(sent.organisme, self.at, taken=True))
        self._told(CounsellorWrote(text, sent.organisme, sent.id))

    def desk_takes(self) -> None:
        """The conversation where somebody waits for a counsellor, else the last request."""
        if self.dossier.handoff is None:
            self._moves(Statut.PRISE_EN_CHARGE)
            return
        self.dossier = replace(self.dossier, handoff=replace(self.dossier.handoff, taken=True))

    def desk_asks(self, fields: Sequence[str], reason: str) -> None:
        """These fields of the last request, which is taken first where nobody has."""
        if self._last().statut is Statut.NOUVELLE:
            self._moves(Statut.PRISE_EN_CHARGE)
        self._moves(Statut.A_COMPLETER, reason, fields)

    def desk_refuses(self, reason: str) -> None:
        """The last request."""
        self._moves(Statut.REFUSEE, reason)

    def _last(self) -> Demande:
        if not self.dossier.demandes:
            raise InputError("desk: there is no request here, and nobody waits for a counsellor")
        return self.dossier.demandes[-1]

    def _moves(self, vers: Statut, reason: str = "", fields: Sequence[str] = ()) -> None:
        self.at += BETWEEN
        moved = casework.change_status(
            self._last(),
            vers,
            role=Role.CONSEILLER,
            auteur=COUNSELLOR,
            at=self.at,
            motif=reason,
            a_completer=fields,
        )
        self.dossier = _with(self.dossier, moved)
        self._told(StatutChanged(moved, reason))

    def _told(self, event: DeskEvent) -> None:
        self.at += BETWEEN
        self._keep(self.dialogue.tell(self.session, event, self.at, self.dossier))


def after(dossier: Dossier, effect: Effect, at: datetime) -> Dossier:
    """What is known of the person once an effect is written; the twin, in memory, of the database's."""
    match effect:
        case SendDemande(demande):
            known = any(one.id == demande.id for one in dossier.demandes)
            return dossier if known else replace(dossier, demandes=(*dossier.demandes, demande))
        case ChangeDemande(identifier, changes, complete):
            changed = casework.amend(_one(dossier, identifier), changes, auteur=Role.PERSONNE, at=at, complete=complete)
            return _with(dossier, changed)
        case WithdrawDemande(identifier, motif):
            return _with(dossier, casework.withdraw(_one(dossier, identifier), at=at, motif=motif))
        case AnswerTransfer(identifier, accepte):
            return _with(dossier, casework.answer_transfer(_one(dossier, identifier), accepte=accepte, at=at))
        case EraseEverything():
            return Dossier(tuple(one for one in dossier.demandes if one.statut is not Statut.NOUVELLE))
        case OpenHandoff(organisme):
            return replace(dossier, handoff=dossier.handoff or Handoff(organisme, at))
        case CloseHandoff():
            return replace(dossier, handoff=None)
        case _:
            return dossier


def _one(dossier: Dossier, identifier: str) -> Demande:
    return next(one for one in dossier.demandes if one.id == identifier)


def _with(dossier: Dossier, changed: Demande) -> Dossier:
    kept = tuple(changed if one.id == changed.id else one for one in dossier.demandes)
    return replace(dossier, demandes=kept)


__all__ = ["BETWEEN", "CHAT", "Rehearsal", "after"]
