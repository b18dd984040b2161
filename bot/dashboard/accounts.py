"""Accounts: members, invitations that expire, password rules, growing waits, second factor."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.signing import BadSignature
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from bot.dashboard import mailbox, throttle, totp
from bot.dashboard.keyed import digest, digests
from bot.dashboard.models import Courriel, Invitation, Membership, Ouverture, RecoveryCode, SecondFactor
from bot.domain.demande import Role

INVITATION = timedelta(days=7)
FORGOTTEN_A_DAY = 5
"""E-mails that one address may be sent by « mot de passe oublié »."""

DEVICE = "appareil"
DEVICE_SECONDS = 400 * 86_400

RECOVERY_CODES = 10

_INSISTING = (
    "Bonjour,\n\nQuelqu'un a essayé plusieurs fois d'entrer dans votre compte du bureau des conseillers, sans y "
    "parvenir. Votre accès reste ouvert.\n\nSi c'était vous, ne faites rien. Sinon, mettez en place la double "
    "authentification : page « Mon compte ».\n"
)
_REMOVED = (
    "Bonjour,\n\nLa double authentification de votre compte du bureau des conseillers vient d'être retirée par {par}.\n\n"
    "Si vous ne l'aviez pas demandé, changez votre mot de passe et prévenez le responsable de votre organisme.\n"
)

_RULES = get_password_validators(
    [
        {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
        {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
        {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
        {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    ]
)

RULE_SHOWN = "12 caractères au moins. Une phrase de plusieurs mots est facile à retenir et difficile à deviner."


def check_password(password: str, user: Any = None) -> list[str]:
    """What is wrong with a new password, in French; empty when nothing is."""
    try:
        validate_password(password, user, _RULES)
    except ValidationError as error:
        return list(error.messages)
    return []


def create_member(username: str, email: str, password: str, organisme: str, role: Role | str, *, at: datetime) -> Any:
    """A user with a role in a body; an existing user gets the role (and keeps the password)."""
    users = get_user_model().objects
    user = users.filter(username=username).first() or users.create_user(username, email, password)
    Membership.objects.update_or_create(
        user=user,
        organisme=organisme,
        defaults={"role": Role(role).value},
        create_defaults={"role": Role(role).value, "depuis": at},
    )
    return user


def account_of(typed: str) -> str:
    """The name of the account that a name or an e-mail address leads to: one rule for both; what was typed, else."""
    known = get_user_model().objects
    found = known.filter(email__iexact=typed).first() if "@" in typed else known.filter(username__iexact=typed).first()
    return str(found.get_username() if found else typed).lower()


def where_from(request: HttpRequest, account: str) -> str:
    """A browser that has signed in with this account, else the network address: what a stranger cannot borrow."""
    try:
        known = request.get_signed_cookie(DEVICE, default="", max_age=DEVICE_SECONDS)
    except BadSignature:
        known = ""
    owner, _, number = str(known).partition(":")
    if number and owner == digest(f"appareil:{account}"):
        return f"appareil {number}"
    return f"adresse {request.META.get('REMOTE_ADDR', '')}"


def remember_device(response: HttpResponse, account: str) -> None:
    """Let this browser's tries be counted apart from now on."""
    value = f"{digest(f'appareil:{account}')}:{secrets.token_urlsafe(12)}"
    response.set_signed_cookie(
        DEVICE, value, max_age=DEVICE_SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def waits(request: HttpRequest, typed: str, now: datetime) -> timedelta:
    """How long this browser must wait before this account's next try."""
    account = account_of(typed)
    return throttle.wait(account, where_from(request, account), now)


def sign_in(request: HttpRequest, typed: str, password: str, now: datetime) -> Any | None:
    """The user, by name or e-mail address; None while one must wait, which is not counted, and for a wrong password."""
    account = account_of(typed)
    where = where_from(request, account)
    if throttle.wait(account, where, now):
        return None
    user = authenticate(request, username=_name_of(typed), password=password)
    if user is None:
        record_failure(account, where, now)
        return None
    throttle.succeeded(account, where)
    return user


def record_failure(account: str, where: str, now: datetime) -> None:
    """Count a failure, and tell the owner of an account when somebody insists: once a day."""
    if throttle.failed(account, where, now) != throttle.TOLD_AFTER:
        return
    user = get_user_model().objects.filter(username__iexact=account.removeprefix("code:"), is_active=True).first()
    if user is not None and user.email:
        mailbox.put(user.email, "Des essais de connexion à votre compte", _INSISTING, now=now)


def _name_of(typed: str) -> str:
    if "@" not in typed:
        return typed
    found = get_user_model().objects.filter(email__iexact=typed).first()
    return found.get_username() if found else typed


def invite(email: str, organisme: str, role: Role | str, *, by: str, now: datetime) -> tuple[Invitation, str]:
    """An invitation and its token, which is shown once: in the e-mail."""
    token = secrets.token_urlsafe(32)
    Invitation.objects.filter(email__iexact=email, organisme=organisme, utilisee_le=None).delete()
    invitation = Invitation.objects.create(
        email=email, organisme=organisme, role=Role(role).value, empreinte=digest(token), invitee_par=by,
        creee_le=now, expire_le=now + INVITATION,
    )  # fmt: skip
    return invitation, token


def mail_invitation(invitation: Invitation, link: str, body: str, sender: str) -> None:
    """Send the link through Django's e-mail backend."""
    send_mail(
        f"Votre accès au bureau des conseillers : {body}",
        f"Bonjour,\n\n{invitation.invitee_par} vous invite à traiter les demandes d'immersion de « {body} ».\n\n"
        f"Créez votre accès ici (lien valable 7 jours, une seule fois) :\n{link}\n\n"
        "Si ce message ne vous concerne pas, ignorez-le : sans clic, rien ne se passe.\n",
        sender or None,
        [invitation.email],
    )


def invitation_of(token: str, now: datetime) -> Invitation | None:
    """The usable invitation of a token."""
    found = Invitation.objects.filter(empreinte__in=digests(token)).first()
    return found if found and found.usable(now) else None


def accept(invitation: Invitation, username: str, password: str, now: datetime) -> Any:
    """The account the invitation creates; the link dies with it. None if it was used meanwhile."""
    with transaction.atomic():
        if not Invitation.objects.filter(pk=invitation.pk, utilisee_le=None).update(utilisee_le=now):
            return None
        return create_member(username, invitation.email, password, invitation.organisme, invitation.role, at=now)


def join(invitation: Invitation, user: Any, now: datetime) -> None:
    """Give the role to an account that exists already; the link dies with it, and no role is ever lowered by it."""
    with transaction.atomic():
        if Invitation.objects.filter(pk=invitation.pk, utilisee_le=None).update(utilisee_le=now):
            Membership.objects.get_or_create(
                user=user, organisme=invitation.organisme, defaults={"role": invitation.role, "depuis": now}
            )


def second_factor(user: Any) -> SecondFactor | None:
    """The user's active second factor."""
    return SecondFactor.objects.filter(user=user, actif=True).first()


def check_code(factor: SecondFactor, code: str, now: datetime) -> bool:
    """Whether the code is right; it then cannot be used again."""
    step = totp.accepted_step(factor.secret, code, now.timestamp(), factor.dernier_pas)
    if step is None:
        return False
    return bool(SecondFactor.objects.filter(pk=factor.pk, dernier_pas__lt=step).update(dernier_pas=step))


def check_step(request: HttpRequest, user: Any, code: str, now: datetime) -> bool:
    """Whether this code is the second step of the user: the telephone's, or a recovery code; tries are limited."""
    name = f"code:{user.get_username().lower()}"
    where, factor = where_from(request, user.get_username().lower()), second_factor(user)
    if factor is None or throttle.wait(name, where, now):
        return False
    if check_code(factor, code, now) or use_recovery(user, code):
        throttle.succeeded(name, where)
        return True
    record_failure(name, where, now)
    return False


def use_recovery(user: Any, code: str) -> bool:
    """Whether this is one of the user's recovery codes; it is then used up."""
    typed = "".join(char for char in code.lower() if char.isalnum())
    used, _ = RecoveryCode.objects.filter(user=user, empreinte__in=digests(f"secours:{user.pk}:{typed}")).delete()
    return bool(used)


def new_recovery(user: Any) -> list[str]:
    """Ten new codes, to be shown once; the former ones are dead."""
    codes = [secrets.token_hex(4) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, empreinte=digest(f"secours:{user.pk}:{one}")) for one in codes
        )
    return [f"{one[:4]}-{one[4:]}" for one in codes]


