"""What the desk does, told to the person: queued like any reply, in the transaction of the desk's own change."""

from dataclasses import replace
from datetime import datetime

from bot.domain.turn import CounsellorWrote, DeskEvent, HandoffClosed
from bot.ports import Clock, Conversation
from bot.storage import threads
from bot.storage.connection import lock_chat, patient, writing
from bot.storage.held import hold, keep
from bot.storage.models import HandoffRow, Outgoing, RelayedMessage


class DeskNotifier:
    """The `Notifier` port. Inside the caller's transaction, or in one of its own."""

    def __init__(self, conversation: Conversation, clock: Clock) -> None:
        self._conversation = conversation
        self._clock = clock

    @patient
    def tell(self, chat: int, event: DeskEvent, *, auteur: str = "", hold_until: datetime | None = None) -> None:
        """Queue what the conversation says of this event, and keep the session after it.

        With `auteur`, a counsellor's words are also kept as a RelayedMessage tied to their delivery, and open the
        channel by which the person answers. HandoffClosed closes the open hand-off. With `hold_until`, nothing leaves
        before: what is undone meanwhile has never been said.
        """
        now = self._clock.now()
        with writing():
            lock_chat(chat)
            thread = None
            if isinstance(event, CounsellorWrote) and auteur:
                thread = threads.reply_channel(chat, event.organisme, auteur, now)
                event = replace(event, jusqu_a=thread.jusqu_a if thread else None)
            held = hold(chat)
            turn = self._conversation.tell(held.session, event, now, held.dossier)
            queued = keep(held, turn, at=now, about=_about(event), not_before=hold_until)
            match event:
                case CounsellorWrote() if auteur:
                    self._record(chat, event, auteur, queued, thread)
                case HandoffClosed():
                    threads.close(chat, now)

    def _record(
        self, chat: int, event: CounsellorWrote, auteur: str, queued: list[Outgoing], thread: HandoffRow | None
    ) -> None:
        RelayedMessage.objects.create(
            chat=chat,
            organisme=event.organisme,
            demande_id=event.demande,
            handoff=thread,
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
