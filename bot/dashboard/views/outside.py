"""Signing in through an outside provider: there, and back."""

import json
import logging
from typing import Any

from django.core.signing import BadSignature
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from bot.dashboard import oidc
from bot.dashboard.desk import desk
from bot.dashboard.pages import page
from bot.dashboard.views.account import absolute
from bot.dashboard.views.session import asked_for, first_step

_COOKIE = "dehors"
_MINUTES = 10
_REFUSED = "Votre compte n'a pas ouvert d'accès ici. Demandez une invitation, ou connectez-vous avec un mot de passe."

_log = logging.getLogger(__name__)


def _provider() -> oidc.Provider:
    found = desk().oidc
    if found is None:
        raise oidc.Declined("no provider is set")
    return found


@require_safe
def partir(request: Any) -> HttpResponse:
    """To the provider; what must come back waits in a signed cookie: a stranger writes nothing in the database."""
    try:
        address, kept = _provider().start(absolute(request, reverse("oidc-retour")))
    except oidc.Declined as error:
        return _refused(request, error)
    response = redirect(address)
    response.set_signed_cookie(
        _COOKIE,
        json.dumps({**kept, "suite": asked_for(request)}),
        max_age=_MINUTES * 60,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


@require_safe
def retour(request: Any) -> HttpResponse:
    """Back with a code: the account it vouches for is signed in; its second factor, if any, is still asked."""
    try:
        provider = _provider()
        kept = json.loads(request.get_signed_cookie(_COOKIE, max_age=_MINUTES * 60))
        given = {name: str(request.GET.get(name, "")) for name in ("state", "code")}
        found = provider.claims(given, absolute(request, reverse("oidc-retour")), kept)
        user = oidc.user_of(found, provider.issuer)
    except (KeyError, BadSignature):
        return redirect("connexion")
    except oidc.Declined as error:
        return _refused(request, error)
    if user is None:
        return _refused(request, oidc.Declined("no account has this identity"))
    response = first_step(request, user, str(kept.get("suite", "/")))
    response.delete_cookie(_COOKIE)
    return response


def _refused(request: Any, error: oidc.Declined) -> HttpResponse:
    _log.warning("outside sign-in: %s", error)
    context = {"titre": "Connexion refusée", "texte": _REFUSED}
    return page(request, "erreur.html", context, status=403 if desk().oidc else 410)
