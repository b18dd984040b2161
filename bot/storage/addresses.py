"""The database and the mail server, each described by one address; a wrong one is said in one sentence."""

from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from bot.errors import SettingError

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
    "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
)
"""WAL: readers never wait. FULL: what was acknowledged survives a power cut. secure_delete: what is erased is zeroed."""

BUSY_SECONDS = 5
"""How long SQLite waits for another writer before « database is locked », which is then retried."""


def database(url: str) -> dict[str, Any]:
    """Django's description of sqlite:///path or postgresql://user:password@host:port/name?option=value.

    Raises SettingError for anything else.
    """
    if url.startswith("sqlite:///"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.removeprefix("sqlite:///"),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": BUSY_SECONDS, "init_command": SQLITE_PRAGMAS},
        }
    parts, port = _split(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise SettingError("DATABASE_URL: put postgresql://user:password@host/name or sqlite:////path/to/file")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _split(url: str) -> tuple[SplitResult, int | None]:
    """The parts of an address and its port; empty where it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return urlsplit(""), None
    return parts, port


def email(url: str) -> dict[str, Any]:
    """Django's e-mail settings for `console:` or smtp://user:password@host:port (smtps:// for TLS from the start)."""
    parts, port = _split(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingError("EMAIL_URL: put console: or smtp://user:password@host:port")
    implicit = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if implicit else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": implicit,
        "EMAIL_USE_TLS": not implicit and bool(parts.username),
        "EMAIL_TIMEOUT": 10,
    }
