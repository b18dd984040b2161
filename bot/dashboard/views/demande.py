"""One demande: the page, and its documents."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from bot.dashboard import documents
from bot.dashboard.desk import desk
from bot.dashboard.dossier import Dossier, open_dossier
from bot.dashboard.exports import as_json, plain_text, platform_text, to_json
from bot.dashboard.pages import attachment, page
from bot.dashboard.rights import TRAITER
from bot.storage.models import DemandeRow


def dossier(request: Any) -> Dossier:
    """The demande of this address with what the page says about it."""
    return open_dossier(request.objet, request.role, desk(), everything=request.GET.get("tout") == "oui")


@require_safe
def demande(request: Any, pk: str) -> HttpResponse:  # noqa: ARG001
    """Everything a counsellor needs to decide, in the order of the official form."""
    if request.objet.prevenu_at is None and request.role in TRAITER:
        DemandeRow.objects.filter(pk=request.objet.pk, prevenu_at=None).update(prevenu_at=desk().clock.now())
    return show(request)


def show(request: Any, status: int = 200, **context: Any) -> HttpResponse:
    """The page, with what was typed and what is wrong with it after a refused act."""
    known = dossier(request)
    chosen = next((one for one in known.modeles if str(one.modele.pk) == request.GET.get("modele")), None)
    frame = {
        "d": known,
        "doublons_vus": [one.pk for one in known.doublons if _opens(request, one)],
        "brouillon_message": chosen.texte if chosen else "",
        "tout_cerfa": plain_text(known.demande, desk()),
        "tout_plateforme": platform_text(known.demande),
        "lien": documents.link(known.demande, desk()),
        "orphelin": _orphan(known, **context),
    }
    return page(request, "demande.html", frame | context, status=status)


def _orphan(known: Dossier, erreur_dans: str = "", saisi: Any = None, **_: Any) -> str:
    """The reason that was typed for a change which is no longer offered: it has no box to come back in."""
    offered = {f"statut-{move.statut}" for move in known.mouvements} | ({"transfert"} if known.transfert else set())
    return str(saisi.get("motif", "")) if saisi and erreur_dans not in offered else ""


def _opens(request: Any, row: Any) -> bool:
    """Whether one may open another demande of this person."""
    return row.organisme in request.roles and bool(request.portee.sees(row.organisme, row.bureau))


@require_safe
def texte(request: Any, pk: str) -> HttpResponse:  # noqa: ARG001
    """The form as plain text: everything copied at once, without a script."""
    known = dossier(request)
    return HttpResponse(plain_text(known.demande, desk()), content_type="text/plain; charset=utf-8")


@require_safe
def pdf(request: Any, pk: str) -> HttpResponse:  # noqa: ARG001
    """One page to print or attach."""
    known = dossier(request)
    content = documents.pdf(known.demande, known.controles, desk())
    return attachment(content, "application/pdf", f"demande-{known.demande.numero}.pdf")


@require_safe
def agenda(request: Any, pk: str) -> HttpResponse:  # noqa: ARG001
    """The dates for a calendar."""
    one = dossier(request).demande
    return attachment(documents.calendar(one, desk()), "text/calendar; charset=utf-8", f"demande-{one.numero}.ics")


@require_safe
def brouillon(request: Any, pk: str) -> HttpResponse:  # noqa: ARG001
    """The draft as Immersion Facilitée shapes it."""
    one = dossier(request).demande
    return attachment(to_json(documents.draft(one, desk())), "application/json", f"brouillon-{one.numero}.json")


@require_safe
def donnees_json(request: Any, pk: str) -> HttpResponse:  # noqa: ARG001
    """The demande as structured data."""
    known = dossier(request)
    return attachment(to_json(as_json(known.demande)), "application/json", f"demande-{known.demande.numero}.json")
