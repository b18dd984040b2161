"""From the outbox to the Bot API: in order in each chat, and one slow chat never holds back the others (ADR 0009)."""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from bot.channels.telegram.deliver import Delivered, Deliverer, Later, Outcome, Refused
from bot.ports import Clock

if TYPE_CHECKING:  # Django must be set up before its models are imported
    from bot.storage.outbox import OutgoingItem

T = TypeVar("T")

CONCURRENT = 8
"""Chats served at once: enough for Telegram's 30 messages a second, and few are under way when the program dies."""

RENEW_SECONDS = 8.0
"""Three times within a claim (`bot.storage.outbox.CLAIM`)."""

_IDLE = 0.5
_AFTER_FAILURE = 1.0
_BATCH = 100

_log = logging.getLogger(__name__)


class Outbox(Protocol):
    """What waits to be sent; `bot.storage.outbox` is one."""

    def due(self, now: datetime, limit: int, *, holder: str) -> "list[OutgoingItem]":
        """The first undelivered item of each chat that may be sent now, claimed for `holder`."""
        ...

    def renew(self, items: Collection[int], now: datetime, *, holder: str) -> set[int]:
        """Keep these claims; those still ours."""
        ...

    def delivered(self, item: int, now: datetime, keyboard: Mapping[str, Any] | None = None) -> None:
        """Taken; `keyboard` is where a question's buttons are, and which of them stay once it is answered."""
        ...

    def retry(self, item: int, not_before: datetime, error: str) -> None:
        """Not taken this time."""
        ...

    def refused(self, item: int, error: str, now: datetime) -> None:
        """Never to be taken."""
        ...


@dataclass(slots=True)
class Sender:
    """Delivers what waits, until it is cancelled."""

    outbox: Outbox
    deliverer: Deliverer
    clock: Clock
    threads: Executor
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    holder: str = ""
    """The name of this process among all; empty: its machine and number."""
    _tasks: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    """What is being sent, by item."""

    async def run(self) -> None:
        """Deliver for ever; a database out of reach is waited for."""
        renewing = asyncio.create_task(self._renew())
        try:
            while True:
                self.wake.clear()
                await self._look()
                await _wait(self.wake, _IDLE)
        finally:
            under_way = [renewing, *self._tasks.values()]
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    async def _look(self) -> None:
        """Claim as much as can be sent at once, no more: the rest is for whoever is free."""
        room = CONCURRENT - len(self._tasks)
        if room < 1:
            return
        try:
            items = await self._in_thread(partial(self.outbox.due, self.clock.now(), room, holder=self.holder))
        except Exception as error:
            _log.warning("outbox not readable: %s", type(error).__name__)
            await asyncio.sleep(_AFTER_FAILURE)
            return
        for item in items:
            self._tasks[item.id] = asyncio.create_task(self._deliver(item))

    async def _renew(self) -> None:
        """Claims of slow calls go on; a call whose claim went to another process meanwhile is given up."""
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            sending = list(self._tasks)
            if not sending:
                continue
            try:
                ours = await self._in_thread(partial(self.outbox.renew, sending, self.clock.now(), holder=self.holder))
            except Exception as error:
                _log.warning("claims not renewed: %s", type(error).__name__)
                continue
            for lost in set(sending) - ours:
                if task := self._tasks.get(lost):
                    task.cancel()

    async def _deliver(self, item: "OutgoingItem") -> None:
        try:
            outcome = await self._outcome(item)
            await self._record(item, outcome)
            if not isinstance(outcome, Later):
                self.deliverer.recorded(item)
        finally:
            del self._tasks[item.id]
            self.wake.set()

    async def _outcome(self, item: "OutgoingItem") -> Outcome:
        try:
            return await self.deliverer.deliver(item)
        except Exception as error:
            _log.warning("item %d: %s", item.id, type(error).__name__)
            return Later(timedelta(seconds=_AFTER_FAILURE), type(error).__name__)

    async def _record(self, item: "OutgoingItem", outcome: Outcome) -> None:
        """Until it is written: what has left must not leave again because a database was away."""
        write = self._recorded(item, outcome)
        while True:
            try:
                await self._in_thread(write)
            except Exception as error:
                _log.warning("item %d not recorded: %s", item.id, type(error).__name__)
                await asyncio.sleep(_AFTER_FAILURE)
            else:
                return

    def _recorded(self, item: "OutgoingItem", outcome: Outcome) -> Callable[[], None]:
        now = self.clock.now()
        match outcome:
            case Delivered(keyboard):
                return partial(self.outbox.delivered, item.id, now, keyboard)
            case Later(delay, error):
                if item.attempts == 0 or item.attempts % 20 == 0:
                    _log.warning("item %d waits %.1f s: %s", item.id, delay / timedelta(seconds=1), error)
                return partial(self.outbox.retry, item.id, now + delay, error)
            case Refused(error):
                _log.warning("item %d not delivered: %s", item.id, error)
                return partial(self.outbox.refused, item.id, error, now)

    async def _in_thread(self, act: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.threads, act)


async def _wait(event: asyncio.Event, limit: float) -> None:
    # Not wait_for: before Python 3.12 it can swallow a cancellation, and the program would not stop.
    with suppress(TimeoutError):
        async with asyncio.timeout(limit):
            await event.wait()
