"""The webhook: the secret is compared in constant time, and the update is stored before the 200."""

import asyncio
import hmac
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram.error import TelegramError

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.intake import ALLOWED_UPDATES, update_id_of
from bot.channels.telegram.tolerant import loads

PATH = "/telegram/webhook"
"""Used where WEBHOOK_URL has no path of its own."""

_BODY_MAX = 1_000_000
_PAUSES = (1, 2, 5, 10, 30)
_SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 - a header's name

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Webhook:
    """Receives updates at `url`; `secret` is what Telegram was told to send back."""

    url: str
    secret: str
    store: Callable[[Mapping[str, Any]], bool]
    threads: Executor
    arrived: Callable[[], None] = lambda: None
    former: str = ""
    """The secret before this one: Telegram may still send it while a rotation lasts."""

    @property
    def address(self) -> str:
        """The whole address given to Telegram."""
        return self.url.rstrip("/") + ("" if urlsplit(self.url).path.strip("/") else PATH)

    def route(self) -> Route:
        """Where the updates arrive."""
        return Route(urlsplit(self.address).path, self.receive, methods=["POST"])

    async def receive(self, request: Request) -> Response:
        """Store one update; anything but a 200 makes Telegram send it again."""
        given = request.headers.get(_SECRET, "")
        right = [hmac.compare_digest(given.encode(), one.encode()) for one in (self.secret, self.former) if one]
        if not any(right):
            return PlainTextResponse("forbidden", status_code=403)
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > _BODY_MAX:
                return PlainTextResponse("too large", status_code=413)
        return await self._keep(body)

    async def _keep(self, body: bytes) -> Response:
        try:
            raw = loads(body)
        except ValueError:
            return PlainTextResponse("an update is expected", status_code=400)
        if update_id_of(raw) is None:
            return PlainTextResponse("an update is expected", status_code=400)
        loop = asyncio.get_running_loop()
        try:
            fresh = await loop.run_in_executor(self.threads, partial(self.store, raw))
        except Exception as error:
            _log.error("update not stored (%s)", type(error).__name__)
            return PlainTextResponse("try again", status_code=503)
        if fresh:
            self.arrived()
        return PlainTextResponse("ok")

    async def declare(self, api: BotApi) -> None:
        """Tell Telegram where to push, until it has heard."""
        params = {"url": self.address, "secret_token": self.secret, "allowed_updates": list(ALLOWED_UPDATES)}
        for attempt in range(1_000_000):
            try:
                await api.call("setWebhook", params)
            except TelegramError as error:
                if attempt % 20 == 0:
                    _log.warning("setWebhook failed: %s; trying again", error)
                await asyncio.sleep(_PAUSES[min(attempt, len(_PAUSES) - 1)])
            else:
                return
