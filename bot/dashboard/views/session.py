"""Signing in and out, with a second step where the account has one."""

from typing import Any

from django.contrib.auth import get_user_model, login, logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from bot.dashboard import accounts
from bot.dashboard.desk import desk
from bot.dashboard.forms import Code, SignIn
from bot.dashboard.middleware import LONGEST
from bot.dashboard.pages import announce, page

_WAIT_FOR_CODE = 600


def _where(request: Any) -> str:
    """The page asked for before signing in, if it is one of ours."""
    wanted = str(request.GET.get("suite", ""))
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe else "/"


@require_http_methods(["GET", "POST"])
def connexion(request: Any) -> HttpResponse:
    """Name and password; the same answer whether the name exists or not."""
    if request.user.is_authenticated:
        return redirect("accueil")
    form = SignIn(request.POST or None)
    if form.is_valid():
        name, now = form.cleaned_data["nom"], desk().clock.now()
        user = accounts.sign_in(request, name, form.cleaned_data["mot_de_passe"], now)
        if user is not None:
            return _first_step(request, user)
        form.add_error(None, _refusal(locked=accounts.locked(name, now)))
    return page(request, "connexion.html", {"form": form}, status=200 if not form.errors else 422)


def _refusal(*, locked: bool) -> str:
    if locked:
        return "Trop d'essais. Par sécurité, cet accès est bloqué pendant 15 minutes."
    return "Identifiant ou mot de passe incorrect. Après cinq essais, l'accès est bloqué pendant 15 minutes."


def _first_step(request: Any, user: Any) -> HttpResponse:
    if accounts.second_factor(user) is None:
        return _enter(request, user, _where(request))
    request.session["premier_pas"] = [user.pk, desk().clock.now().timestamp(), _where(request)]
    return redirect("code")


def _enter(request: Any, user: Any, where: str) -> HttpResponse:
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    now = desk().clock.now().isoformat()
    request.session.update({"entree": now, "vue": now})
    request.session.set_expiry(LONGEST)
    # Sessions hold what was searched for: those that ended are erased, not only forgotten.
    request.session.clear_expired()
    return redirect(where)


@require_http_methods(["GET", "POST"])
def code(request: Any) -> HttpResponse:
    """The second step: a code of the application, within ten minutes of the password."""
    identifier, since, where = request.session.get("premier_pas", (None, 0, "/"))
    now = desk().clock.now()
    user = get_user_model().objects.filter(pk=identifier, is_active=True).first()
    factor = accounts.second_factor(user) if user else None
    if factor is None or now.timestamp() - since > _WAIT_FOR_CODE:
        return redirect("connexion")
    form = Code(request.POST or None)
    if form.is_valid():
        name = f"code:{user.get_username()}"
        if not accounts.locked(name, now) and accounts.check_code(factor, form.cleaned_data["code"], now):
            request.session.pop("premier_pas", None)
            return _enter(request, user, where)
        accounts.record_failure(name, now)
        form.add_error("code", "Ce code n'est pas le bon, ou il a déjà servi. Attendez le suivant.")
    return page(request, "code.html", {"form": form}, status=200 if not form.errors else 422)


@require_POST
def deconnexion(request: Any) -> HttpResponse:
    """Sign out; what was searched for goes with the session."""
    logout(request)
    announce(request, "Vous êtes déconnecté.")
    return redirect("connexion")
