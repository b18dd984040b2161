"""The chats of a demo's simulated Telegram: kept with everything else that is personal, and forgotten with it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models.functions import Now

from bot.storage.connection import patient, writing
from bot.storage.models import SimulatedChat


@patient
def kept() -> dict[int, dict[str, Any]]:
    """What is kept of each chat."""
    return dict(SimulatedChat.objects.values_list("chat", "body"))


@patient
def forgotten() -> dict[int, datetime]:
    """Until when each chat that was erased is forgotten."""
    return dict(SimulatedChat.objects.filter(oublie_a__isnull=False).values_list("chat", "oublie_a"))


@patient
def keep(chats: Mapping[int, Mapping[str, Any]], seen: Mapping[int, datetime]) -> None:
    """Write these chats; one that was erased since `seen` was read stays erased."""
    with writing():
        known = dict(SimulatedChat.objects.filter(pk__in=chats).values_list("chat", "oublie_a"))
        for chat, body in chats.items():
            if known.get(chat) == seen.get(chat):
                SimulatedChat.objects.update_or_create(chat=chat, defaults={"body": body})


def forget(chat: int) -> None:
    """Nothing of what was said in this chat until now stays; the caller holds the transaction."""
    # The database's clock, which is this machine's: the time that turns go by may be a day that was given.
    SimulatedChat.objects.filter(pk=chat).update(body={}, oublie_a=Now())
