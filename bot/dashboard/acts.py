"""Acts on a demande: the pure casework between a lock and a message, in one transaction; undone as long as it waits."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from bot.casework import UNDO, change_status, propose_transfer, undo
from bot.dashboard.desk import PARIS, Desk
from bot.dashboard.models import Retour
from bot.dashboard.shown import STATUTS, author
from bot.domain.demande import CLOS, Demande, Evenement, Role, Statut
from bot.domain.turn import CounsellorWrote, DeskEvent, StatutChanged, TransferAsked
from bot.errors import InputError, TransitionError
from bot.storage.models import DemandeRow, Outgoing, SessionRow
from bot.storage.stores import lock_demande

Change = Callable[[Demande], Demande]
Told = Callable[[Demande], Iterable[DeskEvent]]

_KEPT = ("statut", "organisme", "a_completer", "pris_par", "convention", "rappel_le")
"""The columns that undoing puts back."""


_QUIET = frozenset({"note", "attribuee", "rappel"})


class Moved(InputError):
    """Somebody changed the demande after this page was opened."""


def nobody_told(demande: Demande) -> Iterable[DeskEvent]:  # noqa: ARG001
    """The act stays on the desk."""
    return ()


@dataclass(frozen=True, slots=True)
class Gesture:
    """Who makes a change that can be undone; one gesture may change many demandes."""

    user: str
    role: Role
    lot: UUID = field(default_factory=uuid4)


def act(
    desk: Desk,
    pk: str,
    seen: str | None,
    change: Change,
    told: Told = nobody_told,
    *,
    columns: Mapping[str, Any] | None = None,
    gesture: Gesture | None = None,
) -> Demande:
    """Apply `change` to the demande as it is now, keep it, and tell the person; all or nothing.

    `seen` is the number of events on the page the counsellor acted from: raises Moved, naming who did what, when there
    are more now; None for an act that contradicts nothing that happened meanwhile. `columns` are those of the row that
    no demande holds. With a `gesture`, the person hears of it only after UNDO, and what is needed to go back is kept
    meanwhile.
    """
    with transaction.atomic():
        lock_demande(str(pk))
        demande = desk.store.get(str(pk))
        if demande is None:
            raise Moved("Cette demande n'existe plus.")
        if seen is not None and seen != str(len(demande.evenements)):
            raise Moved(moved(demande, seen, desk))
        changed = change(demande)
        before = _kept(pk) if gesture else {}
        desk.store.save(changed)
        if columns:
            DemandeRow.objects.filter(pk=pk).update(**columns)
        events = list(told(changed))
        if gesture is None:
            for event in events:
                desk.notifier.tell(changed.chat, event)
        else:
            _say_later(desk, changed, events, gesture, before)
    return changed


def _kept(pk: str) -> dict[str, Any]:
    row = DemandeRow.objects.filter(pk=pk).values(*_KEPT).get()
    return row | {"rappel_le": row["rappel_le"].isoformat() if row["rappel_le"] else None}


def _say_later(
    desk: Desk, demande: Demande, events: Iterable[DeskEvent], who: Gesture, before: Mapping[str, Any]
) -> None:
    now = desk.clock.now()
    session = _session(demande.chat)
    for event in events:
        desk.notifier.tell(demande.chat, event, hold_until=now + UNDO)
    after = _session(demande.chat)
    moved = session != after
    values = {
        "lot": who.lot,
        "par": who.user,
        "at": now,
        "avant": dict(before) | {"evenements": len(demande.evenements) - 1},
        "session_avant": session if moved else None,
        "session_apres": after if moved else None,
    }
    Retour.objects.filter(at__lt=now - UNDO).delete()
    Retour.objects.update_or_create(demande=UUID(demande.id), defaults=values)


def _session(chat: int) -> Any:
    return SessionRow.objects.filter(chat=chat).values_list("body", flat=True).first()


def still_seen(demande: Demande, seen: str) -> str:
    """`seen`, brought up to date where what happened since changes no field and no status: a note, a name, a reminder."""
    later = demande.evenements[int(seen) :] if seen.isdecimal() and len(seen) < 6 else ()
    quiet = later and all(event.quoi in _QUIET for event in later)
    return str(len(demande.evenements)) if quiet else seen


def moved(demande: Demande, seen: str, desk: Desk) -> str:
    """Who changed it, when, and into what."""
    known = int(seen) if seen.isdecimal() and len(seen) < 6 else len(demande.evenements)
    new = [event for event in demande.evenements[known:] if event.quoi != "note"] or list(demande.evenements[known:])
    said = f"{_named(new[-1], desk)} " if new else ""
    return f"{said}Cette demande a changé depuis que vous l'avez ouverte. Relisez-la, puis recommencez."


def _named(event: Evenement, desk: Desk) -> str:
    who, when = author(event.auteur, desk.words), f"{event.at.astimezone(PARIS):%H:%M}"
    if event.vers == Statut.PRISE_EN_CHARGE.value:
        return f"Déjà prise par {who} à {when}."
    if event.quoi == "statut" and event.vers in set(Statut):
        return f"Passée à « {STATUTS[Statut(event.vers)]} » par {who} à {when}."
    return f"Changée par {who} à {when}."


def take_back(desk: Desk, lot: UUID, user: str) -> list[Demande]:
    """Undo everything this gesture changed; raises TransitionError where it is too late, and then undoes nothing."""
    with transaction.atomic():
        rows = list(Retour.objects.filter(lot=lot, par=user).order_by("demande"))
        if not rows:
            raise TransitionError("there is nothing to undo")
        return [_put_back(desk, row, user) for row in rows]


def _put_back(desk: Desk, row: Any, user: str) -> Demande:
    pk, kept = str(row.demande), row.avant
    lock_demande(pk)
    demande = desk.store.get(pk)
    if demande is None:
        raise TransitionError("it is no longer stored")
    before = replace(
        demande,
        statut=Statut(kept["statut"]),
        organisme=kept["organisme"],
        a_completer=tuple(kept["a_completer"]),
        evenements=demande.evenements[: kept["evenements"]],
    )
    back = undo(demande, before, auteur=user, at=desk.clock.now())
    desk.store.save(back)
    DemandeRow.objects.filter(pk=pk).update(**{name: kept[name] for name in ("pris_par", "convention", "rappel_le")})
    Outgoing.objects.filter(demande=pk, etat=Outgoing.Etat.A_ENVOYER, not_before=row.at + UNDO).delete()
    if row.session_apres is not None and _session(demande.chat) == row.session_apres:
        sessions = SessionRow.objects.filter(chat=demande.chat)
        sessions.update(body=row.session_avant) if row.session_avant is not None else sessions.delete()
    row.delete()
    return back


def undoable(lot: str, user: str, now: datetime) -> bool:
    """Whether this gesture can still be undone."""
    return bool(lot) and Retour.objects.filter(lot=lot, par=user, at__gte=now - UNDO).exists()


def set_status(
    desk: Desk,
    pk: str,
    seen: str | None,
    vers: Statut,
    who: Gesture,
    *,
    motif: str = "",
    champs: tuple[str, ...] = (),
    convention: str = "",
) -> Demande:
    """Change the status and say so to the person; whoever takes a demande holds it; a reopening says why."""
    columns: dict[str, Any] = {"rappel_le": None}
    if vers is Statut.PRISE_EN_CHARGE:
        columns |= {"pris_par": who.user, "prevenu_at": desk.clock.now()}
    if vers is Statut.CONVENTIONNEE:
        columns["convention"] = convention
    reopened: list[bool] = []

    def change(demande: Demande) -> Demande:
        reopened.append(demande.statut in CLOS and vers is Statut.PRISE_EN_CHARGE)
        written = f"Convention {convention}" if vers is Statut.CONVENTIONNEE and convention else motif
        return change_status(
            demande, vers, role=who.role, auteur=who.user, at=desk.clock.now(), motif=written, a_completer=champs
        )

    def told(demande: Demande) -> Iterable[DeskEvent]:
        yield StatutChanged(demande, motif)
        if reopened[-1]:
            # Nothing else tells the person why a closed demande lives again.
            said = f"Votre demande {demande.numero} est rouverte. {motif}"
            yield CounsellorWrote(said, demande.organisme, demande.id)

    return act(desk, pk, seen, change, told, columns=columns, gesture=who)


def send_elsewhere(desk: Desk, pk: str, seen: str, organisme: str, who: Gesture, *, motif: str) -> Demande:
    """Ask the person whether another body may take the demande, with its history: it moves once they agree."""
    return act(
        desk,
        pk,
        seen,
        lambda demande: propose_transfer(
            demande, organisme, role=who.role, auteur=who.user, at=desk.clock.now(), motif=motif
        ),
        lambda demande: (TransferAsked(demande, organisme, motif),),
        gesture=who,
    )


def completed(demande: Demande, role: Role, user: str, at: datetime) -> Demande:
    """A counsellor filled in what was asked for, with the person on the telephone."""
    return change_status(demande, Statut.COMPLETEE, role=role, auteur=user, at=at)
