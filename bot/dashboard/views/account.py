"""One's own account: the invitation that creates it, passwords, the second factor."""

from collections.abc import Sequence
from typing import Any

import segno
from django.contrib.auth import get_user_model, update_session_auth_hash
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bot.dashboard import accounts, mailbox, throttle, totp
from bot.dashboard.desk import desk
from bot.dashboard.forms import Accept, ChangePassword, Code, Forgotten, NewPassword
from bot.dashboard.history import said
from bot.dashboard.models import Invitation, Ouverture, RecoveryCode, SecondFactor
from bot.dashboard.pages import announce, page
from bot.dashboard.rights import role_in
from bot.storage.models import EvenementRow, Trace
from bot.storage.records import event_of

ISSUER = "Immersion-bot"
_LINK_SECONDS = 3600
_SHOWN = 100


def absolute(request: Any, path: str) -> str:
    """The address as an e-mail needs it."""
    base = desk().public_url or str(request.build_absolute_uri("/"))
    return base.rstrip("/") + path


@require_safe
def invitation(request: Any, jeton: str) -> HttpResponse:
    """The link of the e-mail: its token moves to the session at once, so that logs and referrers never hold a live one.

    Opening the link uses nothing up: mail scanners open links too.
    """
    if accounts.invitation_of(jeton, desk().clock.now()) is None:
        return page(request, "invitation_finie.html", {}, status=410)
    request.session["invitation"] = jeton
    if not request.user.is_authenticated:
        request.session.set_expiry(_LINK_SECONDS)
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
    """Ask for a link: the same answer and the same work whoever the address belongs to; the worker does the rest."""
    form = Forgotten(request.POST or None)
    if form.is_valid():
        email, now = form.cleaned_data["email"], desk().clock.now()
        if throttle.failed(f"oubli:{email.lower()}", "oubli", now) <= accounts.FORGOTTEN_A_DAY:
            mailbox.put_kind("oubli", email, absolute(request, ""), now=now)
        return page(request, "oubli.html", {"form": form, "parti": True})
    return page(request, "oubli.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def lien(request: Any, compte: int, jeton: str) -> HttpResponse:
    """The link of the e-mail: its token moves to the session at once, for an hour; a wrong one writes nothing."""
    user = get_user_model().objects.filter(pk=compte, is_active=True).first()
    if user is None or not default_token_generator.check_token(user, jeton):
        return page(request, "invitation_finie.html", {}, status=410)
    request.session["nouveau"] = [compte, jeton]
    request.session.set_expiry(_LINK_SECONDS)
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
        accounts.end_sessions(user)
        announce(request, "Mot de passe changé. Connectez-vous.")
        return redirect("connexion")
    return page(request, "nouveau.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def compte(request: Any) -> HttpResponse:
    """My account."""
    return _account(request, ChangePassword(), Code())


def _account(
    request: Any, password: ChangePassword, code: Code, status: int = 200, recovery: Sequence[str] = ()
) -> HttpResponse:
    factor = SecondFactor.objects.filter(user=request.user).first()
    named = [(desk().body_name(slug), role.value) for slug, role in sorted(request.roles.items())]
    context = {
        "form": password,
        "code": code,
        "facteur": factor,
        "roles": named,
        "secours": recovery,
        "secours_restants": RecoveryCode.objects.filter(user=request.user).count(),
        "ouvertures": Ouverture.objects.filter(user=request.user).order_by("-depuis"),
        "cette_session": request.session.session_key,
    }
    if factor and not factor.actif:
        secret = factor.secret
        context["cle"] = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        context["adresse"] = totp.address(secret, request.user.get_username(), ISSUER)
        context["qr"] = qr_code(context["adresse"])
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
    request.session.save()
    accounts.end_sessions(request.user)
    accounts.record_opening(request, request.user, desk().clock.now())
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
        form, now = Code(request.POST), desk().clock.now()
        if not form.is_valid() or not _right(request, factor, form.cleaned_data["code"]):
            form.add_error("code", "Ce code n'est pas le bon. Attendez le suivant, et vérifiez l'heure du téléphone.")
            return _account(request, ChangePassword(), form, status=422)
        if gesture == "activer":
            SecondFactor.objects.filter(pk=factor.pk).update(actif=True)
            return _account(request, ChangePassword(), Code(), recovery=accounts.new_recovery(request.user))
        if gesture == "secours":
            return _account(request, ChangePassword(), Code(), recovery=accounts.new_recovery(request.user))
        if gesture == "retirer":
            accounts.remove_factor(request.user, by="vous-même", now=now)
            announce(request, "La double authentification est retirée.")
    return redirect("compte")


def _right(request: Any, factor: SecondFactor, code: str) -> bool:
    """An active factor's code is limited like at sign-in; one that is being set up guards nothing yet."""
    if factor.actif:
        return accounts.check_step(request, request.user, code, desk().clock.now())
    return accounts.check_code(factor, code, desk().clock.now())


@require_POST
def fin(request: Any, pk: int) -> HttpResponse:
    """End one of one's own sessions; 0: every other one."""
    here = request.session.session_key
    ended = accounts.end_sessions(request.user, only=pk or None, but="" if pk else here)
    announce(request, "Session terminée." if ended == 1 else f"{ended} sessions terminées.")
    return redirect("compte")


@require_safe
def activite(request: Any) -> HttpResponse:
    """What this account did lately, as history signs it."""
    name = request.user.get_username()
    acts = EvenementRow.objects.filter(auteur=name).select_related("demande").order_by("-at")[:_SHOWN]
    traces = Trace.objects.filter(auteur=name).order_by("-at")[:_SHOWN]
    mine = [row for row in acts if role_in(request.roles, row.demande.organisme) is not None]
    told = [(row, said(event_of(row), desk())) for row in mine]
    context = {"actes": told, "traces": [(one, _TRACES.get(one.quoi, one.quoi)) for one in traces]}
    return page(request, "activite.html", context | {"autres": len(acts) - len(mine)})


_TRACES = {"export": "Données d'une personne exportées", "effacement": "Données d'une personne effacées"}


def qr_code(address: str) -> str:
    """The address as a drawing inside the page: nothing is fetched, no key leaves."""
    made = segno.make(address, error="m").svg_inline(scale=4, border=3, dark="#000", light="#fff", omitsize=False)
    return mark_safe(made.replace("<svg ", '<svg role="img" aria-label="Code QR de la clé" ', 1))  # noqa: S308 - ours
