"""From the outbox to the Bot API: in order in each chat, and one slow chat never holds back the others (ADR 0009)."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.channels.telegram.deliver import Delivered, Deliverer, Later, Refused
from bot.ports import Clock

if TYPE_CHECKING:  # Django must be set up before its models are imported
    from bot.storage.outbox import OutgoingItem

T = TypeVar("T")

CONCURRENT = 8
"""Chats served at once: enough for Telegram's 30 messages a second, and few are under way when the program dies."""

_IDLE = 0.5
_AFTER_FAILURE = 1.0
_BATCH = 100

_log = logging.getLogger(__name__)


class Outbox(Protocol):
    """What waits to be sent; `bot.storage.outbox` is one."""

    def due(self, now: datetime, limit: int) -> "list[OutgoingItem]":
        """The first undelivered item of each chat that may be sent now."""
        ...

    def delivered(self, item: int, now: datetime) -> None:
        """Taken."""
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
    _busy: set[int] = field(default_factory=set)
    _over: set[int] = field(default_factory=set)
    """Items done since the last look: the look may have begun before, and would deliver them twice."""
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self) -> None:
        """Deliver for ever; a database out of reach is waited for."""
        places = asyncio.Semaphore(CONCURRENT)
        try:
            while True:
                self.wake.clear()
                try:
                    items = await self._in_thread(partial(self.outbox.due, self.clock.now(), _BATCH))
                except Exception as error:
                    _log.warning("outbox not readable: %s", type(error).__name__)
                    await asyncio.sleep(_AFTER_FAILURE)
                    continue
                self._over &= {item.id for item in items}
                await self._start(items, places)
                await _wait(self.wake, _IDLE)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _start(self, items: "list[OutgoingItem]", places: asyncio.Semaphore) -> None:
        for item in items:
            if item.chat in self._busy or item.id in self._over:
                continue
            await places.acquire()
            self._busy.add(item.chat)
            task = asyncio.create_task(self._deliver(item, places))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _deliver(self, item: "OutgoingItem", places: asyncio.Semaphore) -> None:
        try:
            outcome = await self.deliverer.deliver(item)
            await self._in_thread(self._recorded(item, outcome))
            if not isinstance(outcome, Later):
                self.deliverer.recorded(item)
            if not isinstance(outcome, Later):
                self._over.add(item.id)
        except Exception as error:
            _log.warning("item %d: %s", item.id, type(error).__name__)
            await asyncio.sleep(_AFTER_FAILURE)
        finally:
            self._busy.discard(item.chat)
            places.release()
            self.wake.set()

    def _recorded(self, item: "OutgoingItem", outcome: Delivered | Later | Refused) -> Callable[[], None]:
        now = self.clock.now()
        match outcome:
            case Delivered():
                return partial(self.outbox.delivered, item.id, now)
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
