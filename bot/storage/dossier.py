"""What the house knows of a person besides the session."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.domain.demande import Demande
from bot.domain.turn import Dossier, Handoff
from bot.storage.models import DemandeRow, HandoffRow
from bot.storage.records import PARIS, demande_of
from bot.storage.stores import DjangoDemandeStore


def open_handoff(chat: int) -> HandoffRow | None:
    """The conversation's hand-off that is not closed, or None."""
    return HandoffRow.objects.filter(chat=chat, closed_at__isnull=True).order_by("-opened_at").first()


def dossier_of(chat: int) -> Dossier:
    """The sent demandes, oldest first, and the hand-off in progress."""
    return Dossier(tuple(DjangoDemandeStore().of_chat(chat)), _handoff(open_handoff(chat)))


def dossiers_of(chats: Sequence[int]) -> Mapping[int, Dossier]:
    """The same for many at once, in as many queries as for one."""
    sent: dict[int, list[Demande]] = defaultdict(list)
    rows = DemandeRow.objects.filter(chat__in=chats).order_by("envoyee_le", "id").prefetch_related("evenements")
    for row in rows:
        sent[row.chat].append(demande_of(row, row.evenements.all()))
    held = HandoffRow.objects.filter(chat__in=chats, closed_at__isnull=True).order_by("opened_at")
    handoffs = {row.chat: row for row in held}
    return {chat: Dossier(tuple(sent[chat]), _handoff(handoffs.get(chat))) for chat in chats}


def _handoff(row: HandoffRow | None) -> Handoff | None:
    return Handoff(row.organisme, row.opened_at.astimezone(PARIS), row.taken_at is not None) if row else None
