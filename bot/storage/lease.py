"""One process at a time, among several machines, for what must not be done twice at once."""

import os
import socket
from datetime import datetime, timedelta

from bot.storage.connection import writing
from bot.storage.models import Lease

TTL = timedelta(seconds=10)
"""A machine that disappears is replaced after that long; a process that dies, at once by one of its own machine."""


def me() -> str:
    """The name of this process among all machines."""
    return f"{socket.gethostname()}:{os.getpid()}"


def holds(name: str, now: datetime, holder: str = "") -> bool:
    """Take or renew the lease; False where another living process has it."""
    who = holder or me()
    row = Lease.objects.filter(name=name).first()
    if row and row.holder == who and now + TTL / 2 < row.until <= now + TTL:
        return True
    with writing():
        Lease.objects.get_or_create(name=name, defaults={"holder": who, "until": now + TTL})
        row = Lease.objects.select_for_update().get(name=name)
        # Further than TTL ahead: written by a clock that was wrong.
        if row.holder != who and now < row.until <= now + TTL and not dead(row.holder):
            return False
        Lease.objects.filter(name=name).update(holder=who, until=now + TTL)
    return True


def dead(holder: str) -> bool:
    """Whether it is a process of this machine that no longer runs."""
    host, _, pid = holder.rpartition(":")
    if host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
