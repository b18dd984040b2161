"""What the house knows of a person besides the session."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.domain.demande import Demande
from bot.domain.turn import Dossier, Handoff
from bot.storage.models import DemandeRow, HandoffRow
from bot.storage.records import PARIS, demande_of


def dossier_of(chat: int) -> Dossier:
    """The sent demandes, oldest first, and the hand-off in progress."""
    return dossiers_of([chat])[chat]


def dossiers_of(chats: Sequence[int]) -> Mapping[int, Dossier]:
    """The same for many at once, in as many queries as for one."""
    sent: dict[int, list[Demande]] = defaultdict(list)
    told: dict[int, set[str]] = defaultdict(set)
    rows = DemandeRow.objects.filter(chat__in=chats).order_by("envoyee_le", "id").prefetch_related("evenements")
    for row in rows:
        sent[row.chat].append(demande_of(row, row.evenements.all()))
        if row.prevenu_at is not None:
            told[row.chat].add(str(row.id))
    # An alert is on the desk alone: the person goes on with the bot.
    held = HandoffRow.objects.filter(chat__in=chats, closed_at__isnull=True).order_by("opened_at")
    handoffs = {row.chat: row for row in held.exclude(origine=HandoffRow.Origine.ALERTE)}
    return {
        chat: Dossier(tuple(sent[chat]), _handoff(handoffs.get(chat)), frozenset(told.get(chat, ()))) for chat in chats
    }


def _handoff(row: HandoffRow | None) -> Handoff | None:
    if row is None:
        return None
    until = row.jusqu_a.astimezone(PARIS) if row.jusqu_a else None
    told = row.prevenu_at or (row.danger_vu_at if row.danger else row.taken_at)
    return Handoff(row.organisme, row.opened_at.astimezone(PARIS), row.taken_at is not None, until, told is not None)
