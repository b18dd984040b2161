"""A new SQLite file may be a copy of the empty tables that an earlier one left: the same tables, in less time."""

import sqlite3
import stat
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connections

from bot.config import load_settings
from bot.database import EmptyTables
from tests.bases import default_database


@pytest.fixture
def kept(tmp_path, django_db_blocker):
    """A cache in which a first database has left its empty tables."""
    first = settings(tmp_path / "first")
    leaving = EmptyTables(tmp_path / "cache", first)
    with default_database(first.database, django_db_blocker):
        leaving.keep()
    return tmp_path / "cache"


def settings(folder):
    folder.mkdir(exist_ok=True)
    return load_settings(data_dir=folder, database_url="")


def schema(file):
    with closing(sqlite3.connect(file)) as base:
        return sorted(base.execute("SELECT name, sql FROM sqlite_master").fetchall())


def test_a_new_file_has_the_tables_that_the_migrations_make_and_its_owner_alone_reads_it(kept, tmp_path):
    assert EmptyTables(kept, settings(tmp_path / "second")).copied()
    first, second = (tmp_path / name / "immersion-bot.sqlite3" for name in ("first", "second"))
    assert schema(second) == schema(first)
    assert stat.S_IMODE(second.stat().st_mode) == 0o600


def test_nothing_is_left_to_migrate_in_a_copy(kept, tmp_path, django_db_blocker):
    second = settings(tmp_path / "second")
    EmptyTables(kept, second).copied()
    with default_database(second.database, django_db_blocker, tables=False):
        call_command("migrate", check_unapplied=True, verbosity=0)
        connections["default"].close()


def test_a_file_that_is_there_is_neither_replaced_nor_kept(kept, tmp_path):
    there = settings(tmp_path / "there")
    file = there.data_dir / "immersion-bot.sqlite3"
    file.write_bytes(b"somebody's requests")
    tables = EmptyTables(tmp_path / "other", there)
    tables.keep()
    assert not EmptyTables(kept, there).copied()
    assert file.read_bytes() == b"somebody's requests"
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 100])
def test_damaged_tables_are_let_go_of_and_made_anew(kept, tmp_path, damage):
    (left,) = (kept / "base").iterdir()
    left.write_bytes(damage)
    second = settings(tmp_path / "second")
    assert not EmptyTables(kept, second).copied()
    assert not left.exists()
    assert list(second.data_dir.iterdir()) == []
