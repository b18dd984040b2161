"""The list of demandes: filters in the address, the search in the session, saved views."""

from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bot.dashboard.desk import desk
from bot.dashboard.filters import ATTRIBUTIONS, DEBUTS, TRIS, Filters, read_filters
from bot.dashboard.members import acting as acting_members
from bot.dashboard.models import SavedView
from bot.dashboard.pages import announce, page
from bot.dashboard.queue import filtered, in_group, neighbour, offices, open_queue
from bot.dashboard.rights import TRAITER, role_in, visible_bodies
from bot.dashboard.seeking import understand
from bot.dashboard.shown import STATUTS
from bot.domain.demande import Statut
from bot.domain.places import DEPARTEMENTS

GROUPES = (("a-traiter", "À traiter"), ("a-completer", "Attendent la personne"), ("ouvertes", "Toutes les ouvertes"),
           ("de-cote", "De côté"), ("closes", "Closes"), ("toutes", "Toutes"))  # fmt: skip


@require_safe
def accueil(request: Any) -> HttpResponse:
    """The list, or one's account where no body is attached yet."""
    return redirect("demandes" if request.roles else "compte")


@require_safe
def demandes(request: Any) -> HttpResponse:
    """What needs somebody first."""
    bodies = visible_bodies(request.roles)
    around = offices(bodies, request.portee)
    filters = read_filters(request.GET, bodies, around)
    text = str(request.session.get("recherche", ""))
    user = request.user.get_username()
    queue = open_queue(filters, bodies, user, request.session.get("mots", ()), desk(), portee=request.portee)
    acting = [slug for slug in bodies if role_in(request.roles, slug) in TRAITER]
    context = {
        "filtres": filters,
        "recherche": text,
        "file": queue,
        "onglets": [_tab(filters, code, name, queue.par_statut[code]) for code, name in GROUPES],
        "statuts": [
            _tab(filters, statut.value, name, queue.par_statut[statut.value]) for statut, name in STATUTS.items()
        ],
        "choix": _choices(bodies) | {"bureaux": around.items()},
        "plusieurs": len(bodies) > 1,
        "sien": next(iter(request.roles)) if len(request.roles) == 1 else "",
        "corrections": request.session.get("corrections", {}).items() if text else (),
        "vues": _views(request, filters),
        "partages": [(slug, desk().body_name(slug)) for slug in acting if slug in request.roles],
        "requete": filters.query(),
        "equipe": _team(acting) if queue.lignes else (),
        "tout_cocher": request.GET.get("cocher") == "tout",
        "precedente": filters.query(page=filters.page - 1) if filters.page > 1 else None,
        "suivante": filters.query(page=filters.page + 1) if filters.page < queue.pages else None,
        "exporter": any(role in TRAITER for role in request.roles.values()),
        "filtree": filters != Filters(statut=filters.statut, page=filters.page),
        "Statut": Statut,
    }
    response = page(request, "demandes.html", context)
    _note_list(request, response, filters.query(page=filters.page))
    return response


_LIST = "liste"
"""The cookie that holds the filters of the list one came from: nothing of anybody, and a look writes no row for it."""


def _note_list(request: Any, response: HttpResponse, query: str) -> None:
    if listed(request) != query:
        response.set_cookie(
            _LIST, query, path=reverse("demandes"), secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )


def listed(request: Any) -> str:
    """The query of the list that one came from, as the browser tells it: to be read like an address."""
    return str(request.COOKIES.get(_LIST, ""))


def back_to_list(request: Any) -> HttpResponse:
    """To the list that one came from."""
    filters = _filters_of(request, listed(request))
    return _back(filters.query(page=filters.page))


