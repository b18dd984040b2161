"""Signing in and out, with a second step where the account has one; what was being written is kept meanwhile."""

from typing import Any

from django.contrib.auth import get_user_model, login, logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bot.dashboard import accounts, throttle
from bot.dashboard.desk import desk
from bot.dashboard.forms import Code, SignIn
from bot.dashboard.middleware import KEPT, LONGEST, known_page
from bot.dashboard.pages import announce, page

_WAIT_FOR_CODE = 600


def asked_for(request: Any) -> str:
    """The page asked for before signing in, if it is one of ours."""
    wanted = str(request.GET.get("suite", ""))
    return wanted if known_page(wanted) else "/"


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
            return first_step(request, user, asked_for(request))
        left = accounts.waits(request, name, now)
        form.add_error(None, _wait(left) if left else "Identifiant ou mot de passe incorrect.")
    context = {"form": form, "retenu": KEPT in request.session, "dehors": desk().oidc, "suite": asked_for(request)}
    return page(request, "connexion.html", context, status=200 if not form.errors else 422)


def _wait(left: Any) -> str:
    return f"Identifiant ou mot de passe incorrect. Prochain essai dans {throttle.said(left)}."


def first_step(request: Any, user: Any, where: str) -> HttpResponse:
    """In, or to the code where the account has a second factor."""
    if accounts.second_factor(user) is None:
        return _enter(request, user, where)
    request.session["premier_pas"] = [user.pk, desk().clock.now().timestamp(), where]
    request.session.set_expiry(_WAIT_FOR_CODE)
    return redirect("code")


def _enter(request: Any, user: Any, where: str) -> HttpResponse:
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    now = desk().clock.now()
    request.session.update({"entree": now.isoformat(), "vue": now.isoformat()})
    request.session.set_expiry(LONGEST)
    # Sessions hold what was searched for: those that ended are erased, not only forgotten.
    request.session.clear_expired()
    request.session.save()
    accounts.record_opening(request, user, now)
    response = redirect("reprise" if KEPT in request.session else where)
    accounts.remember_device(response, user.get_username().lower())
    return response


@require_http_methods(["GET", "POST"])
def code(request: Any) -> HttpResponse:
    """The second step: a code of the application or a recovery code, within ten minutes of the password."""
    identifier, since, where = request.session.get("premier_pas", (None, 0, "/"))
    now = desk().clock.now()
    user = get_user_model().objects.filter(pk=identifier, is_active=True).first()
    factor = accounts.second_factor(user) if user else None
    if factor is None or now.timestamp() - since > _WAIT_FOR_CODE:
        return redirect("connexion")
    form = Code(request.POST or None)
    if form.is_valid():
        if accounts.check_step(request, user, form.cleaned_data["code"], now):
            request.session.pop("premier_pas", None)
            return _enter(request, user, where)
        form.add_error("code", "Ce code n'est pas le bon, ou il a déjà servi. Attendez le suivant.")
    return page(request, "code.html", {"form": form}, status=200 if not form.errors else 422)


@require_safe
def reprise(request: Any) -> HttpResponse:
    """What was being sent when the session ended: shown, and sent by one press or left aside."""
    kept = request.session.pop(KEPT, None)
    if kept is None:
        return redirect("accueil")
    fields = [(name, value) for name, values in kept["champs"].items() for value in values]
    shown = [value for _, value in fields if " " in value or len(value) > 40]
    return page(
        request, "reprise.html", {"vers": kept["vers"], "page": kept["page"], "champs": fields, "textes": shown}
    )


@require_POST
def deconnexion(request: Any) -> HttpResponse:
    """Sign out; what was searched for goes with the session."""
    logout(request)
    announce(request, "Vous êtes déconnecté.")
    request.session.set_expiry(600)
    return redirect("connexion")
