"""A person's rights on one demande: everything held about it, or nothing any more, each with a trace."""

from typing import Any

from django.db import transaction

from bot.dashboard.desk import Desk
from bot.dashboard.exports import as_json, event_json
from bot.domain.turn import CounsellorWrote
from bot.storage import simulated
from bot.storage.connection import forget_deleted
from bot.storage.models import HandoffRow, Outgoing, RelayedMessage, Trace
from bot.storage.records import demande_of
from bot.storage.stores import lock_demande


def everything_of(row: Any, user: str, desk: Desk) -> dict[str, Any]:
    """The demande, its whole history with notes (the person may see them), and the messages about it."""
    demande = demande_of(row, row.evenements.all())
    messages = RelayedMessage.objects.filter(demande=row).order_by("at")
    Trace.objects.create(at=desk.clock.now(), quoi="export", auteur=user, nombre=1)
    return as_json(demande) | {
        "evenements": [event_json(event) for event in demande.evenements],
        "messages": [{"le": one.at.isoformat(), "par": one.auteur, "texte": one.texte} for one in messages],
    }


def erase_one(row: Any, user: str, desk: Desk) -> None:
    """Erase the demande, its history and its messages, and say so to the person; a trace without content stays."""
    said = (
        f"Votre demande {row.numero} a été effacée, comme vous l'aviez demandé. Elle ne sera plus traitée. "
        "Si vous n'avez rien demandé, écrivez-le ici."
    )
    with transaction.atomic():
        chat, organisme = row.chat, row.organisme
        lock_demande(str(row.pk))
        transaction.on_commit(forget_deleted)
        Outgoing.objects.filter(demande=str(row.pk)).delete()
        HandoffRow.objects.filter(chat=chat, organisme=organisme, closed_at__isnull=False).delete()
        row.delete()
        simulated.forget(chat)
        Trace.objects.create(at=desk.clock.now(), quoi="effacement", auteur=user, nombre=1)
        desk.notifier.tell(chat, CounsellorWrote(said, organisme))
