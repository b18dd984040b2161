"""The folder and the database under every command, opened without the conversation: it costs a second of imports."""

import shutil
import tempfile

from bot.config import Settings
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


def open_database(settings: Settings) -> None:
    """Django set up and the tables in place; raises SettingError where the database cannot be opened."""
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
        setup.migrate()
    except (DatabaseError, OSError) as error:
        where = "DATABASE_URL" if settings.database_url else "DATA_DIR"
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise SettingError(f"{where}: the database cannot be opened ({first})") from None
