"""The thread of a person with a body: who waits for whom, since when, until when, and whether there is danger."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from bot.domain.demande import OUVERTS, Role
from bot.domain.turn import OpenHandoff
from bot.errors import ConflictError
from bot.storage.models import DemandeRow, HandoffRow, RelayedMessage

CHANNEL = timedelta(hours=72)
"""How long a reply to a counsellor's message reaches the desk: a weekend fits in it."""

DANGERS = frozenset({"suicide", "accident", "violence", "enfance", "danger"})
"""The categories of Emergency: other incidents (an IBAN, a diagnosis) put nobody in danger."""

_BEGUN = HandoffRow.Origine


def open_handoff(chat: int) -> HandoffRow | None:
    """The hand-off in which the bot keeps silent, or None; an alert alone silences nobody."""
    held = HandoffRow.objects.filter(chat=chat, closed_at__isnull=True).exclude(origine=_BEGUN.ALERTE)
    return held.order_by("-opened_at").first()


def thread_of(chat: int, organisme: str) -> HandoffRow | None:
    """The one thread of this person with this body, closed or not; the open one first."""
    rows = HandoffRow.objects.filter(chat=chat, organisme=organisme)
    return rows.order_by("-closed_at", "-opened_at").filter(closed_at__isnull=True).first() or (
        rows.order_by("-opened_at").first()
    )


def ask(chat: int, effect: OpenHandoff, at: datetime) -> None:
    """The person asks for somebody: one line in the queue, to which asking again adds urgency and the draft."""
    row = open_handoff(chat) or thread_of(chat, effect.organisme) or HandoffRow(chat=chat, organisme=effect.organisme)
    if row.pk is None or row.closed_at is not None or row.origine == _BEGUN.ALERTE:
        _begin(row, _BEGUN.PERSONNE, at)
        row.pris_par, row.taken_at, row.attend_depuis, row.prevenu_at = "", None, at, None
    row.urgent = row.urgent or effect.urgent
    row.brouillon = dict(effect.brouillon) if effect.brouillon is not None else row.brouillon
    if effect.danger:
        _endanger(row, effect.danger, effect.danger_dit, at)
    row.save()


def _begin(row: HandoffRow, origine: Any, at: datetime) -> None:
    """A thread that begins again keeps its messages and its alarm, never an urgency that is over."""
    if row.closed_at is not None:
        row.urgent, row.danger, row.danger_dit, row.danger_at = False, "", "", None
        row.danger_vu_par, row.danger_vu_at = "", None
    row.opened_at, row.closed_at, row.jusqu_a, row.origine = at, None, None, origine


def _endanger(row: HandoffRow, categorie: str, dit: str, at: datetime) -> None:
    row.urgent, row.danger, row.danger_at = True, categorie[:40], at
    row.danger_dit = dit[:120] or (row.danger_dit if row.danger == categorie else "")
    # Whoever was told of the thread before has not been told of this.
    row.danger_vu_par, row.danger_vu_at, row.prevenu_at = "", None, None


def alarm(chat: int, categorie: str, dit: str, at: datetime) -> None:
    """Words of danger were heard: the thread that is known is marked, and nothing is opened in the person's name.

    Without any hand-off, the body that holds an open demande, or that last spoke with the person, gets an alert. Where
    nobody knows the person, only the count is kept.
    """
    row = open_handoff(chat) or HandoffRow.objects.filter(chat=chat, closed_at__isnull=True).first()
    if row is None:
        body = _body(chat)
        if not body:
            return
        row = thread_of(chat, body) or HandoffRow(chat=chat, organisme=body)
        _begin(row, _BEGUN.ALERTE, at)
        row.pris_par, row.taken_at, row.attend_depuis, row.prevenu_at = "", None, at, None
    _endanger(row, categorie, dit, at)
    row.attend_depuis = row.attend_depuis or at
    row.save()


def _body(chat: int) -> str:
    opened = [statut.value for statut in OUVERTS]
    sent = DemandeRow.objects.filter(chat=chat, statut__in=opened).order_by("-envoyee_le")
    spoken = HandoffRow.objects.filter(chat=chat).order_by("-opened_at")
    found = sent.values_list("organisme", flat=True).first() or spoken.values_list("organisme", flat=True).first()
    return str(found or "")


def heard(chat: int, texte: str, at: datetime) -> None:
    """The person wrote in the hand-off: it waits for us, and stays open until it is answered."""
    row = open_handoff(chat)
    if row is None:
        raise ConflictError("the conversation is no longer held by a counsellor")
    RelayedMessage.objects.create(
        chat=chat, organisme=row.organisme, handoff=row, at=at, auteur=Role.PERSONNE, texte=texte
    )
    HandoffRow.objects.filter(pk=row.pk).update(attend_depuis=row.attend_depuis or at, jusqu_a=None)


def reply_channel(chat: int, organisme: str, auteur: str, at: datetime) -> HandoffRow | None:
    """A counsellor writes: what the person answers comes to this body until CHANNEL is over.

    None where another body holds the conversation: its channel is left alone.
    """
    held = open_handoff(chat)
    if held is not None and held.organisme != organisme:
        return None
    row = held or thread_of(chat, organisme) or HandoffRow(chat=chat, organisme=organisme)
    if row.pk is None or row.closed_at is not None or row.origine == _BEGUN.ALERTE:
        _begin(row, _BEGUN.BUREAU, at)
        row.pris_par, row.taken_at = auteur, at
    row.pris_par, row.taken_at = row.pris_par or auteur, row.taken_at or at
    row.attend_depuis, row.jusqu_a, row.prevenu_at = None, at + CHANNEL, row.prevenu_at or at
    row.save()
    return row


def close(chat: int, at: datetime) -> None:
    """The bot answers again; an alert that nobody has read stays on the desk."""
    HandoffRow.objects.filter(chat=chat, closed_at__isnull=True).exclude(origine=_BEGUN.ALERTE).update(
        closed_at=at, attend_depuis=None, jusqu_a=None
    )


def over(now: datetime) -> Iterable[Any]:
    """The chats whose channel is over: nobody wrote back, and nobody waits for us."""
    late = HandoffRow.objects.filter(closed_at__isnull=True, attend_depuis__isnull=True, jusqu_a__lte=now)
    return list(late.values_list("chat", flat=True))
