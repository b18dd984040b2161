"""The stores of the house on Django: sessions, and demandes whose events are only ever added."""

from collections.abc import Callable, Sequence
from uuid import UUID

from bot.domain.demande import Demande
from bot.domain.session import Session, session_from_json, session_to_json
from bot.errors import ConflictError
from bot.storage.connection import lock_chat, writing
from bot.storage.models import DemandeRow, EvenementRow, SessionRow
from bot.storage.records import columns, demande_of, event_row


class DjangoSessionStore:
    """The `SessionStore` port: one row a chat."""

    def load(self, chat: int) -> Session | None:
        """The stored session, or None."""
        row = SessionRow.objects.filter(chat=chat).only("body").first()
        return session_from_json(row.body) if row else None

    def save(self, session: Session) -> None:
        """Create or replace."""
        values = {"body": session_to_json(session), "updated_at": session.updated_at}
        if not SessionRow.objects.filter(chat=session.chat).update(**values):
            SessionRow.objects.update_or_create(chat=session.chat, defaults=values)

    def delete(self, chat: int) -> None:
        """Forget; nothing happens where there is none."""
        SessionRow.objects.filter(chat=chat).delete()


class DjangoDemandeStore:
    """The `DemandeStore` port: search columns are copied when a demande is saved."""

    def add(self, demande: Demande) -> bool:
        """Store; False where this id is already stored (nothing changes).

        A `numero` that another demande already bears gets a suffix: the id is what is unique.
        """
        identifier = UUID(demande.id)
        with writing():
            row, created = DemandeRow.objects.get_or_create(
                id=identifier, defaults={**columns(demande), "numero": _free(demande.numero, identifier)}
            )
            if created:
                EvenementRow.objects.bulk_create(event_row(one, row.id) for one in demande.evenements)
        return bool(created)

    def get(self, demande_id: str) -> Demande | None:
        """One, with its events; None for anything that is not the id of one."""
        row = DemandeRow.objects.filter(id=_uuid(demande_id)).prefetch_related("evenements").first()
        return _with_events(row) if row else None

    def save(self, demande: Demande) -> None:
        """Replace the fields and append the events that are not stored yet.

        Raises ConflictError, and writes nothing, where the stored events are not the first ones of `demande`:
        somebody else acted on it since it was read.
        """
        with writing():
            lock_demande(demande.id)
            row = DemandeRow.objects.filter(id=_uuid(demande.id)).first()
            if row is None:
                raise ConflictError(f"{demande.numero} is no longer stored")
            known = _with_events(row).evenements
            if demande.evenements[: len(known)] != known:
                raise ConflictError(f"{demande.numero} was changed meanwhile")
            DemandeRow.objects.filter(id=row.id).update(**columns(demande))
            new = demande.evenements[len(known) :]
            EvenementRow.objects.bulk_create(event_row(one, row.id) for one in new)

    def change(self, demande_id: str, act: Callable[[Demande], Demande]) -> Demande:
        """Read one under lock, apply `act` (one of casework), save; raises ConflictError where it is gone."""
        with writing():
            lock_demande(demande_id)
            known = self.get(demande_id)
            if known is None:
                raise ConflictError(f"{demande_id} is not stored")
            after = act(known)
            if after != known:
                self.save(after)
        return after

    def of_chat(self, chat: int) -> Sequence[Demande]:
        """All of one person, oldest first."""
        rows = DemandeRow.objects.filter(chat=chat).order_by("envoyee_le", "id").prefetch_related("evenements")
        return [_with_events(row) for row in rows]

    def of_organisme(self, organisme: str) -> Sequence[Demande]:
        """All of one body, newest first."""
        rows = DemandeRow.objects.filter(organisme=organisme).order_by("-envoyee_le", "-id")
        return [_with_events(row) for row in rows.prefetch_related("evenements")]

    def delete(self, demande_id: str) -> None:
        """Erase, events included; nothing happens where there is none."""
        DemandeRow.objects.filter(id=_uuid(demande_id)).delete()


def lock_demande(demande_id: str) -> None:
    """Hold a demande until the transaction ends: its chat first, as a turn does, so that nobody waits in a circle."""
    chat = DemandeRow.objects.filter(id=_uuid(demande_id)).values_list("chat", flat=True).first()
    if chat is not None:
        lock_chat(chat)
        DemandeRow.objects.select_for_update().filter(id=_uuid(demande_id)).first()


def _with_events(row: DemandeRow) -> Demande:
    return demande_of(row, row.evenements.all())


def _uuid(text: str) -> UUID:
    """The id, or one that nobody bears where the text is no id."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _free(numero: str, identifier: UUID) -> str:
    number, tries = numero, 1
    while DemandeRow.objects.filter(numero=number).exclude(id=identifier).exists():
        tries += 1
        number = f"{numero}-{tries}"
    return number
