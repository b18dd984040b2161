"""The outbox: replies wait here, in order per chat, until the channel has taken them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Min, Q

from bot.domain.message import Attachment, Button, Reply
from bot.storage.connection import patient, writing
from bot.storage.lease import holds
from bot.storage.models import Outgoing

Etat = Outgoing.Etat


@dataclass(frozen=True, slots=True)
class OutgoingItem:
    """One thing to do in a chat. `kind` is `reply` (with its Reply), `delete` (a message_id) or `leave` (the group).

    `callback` is the button press that the reply answers; `attempts` counts the failures so far.
    """

    id: int
    chat: int
    kind: str
    created_at: datetime
    reply: Reply | None = None
    callback: str | None = None
    message_id: int | None = None
    attempts: int = 0


def reply_body(reply: Reply, *, callback: str | None = None, message_id: int | None = None) -> dict[str, Any]:
    """The stored form of a reply; `message_id` is the message whose button was pressed."""
    return {"kind": "reply", "reply": asdict(reply), "callback": callback, "message_id": message_id}


def reply_of(data: Mapping[str, Any]) -> Reply:
    """The reply that `reply_body` stored."""
    attachment = data.get("attachment")
    return Reply(
        text=data.get("text", ""),
        buttons=tuple(tuple(Button(**button) for button in row) for row in data.get("buttons", ())),
        notice=data.get("notice", ""),
        edit=data.get("edit"),
        attachment=Attachment(**attachment) if attachment else None,
    )


def put(
    chat: int,
    bodies: Iterable[Mapping[str, Any]],
    *,
    now: datetime,
    demande: str = "",
    not_before: datetime | None = None,
) -> list[Outgoing]:
    """Queue these bodies behind what waits for this chat, inside the caller's transaction."""
    return [
        Outgoing.objects.create(chat=chat, body=dict(body), created_at=now, demande=demande, not_before=not_before)
        for body in bodies
    ]


@patient
def due(now: datetime, limit: int) -> list[OutgoingItem]:
    """What may be delivered now: the first undelivered item of each chat, oldest first.

    A chat whose first item must wait (`not_before`) waits with it, so that order holds; other chats go on.
    Nothing is due to a second process while the first one lives: a message sent twice cannot be taken back.
    """
    if not holds("sender", now):
        return []
    waiting = Outgoing.objects.filter(etat=Etat.A_ENVOYER)
    heads = waiting.values("chat").annotate(first=Min("id")).values("first")
    rows = Outgoing.objects.filter(id__in=heads).filter(Q(not_before__isnull=True) | Q(not_before__lte=now))
    return [_item(row) for row in rows.order_by("id")[:limit]]


def _item(row: Outgoing) -> OutgoingItem:
    body = row.body
    reply = reply_of(body["reply"]) if body.get("kind") == "reply" else None
    return OutgoingItem(
        row.id,
        row.chat,
        body["kind"],
        row.created_at,
        reply,
        body.get("callback"),
        body.get("message_id"),
        row.attempts,
    )


@patient
def delivered(item: int, now: datetime) -> None:
    """Taken by the channel: its content is emptied."""
    with writing():
        Outgoing.objects.filter(id=item).update(etat=Etat.REMIS, delivered_at=now, body={}, error="", not_before=None)


@patient
def retry(item: int, not_before: datetime, error: str) -> None:
    """Not taken this time: nothing of this chat is tried before `not_before`."""
    waiting = Outgoing.objects.filter(id=item, etat=Etat.A_ENVOYER)
    with writing():
        waiting.update(not_before=not_before, error=error[:200], attempts=F("attempts") + 1)


@patient
def refused(item: int, error: str, now: datetime) -> None:
    """Never to be taken (the person blocked the bot…): kept, marked "non remis", no longer tried."""
    waiting = Outgoing.objects.filter(id=item, etat=Etat.A_ENVOYER)
    with writing():
        waiting.update(etat=Etat.NON_REMIS, delivered_at=now, error=error[:200], attempts=F("attempts") + 1)


@patient
def back(chat: int, *, since: datetime, everything: bool = True) -> int:
    """The person is reachable again: what counsellors wrote since then, and was refused, waits again; how many.

    Without `everything`, only what was refused because the bot was blocked: the rest would be refused again.
    """
    lost = Outgoing.objects.filter(chat=chat, etat=Etat.NON_REMIS, created_at__gte=since).exclude(body={})
    if not everything:
        lost = lost.filter(Q(error__icontains="403") | Q(error__icontains="blocked"))
    written = list(lost.filter(Q(demande__gt="") | Q(relayedmessage__isnull=False)).values_list("id", flat=True))
    if not written:
        return 0
    again = Outgoing.objects.filter(id__in=written)
    return int(again.update(etat=Etat.A_ENVOYER, delivered_at=None, error="", attempts=0, not_before=None))
