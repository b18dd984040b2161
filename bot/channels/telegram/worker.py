"""From the inbox to the conversation: one update at a time in each chat, many chats at once, a fair share for each."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from telegram.error import TelegramError

from bot.channels.telegram.api import BotApi

CONCURRENT = 16

HEAVY_SECONDS = 0.5
"""A chat whose turns computed for so long lately is served beside the others, not before them.

Somebody who answers the form every few seconds comes to 0.2; 4,096 slow characters every three seconds, to 1.1.
"""

LONG_TURN = 0.06
"""A single turn that computes for so long makes its chat a heavy one at once: most take a quarter of that."""

HEAVY_AT_ONCE = 1
"""How many of those are served at a time: they compute, and computing is done one at a time whatever the places."""

LOOKED_AT = 400
"""Chats among which the next ones are chosen."""

LATELY = 30.0
"""Seconds after which half of what a chat took is forgotten."""

_COUNTED = 1_000
_NOTHING = 0.01

_IDLE = 0.5
_AFTER_FAILURE = 1.0
_TYPING_AFTER = 0.7
"""Most turns take milliseconds: « is typing » is shown only where the person would wonder."""

_log = logging.getLogger(__name__)


class Taker(Protocol):
    """Takes turns; `bot.storage.turns.TurnTaker` is one."""

    def process_next(self, chat: int) -> bool:
        """Handle the oldest pending update of this chat; False where there is none."""
        ...


@dataclass(slots=True)
class Worker:
    """Handles what waits, until it is cancelled."""

    taker: Taker
    waiting: Callable[[int], list[int]]
    """The chats with something to handle, the longest wait first."""
    threads: Executor
    api: BotApi | None = None
    long: Callable[[list[int]], set[int]] = lambda _: set()
    """Which of these chats wait with a long text: they are served as heavy ones are, before they were ever timed."""
    answered: Callable[[], None] = lambda: None
    """Called after each turn: the sender may look."""
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    clock: Callable[[], float] = time.monotonic
    effort: Callable[[], float] = time.thread_time
    """Seconds that the thread of a turn has computed."""
    _busy: set[int] = field(default_factory=set)
    _took: dict[int, tuple[float, float]] = field(default_factory=dict)
    """What the turns of a chat computed lately, and when that was counted."""
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self) -> None:
        """Handle for ever; a database out of reach is waited for."""
        loop = asyncio.get_running_loop()
        try:
            while True:
                self.wake.clear()
                try:
                    chats, long = await loop.run_in_executor(self.threads, self._look)
                except Exception as error:
                    _log.warning("inbox not readable: %s", type(error).__name__)
                    await asyncio.sleep(_AFTER_FAILURE)
                    continue
                for chat in self._next(chats, long):
                    self._start(chat)
                with suppress(TimeoutError):
                    async with asyncio.timeout(_IDLE):
                        await self.wake.wait()
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _look(self) -> tuple[list[int], set[int]]:
        """Who waits and, where there is a choice to make, who of them with a long text."""
        chats = self.waiting(LOOKED_AT)
        return chats, self.long(chats) if len(chats) > HEAVY_AT_ONCE else set()

    def _next(self, chats: list[int], long: AbstractSet[int] = frozenset()) -> Iterator[int]:
        """Whom to serve now, in the places that are free: heavy chats last, and few of them at a time."""
        heavy = {chat for chat in {*chats, *self._busy} if chat in long or self._lately(chat) > HEAVY_SECONDS}
        room = HEAVY_AT_ONCE - len(heavy & self._busy)
        waiting = [chat for chat in chats if chat not in self._busy]
        first = [chat for chat in waiting if chat not in heavy]
        # A first turn computes long whatever it says: who is heavy for what went before is not behind long texts.
        slow = sorted((chat for chat in waiting if chat in heavy), key=lambda chat: (chat in long, self._lately(chat)))
        yield from [*first, *slow[: max(0, room)]][: CONCURRENT - len(self._busy)]

    def _lately(self, chat: int) -> float:
        seconds, at = self._took.get(chat, (0.0, 0.0))
        return float(seconds * 0.5 ** ((self.clock() - at) / LATELY))

    def _count(self, chat: int, seconds: float) -> None:
        """Add what a turn took, a long one as much as makes it heavy; chats that took nothing lately are forgotten."""
        counted = seconds if seconds < LONG_TURN else seconds + HEAVY_SECONDS
        self._took[chat] = (self._lately(chat) + counted, self.clock())
        if len(self._took) > _COUNTED:
            self._took = {one: took for one, took in list(self._took.items()) if self._lately(one) > _NOTHING}

    def _start(self, chat: int) -> None:
        self._busy.add(chat)
        task = asyncio.create_task(self._handle(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _handle(self, chat: int) -> None:
        """What waits in this chat; one update only where every place is taken, and then others come before."""
        try:
            while await self._turn(chat):
                self.answered()
                if len(self._busy) >= CONCURRENT or self._lately(chat) > HEAVY_SECONDS:
                    break
        except Exception as error:
            _log.warning("a turn was not taken: %s", type(error).__name__)
            await asyncio.sleep(_AFTER_FAILURE)
        finally:
            self._busy.discard(chat)
            self.wake.set()

    async def _turn(self, chat: int) -> bool:
        return await self._watched(chat, asyncio.get_running_loop().run_in_executor(self.threads, self._take, chat))

    def _take(self, chat: int) -> bool:
        """One turn, in its thread: what it computed counts, not what it waited for."""
        began = self.effort()
        try:
            return self.taker.process_next(chat)
        finally:
            self._count(chat, self.effort() - began)

    async def _watched(self, chat: int, turn: "asyncio.Future[bool]") -> bool:
        """The turn's outcome; « is typing » meanwhile, if it takes long."""
        done, _ = await asyncio.wait({turn}, timeout=_TYPING_AFTER)
        if not done and self.api is not None:
            with suppress(TelegramError):
                await self.api.call("sendChatAction", {"chat_id": chat, "action": "typing"}, patience=3)
        return await turn
