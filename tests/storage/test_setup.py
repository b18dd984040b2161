"""A database and a mail server are described by one address each; a wrong one is said in one sentence."""

import sqlite3

import pytest

from bot.errors import SettingError
from bot.storage.addresses import SQLITE_PRAGMAS, database, email
from bot.storage.setup import configure


def test_a_sqlite_address_is_a_path():
    assert database("sqlite:////var/lib/bot/base.sqlite3")["NAME"] == "/var/lib/bot/base.sqlite3"
    assert database("sqlite:///base.sqlite3")["NAME"] == "base.sqlite3"


def test_a_postgresql_address_may_hold_anything_percent_encoded():
    found = database("postgresql://b%40t:p%2Fw%3A@db.exemple.fr:5433/base?sslmode=require")
    known = {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    assert known == {
        "NAME": "base",
        "USER": "b@t",
        "PASSWORD": "p/w:",
        "HOST": "db.exemple.fr",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_postgresql_socket_is_given_by_its_folder():
    found = database("postgresql://postgres@/base?host=/run/postgresql")
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("/run/postgresql", "", {})


@pytest.mark.parametrize("url", ["", "mysql://a/b", "postgresql://host", "postgresql://host:port/base", "base.sqlite3"])
def test_a_wrong_database_address_says_what_to_put(url):
    with pytest.raises(SettingError, match="DATABASE_URL: put postgresql://"):
        database(url)


def test_mail_goes_to_the_console_or_to_a_server():
    assert email("console:")["EMAIL_BACKEND"].endswith("console.EmailBackend")
    found = email("smtp://a%40b:c@mail.exemple.fr:2525")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_HOST_USER"]) == ("mail.exemple.fr", 2525, "a@b")
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (True, False)
    assert email("smtps://mail.exemple.fr")["EMAIL_PORT"] == 465


@pytest.mark.parametrize("url", ["", "smtp:", "http://mail", "smtp://host:port"])
def test_a_wrong_mail_address_says_what_to_put(url):
    with pytest.raises(SettingError, match="EMAIL_URL: put console:"):
        email(url)


def test_setting_up_twice_changes_nothing():
    from django.conf import settings

    before = settings.DATABASES["default"]["NAME"]
    configure(database_url="sqlite:///elsewhere.sqlite3", secret_key="x")
    assert settings.DATABASES["default"]["NAME"] == before


def test_the_sqlite_file_keeps_what_was_acknowledged_and_zeroes_what_is_erased(tmp_path):
    base = sqlite3.connect(tmp_path / "x.sqlite3")
    base.executescript(SQLITE_PRAGMAS)
    values = {
        name: base.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "secure_delete")
    }
    base.close()
    full, on = 2, 1
    assert values == {"journal_mode": "wal", "synchronous": full, "secure_delete": on}
    assert database("sqlite:///x")["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
