"""The inbox: raw updates, stored before they are acknowledged, emptied once they are handled."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max, Min

from bot.storage.connection import patient, writing
from bot.storage.models import Update


@patient
def receive(raw: Mapping[str, Any], *, chat: int | None, now: datetime) -> bool:
    """Store a raw update; False where this `update_id` is already known. Nobody to talk to (`chat` None): done at once.

    Once this has returned, the update survives anything: it may be acknowledged.
    """
    values = {"chat": chat, "payload": clean(raw) if chat is not None else {}, "received_at": now}
    if chat is None:
        values["done_at"] = now
    with writing():
        _, created = Update.objects.get_or_create(update_id=int(raw["update_id"]), defaults=values)
    return bool(created)


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
