"""`trades import` as an operator runs it, on both databases."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import trades
from bot.content.appellations import read_appellations
from bot.errors import ContentError
from bot.storage.models import AppellationRow
from bot.storage.trade_list import TradesImported, all_trades, replace_trades
from tests.content.trades import made_up

SMALL = Path(__file__).resolve().parents[1] / "content/appellations.csv"
DAY, LATER = date(2026, 11, 29), date(2026, 12, 6)


@pytest.fixture
def run(base, monkeypatch):
    monkeypatch.setattr(trades, "open_database", lambda _: None)

    def call(*arguments):
        result = CliRunner().invoke(trades.app, list(arguments))
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


def test_a_file_is_stored_and_the_second_run_changes_nothing(run):
    assert "added      17" in run("import", str(SMALL), "--today", "2026-11-29").output
    again = run("import", str(SMALL)).output
    assert "added      0" in again
    assert "unchanged  17" in again
    assert set(AppellationRow.objects.values_list("importe_le", flat=True)) == {DAY}


def test_what_was_stored_is_searched(run):
    run("import", str(SMALL))
    assert run("search", "boulangere").output.startswith("1.00\tD1102\t11573\tBoulanger / Boulangère\n")
    assert run("search", "xyzzy").exit_code == 1


def test_a_wrong_line_writes_nothing(run, tmp_path):
    file = tmp_path / "f.csv"
    file.write_text(SMALL.read_text(encoding="utf-8") + "D1102;x;Faux\n", encoding="utf-8")
    with pytest.raises(ContentError, match="cinq ou six chiffres"):
        run("import", str(file))
    assert not AppellationRow.objects.exists()


def test_a_new_edition_replaces_the_former_one(base):
    replace_trades(read_appellations([SMALL]), DAY)
    kept = read_appellations([SMALL])[:10]
    renamed = type(kept[0])(kept[0].code, kept[0].code_rome, "Autre nom")
    assert replace_trades([renamed, *kept[1:]], LATER) == TradesImported(0, 1, 7, 9)
    assert set(all_trades()) == {renamed, *kept[1:]}


def test_a_list_of_the_real_size_comes_back_whole(base):
    trades_in = made_up(11_118)
    assert replace_trades(trades_in, DAY).added == len(trades_in)
    assert replace_trades(trades_in, LATER) == TradesImported(0, 0, 0, len(trades_in))
    assert set(all_trades()) == set(trades_in)
