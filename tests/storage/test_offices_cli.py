"""`offices import` as an operator runs it: a report, nothing half-written, nothing on the second run."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import offices
from bot.errors import ContentError, InputError
from bot.storage.models import BureauRow

ANNUAIRE = Path(__file__).resolve().parents[1] / "orientation/annuaire"
FILES = [str(ANNUAIRE / "base_locale.json"), str(ANNUAIRE / "bureaux.csv")]
HEAD = "reseau;identifiant;nom;departement\n"


@pytest.fixture
def run(base, monkeypatch):
    monkeypatch.setattr(offices, "open_database", lambda _: None)

    def call(*arguments):
        result = CliRunner().invoke(offices.app, ["import", *arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


def counts(result):
    lines = [line.rsplit(maxsplit=1) for line in result.output.splitlines()[:6]]
    return {name.strip(): int(number) for name, number in lines}


def test_both_forms_are_stored_and_the_second_run_changes_nothing(run):
    first = run(*FILES, "--today", "2026-11-29")
    assert first.exit_code == 0
    assert counts(first)["added"] == BureauRow.objects.count() == 44
    second = run(*FILES, "--today", "2026-11-30")
    assert counts(second) == {
        "added": 0, "changed": 0, "reopened": 0, "closed": 0, "unchanged": 44, "set aside": 0,
    }  # fmt: skip
    assert set(BureauRow.objects.values_list("importe_le", flat=True)) == {BureauRow.objects.first().importe_le}


def test_a_wrong_line_writes_nothing_at_all(run, tmp_path):
    (tmp_path / "f.csv").write_text(HEAD + "mission-locale;1;Juste;69\nmission-locale;2;Faux;99\n", encoding="utf-8")
    with pytest.raises(ContentError, match="écrivez 01 à 95"):
        run(str(tmp_path / "f.csv"))
    assert not BureauRow.objects.exists()


def test_with_keep_going_the_right_lines_are_written_and_the_wrong_ones_said(run, tmp_path):
    (tmp_path / "f.csv").write_text(HEAD + "mission-locale;1;Juste;69\nmission-locale;2;Faux;99\n", encoding="utf-8")
    result = run(str(tmp_path / "f.csv"), "--keep-going")
    assert result.exit_code == 1
    assert [row.nom for row in BureauRow.objects.all()] == ["Juste"]


def test_a_change_and_a_closing_are_named(run, tmp_path):
    (tmp_path / "a.csv").write_text(HEAD + "mission-locale;1;Une;69\nmission-locale;2;Deux;69\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text(HEAD + "mission-locale;1;Une autre;69\n", encoding="utf-8")
    run(str(tmp_path / "a.csv"))
    result = run(str(tmp_path / "b.csv"), "--complete")
    assert "changed: mission-locale:1 (nom)" in result.output
    assert "closed: mission-locale:2" in result.output


def test_a_missing_file_or_an_unknown_network_is_one_sentence(run, tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        run(str(tmp_path / "absent.csv"))
    with pytest.raises(InputError, match="use one of mission-locale"):
        run(FILES[1], "--network", "poste")
