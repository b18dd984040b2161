"""Backup and restore: a consistent copy of the database while people write, encrypted where a passphrase is given.

The copy is SQLite's own online one, or `pg_dump`'s custom format; its header holds the kind and the date, nothing else.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import pyrage

from bot.errors import InputError, SettingError

_AGE = b"age-encryption.org/v1"
_SQLITE = b"SQLite format 3\x00"
_PG = b"PGDMP"


def backup(database: str, target: Path, passphrase: str = "") -> int:
    """Write a copy of `database` to `target`, readable by its owner alone; its size. Raises InputError, SettingError."""
    if target.exists():
        raise InputError(f"{target} exists: choose another name, a backup is never overwritten")
    with _beside(target) as aside:
        plain = Path(aside) / "copy"
        if database.startswith("sqlite:///"):
            _copy_sqlite(Path(database.removeprefix("sqlite:///")), plain)
        else:
            _run("pg_dump", "--format=custom", "--no-owner", f"--file={plain}", f"--dbname={database}")
        ready = plain
        if passphrase:
            ready = Path(aside) / "sealed"
            ready.write_bytes(pyrage.passphrase.encrypt(plain.read_bytes(), passphrase))
        ready.chmod(0o600)
        with ready.open("rb") as written:
            os.fsync(written.fileno())
        ready.replace(target)
    return target.stat().st_size


def _beside(target: Path) -> "tempfile.TemporaryDirectory[str]":
    """A folder beside the target, on the same disk; raises InputError where none can be made there."""
    folder = target.resolve().parent
    try:
        return tempfile.TemporaryDirectory(dir=folder)
    except OSError as error:
        raise InputError(f"{folder} cannot be written ({error.strerror}): choose a folder that exists") from None


def restore(source: Path, database: str, passphrase: str = "") -> None:
    """Put a copy in an empty place; raises InputError where the place is not empty or the copy is no backup."""
    with tempfile.TemporaryDirectory() as aside:
        plain = _opened(source, Path(aside), passphrase)
        with plain.open("rb") as file:
            kind = file.read(16)
        if database.startswith("sqlite:///") and kind.startswith(_SQLITE):
            _put_sqlite(plain, Path(database.removeprefix("sqlite:///")))
        elif not database.startswith("sqlite:///") and kind.startswith(_PG):
            _run(
                "pg_restore",
                "--no-owner",
                "--exit-on-error",
                "--single-transaction",
                f"--dbname={database}",
                str(plain),
            )
        else:
            raise InputError(f"{source.name} is no backup for this kind of database (DATABASE_URL)")


def _opened(source: Path, aside: Path, passphrase: str) -> Path:
    try:
        with source.open("rb") as file:
            sealed = file.read(len(_AGE)) == _AGE
    except OSError as error:
        raise InputError(f"{source} cannot be read ({error.strerror})") from None
    if not sealed:
        return source
    plain = aside / "copy"
    try:
        plain.write_bytes(pyrage.passphrase.decrypt(source.read_bytes(), passphrase))
    except pyrage.DecryptError:
        raise InputError("the passphrase does not open this backup") from None
    return plain


def _copy_sqlite(file: Path, target: Path) -> None:
    if not file.is_file():
        raise InputError(f"{file} is not there: nothing to back up")
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy, pages=2_000, sleep=0.005)
        # What the copy holds of former pages stays behind, and it opens anywhere.
        copy.execute("PRAGMA journal_mode=DELETE")
        if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise InputError("the database is damaged: the copy was not kept")


def _put_sqlite(plain: Path, target: Path) -> None:
    if target.exists() and target.stat().st_size:
        raise InputError(f"{target} is not empty: restore into another DATA_DIR, look, then swap them")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch(mode=0o600)
    shutil.copyfile(plain, target)
    with closing(sqlite3.connect(target)) as copy:
        if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise InputError("the backup is damaged")


def _run(program: str, *arguments: str) -> None:
    if shutil.which(program) is None:
        raise SettingError(
            f"{program} is not installed: apt-get install postgresql-client, of the server's version or later"
        )
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)  # noqa: S603 - no shell
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise InputError(f"{program} refused: {reason}")
