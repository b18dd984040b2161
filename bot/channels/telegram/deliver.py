"""One outgoing item through the Bot API: what Telegram's refusals mean, and what is done about each."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram.api import BotApi, seconds
from bot.channels.telegram.documents import Document
from bot.channels.telegram.journal import Journal
from bot.channels.telegram.render import Call, calls, standing
from bot.domain.message import Attachment

if TYPE_CHECKING:  # Django must be set up before its models are imported
    from bot.storage.outbox import OutgoingItem

_log = logging.getLogger(__name__)

FIRST_WAIT = 0.5
LONGEST_WAIT = 15.0
_REJECTED_WAIT = 30.0

_GONE = (
    "chat not found",
    "user is deactivated",
    "peer_id_invalid",
    "bot was kicked",
    "not enough rights",
    "have no rights",
)
_NO_EDIT = ("message to edit not found", "message can't be edited", "message_id_invalid", "message identifier is not")


@dataclass(frozen=True, slots=True)
class Delivered:
    """Taken by the server; of a question, the message that shows its buttons, and those that stay afterwards."""

    keyboard: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """To be tried again after a delay."""

    delay: timedelta
    error: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Never to be taken: blocked, gone, or refused for what it is."""

    error: str


Outcome: TypeAlias = Delivered | Later | Refused


@dataclass(slots=True)
class Deliverer:
    """Performs items. What has left of an item that is tried again is in the journal, so it is not sent twice."""

    api: BotApi
    document: Callable[[Attachment, int], Document]
    """Makes the document of an attachment for a chat; blocking."""
    journal: Journal = field(default_factory=Journal)

    async def deliver(self, item: "OutgoingItem") -> Outcome:
        """Perform one item; never raises for what a server answers."""
        try:
            return Delivered(await self._perform(item))
        except TelegramError as error:
            return _meaning(error, item.attempts)

    def recorded(self, item: "OutgoingItem") -> None:
        """The outbox has what became of this item: it will not come back."""
        self.journal.forget(_key(item))

    async def _perform(self, item: "OutgoingItem") -> Mapping[str, Any] | None:
        match item.kind:
            case "delete":
                await self._tolerant(Call("deleteMessage", {"chat_id": item.chat, "message_id": item.message_id}))
            case "leave":
                await self._tolerant(Call("leaveChat", {"chat_id": item.chat}))
            case _ if item.reply is not None:
                return await self._reply(item)
        return None

    async def _reply(self, item: "OutgoingItem") -> Mapping[str, Any] | None:
        assert item.reply is not None  # noqa: S101 - the caller has looked
        wanted = calls(item.reply, item.chat, item.callback, item.closed)
        done, shown = self.journal.done(_key(item)), None
        for rank in range(done, len(wanted)):
            sent = await self._step(wanted[rank])
            shown = sent or shown
            self.journal.note(_key(item), rank + 1)
        if item.reply.attachment and done <= len(wanted):
            document = await asyncio.to_thread(self.document, item.reply.attachment, item.chat)
            await self._upload(item.chat, document)
            self.journal.note(_key(item), len(wanted) + 1)
        rows = standing(item.reply)
        return {"message_id": shown, "rows": rows} if shown is not None and rows is not None else None

    async def _step(self, call: Call) -> int | None:
        """Perform; the message that a text made or changed, where the server says which."""
        match call.method:
            case "answerCallbackQuery" | "editMessageReplyMarkup":
                await self._tolerant(call)
            case "editMessageText" if call.tolerant:
                await self._tolerant(call)
            case "editMessageText":
                return await self._edit(call)
            case _:
                return await self._send(call)
        return None

    async def _tolerant(self, call: Call) -> None:
        """A call whose refusal changes nothing: too late to answer a press, message already gone."""
        try:
            await self.api.call(call.method, call.params)
        except (BadRequest, EndPointNotFound, Forbidden) as error:
            _log.info("%s: %s", call.method, error)

    async def _edit(self, call: Call) -> int | None:
        try:
            return _number(await self.api.call(call.method, call.params))
        except BadRequest as error:
            said = str(error).lower()
            if "not modified" in said:
                return None
            fresh = {key: value for key, value in call.params.items() if key != "message_id"}
            method = "sendMessage" if any(sign in said for sign in _NO_EDIT) else call.method
            return await self._send(Call(method, fresh if method == "sendMessage" else call.params, call.plain))
        except EndPointNotFound:
            fresh = {key: value for key, value in call.params.items() if key != "message_id"}
            return await self._send(Call("sendMessage", fresh, call.plain))

    async def _send(self, call: Call) -> int | None:
        """Send; a refused markup is sent again as plain text, then without its buttons: never silent."""
        bare = {key: value for key, value in call.params.items() if key not in {"parse_mode", "link_preview_options"}}
        plain = bare | {"text": call.plain}
        attempts = (call.params, plain, {key: value for key, value in plain.items() if key != "reply_markup"})
        for rank, params in enumerate(attempts):
            try:
                return _number(await self.api.call(call.method, params))
            except BadRequest as error:
                if rank == len(attempts) - 1 or any(sign in str(error).lower() for sign in _GONE):
                    raise
                _log.warning("%s refused (%s): sent more plainly", call.method, _reason(error))
        return None

    async def _upload(self, chat: int, document: Document) -> None:
        if not document.content:
            await self._send(Call("sendMessage", {"chat_id": chat, "text": document.caption}, document.caption))
            return
        await self.api.upload(chat, document.name, document.content, document.caption)


def _number(result: Any) -> int | None:
    """The message that a call made or changed; a thrifty server may not say."""
    found = result.get("message_id") if isinstance(result, Mapping) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _key(item: "OutgoingItem") -> str:
    """The item's number, and the moment it was queued: numbers start again where a database is new."""
    return f"{item.id}@{item.created_at.timestamp():.6f}"


def _meaning(error: TelegramError, attempts: int) -> Outcome:
    match error:
        case RetryAfter():
            return Later(timedelta(seconds=seconds(error) + 0.1), "429")
        case Forbidden() | ChatMigrated():
            return Refused(_reason(error))
        case EndPointNotFound():
            return Later(timedelta(seconds=_REJECTED_WAIT), "the server refuses the token or the method")
        case BadRequest():
            return Refused(_reason(error))
        case NetworkError():
            return Later(timedelta(seconds=min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempts, 10))), _reason(error))
        case _:
            return Later(timedelta(seconds=min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempts, 10))), _reason(error))


def _reason(error: TelegramError) -> str:
    """The server's words, shortened: they never quote the message."""
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__
