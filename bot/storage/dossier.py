"""What the house knows of a person besides the session."""

from bot.domain.turn import Dossier, Handoff
from bot.storage.models import HandoffRow
from bot.storage.records import PARIS
from bot.storage.stores import DjangoDemandeStore


def open_handoff(chat: int) -> HandoffRow | None:
    """The conversation's hand-off that is not closed, or None."""
    return HandoffRow.objects.filter(chat=chat, closed_at__isnull=True).order_by("-opened_at").first()


def dossier_of(chat: int) -> Dossier:
    """The sent demandes, oldest first, and the hand-off in progress."""
    row = open_handoff(chat)
    handoff = Handoff(row.organisme, row.opened_at.astimezone(PARIS), row.taken_at is not None) if row else None
    return Dossier(tuple(DjangoDemandeStore().of_chat(chat)), handoff)
