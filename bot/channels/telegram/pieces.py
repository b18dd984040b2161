"""What a client cut because it was too long is one message again; pure.

Telegram's clients send a text of 9,000 characters as three messages, and say so nowhere: a text that fills a message is
followed at once by another. Put together before they are stored, they get one answer.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.telegram.intake import chat_of, update_id_of

FULL = 3_900
"""A client cuts at 4,096 characters, a little before when it finds a space."""

PIECES = 3
_TOGETHER = 3
"""Seconds between two pieces, as their dates say."""


def joined(raws: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The same updates in order: of pieces, the first has the whole text, and the next ones are bare numbers."""
    found: list[Mapping[str, Any]] = []
    heads: dict[int | None, tuple[int, int, Mapping[str, Any]]] = {}
    for raw in raws:
        chat, head = chat_of(raw), heads.get(chat_of(raw))
        if head and chat is not None and head[1] < PIECES and _follows(head[2], raw):
            at, count, _ = head
            found[at] = _with(found[at], raw["message"]["text"])
            found.append({"update_id": update_id_of(raw)})
            heads[chat] = (at, count + 1, raw)
        else:
            heads[chat] = (len(found), 1, raw)
            found.append(raw)
    return found


def unfinished(raws: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the last that somebody wrote is full: the rest may be under way."""
    last = {chat_of(raw): raw for raw in raws}
    return any(_full(raw) for chat, raw in last.items() if chat is not None)


def _plain(raw: Mapping[str, Any]) -> str:
    message = raw.get("message")
    text = message.get("text") if isinstance(message, Mapping) else None
    return text if isinstance(text, str) else ""


def _full(raw: Mapping[str, Any]) -> bool:
    return len(_plain(raw)) >= FULL


def _follows(before: Mapping[str, Any], raw: Mapping[str, Any]) -> bool:
    if not _full(before) or not _plain(raw) or _plain(raw).startswith("/"):
        return False
    first, second = (one["message"].get("date") for one in (before, raw))
    if not isinstance(first, int) or not isinstance(second, int):
        return True
    return 0 <= second - first <= _TOGETHER


def _with(raw: Mapping[str, Any], text: str) -> Mapping[str, Any]:
    return {**raw, "message": {**raw["message"], "text": raw["message"]["text"] + text}}
