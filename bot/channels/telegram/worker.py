"""From the inbox to the conversation: one update at a time in each chat, many chats at once."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from telegram.error import TelegramError

from bot.channels.telegram.api import BotApi

CONCURRENT = 16
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
    answered: Callable[[], None] = lambda: None
    """Called after each turn: the sender may look."""
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    _busy: set[int] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self) -> None:
        """Handle for ever; a database out of reach is waited for."""
        places = asyncio.Semaphore(CONCURRENT)
        loop = asyncio.get_running_loop()
        try:
            while True:
                self.wake.clear()
                try:
                    chats = await loop.run_in_executor(self.threads, partial(self.waiting, len(self._busy) + 100))
                except Exception as error:
                    _log.warning("inbox not readable: %s", type(error).__name__)
                    await asyncio.sleep(_AFTER_FAILURE)
                    continue
                for chat in chats:
                    await self._start(chat, places)
                with suppress(TimeoutError):
                    async with asyncio.timeout(_IDLE):
                        await self.wake.wait()
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _start(self, chat: int, places: asyncio.Semaphore) -> None:
        if chat in self._busy:
            return
        await places.acquire()
        self._busy.add(chat)
        task = asyncio.create_task(self._handle(chat, places))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _handle(self, chat: int, places: asyncio.Semaphore) -> None:
        loop = asyncio.get_running_loop()
        try:
            while await self._watched(chat, loop.run_in_executor(self.threads, self.taker.process_next, chat)):
                self.answered()
        except Exception as error:
            _log.warning("a turn was not taken: %s", type(error).__name__)
            await asyncio.sleep(_AFTER_FAILURE)
        finally:
            self._busy.discard(chat)
            places.release()
            self.wake.set()

    async def _watched(self, chat: int, turn: "asyncio.Future[bool]") -> bool:
        """The turn's outcome; « is typing » meanwhile, if it takes long."""
        done, _ = await asyncio.wait({turn}, timeout=_TYPING_AFTER)
        if not done and self.api is not None:
            with suppress(TelegramError):
                await self.api.call("sendChatAction", {"chat_id": chat, "action": "typing"}, patience=3)
        return await turn
