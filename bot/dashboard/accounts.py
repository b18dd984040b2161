"""Accounts: members, invitations that expire, password rules, lock-out, second factor."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest

from bot.dashboard import totp
from bot.dashboard.models import Invitation, LoginAttempt, Membership, SecondFactor
from bot.domain.demande import Role

INVITATION = timedelta(days=7)
FAILURES = 5
LOCKED = timedelta(minutes=15)

_RULES = get_password_validators(
    [
        {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
        {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
        {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
        {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    ]
)

RULE_SHOWN = "12 caractères au moins. Une phrase de plusieurs mots est facile à retenir et difficile à deviner."


def _digest(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


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


def locked(username: str, now: datetime) -> bool:
    """Whether this name has failed too often lately."""
    recent = LoginAttempt.objects.filter(empreinte=_digest(username.lower()), at__gt=now - LOCKED)
    return recent.count() >= FAILURES


def sign_in(request: HttpRequest, username: str, password: str, now: datetime) -> Any | None:
    """The user, by name or e-mail address; a failure is counted, and five lock the name for a quarter of an hour."""
    user = None
    if not locked(username, now):
        user = authenticate(request, username=_name_of(username), password=password)
    if user is None:
        record_failure(username, now)
        return None
    LoginAttempt.objects.filter(empreinte=_digest(username.lower())).delete()
    return user


def record_failure(name: str, now: datetime) -> None:
    """Count a failure; those older than a day are forgotten."""
    LoginAttempt.objects.filter(at__lt=now - timedelta(days=1)).delete()
    LoginAttempt.objects.create(empreinte=_digest(name.lower()), at=now)


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
        email=email, organisme=organisme, role=Role(role).value, empreinte=_digest(token), invitee_par=by,
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
    found = Invitation.objects.filter(empreinte=_digest(token)).first()
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
