"""The outbox: replies wait here, in order per chat, until the channel has taken them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Min, Q, QuerySet

from bot.domain.message import Attachment, Button, Reply
from bot.storage.connection import patient, writing
from bot.storage.lease import dead, me
from bot.storage.models import Outgoing

Etat = Outgoing.Etat

CLAIM = timedelta(seconds=30)
"""A reply being sent is nobody else's for so long; whoever sends renews it well before, and a slow call lasts 20 s."""

AHEAD = timedelta(seconds=30)
"""How far the clocks of two processes may be apart, the time a question waits for its turn included."""

LOOKED_AT = 5
"""Delivered replies among which the last keyboard is looked for."""

_FREE = {"claimed_by": "", "claimed_until": None}


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
    closed: tuple[Mapping[str, Any], ...] = ()
    """Keyboards that this reply answers: `message_id`, the `rows` that stay, and where known `text` and `chosen`."""


def reply_body(
    reply: Reply,
    *,
    callback: str | None = None,
    message_id: int | None = None,
    closed: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """The stored form of a reply; `message_id` is the message whose button was pressed."""
    told = {"closed": list(closed)} if closed else {}
    return {"kind": "reply", "reply": asdict(reply), "callback": callback, "message_id": message_id} | told


def last_keyboard(chat: int) -> Mapping[str, Any] | None:
    """The last message of this chat whose question still shows its buttons, and which of them stay."""
    rows = Outgoing.objects.filter(chat=chat, etat=Etat.REMIS).order_by("-id").values_list("body", flat=True)
    return next((body["clavier"] for body in rows[:LOOKED_AT] if body.get("clavier")), None)


def reply_of(data: Mapping[str, Any]) -> Reply:
    """The reply that `reply_body` stored."""
    attachment = data.get("attachment")
    return Reply(
        text=data.get("text", ""),
        buttons=tuple(tuple(Button(**button) for button in row) for row in data.get("buttons", ())),
        notice=data.get("notice", ""),
        edit=data.get("edit"),
        closes=data.get("closes", False),
        chosen=data.get("chosen", ""),
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
def due(now: datetime, limit: int, *, holder: str = "") -> list[OutgoingItem]:
    """What this process is to deliver now, claimed: the first undelivered item of each chat, oldest first.

    A chat whose first item must wait (`not_before`), or is being sent by another process, waits with it, so that order
    holds; other chats go on. A claim ends with CLAIM unless it is renewed, and at once where its process of this
    machine is dead: a message sent twice cannot be taken back.
    """
    who = holder or me()
    if limit < 1 or not _free(now).exists():
        return []
    with writing():
        rows = _free(now).select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        taken = list(rows.order_by("id")[:limit])
        Outgoing.objects.filter(id__in=[row.id for row in taken]).update(claimed_by=who, claimed_until=now + CLAIM)
    return [_item(row) for row in taken]


def _free(now: datetime) -> QuerySet:
    """The heads of chats that nobody is sending."""
    waiting = Outgoing.objects.filter(etat=Etat.A_ENVOYER)
    heads = waiting.values("chat").annotate(first=Min("id")).values("first")
    # Further ahead than any living clock writes: written by one that was wrong. A claim taken while this question was on its
    # way, or by a machine a little ahead, is no such thing.
    claimed = Q(claimed_until__gt=now, claimed_until__lte=now + CLAIM + AHEAD)
    holders = waiting.filter(claimed).order_by().values_list("claimed_by", flat=True).distinct()
    # Asked for first, so the dead are what is listed: a process that claims meanwhile is none of them.
    gone = [one for one in holders if dead(one)]
    ready = Q(not_before__isnull=True) | Q(not_before__lte=now)
    return waiting.filter(ready, id__in=heads).exclude(claimed & ~Q(claimed_by__in=gone))


@patient
def renew(items: Collection[int], now: datetime, *, holder: str = "") -> set[int]:
    """These are still being sent: their claims go on; those that are no longer ours are left out."""
    mine = Outgoing.objects.filter(id__in=list(items), etat=Etat.A_ENVOYER, claimed_by=holder or me())
    with writing():
        kept = set(mine.values_list("id", flat=True))
        mine.update(claimed_until=now + CLAIM)
    return kept


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
        tuple(body.get("closed", ())),
    )


@patient
def delivered(item: int, now: datetime, keyboard: Mapping[str, Any] | None = None) -> None:
    """Taken by the channel: its content is emptied; of a question, where its buttons are is kept until it is answered.

    A process that was frozen after its call may come second: what another has recorded meanwhile stays.
    """
    body = {"clavier": dict(keyboard)} if keyboard else {}
    with writing():
        Outgoing.objects.filter(id=item).exclude(etat=Etat.REMIS).update(
            etat=Etat.REMIS, delivered_at=now, body=body, error="", not_before=None, **_FREE
        )


@patient
def retry(item: int, not_before: datetime, error: str) -> None:
    """Not taken this time: nothing of this chat is tried before `not_before`."""
    waiting = Outgoing.objects.filter(id=item, etat=Etat.A_ENVOYER)
    with writing():
        waiting.update(not_before=not_before, error=error[:200], attempts=F("attempts") + 1, **_FREE)


@patient
def refused(item: int, error: str, now: datetime) -> None:
    """Never to be taken (the person blocked the bot…): kept, marked "non remis", no longer tried."""
    waiting = Outgoing.objects.filter(id=item, etat=Etat.A_ENVOYER)
    with writing():
        waiting.update(etat=Etat.NON_REMIS, delivered_at=now, error=error[:200], attempts=F("attempts") + 1, **_FREE)


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
