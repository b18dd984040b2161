"""JSON that nothing in it can stop: what is too deep or too long to be read becomes NaN, and its neighbours are read.

Whoever stores an update sets aside one that holds a NaN (`bot.storage.inbox`), so a reader needs no other sign.
"""

import json
import re
from typing import Any

DEEPEST = 100
"""Levels that are read: an update with a reply to a reply, its entities and a keyboard has about ten."""

_DIGITS = 4_000
"""Python refuses whole numbers much longer than this."""

_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\Z)|[\[{]|[\]}]', re.DOTALL)


def loads(payload: bytes) -> Any:
    """The value; raises ValueError where it is no JSON at all."""
    try:
        return json.loads(_shallow(payload), parse_int=_whole)
    except RecursionError:
        raise ValueError("too deep") from None


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) < _DIGITS else float("nan")


def _shallow(payload: bytes) -> bytes:
    """The same text with whatever lies deeper than DEEPEST replaced."""
    if payload.count(b"[") + payload.count(b"{") <= DEEPEST:
        return payload
    kept: list[bytes] = []
    depth = done = 0
    for found in _TOKEN.finditer(payload):
        sign = found[0][:1]
        if sign in b"[{":
            depth += 1
            if depth == DEEPEST + 1:
                kept += [payload[done : found.start()], b"NaN"]
        elif sign in b"]}":
            depth -= 1
            if depth == DEEPEST:
                done = found.end()
    return b"".join([*kept, payload[done:]]) if depth <= DEEPEST else payload
