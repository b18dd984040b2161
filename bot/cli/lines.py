"""JSON lines in, JSON lines out: the loop every --jsonl command shares."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from bot.errors import BotError, InputError


def _record(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError("this line is not JSON: one object a line is expected") from error
    if not isinstance(record, dict):
        raise InputError("this line is not a JSON object")
    return record


def _standard_input() -> Iterator[str]:
    """Lines whatever their bytes: what is not UTF-8 is replaced, never fatal."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace")


def _written(reply: dict[str, Any]) -> str:
    """One line; half a surrogate pair, which JSON allows and UTF-8 does not, becomes a question mark."""
    return json.dumps(reply, ensure_ascii=False).encode("utf-8", errors="replace").decode("utf-8")


def answer_lines(
    handle: Callable[[dict[str, Any]], dict[str, Any]],
    lines: Iterable[str] | None = None,
    out: TextIO | None = None,
) -> int:
    """Answer each line with `handle`; `id` is echoed, and a bad line gets {"id", "error"} and the loop goes on.

    Returns the exit status: 2 where there were lines and not one of them could be used, else 0.
    """
    target, answered, refused = out or sys.stdout, 0, 0
    for line in lines if lines is not None else _standard_input():
        if not line.strip():
            continue
        identifier: object = None
        try:
            record = _record(line)
            identifier = record.get("id")
            reply = {"id": identifier, **handle(record)}
            answered += 1
        except BotError as error:
            refused += 1
            reply = {"id": identifier, "error": str(error)}
        except Exception as error:  # one line must never cost the thousand behind it
            refused += 1
            reply = {"id": identifier, "error": f"this line could not be answered ({type(error).__name__})"}
        target.write(_written(reply) + "\n")
        target.flush()
    return 2 if refused and not answered else 0
