"""The scheduled task: reminders and expiry that conversations call for, then what retention says must go."""

import logging
from dataclasses import dataclass

from bot.ports import Clock, Conversation
from bot.storage.connection import forget_deleted, patient, writing
from bot.storage.heartbeat import beat
from bot.storage.models import SessionRow
from bot.storage.retention import Purged, Retention
from bot.storage.turns import hold, keep, read

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
        moved = sum(self._safely(chat) for chat in chats)
        purged = self._purge()
        forget_deleted()
        beat("sweeper", self._clock.now(), {"conversations": len(chats), "moved": moved, "purged": purged.total})
        return Swept(moved, purged)

    def _safely(self, chat: int) -> bool:
        try:
            return self._due(chat)
        except Exception as error:
            _log.error("a reminder failed: %s", type(error).__name__)
            return False

    @patient
    def _due(self, chat: int) -> bool:
        """Ask without holding anything; hold the chat and ask again only where something is due."""
        seen = read(chat)
        if self._conversation.due(seen.session, seen.dossier, self._clock.now()) is None:
            return False
        with writing():
            held, now = hold(chat), self._clock.now()
            turn = self._conversation.due(held.session, held.dossier, now)
            if turn is None:
                return False
            keep(held, turn, at=now)
        return True

    @patient
    def _purge(self) -> Purged:
        return self._retention.purge(self._clock.now())
