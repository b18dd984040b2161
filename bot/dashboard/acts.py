"""Acts on a demande: the pure casework between a lock and a message, in one transaction."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from bot.casework import change_status, transfer
from bot.dashboard.desk import Desk
from bot.domain.demande import Demande, Role, Statut
from bot.domain.turn import DemandeTransferred, DeskEvent, StatutChanged
from bot.errors import InputError
from bot.storage.models import DemandeRow
from bot.storage.stores import lock_demande

Change = Callable[[Demande], Demande]
Told = Callable[[Demande], Iterable[DeskEvent]]


class Moved(InputError):
    """Somebody changed the demande after this page was opened."""


def nobody_told(demande: Demande) -> Iterable[DeskEvent]:  # noqa: ARG001
    """The act stays on the desk."""
    return ()


def act(
    desk: Desk, pk: str, seen: str | None, change: Change, told: Told = nobody_told, *, pris_par: str | None = None
) -> Demande:
    """Apply `change` to the demande as it is now, keep it, and tell the person; all or nothing.

    `seen` is the number of events on the page the counsellor acted from: raises Moved when there are more now.
    None: the act contradicts nothing that happened meanwhile.
    """
    with transaction.atomic():
        lock_demande(str(pk))
        demande = desk.store.get(str(pk))
        if demande is None:
            raise Moved("Cette demande n'existe plus.")
        if seen is not None and seen != str(len(demande.evenements)):
            raise Moved("Cette demande a changé depuis que vous l'avez ouverte. Relisez-la, puis recommencez.")
        changed = change(demande)
        desk.store.save(changed)
        if pris_par is not None:
            DemandeRow.objects.filter(pk=pk).update(pris_par=pris_par)
        for event in told(changed):
            desk.notifier.tell(changed.chat, event)
    return changed


def set_status(
    desk: Desk, row: Any, seen: str, vers: Statut, *, role: Role, user: str, motif: str, champs: tuple[str, ...]
) -> Demande:
    """Change the status and say so to the person; whoever takes a demande holds it."""
    return act(
        desk,
        str(row.pk),
        seen,
        lambda demande: change_status(
            demande, vers, role=role, auteur=user, at=desk.clock.now(), motif=motif, a_completer=champs
        ),
        lambda demande: (StatutChanged(demande, motif),),
        pris_par=user if vers is Statut.PRISE_EN_CHARGE else None,
    )


def send_elsewhere(desk: Desk, row: Any, seen: str, organisme: str, *, role: Role, user: str, motif: str) -> Demande:
    """Give the demande to another body, with its history, and tell the person."""
    return act(
        desk,
        str(row.pk),
        seen,
        lambda demande: transfer(demande, organisme, role=role, auteur=user, at=desk.clock.now(), motif=motif),
        lambda demande: (DemandeTransferred(demande, motif),),
        pris_par="",
    )


def completed(demande: Demande, role: Role, user: str, at: datetime) -> Demande:
    """A counsellor filled in what was asked for, with the person on the telephone."""
    return change_status(demande, Statut.COMPLETEE, role=role, auteur=user, at=at)
