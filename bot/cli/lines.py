"""JSON lines in, JSON lines out: the loop every --jsonl command shares."""

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from bot.errors import BotError, InputError


def _record(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError("this line is not JSON: one object a line is expected") from error
    if not isinstance(record, dict):
        raise InputError("this line is not a JSON object")
    return record


def answer_lines(
    handle: Callable[[dict[str, Any]], dict[str, Any]],
    lines: Iterable[str] | None = None,
    out: TextIO | None = None,
) -> None:
    """Answer each line with `handle`; `id` is echoed, and a bad line gets {"id", "error"} and the loop goes on."""
    target = out or sys.stdout
    for line in lines if lines is not None else sys.stdin:
        if not line.strip():
            continue
        identifier: object = None
        try:
            record = _record(line)
            identifier = record.get("id")
            reply = {"id": identifier, **handle(record)}
        except BotError as error:
            reply = {"id": identifier, "error": str(error)}
        target.write(json.dumps(reply, ensure_ascii=False) + "\n")
        target.flush()
