"""What a database needs around our transactions: patience, one chat at a time, and no trace of what is erased."""

import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection, transaction

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 6
"""With SQLite's own wait of 5 s before each failure, a lock of half a minute is sat through."""

CHAT_LOCKS = 0x1B07
"""First key of PostgreSQL's advisory locks on a chat."""

SHORT_WAIT_MS = 200
"""How long the emptying of SQLite's log waits for a reader; the sweeper comes back to it."""

_log = logging.getLogger(__name__)


def patient(act: Callable[P, R]) -> Callable[P, R]:
    """`act`, tried again where the database is locked or the connection was lost; `act` must be one transaction."""

    @wraps(act)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        for attempt in range(1, TRIES + 1):
            try:
                return act(*args, **kwargs)
            except (OperationalError, InterfaceError) as error:
                if attempt == TRIES or connection.in_atomic_block:
                    raise
                _log.warning("database not available (%s), try %d of %d", type(error).__name__, attempt, TRIES)
                connection.close_if_unusable_or_obsolete()
                time.sleep(random.uniform(0.02, 0.1) * attempt)  # noqa: S311 - spreads retries, guards nothing
        raise AssertionError

    return tried


_WRITERS = threading.Lock()


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that writes. SQLite's writers of this process queue here, outside of it.

    SQLite makes a writer sleep and look again, up to a tenth of a second each time: under load, the unlucky ones wait
    for seconds. Within a transaction already begun, this is an ordinary savepoint.
    """
    alone = connection.vendor == "sqlite" and not connection.in_atomic_block
    with _WRITERS if alone else nullcontext(), transaction.atomic():
        yield


def lock_chat(chat: int) -> None:
    """Hold a chat until the transaction ends. SQLite's immediate transactions already hold the whole file."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        # Two 32-bit keys: chats are up to 52 bits, and a collision only makes two chats wait for each other.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashint8(%s::bigint))", [CHAT_LOCKS, chat])


def forget_deleted() -> bool:
    """Empty SQLite's write-ahead log, where the former content of pages stays; False where a reader is in the way.

    Deleted and shortened content is zeroed in the file itself by `secure_delete`. On PostgreSQL, nothing to do:
    vacuum and log recycling are the server's own.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    with _WRITERS, connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={SHORT_WAIT_MS}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={int(usual)}")
    return not busy
