"""The figures, drawn and in tables; the state of the service; what a monitor reads."""

from typing import Any

from django.db.models import Max
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from bot.dashboard import entretien, health
from bot.dashboard.desk import desk
from bot.dashboard.dossier import reason
from bot.dashboard.figures import DUREES, read_period, tables
from bot.dashboard.models import SourceVue
from bot.dashboard.pages import page
from bot.dashboard.plots import plot
from bot.dashboard.rights import visible_bodies
from bot.storage.models import DemandeRow, Outgoing


@require_safe
def chiffres(request: Any) -> HttpResponse:
    """Requests, delays, outcomes, trades, questions."""
    bodies = visible_bodies(request.roles)
    period = read_period(request.GET, bodies, desk())
    context = {
        "periode": period,
        "figures": [(table, plot(table)) for table in tables(period, desk())],
        "durees": DUREES.items(),
        "organismes": [(slug, desk().body_name(slug)) for slug in bodies],
    }
    return page(request, "chiffres.html", context)


@require_safe
def etat(request: Any) -> HttpResponse:
    """What a counsellor looks at when nothing comes any more."""
    bodies = visible_bodies(request.roles)
    lost = list(Outgoing.objects.filter(etat=Outgoing.Etat.NON_REMIS).order_by("-id")[:200])
    about = DemandeRow.objects.filter(pk__in={one.demande for one in lost if one.demande}, organisme__in=bodies)
    named = {str(row.pk): row for row in request.portee.rows(about)}
    context = {
        "signes": health.signs(desk()),
        "perdus": [(one, named[one.demande], reason(one.error)) for one in lost if one.demande in named][:30],
        "autres": sum(1 for one in lost if one.demande not in named),
        "fiches": health.stale(desk())[:50],
    }
    return page(request, "etat.html", context)


@require_safe
def base(request: Any) -> HttpResponse:
    """What maintainers of the knowledge should look at, each with the file to edit."""
    context = {
        "lacunes": entretien.gaps(desk()),
        "mal_aimees": entretien.disliked(desk()),
        "anciennes": entretien.old(desk()),
        "perdues": entretien.lost(desk()),
        "verifiees": SourceVue.objects.aggregate(le=Max("at"))["le"],
    }
    return page(request, "base_connaissances.html", context)


@require_safe
def sante(request: Any) -> HttpResponse:  # noqa: ARG001
    """200 when all is well, 503 when somebody should look."""
    body, well = health.as_json(desk())
    return HttpResponse(body, content_type="application/json", status=200 if well else 503)