def remove_factor(user: Any, *, by: str, now: datetime) -> None:
    """No second factor any more, nor recovery codes; the owner is told by whom."""
    with transaction.atomic():
        removed, _ = SecondFactor.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()
        if removed and user.email:
            mailbox.put(user.email, "Double authentification retirée", _REMOVED.format(par=by), now=now)


def within(user: Any, bodies: Iterable[str]) -> bool:
    """Whether the user works in these bodies and in no other."""
    return not Membership.objects.filter(user=user).exclude(organisme__in=list(bodies)).exists()


def record_opening(request: Any, user: Any, now: datetime) -> None:
    """The session that was just opened, and from what; those that ended are forgotten."""
    Ouverture.objects.exclude(cle__in=Session.objects.values("session_key")).delete()
    Ouverture.objects.update_or_create(
        cle=request.session.session_key,
        defaults={"user": user, "depuis": now, "appareil": device_name(request.META.get("HTTP_USER_AGENT", ""))},
    )


def end_sessions(user: Any, *, only: int | None = None, but: str = "") -> int:
    """End one session of the user, or all of them except `but`; how many."""
    mine = Ouverture.objects.filter(user=user).exclude(cle=but)
    if only is not None:
        mine = mine.filter(pk=only)
    keys = list(mine.values_list("cle", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    mine.delete()
    return len(keys)


def device_name(agent: str) -> str:
    """« Firefox sur Windows »: enough to recognise one's own."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "Navigateur inconnu")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    return f"{browser} sur {system}" if system else browser


_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def forgotten(row: Courriel) -> Iterable[mailbox.Letter]:
    """The letters of one « mot de passe oublié »: none where nobody has this address."""
    for user in get_user_model().objects.filter(email__iexact=row.destinataire, is_active=True):
        path = reverse("lien-mot-de-passe", args=[user.pk, default_token_generator.make_token(user)])
        text = (
            f"Bonjour,\n\nPour choisir un nouveau mot de passe :\n{row.base}{path}\n\n"
            "Si vous n'avez rien demandé, ignorez ce message.\n"
        )
        yield mailbox.Letter(user.email, "Nouveau mot de passe", text)


MAKERS: dict[str, mailbox.Maker] = {"oubli": forgotten}
"""What the worker writes by itself."""
