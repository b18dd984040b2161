"""The list of demandes: filters in the address, the search in the session, saved views."""

from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bot.dashboard.desk import desk
from bot.dashboard.filters import ATTRIBUTIONS, DEBUTS, TRIS, Filters, read_filters
from bot.dashboard.models import SavedView
from bot.dashboard.pages import announce, page
from bot.dashboard.queue import open_queue
from bot.dashboard.rights import TRAITER, visible_bodies
from bot.dashboard.shown import STATUTS
from bot.domain.demande import Statut
from bot.domain.places import DEPARTEMENTS

GROUPES = (("a-traiter", "À traiter"), ("a-completer", "Attendent la personne"), ("ouvertes", "Toutes les ouvertes"),
           ("closes", "Closes"), ("toutes", "Toutes"))  # fmt: skip


@require_safe
def accueil(request: Any) -> HttpResponse:
    """The list, or one's account where no body is attached yet."""
    return redirect("demandes" if request.roles else "compte")


@require_safe
def demandes(request: Any) -> HttpResponse:
    """What needs somebody first."""
    bodies = visible_bodies(request.roles)
    filters = read_filters(request.GET, bodies)
    text = str(request.session.get("recherche", ""))
    queue = open_queue(filters, bodies, request.user.get_username(), text, desk())
    context = {
        "filtres": filters,
        "recherche": text,
        "file": queue,
        "onglets": [_tab(filters, code, name, queue.par_statut[code]) for code, name in GROUPES],
        "statuts": [
            _tab(filters, statut.value, name, queue.par_statut[statut.value]) for statut, name in STATUTS.items()
        ],
        "choix": _choices(bodies),
        "plusieurs": len(bodies) > 1,
        "vues": list(SavedView.objects.filter(user=request.user)),
        "requete": filters.query(),
        "precedente": filters.query(page=filters.page - 1) if filters.page > 1 else None,
        "suivante": filters.query(page=filters.page + 1) if filters.page < queue.pages else None,
        "exporter": any(role in TRAITER for role in request.roles.values()),
        "filtree": filters != Filters(statut=filters.statut, page=filters.page),
        "Statut": Statut,
    }
    return page(request, "demandes.html", context)


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
    return read_filters(dict(parse_qsl(query[:500])), visible_bodies(request.roles))


@require_POST
def recherche(request: Any) -> HttpResponse:
    """Keep what is searched for in the session: it is personal data, addresses are kept by browsers and proxies."""
    text = " ".join(str(request.POST.get("q", "")).replace("\x00", " ").split())[:100]
    request.session["recherche"] = text
    filters = _filters_of(request, request.POST.get("requete", ""))
    return _back(filters.query(statut="toutes" if text and filters.statut == "a-traiter" else filters.statut))


@require_POST
def vue_creer(request: Any) -> HttpResponse:
    """Keep the present filters under a name; the same name replaces."""
    name = " ".join(str(request.POST.get("nom", "")).split())[:60]
    query = _filters_of(request, request.POST.get("requete", "")).query()
    if name:
        SavedView.objects.update_or_create(user=request.user, nom=name, defaults={"requete": query})
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
