"""`requests` and `manage`: what an operator sees, takes out and erases."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from bot.cli import requests
from bot.errors import InputError
from bot.storage.models import DemandeRow, Trace
from bot.storage.stores import DjangoDemandeStore
from tests.storage.conftest import NOW
from tests.storage.test_effects import demande

FORMULA = '=HYPERLINK("http://exemple.fr";"x")'


@pytest.fixture
def run(base, monkeypatch):
    """Run `requests` on the database of the test."""
    monkeypatch.setattr(requests, "open_database", lambda _: None)

    def invoke(*arguments):
        result = CliRunner().invoke(requests.app, list(arguments))
        if isinstance(result.exception, InputError):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.stdout

    return invoke


def stored(*numbers, **fields):
    for number in numbers:
        DjangoDemandeStore().add(demande(number, envoyee_le=NOW + timedelta(hours=number), **fields))


def test_the_list_names_no_person(run):
    stored(1, 2)
    lines = run("list").splitlines()
    assert [line.split("\t") for line in lines] == [
        ["2026-000001", "nouvelle", "mission-locale", "2026-03-02", "2026-04-06"],
        ["2026-000002", "nouvelle", "mission-locale", "2026-03-02", "2026-04-06"],
    ]
    assert "Zoé" not in "".join(lines)
    assert run("list", "--statut", "refusee") == ""
    assert run("list", "--organisme", "cap-emploi") == ""


def test_a_body_that_does_not_exist_is_named_with_those_that_do(run):
    with pytest.raises(InputError, match="cap-emploi"):
        run("list", "--organisme", "cap-emplois")


def test_an_exported_table_opens_in_a_spreadsheet_and_runs_nothing(run, tmp_path):
    stored(1, answers={**demande().answers, "entreprise": FORMULA, "telephone": "+33612345678", "activites": "@a;b\nc"})
    file = tmp_path / "demandes.csv"
    run("export", "--output", str(file))
    text = file.read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    assert file.stat().st_mode & 0o077 == 0
    head, row = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    assert len(head) == len(row)
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert f"'{FORMULA}" in row
    assert list(Trace.objects.values_list("quoi", "nombre")) == [("export", 1)]
    assert list(tmp_path.iterdir()) == [file]


def test_an_export_as_json_is_what_is_stored(run):
    stored(1, 2)
    found = json.loads(run("export", "--format", "json"))
    assert [one["numero"] for one in found] == ["2026-000001", "2026-000002"]
    assert found[0]["champs"] == dict(demande().answers)
    assert json.loads(run("export", "--format", "json", "--statut", "refusee")) == []


def test_an_export_that_fails_leaves_no_half_file(run, tmp_path, monkeypatch):
    stored(1)

    def breaks(*_):
        yield "half"
        raise OSError("no space left")

    monkeypatch.setattr("bot.dashboard.exports.csv_chunks", breaks)
    result = CliRunner().invoke(requests.app, ["export", "--output", str(tmp_path / "x.csv")])
    assert result.exit_code != 0
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(InputError, match="cannot be written"):
        run("export", "--output", str(tmp_path / "nowhere" / "x.csv"))


def test_a_rehearsed_purge_erases_nothing_and_counts_the_same(run):
    stored(1)
    DemandeRow.objects.update(envoyee_le=NOW - timedelta(days=4000))
    DemandeRow.objects.get().evenements.update(at=NOW - timedelta(days=4000))
    rehearsed = run("purge", "--dry-run")
    assert "demandes\t1" in rehearsed
    assert DemandeRow.objects.count() == 1
    assert run("purge").replace("erased:", "") == rehearsed.replace("would be erased:", "")
    assert DemandeRow.objects.count() == 0


def test_the_commands_run_from_an_empty_folder(tmp_path):
    """Both in one process: a command is Python, Django and the content to start."""
    script = (
        "import sys; from bot.__main__ import main\n"
        "for words in (['requests', 'purge', '--dry-run'], ['manage', 'check']):\n"
        "    sys.argv[1:] = words\n"
        "    try: main()\n"
        "    except SystemExit as end: assert not end.code, (words, end.code)\n"
    )
    environment = {**os.environ, "DATA_DIR": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=False,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "demandes\t0" in done.stdout
    assert (tmp_path / "data" / "immersion-bot.sqlite3").is_file()
