"""The sandbox's memory in the demo's database: its chats outlive a restart, as Telegram's do.

Unlike Telegram, it forgets a chat when the bot does: whoever asks for everything to be erased sees it gone.
"""

import base64
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection

from bot.sandbox.world import Chat, File, Message, World
from bot.storage import simulated

EVERY_SECONDS = 1.0
"""How often what changed is written; what a kill loses."""

_NOBODYS = 0
"""Where the world's own name and the updates that wait are kept; no person has this number."""

_log = logging.getLogger(__name__)


class Kept:
    """The chats in the database, and the world that they make."""

    def __init__(self) -> None:
        self._written = 0
        self._told: dict[int, str] = {}
        self._forgotten = simulated.forgotten()

    def open(self, former: Path | None = None) -> World:
        """The world as it was left; a new one where there is none, or none that can be read.

        `former`: the file where an earlier version kept it; read once more, then gone.
        """
        world = World()
        try:
            if former is not None and former.is_file():
                told = json.loads(former.read_text("utf-8"))
                _resume(world, told["token"], told["chats"], told["updates"])
                world.touch()
                self.save(world)
                if self._written:
                    former.unlink()
                return world
            chats = simulated.kept()
            if own := chats.pop(_NOBODYS, None):
                _resume(world, own["token"], [body for body in chats.values() if body], own["updates"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            _log.warning("the chats of the former demo are not read again: %s", type(error).__name__)
            return World()
        self._written = world.changes
        return world

    def save(self, world: World) -> None:
        """Forget what was erased, then write what changed since; a full disk costs the chats, never the demo."""
        try:
            self._forget(world)
            with world.lock:
                if world.changes == self._written:
                    return
                told, changes = {number: json.dumps(body) for number, body in _told(world).items()}, world.changes
            new = {number: json.loads(body) for number, body in told.items() if body != self._told.get(number)}
            simulated.keep(new, self._forgotten)
        except DatabaseError as error:
            _log.warning("the chats of this demo are not kept: %s", type(error).__name__)
        else:
            self._told, self._written = told, changes

    def _forget(self, world: World) -> None:
        now = simulated.forgotten()
        for chat, until in now.items():
            if self._forgotten.get(chat) != until:
                world.forget(chat, until.timestamp())
                self._told.pop(chat, None)
        self._forgotten = now

    @contextmanager
    def following(self, world: World) -> Iterator[None]:
        """While inside, what changes is written every second; at the end, what is left."""
        over = threading.Event()

        def follow() -> None:
            while not over.wait(EVERY_SECONDS):
                self.save(world)
            connection.close()

        thread = threading.Thread(target=follow, name="chats", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join(10)
            self.save(world)


def _told(world: World) -> dict[int, dict[str, Any]]:
    chats = {
        chat.id: {"id": chat.id, "name": chat.name, "type": chat.type, "blocked": chat.blocked, "left": chat.left,
                  "messages": [_message(one) for one in chat.messages.values()]}
        for chat in world.chats.values() if chat.id != _NOBODYS
    }  # fmt: skip
    return {_NOBODYS: {"token": world.token, "updates": list(world.updates.values())}} | chats


def _message(message: Message) -> dict[str, Any]:
    told = asdict(message)
    if message.file:
        told["file"] = asdict(message.file) | {"content": base64.b64encode(message.file.content).decode()}
    return told


def _resume(world: World, token: str, told: list[dict[str, Any]], updates: list[dict[str, Any]]) -> None:
    known = {one.name for one in fields(Message)}
    chats = {}
    for one in told:
        messages = [Message(**{key: part for key, part in row.items() if key in known}) for row in one.pop("messages")]
        for message in messages:
            message.file = _file(message.file)
        chats[int(one["id"])] = Chat(**one, messages={message.id: message for message in messages})
    world.resume(str(token), chats, {int(one["update_id"]): one for one in updates})


def _file(told: Any) -> File | None:
    return File(**(told | {"content": base64.b64decode(told["content"])})) if told else None