def _views(request: Any, filters: Filters) -> list[dict[str, Any]]:
    """My views, then those that others of my bodies share."""
    rows = SavedView.objects.filter(Q(user=request.user) | Q(partagee__in=request.roles)).select_related("user")
    here = filters.query()
    found = [
        {"vue": row, "mienne": row.user_id == request.user.pk, "ici": row.requete == here and bool(here)}
        for row in rows
    ]
    return sorted(found, key=lambda one: (not one["mienne"], one["vue"].nom))


def _team(bodies: list[str]) -> list[str]:
    return sorted({row.user.get_username() for row in acting_members(bodies)})


def _tab(filters: Filters, code: str, name: str, count: int) -> dict[str, Any]:
    return {"code": code, "nom": name, "nombre": count, "requete": filters.query(statut=code),
            "ici": filters.statut == code}  # fmt: skip


def _choices(bodies: tuple[str, ...]) -> dict[str, Any]:
    return {
        "organismes": [(slug, desk().body_name(slug)) for slug in bodies],
        "attributions": ATTRIBUTIONS.items(),
        "debuts": DEBUTS.items(),
        "departements": sorted(DEPARTEMENTS),
        "tris": TRIS.items(),
    }


def _back(query: str) -> HttpResponse:
    return redirect(reverse("demandes") + (f"?{query}" if query else ""))


def _filters_of(request: Any, query: str) -> Filters:
    """A query string that comes back from a form is read like an address: nothing else passes."""
    bodies = visible_bodies(request.roles)
    return read_filters(dict(parse_qsl(query[:500])), bodies, offices(bodies, request.portee))


@require_POST
def recherche(request: Any) -> HttpResponse:
    """Keep what is searched for in the session: it is personal data, addresses are kept by browsers and proxies."""
    text = " ".join(str(request.POST.get("q", "")).replace("\x00", " ").split())[:100]
    sought = understand(text, visible_bodies(request.roles), desk(), request.portee)
    request.session["recherche"] = text
    request.session["mots"], request.session["corrections"] = list(sought.mots), dict(sought.corrections)
    filters = _filters_of(request, request.POST.get("requete", ""))
    return _back(filters.query(statut="toutes" if text and filters.statut == "a-traiter" else filters.statut))


@require_POST
def vue_creer(request: Any) -> HttpResponse:
    """Keep the present filters under a name, for oneself or for a body's team; the same name replaces."""
    name = " ".join(str(request.POST.get("nom", "")).split())[:60]
    query = _filters_of(request, request.POST.get("requete", "")).query()
    shared = str(request.POST.get("partagee", ""))
    if request.roles.get(shared) not in TRAITER:
        shared = ""
    if name:
        kept = {"requete": query, "partagee": shared}
        SavedView.objects.update_or_create(user=request.user, nom=name, defaults=kept)
        announce(request, f"Vue « {name} » enregistrée.")
    else:
        announce(request, "Donnez un nom à la vue. Exemple : débuts de la semaine", error=True)
    return _back(query)


@require_POST
def vue_supprimer(request: Any, vue: int) -> HttpResponse:
    """Forget one of one's views; somebody else's is left alone."""
    SavedView.objects.filter(pk=vue, user=request.user).delete()
    announce(request, "Vue supprimée.")
    return redirect("demandes")


@require_safe
def voisine(request: Any, pk: str, sens: str) -> HttpResponse:
    """The demande after or before this one in the list one came from."""
    bodies = visible_bodies(request.roles)
    filters = _filters_of(request, listed(request))
    mots = request.session.get("mots", ())
    found = filtered(filters, bodies, request.user.get_username(), mots, desk(), portee=request.portee)
    rows, forward = in_group(found, filters.statut, desk()), sens == "suivante"
    step = neighbour(rows, pk, filters, bodies, desk(), forward=forward)
    # One that has just left the list (closed, given away…) goes on from the beginning.
    if step.to is not None and (step.inside or forward):
        return redirect("demande", pk=step.to)
    edge = "dernière" if forward else "première"
    announce(request, f"C'était la {edge} demande de la liste.")
    return _back(filters.query(page=filters.page))
