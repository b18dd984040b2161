"""Django, set up from plain values: nothing here reads the environment."""

import secrets
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import django
from django.conf import settings as django_settings

from bot.storage.addresses import database, email

MIGRATE_TRIES = 4

APPS = (
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "bot.storage",
    "bot.dashboard",
)

MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "bot.dashboard.middleware.DeskMiddleware",
)

_VALIDATION = "django.contrib.auth.password_validation"


def configure(
    *,
    database_url: str,
    secret_key: str,
    former_key: str = "",
    allowed_hosts: Sequence[str] = ("127.0.0.1", "localhost"),
    secure_cookies: bool = False,
    email_url: str = "console:",
    email_from: str = "immersion-bot@localhost",
    public_url: str = "",
    hsts_seconds: int = 31_536_000,
    extra: Mapping[str, Any] | None = None,
) -> None:
    """Set Django up; a second call changes nothing. `extra` adds or replaces Django settings.

    What `former_key` signed is still read. An empty `secret_key` becomes a random one: enough for a command, but nobody stays signed in after a restart.
    """
    if not django_settings.configured:
        given = _values(secret_key or secrets.token_urlsafe(48), allowed_hosts, public_url, secure=secure_cookies)
        given["SECURE_HSTS_SECONDS"] = hsts_seconds
        given["SECRET_KEY_FALLBACKS"] = [former_key] if former_key else []
        given |= {"DATABASES": {"default": database(database_url)}, "DEFAULT_FROM_EMAIL": email_from}
        django_settings.configure(**(given | email(email_url) | dict(extra or {})))
    django.setup()


def _values(secret_key: str, allowed_hosts: Sequence[str], public_url: str, *, secure: bool) -> dict[str, Any]:
    origins = [public_url.rstrip("/")] if public_url.startswith("http") else []
    return {
        "SECRET_KEY": secret_key,
        "SECRET_KEY_FALLBACKS": [],
        "DEBUG": False,
        "ALLOWED_HOSTS": list(allowed_hosts),
        "PUBLIC_URL": public_url,
        "CSRF_TRUSTED_ORIGINS": origins,
        "ROOT_URLCONF": "bot.dashboard.urls",
        "CSRF_FAILURE_VIEW": "bot.dashboard.views.public.jeton",
        "INSTALLED_APPS": list(APPS),
        "MIDDLEWARE": list(MIDDLEWARE),
        "TEMPLATES": [_templates()],
        "STATIC_URL": "/static/",
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "LANGUAGE_CODE": "fr",
        "TIME_ZONE": "Europe/Paris",
        "USE_TZ": True,
        "AUTH_PASSWORD_VALIDATORS": _password_rules(),
        "SESSION_COOKIE_SECURE": secure,
        "CSRF_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if secure else None,
        "SECURE_REFERRER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "LOGGING_CONFIG": None,
    }


def _templates() -> dict[str, Any]:
    return {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }


def _password_rules() -> list[dict[str, Any]]:
    return [
        {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
        {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
        {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
        {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
    ]


def migrate() -> None:
    """Create or update the tables; a SQLite file that is missing is made, readable by its owner alone.

    Several programs may start at once on an empty database: a migration is one transaction, so whoever comes second
    fails, and finds it done when it looks again. It gives up after MIGRATE_TRIES failures between which nobody got
    further.
    """
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    described = connection.settings_dict
    if connection.vendor == "sqlite":
        file = Path(described["NAME"])
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    done, failures = -1, 0
    while True:
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except DatabaseError:
            connection.close()
            before, done = done, _migrations_done()
            failures = 1 if done > before else failures + 1
            if failures == MIGRATE_TRIES:
                raise
            time.sleep(0.002 * failures * secrets.randbelow(100))  # not all at the same moment again
        else:
            return


def _migrations_done() -> int:
    """How many migrations this database says it has had; 0 where it cannot say."""
    from django.db import DatabaseError, connection
    from django.db.migrations.recorder import MigrationRecorder

    try:
        return len(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return 0
    finally:
        connection.close()
