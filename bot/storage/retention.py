"""What is kept, and until when: each rule counts first, so that a rehearsal and the real thing agree."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from bot import casework
from bot.domain.demande import OUVERTS, Role
from bot.domain.session import Session, session_from_json
from bot.storage import simulated
from bot.storage.connection import writing
from bot.storage.models import DemandeRow, HandoffRow, Lacune, Outgoing, SessionRow, Trace, Update
from bot.storage.stores import DjangoDemandeStore, DjangoSessionStore, lock_demande

DELIVERED_DAYS = 7
"""Handled updates and delivered replies, already empty, are kept that long to recognise a second delivery.

Telegram repeats an update for 24 hours, and renumbers after a week of silence: no number must outlive that.
"""

UNDELIVERED_DAYS = 30
"""What could not be delivered waits that long for the person to come back, then its content goes."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How many of each kind."""

    demandes: int = 0
    conversations: int = 0
    handoffs: int = 0
    updates: int = 0
    replies: int = 0
    lacunes: int = 0

    @property
    def total(self) -> int:
        """Of every kind."""
        return sum(getattr(self, name) for name in self.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days: drafts and questions, then closed demandes."""

    brouillon_jours: int
    close_jours: int

    def purge(self, now: datetime, *, dry_run: bool = False) -> Purged:
        """Erase what has been kept long enough; with `dry_run`, only count. A trace says how many demandes went."""
        gone = Purged(
            demandes=self._demandes(now, dry_run=dry_run),
            conversations=self._conversations(now, dry_run=dry_run),
            handoffs=_delete(self._handoffs(now), dry_run=dry_run),
            updates=_delete(_updates(now), dry_run=dry_run),
            replies=_delete(_replies(now), dry_run=dry_run) + _emptied(now, dry_run=dry_run),
            lacunes=_delete(self._lacunes(now), dry_run=dry_run),
        )
        if gone.demandes and not dry_run:
            Trace.objects.create(at=now, quoi="purge", auteur=Role.SYSTEME, nombre=gone.demandes)
        return gone

    def _demandes(self, now: datetime, *, dry_run: bool) -> int:
        old = DemandeRow.objects.filter(envoyee_le__lt=now - timedelta(days=self.close_jours))
        return sum(self._demande(str(one), now, dry_run=dry_run) for one in list(old.values_list("id", flat=True)))

    def _demande(self, identifier: str, now: datetime, *, dry_run: bool) -> bool:
        store = DjangoDemandeStore()
        with writing():
            lock_demande(identifier)
            demande = store.get(identifier)
            if demande is None or not casework.expired(demande, now=now, close_jours=self.close_jours):
                return False
            if not dry_run:
                store.delete(identifier)
        return True

    def _conversations(self, now: datetime, *, dry_run: bool) -> int:
        """Idle conversations forget all but their version, which keeps old buttons inert; later they go entirely.

        A person whose demande is still open keeps theirs (consent to reminders, what was sent).
        """
        open_chats = DemandeRow.objects.filter(statut__in=[statut.value for statut in OUVERTS]).values("chat")
        idle = SessionRow.objects.exclude(chat__in=open_chats)
        gone = _delete(idle.filter(updated_at__lt=now - timedelta(days=self.close_jours)), dry_run=dry_run)
        quiet = idle.filter(updated_at__lt=now - timedelta(days=self.brouillon_jours))
        for row in quiet.iterator(chunk_size=500):
            session = session_from_json(row.body)
            bare = Session(chat=session.chat, version=session.version, updated_at=session.updated_at)
            if session == bare:
                continue
            gone += 1
            if not dry_run:
                DjangoSessionStore().save(bare)
                simulated.forget(session.chat)
        return gone

    def _handoffs(self, now: datetime) -> QuerySet:
        return HandoffRow.objects.filter(closed_at__lt=now - timedelta(days=self.brouillon_jours))

    def _lacunes(self, now: datetime) -> QuerySet:
        return Lacune.objects.filter(at__lt=now - timedelta(days=self.close_jours))


def _updates(now: datetime) -> QuerySet:
    return Update.objects.filter(done_at__lt=now - timedelta(days=DELIVERED_DAYS))


def _replies(now: datetime) -> QuerySet:
    return Outgoing.objects.filter(etat=Outgoing.Etat.REMIS, delivered_at__lt=now - timedelta(days=DELIVERED_DAYS))


def _emptied(now: datetime, *, dry_run: bool) -> int:
    """Undelivered content goes; the mark "non remis" stays on what a counsellor wrote."""
    old = Outgoing.objects.filter(etat=Outgoing.Etat.NON_REMIS, created_at__lt=now - timedelta(days=UNDELIVERED_DAYS))
    full = old.exclude(body={})
    return int(full.count() if dry_run else full.update(body={}))


def _delete(rows: QuerySet, *, dry_run: bool) -> int:
    number = int(rows.count())
    if number and not dry_run:
        rows.delete()
    return number
