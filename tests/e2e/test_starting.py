"""What is missing or broken at the start is one clear line; what stops, stops cleanly."""

import shutil
import socket
import subprocess
import sys

import pytest

from bot.cli.main import main
from bot.config import settings
from bot.sandbox import people
from tests.conversation.fakes import ROOT
from tests.e2e.conftest import without_index
from tests.e2e.person import Person
from tests.e2e.process import Bot
from tests.sandbox.live import live_sandbox, wait_for


@pytest.fixture
def refused(tmp_path):
    """The one line with which the program refuses to start."""

    def start(*arguments, command="run", **given):
        bot = Bot(tmp_path / "data", "http://127.0.0.1:9", settings=given)
        done = subprocess.run(
            [sys.executable, "-m", "bot", command, *arguments],
            env=bot.environment(), cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 2, done
        assert done.stdout == ""
        lines = done.stderr.strip().splitlines()
        assert len(lines) == 1, lines
        return lines[0]

    return start


@pytest.fixture
def said(tmp_path, monkeypatch, capsys):
    """The same where nothing but settings and ports has been looked at yet: the program's own entrance, called."""
    monkeypatch.setattr("bot.cli.run.log_to_stderr", lambda *_: None)

    def start(*arguments, command="run", **given):
        for name, value in Bot(tmp_path / "data", "http://127.0.0.1:9", settings=given).environment().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["immersion-bot", command, *arguments])
        settings.cache_clear()
        try:
            with pytest.raises(SystemExit) as stopped:
                main()
        finally:
            settings.cache_clear()
        assert stopped.value.code == 2
        told = capsys.readouterr()
        assert told.out == ""
        (line,) = told.err.strip().splitlines()
        return line

    return start


@pytest.mark.parametrize("name", ["TELEGRAM_TOKEN", "SECRET_KEY"])
def test_a_missing_secret_is_named_with_what_to_put(said, name):
    line = said(**{name: ""})
    assert line.startswith(f"{name} is missing: put ")


def test_a_missing_secret_is_one_line_of_the_program_itself(refused):
    assert refused(TELEGRAM_TOKEN="").startswith("TELEGRAM_TOKEN is missing: put ")


def test_a_webhook_needs_its_address_and_its_secret(said):
    assert said("--webhook").startswith("WEBHOOK_URL is missing")
    assert said("--webhook", WEBHOOK_URL="https://exemple.fr").startswith("WEBHOOK_SECRET is missing")
    odd = said("--webhook", WEBHOOK_URL="https://exemple.fr", WEBHOOK_SECRET="é è")
    assert odd.startswith("WEBHOOK_SECRET: put ")


@pytest.mark.parametrize(
    ("name", "value"),
    [("TELEGRAM_BASE_URL", "api.telegram.org"), ("LOG_LEVEL", "LOUD"), ("RETENTION_BROUILLON_JOURS", "0")],
)
def test_a_bad_setting_is_named(said, name, value):
    assert said(**{name: value}).startswith(f"{name}: ")


@pytest.mark.parametrize(("name", "value"), [("DATABASE_URL", "mysql://x/y"), ("EMAIL_URL", "ftp://x")])
def test_a_bad_address_is_named(refused, name, value):
    assert refused(**{name: value}).startswith(f"{name}: ")


def test_a_taken_port_is_said(said):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert port in said("--port", port)
    assert "--port" in said("--port", "70000")


def test_a_folder_that_cannot_be_written_is_said(refused, tmp_path):
    (tmp_path / "file").write_text("")
    assert refused(DATA_DIR=str(tmp_path / "file" / "data")).startswith("DATA_DIR: ")


def test_a_database_that_cannot_be_opened_is_said(refused, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "immersion-bot.sqlite3").write_bytes(b"this is no database at all, only text" * 100)
    assert refused().startswith("DATA_DIR: the database cannot be opened")
    assert refused(DATABASE_URL="postgresql://nobody@127.0.0.1:9/x").startswith("DATABASE_URL: ")


@pytest.mark.parametrize("command", ["run", "chat"])
def test_broken_knowledge_names_the_file_and_the_line(refused, tmp_path, command):
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", folder)
    (folder / "orientation.yaml").write_text("regles:\n  - : : x\n", encoding="utf-8")
    assert "orientation.yaml:" in refused(command=command, KNOWLEDGE_DIR=str(folder))


def test_an_unusable_index_leaves_the_form_and_the_pages(person):
    """The index is a file that is not one: questions are unavailable and say where to look, the form goes on."""
    person.says("/demande")
    said = person.says("c'est payé ?").text
    assert "immersion-facile.beta.gouv.fr" in said
    person.says("la mission locale")
    assert person.step not in {"", "suivi_par"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def apart():
    """A sandbox of their own for the tests that start other programs: one program fetches a bot's updates."""
    with live_sandbox() as live:
        yield live


@pytest.fixture
def folder(tmp_path):
    return without_index(tmp_path / "data")


def test_the_webhook_serves_the_same_conversation(apart, folder):
    port = free_port()
    given = {"WEBHOOK_URL": f"http://127.0.0.1:{port}", "WEBHOOK_SECRET": "un-secret-de-test"}
    pushed = Bot(folder, apart.url, settings=given)
    pushed.start("--webhook", "--port", str(port))
    try:
        person = Person(apart.world, 91)
        person.says("/demande")
        assert person.step == "suivi_par"
    finally:
        pushed.stop()
    apart.world.webhook = None


def test_the_roles_may_be_processes_of_their_own_and_answer_what_waited_on_the_day_given(apart, folder):
    for text in ("/demande", "la mission locale"):
        people.write(apart.world, 92, text)
    arguments = ("--today", "2027-03-01", "--role")
    parts = [Bot(folder, apart.url, (*arguments, role)).start() for role in ("intake", "worker", "web")]
    try:
        person = Person(apart.world, 92)
        wait_for(lambda: len([one for one in apart.world.chat(92).messages.values() if not one.mine]) == 2)
        person.reply()
        assert person.step not in {"", "suivi_par"}
        person.fills(until="periode")
        person.says("du 12 au 16 avril")
        assert parts[0].session(92).answers["date_debut"].value == "2027-04-12"
        assert "pages" in parts[2].ready
        assert "pages" not in parts[0].ready
    finally:
        assert [part.stop() for part in parts] == [0, 0, 0]
