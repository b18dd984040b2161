"""A model that is elsewhere: its requests written to a file, its replies read from another, by the request's hash."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.errors import InputError
from bot.llm.request import Request


class Correspondence:
    """The `Consulted` port over two files; a request without a reply is answered by nobody, and written once."""

    def __init__(self, prompts: Path | None, replies: Path | None) -> None:
        """Start `prompts` empty and read `replies` whole; raises InputError naming the file and the line."""
        self._prompts = prompts
        self._written: set[str] = set()
        self._replies = _read(replies) if replies else {}
        self.answered = self.missing = 0
        if prompts:
            _start(prompts)

    def ask(self, request: Request) -> Mapping[str, Any] | None:
        """The reply in the file, or None once the request is written."""
        found = self._replies.get(request.hash)
        if found is not None:
            self.answered += 1
            return found
        self.missing += 1
        if self._prompts and request.hash not in self._written:
            self._written.add(request.hash)
            with self._prompts.open("a", encoding="utf-8") as file:
                file.write(json.dumps(_told(request), ensure_ascii=False) + "\n")
        return None


def _told(request: Request) -> dict[str, Any]:
    """One line of the file: everything that a model needs to see, exactly."""
    messages = [{"role": "system", "content": request.system}, {"role": "user", "content": request.user}]
    return {"hash": request.hash, "task": request.task, "messages": messages, "schema": request.schema}


def _start(prompts: Path) -> None:
    try:
        prompts.write_text("", encoding="utf-8")
    except OSError as error:
        raise InputError(f"--prompts {prompts}: cannot be written ({error.strerror})") from None


def _read(replies: Path) -> dict[str, Mapping[str, Any]]:
    """Replies by hash: `{"hash": …, "reply": {…}}` a line; a reply written as text is read as JSON, or as no reply."""
    try:
        lines = replies.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"--replies {replies}: cannot be read ({type(error).__name__})") from None
    found: dict[str, Mapping[str, Any]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            name, reply = record["hash"], record["reply"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise InputError(f"--replies {replies}:{number}: a line is {{hash, reply}}") from None
        found[str(name)] = _as_object(reply)
    return found


def _as_object(reply: object) -> Mapping[str, Any]:
    """What is no object is kept as an empty one: the checks then refuse it like any other bad reply."""
    if isinstance(reply, str):
        try:
            reply = json.loads(reply)
        except (ValueError, RecursionError):
            return {}
    return reply if isinstance(reply, Mapping) else {}
