"""What a newcomer types wrong is refused in one line that says what would be right."""

import io
import json
import sys

import pytest
import typer

from bot.cli.lines import answer_lines
from bot.cli.main import main, run
from bot.cli.run import check
from bot.cli.serving import ALL
from bot.config import load_settings
from bot.errors import InputError, SettingError

TOKEN = "123456789:AAE-for-tests-of-the-form_only"
KEY = "a-key-for-tests-" * 2


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("demo", "--port", "abc"), "--port: put a whole number (`immersion-bot demo --help` tells more)"),
        (("run", "--role", "chef"), "--role: put one of 'intake', 'worker', 'web' (`immersion-bot run"),
        (("route", "--today", "demain"), "--today: put a day like 2026-03-02 (`"),
        (("trades", "search", "x", "--limit", "99"), "--limit: put 20 or less (`"),
        (("trades", "search"), "words: Missing argument 'words' (`immersion-bot trades --help`"),
        (("run", "--nope"), "No such option: --nope (`"),
        (("run", "--port"), "Option '--port' requires an argument (`"),
        (("trades", "nope"), "No such command 'nope' (`immersion-bot trades --help`"),
    ],
)
def test_words_that_a_command_does_not_take_are_refused_in_one_line(arguments, line):
    with pytest.raises(InputError) as refused:
        run(arguments)
    assert str(refused.value).startswith(line)
    assert "\n" not in str(refused.value)


def test_a_command_alone_shows_its_help_and_ends_with_two(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["immersion-bot", "trades"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    assert "search" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("retention_brouillon_jours", "abc", "put a whole number"),
        ("retention_brouillon_jours", "0", "put 1 or more"),
        ("secure_cookies", "peut-être", "put true or false"),
        ("log_level", "LOUD", "put 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
    ],
)
def test_a_setting_of_a_wrong_form_says_what_to_put(name, value, wanted):
    with pytest.raises(SettingError) as refused:
        load_settings(**{name: value})
    assert str(refused.value) == f"{name.upper()}: {wanted} (README.md has a table of the settings)"


@pytest.mark.parametrize(
    "token", ["abc", "bot123456789:AAE-for-tests-of-the-form_only", "123456789", "123456789:AAé" * 9]
)
def test_a_token_of_another_form_is_named_and_never_shown(token):
    with pytest.raises(SettingError) as refused:
        check(load_settings(telegram_token=token, secret_key=KEY), ALL, webhook=False)
    assert str(refused.value).startswith("TELEGRAM_TOKEN: put the token as @BotFather gave it")
    assert token not in str(refused.value)


def test_a_key_that_can_be_guessed_is_refused_and_never_shown():
    with pytest.raises(SettingError) as refused:
        check(load_settings(telegram_token=TOKEN, secret_key="soleil123"), ALL, webhook=False)
    assert str(refused.value).startswith("SECRET_KEY: put 32 characters or more")
    assert "soleil123" not in str(refused.value)
    check(load_settings(telegram_token=TOKEN, secret_key=KEY), ALL, webhook=False)


@pytest.mark.parametrize(("lines", "status"), [(["{", "[]"], 2), (["{", '{"id": 1}'], 0), (["", " "], 0), ([], 0)])
def test_lines_of_which_none_can_be_used_end_with_two(lines, status):
    assert answer_lines(lambda record: {}, lines, io.StringIO()) == status


def test_a_command_ends_with_the_status_of_its_lines(monkeypatch, capsys):
    class Standard:
        buffer = io.BytesIO(b'{"id": 1}\n')

    monkeypatch.setattr(sys, "stdin", Standard())
    monkeypatch.setattr(sys, "argv", ["immersion-bot", "read", "--jsonl"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    assert json.loads(capsys.readouterr().out)["error"]


def test_a_ctrl_c_in_a_command_ends_as_elsewhere(monkeypatch):
    def interrupted(*_, **__):
        raise typer.Abort

    monkeypatch.setattr("bot.cli.read.app", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(["read"])
