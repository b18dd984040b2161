"""The inbox: raw updates, stored before they are acknowledged, emptied once they are handled."""

import logging
import math
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError
from django.db.models import Max, Min, TextField
from django.db.models.functions import Cast, Length

from bot.storage.connection import patient, writing
from bot.storage.models import Update

DEEPEST = 64
"""Levels of an update that are stored: one that a person makes has about ten."""

ASIDE = "set aside"
"""How the trace of an update that could not be stored begins."""

LONG_PAYLOAD = 2_500
"""Characters of an update that carries a long text: some two thousand written, where most people write fifty."""

_LONGEST_INTEGER = 10**18

_log = logging.getLogger(__name__)


def receive(raw: Mapping[str, Any], *, chat: int | None, now: datetime) -> bool:
    """Store a raw update; False where this `update_id` is already known. Nobody to talk to (`chat` None): done at once.

    Once this has returned, the update survives anything: it may be acknowledged. One that cannot be stored is set
    aside: its number, its reason and its size stay, and nobody behind it waits. Raises only where the database is out
    of reach.
    """
    number, reason = int(raw["update_id"]), unfit(raw)
    if not reason:
        try:
            press = isinstance(raw.get("callback_query"), Mapping)
            return _stored(number, clean(raw) if chat is not None else {}, chat=chat, now=now, press=press)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            reason = type(error).__name__
    _log.error("update %d set aside: %s, %d parts", number, reason, _parts(raw))
    return _stored(number, {}, chat=None, now=now, error=f"{ASIDE}: {reason}, {_parts(raw)} parts"[:200])


@patient
def _stored(
    number: int, payload: Any, *, chat: int | None, now: datetime, error: str = "", press: bool = False
) -> bool:
    values = {"chat": chat, "payload": payload, "received_at": now, "error": error, "press": press}
    if chat is None:
        values["done_at"] = now
    with writing():
        _, created = Update.objects.get_or_create(update_id=number, defaults=values)
    return bool(created)


def unfit(raw: Any) -> str:
    """Why no database can hold this: a number that is none, too large or nested too deep; empty where one can."""
    waiting = [(raw, 1)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, float) and not math.isfinite(value):
            return "a number that is not one"
        if isinstance(value, int) and abs(value) > _LONGEST_INTEGER:
            return "a number too large"
        if isinstance(value, Mapping | list | tuple):
            if depth > DEEPEST:
                return "nested too deep"
            inside = value.values() if isinstance(value, Mapping) else value
            waiting += [(one, depth + 1) for one in inside]
    return ""


def _parts(raw: Any) -> int:
    """How many values it is made of: a size that needs no writing out."""
    waiting, count = [raw], 0
    while waiting:
        value = waiting.pop()
        count += 1
        if isinstance(value, Mapping | list | tuple):
            waiting += value.values() if isinstance(value, Mapping) else value
    return count


@patient
def last_update_id() -> int | None:
    """The highest update stored, from which polling goes on; None where none is (or all are a week old).

    Telegram renumbers after a week without updates: the sweeper then has emptied the table.
    """
    found = Update.objects.aggregate(last=Max("update_id"))["last"]
    return int(found) if found is not None else None


@patient
def waiting_chats(limit: int) -> list[int]:
    """The chats with something to handle, the one that has waited longest first."""
    pending = Update.objects.filter(done_at__isnull=True, chat__isnull=False)
    rows = pending.values("chat").annotate(first=Min("update_id")).order_by("first")[:limit]
    return [int(row["chat"]) for row in rows]


@patient
def long_ones(chats: Collection[int]) -> set[int]:
    """Which of these chats wait with a long text."""
    pending = Update.objects.filter(done_at__isnull=True, chat__in=chats, press=False)
    sizes = pending.annotate(size=Length(Cast("payload", TextField())))
    return set(sizes.filter(size__gt=LONG_PAYLOAD).values_list("chat", flat=True))


def clean(value: Any) -> Any:
    """The same JSON without what a database cannot hold: NUL characters and halves of surrogate pairs."""
    if isinstance(value, str):
        text = value.replace("\x00", "")
        return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, Mapping):
        return {clean(str(key)): clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [clean(one) for one in value]
    return value
