"""The sandbox's memory in one file: a demo's chats outlive a restart, as Telegram's do.

It plays the part of Telegram's own servers: what people wrote stays there when the bot forgets it. Its owner alone can
read the file; where no folder is given, nothing is written anywhere.
"""

import base64
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from bot.sandbox.world import Chat, File, Message, World

EVERY_SECONDS = 1.0
"""How often what changed is written; what a kill loses."""

_FORMAT = 1
_log = logging.getLogger(__name__)


class Kept:
    """One file, and the world that it holds."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._written = 0

    def open(self) -> World:
        """The world as it was left; a new one where there is no file, or none that can be read."""
        world = World()
        try:
            _resume(world, json.loads(self._file.read_text("utf-8")))
        except FileNotFoundError:
            return world
        except (OSError, ValueError, KeyError, TypeError) as error:
            _log.warning("the chats of the former demo are not read again: %s", type(error).__name__)
            return World()
        self._written = world.changes
        return world

    def save(self, world: World) -> None:
        """Write it, whole or not at all, where anything changed since; a full disk costs the chats, never the demo."""
        with world.lock:
            if world.changes == self._written:
                return
            told, changes = json.dumps(_told(world), ensure_ascii=False), world.changes
        aside = self._file.with_suffix(".neuf")
        try:
            aside.touch(mode=0o600)
            aside.write_text(told, "utf-8")
            aside.replace(self._file)
            self._written = changes
        except OSError as error:
            _log.warning("the chats of this demo are not kept: %s", error.strerror or type(error).__name__)
            with suppress(OSError):
                aside.unlink(missing_ok=True)

    @contextmanager
    def following(self, world: World) -> Iterator[None]:
        """While inside, what changes is written every second; at the end, what is left."""
        over = threading.Event()

        def follow() -> None:
            while not over.wait(EVERY_SECONDS):
                self.save(world)

        thread = threading.Thread(target=follow, name="chats", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join(10)
            self.save(world)


def _told(world: World) -> dict[str, Any]:
    chats = [
        {"id": chat.id, "name": chat.name, "type": chat.type, "blocked": chat.blocked, "left": chat.left,
         "messages": [_message(one) for one in chat.messages.values()]}
        for chat in world.chats.values()
    ]  # fmt: skip
    return {"format": _FORMAT, "token": world.token, "chats": chats, "updates": list(world.updates.values())}


def _message(message: Message) -> dict[str, Any]:
    told = asdict(message)
    if message.file:
        told["file"] = asdict(message.file) | {"content": base64.b64encode(message.file.content).decode()}
    return told


def _resume(world: World, told: dict[str, Any]) -> None:
    if told["format"] != _FORMAT:
        raise ValueError("another format")
    known = {one.name for one in fields(Message)}
    chats = {}
    for one in told["chats"]:
        messages = [Message(**{key: part for key, part in row.items() if key in known}) for row in one.pop("messages")]
        for message in messages:
            message.file = _file(message.file)
        chats[int(one["id"])] = Chat(**one, messages={message.id: message for message in messages})
    world.resume(str(told["token"]), chats, {int(one["update_id"]): one for one in told["updates"]})


def _file(told: Any) -> File | None:
    return File(**(told | {"content": base64.b64decode(told["content"])})) if told else None
