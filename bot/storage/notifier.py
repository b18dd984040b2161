"""What the desk does, told to the person: queued like any reply, in the transaction of the desk's own change."""

from bot.domain.turn import CounsellorWrote, DeskEvent, HandoffClosed
from bot.ports import Clock, Conversation
from bot.storage.connection import patient, writing
from bot.storage.dossier import open_handoff
from bot.storage.held import hold, keep
from bot.storage.models import HandoffRow, Outgoing, RelayedMessage


class DeskNotifier:
    """The `Notifier` port. Inside the caller's transaction, or in one of its own."""

    def __init__(self, conversation: Conversation, clock: Clock) -> None:
        self._conversation = conversation
        self._clock = clock

    @patient
    def tell(self, chat: int, event: DeskEvent, *, auteur: str = "") -> None:
        """Queue what the conversation says of this event, and keep the session after it.

        With `auteur`, a counsellor's words are also kept as a RelayedMessage tied to their delivery. HandoffClosed
        closes the open hand-off.
        """
        now = self._clock.now()
        with writing():
            held = hold(chat)
            turn = self._conversation.tell(held.session, event, now, held.dossier)
            queued = keep(held, turn, at=now, about=_about(event))
            match event:
                case CounsellorWrote() if auteur:
                    self._record(chat, event, auteur, queued)
                case HandoffClosed():
                    HandoffRow.objects.filter(chat=chat, closed_at__isnull=True).update(closed_at=now)

    def _record(self, chat: int, event: CounsellorWrote, auteur: str, queued: list[Outgoing]) -> None:
        RelayedMessage.objects.create(
            chat=chat,
            organisme=event.organisme,
            demande_id=event.demande,
            handoff=None if event.demande else open_handoff(chat),
            at=self._clock.now(),
            auteur=auteur,
            texte=event.texte,
            outgoing=queued[0] if queued else None,
        )


def _about(event: DeskEvent) -> str:
    match event:
        case CounsellorWrote():
            return event.demande or ""
        case HandoffClosed():
            return ""
        case _:
            return event.demande.id
