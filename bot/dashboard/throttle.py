"""Tries that failed: a growing wait for whoever fails, never a lock that a stranger can hold (ADR 0066).

A wait belongs to a browser that has signed in before with this account, else to a network address: nobody else's tries
make it longer. A try during the wait is refused unread, and is not counted.
"""

from datetime import datetime, timedelta

from django.db.models import Max

from bot.dashboard.keyed import digest
from bot.dashboard.models import LoginAttempt

FREE = 5
"""Tries before the first wait."""

FREE_ADDRESS = 40
"""The same for one address over all accounts: a whole office may sit behind one."""

FIRST = timedelta(seconds=15)
LONGEST = timedelta(minutes=15)
MEMORY = timedelta(days=1)

TOLD_AFTER = 10
"""Failures in a day, from anywhere, after which the owner is told."""


def wait(account: str, where: str, now: datetime) -> timedelta:
    """How long before the next try is read; zero where it may be made now."""
    return max(_wait(_pair(account, where), FREE, now), _wait(_address(where), FREE_ADDRESS, now))


def failed(account: str, where: str, now: datetime) -> int:
    """Count a failure; how many this account has had today from anywhere."""
    LoginAttempt.objects.filter(at__lt=now - MEMORY).delete()
    named = digest(f"compte:{account}")
    LoginAttempt.objects.bulk_create(
        [
            LoginAttempt(empreinte=_pair(account, where), compte=named, at=now),
            LoginAttempt(empreinte=_address(where), at=now),
        ]
    )
    return int(LoginAttempt.objects.filter(compte=named).count())


def succeeded(account: str, where: str) -> None:
    """Whoever got in waits no more."""
    LoginAttempt.objects.filter(empreinte=_pair(account, where)).delete()


def said(left: timedelta) -> str:
    """« 30 secondes », « 4 minutes »."""
    seconds = max(1, int(left.total_seconds() + 0.999))
    if seconds <= 90:
        return f"{seconds} seconde{'s' if seconds > 1 else ''}"
    return f"{-(-seconds // 60)} minutes"


def _wait(key: str, free: int, now: datetime) -> timedelta:
    rows = LoginAttempt.objects.filter(empreinte=key, at__gt=now - MEMORY)
    count = rows.count()
    if count < free:
        return timedelta()
    delay = min(LONGEST, FIRST * 2 ** min(count - free, 10))
    last: datetime = rows.aggregate(last=Max("at"))["last"]
    return max(timedelta(), last + delay - now)


def _pair(account: str, where: str) -> str:
    return digest(f"essai:{account}\n{where}")


def _address(where: str) -> str:
    return digest(f"adresse:{where}")
