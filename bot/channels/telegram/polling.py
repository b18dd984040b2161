"""Long polling: an update is acknowledged, by the next offset, only once it is stored."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from telegram.error import Conflict, EndPointNotFound, RetryAfter, TelegramError

from bot.channels.telegram.api import BotApi, seconds
from bot.channels.telegram.intake import ALLOWED_UPDATES, update_id_of
from bot.channels.telegram.pieces import joined, unfinished

POLL_SECONDS = 25
_SHORT = 1.0
_PAUSES = (0.1, 0.2, 0.4, 0.7)
"""Between two answers that bring nothing new and come at once: a server that does not wait is not hammered."""
_FAILURES = (0.5, 1.0, 2.0, 5.0, 10.0)
_CONFLICT_PAUSE = 3.0
_REJECTED_PAUSE = 30.0
_NOT_STORED_PAUSE = 1.0
_REST_OF_IT = 0.5

_log = logging.getLogger(__name__)


def _utc() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Poller:
    """Fetches updates until it is cancelled."""

    api: BotApi
    store: Callable[[Mapping[str, Any]], bool]
    """Store one raw update durably; False where it was known. Blocking."""
    threads: Executor
    arrived: Callable[[], None] = lambda: None
    """Called when something new is stored: the worker may look."""
    wait: int = POLL_SECONDS
    clock: Callable[[], datetime] = _utc
    heard: datetime = field(init=False)
    """When the server last answered and everything it gave was stored; at first, when this began."""

    def __post_init__(self) -> None:
        self.heard = self.clock()

    async def run(self) -> None:
        """Poll for ever. It starts without an offset: what was stored before a crash comes back, and is known."""
        with suppress(TelegramError):
            await self.api.call("deleteWebhook")
        offset: int | None = None
        empty = failures = 0
        while True:
            started = time.monotonic()
            try:
                raws = await self._fetch(offset)
            except TelegramError as error:
                await asyncio.sleep(_pause(error, failures))
                failures += 1
                continue
            failures = 0
            last, fresh, failed = await self._stored(raws)
            offset = last + 1 if last is not None else offset
            if failed:
                await asyncio.sleep(_NOT_STORED_PAUSE)
            else:
                self.heard = self.clock()
            if fresh:
                self.arrived()
            quick = time.monotonic() - started < _SHORT
            empty = 0 if fresh or not quick else empty + 1
            if empty:
                await asyncio.sleep(_PAUSES[min(empty, len(_PAUSES)) - 1])

    async def _fetch(self, offset: int | None) -> list[Mapping[str, Any]]:
        """Updates that have a number, in order; where a text fills its message, those of the next instant too."""
        raws = _numbered(await self.api.updates(offset, self.wait, ALLOWED_UPDATES))
        if unfinished(raws):
            await asyncio.sleep(_REST_OF_IT)
            # Nothing is confirmed yet: the same updates come again, and what followed them.
            raws = _numbered([*raws, *await self.api.updates(offset, 0, ALLOWED_UPDATES)])
        return joined(raws)

    async def _stored(self, raws: list[Mapping[str, Any]]) -> tuple[int | None, int, bool]:
        """(the highest number stored, how many were new, whether one failed): it stops at the first that fails."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, partial(_store_all, raws, self.store))


def _numbered(raws: list[Any]) -> list[Mapping[str, Any]]:
    known = {number: raw for raw in raws if (number := update_id_of(raw)) is not None}
    return [known[number] for number in sorted(known)]


def _store_all(
    raws: list[Mapping[str, Any]], store: Callable[[Mapping[str, Any]], bool]
) -> tuple[int | None, int, bool]:
    last: int | None = None
    fresh = 0
    for raw in raws:
        number = update_id_of(raw)
        try:
            fresh += store(raw)
        except Exception as error:
            _log.error("update %d not stored (%s): it will be asked for again", number, type(error).__name__)
            return last, fresh, True
        last = number
    return last, fresh, False


def _pause(error: TelegramError, failures: int) -> float:
    """How long to wait after this failure; one line for its first occurrence."""
    match error:
        case RetryAfter():
            return seconds(error)
        case Conflict():
            said = "another program fetches this bot's updates (409): stop it, or use another token; trying again"
            pause = _CONFLICT_PAUSE
        case EndPointNotFound():
            said = "the server does not know this token (TELEGRAM_TOKEN); trying again"
            pause = _REJECTED_PAUSE
        case _:
            said, pause = f"the Bot API is out of reach: {error}; trying again", _FAILURES[min(failures, 4)]
    if failures % 20 == 0:
        _log.warning("%s", said)
    return pause
