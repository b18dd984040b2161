"""The Bot API through python-telegram-bot's `Bot`: raw results, errors as its exceptions (ADR 0007)."""

import json
import logging
import warnings
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.channels.telegram.tolerant import loads
from bot.domain import regex as re

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_WAIT = re.compile(r"retry after (\d+)", re.IGNORECASE)
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{8,}")


def _wrong(error: TelegramError, method: str) -> str:
    match error:
        case EndPointNotFound():
            return REFUSED if method in _TELLING else ""
        case Conflict():
            return SHARED
        case BadRequest() | Forbidden() | RetryAfter() | ChatMigrated():
            return ""
        case _:
            return AWAY


class _Bot(Bot):
    """`Bot`, called by method name on purpose.

    A typed method parses the answer, and a thrifty server's answer that does not parse would look like a message that
    was not sent: it would be sent twice.
    """

    @classmethod
    def _warn(cls, *_args: Any, **_kwargs: Any) -> None:
        """No advice to use the typed methods."""


class _Redact(logging.Filter):
    """Takes bot tokens out of what is logged, wherever they come from."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if _TOKEN.search(message):
            record.msg, record.args = _TOKEN.sub("<token>", message), ()
        return True


def hush() -> None:
    """No token in the logs: httpx writes every URL at INFO, and the rest goes through a filter."""
    for name in ("httpx", "httpcore", "telegram", "httpx2"):
        logging.getLogger(name).setLevel(logging.WARNING)
    for handler in logging.getLogger().handlers:
        if not any(isinstance(one, _Redact) for one in handler.filters):
            handler.addFilter(_Redact())


class _Request(HTTPXRequest):
    """HTTPXRequest, fair to servers that say less than Telegram's."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """The status and the body, as `as_telegram` reads them."""
        return as_telegram(*await super().do_request(*args, **kwargs))


def as_telegram(code: int, payload: bytes) -> tuple[int, bytes]:
    """What Telegram would have answered: an error has its status, a flood its delay, a success its result."""
    try:
        body = loads(payload)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        return (502 if code < 300 else code), b'{"ok": false, "description": "the server did not answer JSON"}'
    if code < 300 and body.get("ok") is False:
        said = body.get("error_code")
        code = said if isinstance(said, int) and 400 <= said <= 599 else 400
    if code < 300:
        body.setdefault("result", True)
    elif not isinstance(body.get("parameters"), dict):
        body.pop("parameters", None)
    if code == 429 and not body.get("parameters", {}).get("retry_after"):
        found = _WAIT.search(str(body.get("description", "")))
        body["parameters"] = {"retry_after": int(found.group(1)) if found else 1}
    return code, json.dumps(body).encode()


def seconds(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        delay = error.retry_after
    return delay.total_seconds() if isinstance(delay, timedelta) else float(delay)


REFUSED, AWAY, SHARED = "jeton-refuse", "telegram-hors-d-atteinte", "autre-programme"
"""What may be wrong between us and the server."""

_TELLING = frozenset({"getUpdates", "sendMessage", "getMe", "setWebhook"})
"""Methods that every server knows: their 404 speaks of the token."""


class BotApi:
    """Calls any compatible Bot API server: Telegram, a local one, the sandbox."""

    def __init__(self, token: str, base_url: str) -> None:
        """`base_url` is the server's root; `/bot<token>` is added."""
        root = base_url.rstrip("/")
        parts = urlsplit(root)
        local = parts.hostname in _LOOPBACK
        self.address = root
        self.trouble: tuple[str, datetime] | None = None
        """What is wrong with the server, and since when; None while it answers."""
        self._requests = [
            _Request(
                connection_pool_size=size,
                read_timeout=20,
                write_timeout=20,
                connect_timeout=10,
                pool_timeout=60,
                # On this machine and in plain HTTP, no certificate is ever looked at: reading them all takes a while.
                httpx_kwargs={"trust_env": not local, "verify": not (local and parts.scheme == "http")},
            )
            for size in (2, 32)
        ]
        self._bot = _Bot(
            token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            get_updates_request=self._requests[0],
            request=self._requests[1],
        )

    async def call(self, method: str, params: Mapping[str, Any] | None = None, *, patience: float = 20) -> Any:
        """The raw result, waited for `patience` seconds; raises telegram.error.TelegramError."""
        try:
            result = await self._bot.do_api_request(method, dict(params or {}), read_timeout=patience)
        except InvalidToken as error:
            self._noted(REFUSED)
            raise EndPointNotFound(str(error)) from error
        except TelegramError as error:
            self._noted(_wrong(error, method))
            raise
        self.trouble = None
        return result

    def _noted(self, kind: str) -> None:
        """Keep since when; a refusal that is about one call shows that the server answers."""
        if not kind:
            self.trouble = None
        elif self.trouble is None or self.trouble[0] != kind:
            self.trouble = (kind, datetime.now(UTC))

    async def upload(self, chat: int, name: str, content: bytes, caption: str = "") -> Any:
        """Send a document; raises telegram.error.TelegramError."""
        document = InputFile(content, filename=name)
        params = {"chat_id": chat, "document": document} | ({"caption": caption} if caption else {})
        return await self.call("sendDocument", params, patience=60)

    async def updates(self, offset: int | None, wait: int, allowed: Sequence[str]) -> list[Any]:
        """Raw updates, types that no library knows included; waits up to `wait` seconds."""
        params: dict[str, Any] = {"timeout": wait, "limit": 100, "allowed_updates": list(allowed)}
        if offset is not None:
            params["offset"] = offset
        result = await self.call("getUpdates", params, patience=wait + 15)
        return result if isinstance(result, list) else []

    async def close(self) -> None:
        """Close the connections."""
        for request in self._requests:
            await request.shutdown()
