"""The folder and the database under every command, opened without the conversation: it costs a second of imports."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path

import django

from bot.config import Settings
from bot.content.proven import stamp
from bot.errors import SettingError

NEEDED_BYTES = 50_000_000
"""Below this much free space, starting would only fail later, in the middle of somebody's request."""


def check_folder(settings: Settings) -> None:
    """DATA_DIR can be written and has room; raises SettingError saying what to do."""
    folder = settings.data_dir.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0" * 4096)
            probe.flush()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SettingError(f"DATA_DIR: {folder} cannot be written ({reason}); put a folder this user owns") from None
    if free < NEEDED_BYTES:
        raise SettingError(
            f"DATA_DIR: only {free // 1_000_000} MB left on the disk of {folder}; free at least "
            f"{NEEDED_BYTES // 1_000_000} MB, or put another folder"
        )


_KEPT = 3
"""Empty databases kept: one for each program that somebody goes back and forth between."""


class EmptyTables:
    """The tables as the migrations of this program make them in a new file, made once: thirty migrations take a second."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._kept = folder / "base" / f"{stamp(f'tables {django.__version__}')}.sqlite3"
        self._file = Path(settings.database.removeprefix("sqlite:///"))
        self._new = settings.database.startswith("sqlite:///") and not self._file.exists()

    def copied(self) -> bool:
        """Whether the new file is a copy now, readable by its owner alone; what is kept damaged is let go of."""
        if not self._new or not self._kept.is_file():
            return False
        aside = self._file.with_suffix(".neuf")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            aside.touch(mode=0o600)
            aside.write_bytes(self._kept.read_bytes())
            with closing(sqlite3.connect(aside)) as copy:
                whole = copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
                whole = whole and copy.execute("SELECT 1 FROM django_migrations").fetchone() is not None
            if whole:
                aside.rename(self._file)
        except (OSError, sqlite3.Error):
            whole = False
        if not whole:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
                self._kept.unlink(missing_ok=True)
            return False
        return True

    def keep(self) -> None:
        """Leave a copy of the file, which nobody has written to yet; those of older programs go."""
        if not self._new:
            return
        with suppress(OSError, sqlite3.Error):
            self._kept.parent.mkdir(parents=True, exist_ok=True)
            for former in sorted(self._kept.parent.iterdir(), key=lambda file: file.stat().st_mtime)[:-_KEPT]:
                former.unlink()
            aside = self._kept.with_suffix(f".{os.getpid()}")
            with closing(sqlite3.connect(self._file)) as source, closing(sqlite3.connect(aside)) as copy:
                source.backup(copy)
            aside.rename(self._kept)


def open_database(settings: Settings, *, kept: Path | None = None) -> None:
    """Django set up and the tables in place; raises SettingError where the database cannot be opened.

    `kept`: a folder where the first new SQLite file leaves a copy of its empty tables for the next ones.
    """
    from bot.storage import setup

    if not settings.database_url:
        check_folder(settings)
    setup.configure(
        database_url=settings.database,
        secret_key=settings.secret_key.get_secret_value(),
        former_key=settings.secret_key_former.get_secret_value(),
        allowed_hosts=[host.strip() for host in settings.allowed_hosts.split(",") if host.strip()],
        secure_cookies=settings.secure_cookies,
        email_url=settings.email_url,
        email_from=settings.email_from,
        public_url=settings.public_url,
        hsts_seconds=settings.hsts_seconds,
    )
    from django.db import DatabaseError

    try:
        empty = EmptyTables(kept, settings) if kept else None
        if empty and empty.copied():
            return
        setup.migrate()
        if empty:
            empty.keep()
    except (DatabaseError, OSError) as error:
        where = "DATABASE_URL" if settings.database_url else "DATA_DIR"
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise SettingError(f"{where}: the database cannot be opened ({first})") from None
