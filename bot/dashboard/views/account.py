"""One's own account: the invitation that creates it, passwords, the second factor."""

from typing import Any

from django.contrib.auth import get_user_model, update_session_auth_hash
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bot.dashboard import accounts, totp
from bot.dashboard.desk import desk
from bot.dashboard.forms import Accept, ChangePassword, Code, Forgotten, NewPassword
from bot.dashboard.models import Invitation, SecondFactor
from bot.dashboard.pages import announce, page

ISSUER = "Immersion-bot"
_UNASKED = "Si vous n'avez rien demandé, ignorez ce message."


def absolute(request: Any, path: str) -> str:
    """The address as an e-mail needs it."""
    return desk().public_url.rstrip("/") + path if desk().public_url else str(request.build_absolute_uri(path))


@require_safe
def invitation(request: Any, jeton: str) -> HttpResponse:
    """The link of the e-mail: its token moves to the session at once, so that logs and referrers never hold a live one.

    Opening the link uses nothing up: mail scanners open links too.
    """
    if accounts.invitation_of(jeton, desk().clock.now()) is None:
        return page(request, "invitation_finie.html", {}, status=410)
    request.session["invitation"] = jeton
    return redirect("invitation-creer")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def creer(request: Any) -> HttpResponse:
    """Choose a name and a password, or join with the account one has."""
    found = accounts.invitation_of(request.session.get("invitation", ""), desk().clock.now())
    if found is None:
        return page(request, "invitation_finie.html", {}, status=410)
    if request.user.is_authenticated and request.POST.get("geste") == "rejoindre":
        return _join(request, found)
    form = Accept(request.POST or None)
    form.user = get_user_model()(email=found.email)
    if form.is_valid():
        chosen = form.cleaned_data
        if accounts.accept(found, chosen["identifiant"], chosen["nouveau"], desk().clock.now()):
            announce(request, "Votre accès est créé. Connectez-vous.")
            return redirect("connexion")
        return page(request, "invitation_finie.html", {}, status=410)
    context = {"form": form, "organisme": desk().body_name(found.organisme), "role": found.get_role_display()}
    return page(request, "invitation.html", context, status=422 if form.errors else 200)


def _join(request: Any, found: Invitation) -> HttpResponse:
    """The signed-in account takes the invitation: somebody may work for two bodies."""
    accounts.join(found, request.user, desk().clock.now())
    announce(request, f"Vous avez maintenant accès à : {desk().body_name(found.organisme)}.")
    return redirect("accueil")


@require_http_methods(["GET", "POST"])
def oubli(request: Any) -> HttpResponse:
    """Send a link to the address if it has an account; the page says the same either way."""
    form = Forgotten(request.POST or None)
    if form.is_valid():
        name, now = f"oubli:{form.cleaned_data['email']}", desk().clock.now()
        asked = accounts.locked(name, now)
        accounts.record_failure(name, now)
        for user in (
            () if asked else get_user_model().objects.filter(email__iexact=form.cleaned_data["email"], is_active=True)
        ):
            path = reverse("lien-mot-de-passe", args=[user.pk, default_token_generator.make_token(user)])
            text = f"Bonjour,\n\nPour choisir un nouveau mot de passe :\n{absolute(request, path)}\n\n{_UNASKED}\n"
            send_mail("Nouveau mot de passe", text, desk().email_from or None, [user.email])
        announce(request, "Si cette adresse a un accès, un message vient de partir.")
        return redirect("connexion")
    return page(request, "oubli.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def lien(request: Any, compte: int, jeton: str) -> HttpResponse:
    """The link of the e-mail: its token moves to the session at once."""
    request.session["nouveau"] = [compte, jeton]
    return redirect("nouveau-mot-de-passe")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def nouveau(request: Any) -> HttpResponse:
    """A new password by the link of an e-mail, once."""
    number, token = request.session.get("nouveau", (0, ""))
    user = get_user_model().objects.filter(pk=number, is_active=True).first()
    if user is None or not default_token_generator.check_token(user, token):
        return page(request, "invitation_finie.html", {}, status=410)
    form = NewPassword(request.POST or None)
    form.user = user
    if form.is_valid():
        user.set_password(form.cleaned_data["nouveau"])
        user.save()
        announce(request, "Mot de passe changé. Connectez-vous.")
        return redirect("connexion")
    return page(request, "nouveau.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def compte(request: Any) -> HttpResponse:
    """My account."""
    return _account(request, ChangePassword(), Code())


def _account(request: Any, password: ChangePassword, code: Code, status: int = 200) -> HttpResponse:
    factor = SecondFactor.objects.filter(user=request.user).first()
    named = [(desk().body_name(slug), role.value) for slug, role in sorted(request.roles.items())]
    context = {"form": password, "code": code, "facteur": factor, "roles": named}
    if factor and not factor.actif:
        secret = factor.secret
        context["cle"] = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        context["adresse"] = totp.address(secret, request.user.get_username(), ISSUER)
    return page(request, "compte.html", context, status=status)


@sensitive_post_parameters()
@require_POST
def mot_de_passe(request: Any) -> HttpResponse:
    """Change one's password; this session goes on, the others end."""
    form = ChangePassword(request.POST)
    form.user = request.user
    if not form.is_valid():
        return _account(request, form, Code(), status=422)
    request.user.set_password(form.cleaned_data["nouveau"])
    request.user.save()
    update_session_auth_hash(request, request.user)
    announce(request, "Mot de passe changé.")
    return redirect("compte")


@require_POST
def double(request: Any) -> HttpResponse:
    """Prepare, confirm by a first code, or give up the second factor."""
    gesture = request.POST.get("geste")
    factor = SecondFactor.objects.filter(user=request.user).first()
    if gesture == "preparer" and (factor is None or not factor.actif):
        SecondFactor.objects.update_or_create(user=request.user, defaults={"secret": totp.new_secret(), "actif": False})
    elif factor is not None:
        form = Code(request.POST)
        if not form.is_valid() or not accounts.check_code(factor, form.cleaned_data["code"], desk().clock.now()):
            form.add_error("code", "Ce code n'est pas le bon. Attendez le suivant, et vérifiez l'heure du téléphone.")
            return _account(request, ChangePassword(), form, status=422)
        _confirmed(request, factor, gesture)
    return redirect("compte")


def _confirmed(request: Any, factor: SecondFactor, gesture: str) -> None:
    if gesture == "activer":
        SecondFactor.objects.filter(pk=factor.pk).update(actif=True)
        announce(request, "La double authentification est active.")
    elif gesture == "retirer":
        factor.delete()
        announce(request, "La double authentification est retirée.")
