"""Pages without an account, and what is said when something is refused or breaks."""

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from bot.dashboard.assets import versions
from bot.dashboard.pages import page


@require_safe
def accessibilite(request: Any) -> HttpResponse:
    """How accessible the pages are, and whom to tell about an obstacle."""
    return page(request, "accessibilite.html", {})


def _plain(status: int, title: str, text: str) -> HttpResponse:
    # Without the request: what it would read (session, account) may be what broke.
    context = {"titre": title, "texte": text, "actifs": versions(), "connecte": False}
    return HttpResponse(render_to_string("dashboard/erreur.html", context), status=status)


def refuse(request: Any, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403: the role does not allow this."""
    return _plain(403, "Accès refusé", "Votre rôle ne permet pas cette action. Demandez à votre responsable.")


def absent(request: Any, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: nothing here, or nothing of yours."""
    return _plain(404, "Page introuvable", "Cette page n'existe pas, ou elle appartient à un autre organisme.")


def invalide(request: Any, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400: the request makes no sense."""
    return _plain(400, "Demande incomprise", "Revenez à la page précédente et recommencez.")


def panne(request: Any) -> HttpResponse:  # noqa: ARG001
    """500: our fault, nothing was half-written."""
    return _plain(500, "Erreur du service", "L'action n'a pas été faite. Réessayez dans un instant.")


def jeton(request: Any, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form too old or from elsewhere."""
    return _plain(403, "Formulaire expiré", "Rechargez la page, puis recommencez. Rien n'a été enregistré.")
