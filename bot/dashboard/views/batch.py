"""Many demandes at once: take, give, export what is ticked in the list."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from bot.casework import assign
from bot.dashboard import acts, exports
from bot.dashboard.desk import desk
from bot.dashboard.filters import PAGE
from bot.dashboard.members import colleagues
from bot.dashboard.pages import announce, download
from bot.dashboard.rights import TRAITER, role_in, visible_bodies
from bot.dashboard.views.queue import back_to_list
from bot.domain.demande import Statut
from bot.errors import BotError
from bot.storage.models import DemandeRow


@require_POST
def lot(request: Any) -> HttpResponseBase:
    """One gesture on the ticked demandes, each in its own transaction: what cannot be done is said, the rest is."""
    rows = _ticked(request)
    gesture = request.POST.get("geste", "")
    if not rows:
        announce(request, "Cochez au moins une demande.", error=True)
    elif gesture == "exporter":
        return _export(request, rows)
    elif gesture == "prendre":
        _take(request, rows)
    elif gesture == "confier":
        _give(request, rows, str(request.POST.get("membre", "")))
    return back_to_list(request)


def _ticked(request: Any) -> list[Any]:
    """The rows of bodies where one may act, in the order of the page."""
    asked = []
    for text in request.POST.getlist("demande")[: 4 * PAGE]:
        try:
            asked.append(UUID(text))
        except ValueError:
            continue
    bodies = [slug for slug in visible_bodies(request.roles) if role_in(request.roles, slug) in TRAITER]
    rows = request.portee.rows(DemandeRow.objects.filter(pk__in=asked, organisme__in=bodies))
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in dict.fromkeys(asked) if pk in found]


def _take(request: Any, rows: Sequence[Any]) -> None:
    user, done, late = request.user.get_username(), 0, []
    first: acts.Gesture | None = None
    for row in rows:
        role = role_in(request.roles, row.organisme)
        if role is None:
            continue
        who = acts.Gesture(user, role) if first is None else acts.Gesture(user, role, first.lot)
        first = first or who
        try:
            acts.set_status(desk(), str(row.pk), None, Statut.PRISE_EN_CHARGE, who)
            done += 1
        except BotError:
            row.refresh_from_db()
            late.append(
                f"{row.numero} est déjà suivie par {row.pris_par}"
                if row.pris_par
                else f"{row.numero} n'est plus à prendre"
            )
    said = (
        f"{_number(done)} {'prises' if done > 1 else 'prise'} en charge." if done else "Aucune demande prise en charge."
    )
    announce(
        request,
        " ".join([said, *(f"{one}." for one in late)]),
        error=not done,
        lot=str(first.lot) if first and done else "",
    )


def _number(count: int) -> str:
    return "1 demande" if count == 1 else f"{count} demandes"


def _give(request: Any, rows: Sequence[Any], name: str) -> None:
    user, done = request.user.get_username(), 0
    places = {(row.organisme, row.bureau) for row in rows}
    allowed = {place: colleagues(*place, request.roles, user) for place in places}
    for row in rows:
        if name not in allowed[row.organisme, row.bureau]:
            continue
        try:
            acts.act(
                desk(),
                str(row.pk),
                None,
                lambda one: assign(one, name, auteur=user, at=desk().clock.now()),
                columns={"pris_par": name},
            )
            done += 1
        except BotError:
            continue
    said = f"{_number(done)} à {name}." if done else "Choisissez quelqu'un de l'équipe de ces demandes."
    announce(request, f"Confié : {said}" if done else said, error=not done)


def _export(request: Any, rows: Sequence[Any]) -> HttpResponseBase:
    here = desk()
    wanted = exports.export_rows(
        DemandeRow.objects.filter(pk__in=[row.pk for row in rows]).order_by("-envoyee_le", "pk")
    )
    lines = exports.csv_chunks(exports.header(), exports.rows(wanted, here))
    return download(request, lines, "text/csv; charset=utf-8", f"demandes-{here.today.isoformat()}.csv")
