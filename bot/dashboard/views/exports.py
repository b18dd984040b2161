"""The list and the figures as files."""

from typing import Any

from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from bot.dashboard import exports
from bot.dashboard.desk import desk
from bot.dashboard.figures import read_period, tables
from bot.dashboard.filters import read_filters
from bot.dashboard.pages import download
from bot.dashboard.queue import filtered, in_group, offices
from bot.dashboard.rights import visible_bodies
from bot.domain.demande import Role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def demandes_export(request: Any, forme: str) -> HttpResponseBase:
    """The filtered list, search included; where the person only reads, nothing of that body leaves."""
    here = desk()
    bodies = tuple(slug for slug in visible_bodies(request.roles) if request.roles.get(slug) is not Role.LECTURE)
    filters = read_filters(request.GET, bodies, offices(bodies, request.portee))
    mots = request.session.get("mots", ())
    found = filtered(filters, bodies, request.user.get_username(), mots, here, portee=request.portee)
    wanted = exports.export_rows(in_group(found, filters.statut, here).order_by("-envoyee_le", "pk"))
    name = f"demandes-{here.today.isoformat()}.{forme}"
    if forme == "csv":
        return download(
            request, exports.csv_chunks(exports.header(), exports.rows(wanted, here)), "text/csv; charset=utf-8", name
        )
    if forme == "xlsx":
        return download(
            request, exports.xlsx_chunks("Demandes", exports.header(), exports.rows(wanted, here)), XLSX, name
        )
    if forme == "json":
        return download(request, exports.json_chunks(wanted), "application/json", name)
    raise Http404


@require_safe
def chiffres_export(request: Any, forme: str) -> HttpResponseBase:
    """Every table of the figures page, one under the other."""
    here = desk()
    period = read_period(request.GET, visible_bodies(request.roles), here)
    lines = [(table.titre, str(line[0]), *line[1:]) for table in tables(period, here) for line in table.lignes]
    width = max((len(line) for line in lines), default=2)
    titles = ("Tableau", "Ligne", *(f"Valeur {number}" for number in range(1, width - 1)))
    name = f"chiffres-{here.today.isoformat()}.{forme}"
    if forme == "csv":
        return download(request, exports.csv_chunks(titles, lines), "text/csv; charset=utf-8", name)
    if forme == "xlsx":
        return download(request, exports.xlsx_chunks("Chiffres", titles, lines), XLSX, name)
    raise Http404
