"""The sandbox's memory: people, their conversation with the bot, the updates that wait for it, faults to inject."""

import asyncio
import itertools
import secrets
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.errors import ApiError, bad, blocked

BOT = {"id": 4242, "is_bot": True, "first_name": "Immersion", "username": "immersion_bac_a_sable_bot"}
_NOTICES = 1_000
"""More revisions than pop-ups that a page may have seen since the last message."""
DEFAULT_TYPES = ("message", "edited_message", "callback_query", "my_chat_member")


@dataclass(slots=True)
class File:
    """A document the bot sent."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


@dataclass(slots=True)
class Message:
    """One message of a conversation. `html` is safe; `rev` grows each time it changes."""

    id: int
    chat: int
    mine: bool
    """Whether the person sent it (else the bot did)."""
    date: int
    text: str = ""
    html: str = ""
    markup: dict[str, Any] | None = None
    file: File | None = None
    edited: bool = False
    deleted: bool = False
    rev: int = 0
    raw: dict[str, Any] = field(default_factory=dict)
    made: float = 0.0
    """When, by the world's clock, to the millisecond where `date` has seconds."""


@dataclass(slots=True)
class Chat:
    """A conversation with one person, or a group."""

    id: int
    name: str
    type: Literal["private", "group", "supergroup"] = "private"
    blocked: bool = False
    left: bool = False
    typing_until: float = 0.0
    messages: dict[int, Message] = field(default_factory=dict)
    notices: list[tuple[int, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Telegram's Chat."""
        named = {"first_name": self.name} if self.type == "private" else {"title": self.name}
        return {"id": self.id, "type": self.type} | named

    def person(self) -> dict[str, Any]:
        """Telegram's User."""
        number = self.id if self.type == "private" else 1
        return {"id": number, "is_bot": False, "first_name": self.name, "language_code": "fr"}


@dataclass(slots=True)
class Fault:
    """Something that goes wrong `count` times: a status, a delay, or an answer that is lost after the action."""

    method: str = "*"
    chat: int | None = None
    count: int = 1
    error: ApiError | None = None
    delay: float = 0.0
    lost: bool = False

    def matches(self, method: str, chat: int | None) -> bool:
        """Whether it strikes this call."""
        return self.count > 0 and self.method in ("*", method) and self.chat in (None, chat)


@dataclass(slots=True)
class Webhook:
    """Where updates are pushed, once setWebhook was called."""

    url: str
    secret: str = ""


@dataclass(slots=True)
class Query:
    """A button press that waits for its answer."""

    chat: int
    answered: bool = False


class World:
    """Everything, behind one lock: tests in other threads and the server share it."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.token = secrets.token_urlsafe(6)
        """Names this run: a page of an earlier one knows that everything began anew."""
        self.lock = threading.RLock()
        self.chats: dict[int, Chat] = {}
        self.updates: dict[int, dict[str, Any]] = {}
        self.queries: dict[str, Query] = {}
        self.faults: list[Fault] = []
        self.webhook: Webhook | None = None
        self.allowed: tuple[str, ...] = DEFAULT_TYPES
        self.commands: list[dict[str, str]] = []
        self.calls: list[tuple[str, int | None]] = []
        self.actions: defaultdict[str, int] = defaultdict(int)
        self.poller = 0
        self.closed = False
        self.changes = 0
        """Grows with everything that somebody may wait for."""
        # Above what an earlier run on the same database has seen: numbers never come back.
        self._update_ids = itertools.count(int(clock()) * 10 % 2_000_000_000)
        self._message_ids = itertools.count(1)
        self._revs = itertools.count(1)
        self._waiters: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def resume(self, token: str, chats: Mapping[int, Chat], updates: Mapping[int, Mapping[str, Any]]) -> None:
        """Go on from an earlier run: its chats, and what the bot had not fetched; open pages notice nothing."""
        with self.lock:
            self.token, self.chats = token, dict(chats)
            self.updates = {number: dict(update) for number, update in updates.items()}
            said = [message for chat in self.chats.values() for message in chat.messages.values()]
            self._message_ids = itertools.count(max((one.id for one in said), default=0) + 1)
            # Notices are not kept, and they were counted too: well above whatever a page has seen.
            self._revs = itertools.count(max((one.rev for one in said), default=0) + _NOTICES)
            last = max(self.updates, default=0)
            self._update_ids = itertools.count(max(last + 1, int(self.clock()) * 10 % 2_000_000_000))

    # --- waiting -------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Nobody waits any longer: the server is about to stop."""
        self.closed = True
        self.touch()

    def touch(self) -> None:
        """Wake whoever waits for something to change."""
        self.changes += 1
        for loop, event in tuple(self._waiters):
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)

    @contextmanager
    def _waiting(self) -> Iterator[asyncio.Event]:
        event = asyncio.Event()
        waiter = (asyncio.get_running_loop(), event)
        self._waiters.add(waiter)
        try:
            yield event
        finally:
            self._waiters.discard(waiter)

    async def until(self, ready: Callable[[], bool], limit: float) -> bool:
        """Wait until `ready()`, at most `limit` seconds; whether it is."""
        deadline = time.monotonic() + limit
        with self._waiting() as event:
            while not ready():
                left = deadline - time.monotonic()
                if left <= 0 or self.closed:
                    return False
                event.clear()
                try:
                    async with asyncio.timeout(left):
                        await event.wait()
                except TimeoutError:
                    return ready()
        return True

    # --- chats ---------------------------------------------------------------------------------------------------

    def chat(self, number: int) -> Chat:
        """The conversation of person `number`, made on first use."""
        with self.lock:
            return self.chats.setdefault(number, Chat(number, f"Personne {number}"))

    def group(self, number: int, name: str = "Un groupe") -> Chat:
        """A group, made on first use; its number is negative."""
        with self.lock:
            return self.chats.setdefault(number, Chat(number, name, "supergroup"))

    def reachable(self, number: int) -> Chat:
        """The chat the bot may write to; raises what Telegram answers otherwise."""
        chat = self.chats.get(number)
        if chat is None:
            raise bad("chat not found")
        if chat.blocked:
            raise blocked()
        if chat.left:
            raise ApiError(403, "Forbidden: bot is not a member of the supergroup chat")
        return chat

    def put(self, chat: Chat, **fields: Any) -> Message:
        """A new message of this chat."""
        with self.lock:
            now, rev = self.clock(), next(self._revs)
            message = Message(next(self._message_ids), chat.id, date=int(now), rev=rev, made=now, **fields)
            chat.messages[message.id] = message
            self.touch()
            return message

    def changed(self, message: Message) -> None:
        """Say that a message changed."""
        with self.lock:
            message.rev = next(self._revs)
            self.touch()

    def notice(self, chat: int, text: str) -> None:
        """A pop-up over the conversation."""
        with self.lock:
            self.chat(chat).notices.append((next(self._revs), text))
            self.touch()

    def delete(self, message: Message) -> None:
        """Only that it was there stays."""
        with self.lock:
            message.text = message.html = ""
            message.markup, message.file, message.raw, message.deleted = None, None, {}, True
            self.changed(message)

    def forget(self, number: int, before: float) -> None:
        """Of what was said in this chat before that moment, nothing stays."""
        with self.lock:
            chat = self.chat(number)
            chat.notices.clear()
            for message in chat.messages.values():
                if message.made < before and not message.deleted:
                    self.delete(message)

    # --- updates -------------------------------------------------------------------------------------------------

    def push(self, kind: str, body: Mapping[str, Any], update_id: int | None = None) -> int:
        """Queue an update for the bot; a type it did not ask for is dropped, as Telegram does."""
        with self.lock:
            number = next(self._update_ids) if update_id is None else update_id
            if kind in self.allowed:
                self.updates[number] = {"update_id": number, kind: dict(body)}
                self.touch()
            return number

    def confirm(self, offset: int) -> None:
        """Forget the updates below `offset`; a negative one keeps only that many of the last."""
        with self.lock:
            numbers = sorted(self.updates)
            gone = numbers[:offset] if offset < 0 else [number for number in numbers if number < offset]
            for number in gone:
                del self.updates[number]
            self.changes += bool(gone)

    def waiting(self, limit: int = 100) -> list[dict[str, Any]]:
        """The oldest updates not confirmed."""
        with self.lock:
            return [self.updates[number] for number in sorted(self.updates)[:limit]]

    # --- faults --------------------------------------------------------------------------------------------------

    def fault(self, method: str, chat: int | None) -> Fault | None:
        """The fault that strikes this call, counted down."""
        with self.lock:
            found = next((fault for fault in self.faults if fault.matches(method, chat)), None)
            if found:
                found.count -= 1
            return found
