"""A conversation as it is stored: read it, hold it, write what a turn makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from bot.domain.message import Reply
from bot.domain.session import Session
from bot.domain.turn import Dossier, Turn
from bot.storage import effects, outbox
from bot.storage.connection import lock_chat
from bot.storage.dossier import dossier_of
from bot.storage.models import DemandeRow, Outgoing
from bot.storage.stores import DjangoSessionStore


@dataclass(frozen=True, slots=True)
class Held:
    """What one turn looks at: the session and the dossier, as they were read."""

    session: Session
    dossier: Dossier


def read(chat: int) -> Held:
    """The state of a conversation now; a new one where nobody has written yet."""
    return Held(DjangoSessionStore().load(chat) or Session(chat=chat), dossier_of(chat))


def hold(chat: int) -> Held:
    """The state of a conversation, held until the transaction ends: nobody else changes it meanwhile."""
    lock_chat(chat)
    if connection.features.has_select_for_update:
        list(DemandeRow.objects.select_for_update().filter(chat=chat).values_list("id"))
    return read(chat)


def keep(
    held: Held,
    turn: Turn,
    *,
    at: datetime,
    callback: str | None = None,
    under: Mapping[str, Any] | None = None,
    about: str = "",
    not_before: datetime | None = None,
) -> list[Outgoing]:
    """Write a turn, inside the caller's transaction: effects, then the session, then the replies, which are returned.

    The first reply answers the button press `callback`, made under the message `under`; `about` is the demande that
    the replies speak of on behalf of the desk, and `not_before` the moment until which they wait.
    """
    chat = held.session.chat
    effects.apply(turn.effects, chat=chat, at=at)
    if turn.session != held.session:
        DjangoSessionStore().save(turn.session)
    bodies = [
        outbox.reply_body(
            reply,
            callback=None if index else callback,
            message_id=under["message_id"] if under else None,
            closed=_closed(chat, reply, under),
        )
        for index, reply in enumerate(turn.replies)
    ]
    return outbox.put(chat, bodies, now=at, demande=about, not_before=not_before)


def _closed(chat: int, reply: Reply, under: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """The keyboards that this reply answers: the one that was pressed, and the last one shown."""
    if not reply.closes:
        return []
    mine = [dict(under) | {"chosen": reply.chosen}] if under and under.get("rows") is not None else []
    last = outbox.last_keyboard(chat)
    shown = [last] if last and all(last["message_id"] != one["message_id"] for one in mine) else []
    return [*mine, *shown]
