"""The scheduled task: reminders and expiry that conversations call for, then what retention says must go."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.session import session_from_json
from bot.domain.turn import HandoffClosed
from bot.ports import Clock, Conversation
from bot.storage import threads
from bot.storage.connection import forget_deleted, lock_chat, patient, writing
from bot.storage.dossier import dossiers_of
from bot.storage.heartbeat import beat
from bot.storage.held import Held, hold, keep
from bot.storage.models import HandoffRow, RelayedMessage, SessionRow
from bot.storage.notifier import DeskNotifier
from bot.storage.retention import Purged, Retention

BATCH = 500
"""Conversations read at once: ten thousand take a few dozen queries."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Swept:
    """What one run did: conversations that moved, and what went."""

    moved: int
    purged: Purged


class Sweeper:
    """Run it every quarter of an hour or so; twice in a row does nothing the second time."""

    def __init__(
        self,
        conversation: Conversation,
        clock: Clock,
        *,
        retention_brouillon_jours: int,
        retention_close_jours: int,
    ) -> None:
        self._conversation = conversation
        self._clock = clock
        self._retention = Retention(retention_brouillon_jours, retention_close_jours)

    def run(self) -> Swept:
        """Everything once; one conversation that fails is logged and keeps nobody else from theirs."""
        chats = list(SessionRow.objects.order_by("chat").values_list("chat", flat=True))
        moved = 0
        for start in range(0, len(chats), BATCH):
            moved += sum(self._safely(held) for held in _read_many(chats[start : start + BATCH]))
        self._close_channels()
        moved += sum(self._released(chat) for chat in self._forgotten())
        purged = self._purge()
        forget_deleted()
        beat("sweeper", self._clock.now(), {"conversations": len(chats), "moved": moved, "purged": purged.total})
        return Swept(moved, purged)

    def _safely(self, seen: Held) -> bool:
        """Ask without holding anything; hold the chat and ask again only where something is due."""
        try:
            due = self._conversation.due(seen.session, seen.dossier, self._clock.now())
            return due is not None and self._remind(seen.session.chat)
        except Exception as error:
            _log.error("a reminder failed: %s", type(error).__name__)
            return False

    @patient
    def _remind(self, chat: int) -> bool:
        with writing():
            held, now = hold(chat), self._clock.now()
            turn = self._conversation.due(held.session, held.dossier, now)
            if turn is None:
                return False
            keep(held, turn, at=now)
        return True

    def _close_channels(self) -> None:
        """Nobody answered the counsellor's message in time: the bot says that it answers again."""
        for chat in threads.over(self._clock.now()):
            try:
                self._give_back(chat)
            except Exception as error:
                _log.error("a channel was not closed: %s", type(error).__name__)

    @patient
    def _give_back(self, chat: int) -> None:
        with writing():
            lock_chat(chat)
            if chat in threads.over(self._clock.now()):
                DeskNotifier(self._conversation, self._clock).tell(chat, HandoffClosed())

    @patient
    def _forgotten(self) -> list[int]:
        """Chats whose hand-off nobody has closed nor written in for as long as a draft is kept."""
        limit = self._clock.now() - timedelta(days=self._retention.brouillon_jours)
        still = RelayedMessage.objects.filter(at__gte=limit).values("handoff")
        old = HandoffRow.objects.filter(closed_at__isnull=True, opened_at__lt=limit)
        # An alert silences nobody: there is nothing to give back.
        old = old.exclude(origine=HandoffRow.Origine.ALERTE)
        return list(old.exclude(id__in=still.filter(handoff__isnull=False)).values_list("chat", flat=True).distinct())

    def _released(self, chat: int) -> bool:
        """The conversation is the bot's again, and the person is told."""
        try:
            DeskNotifier(self._conversation, self._clock).tell(chat, HandoffClosed())
        except Exception as error:
            _log.error("a hand-off was not closed: %s", type(error).__name__)
            return False
        return True

    @patient
    def _purge(self) -> Purged:
        return self._retention.purge(self._clock.now())


@patient
def _read_many(chats: list[int]) -> list[Held]:
    rows = SessionRow.objects.filter(chat__in=chats).order_by("chat")
    dossiers = dossiers_of(chats)
    return [Held(session_from_json(row.body), dossiers[row.chat]) for row in rows]
