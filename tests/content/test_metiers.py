"""Trades: a list that names each trade once, and the official one when a deployment provides it."""

from pathlib import Path

import pytest

from bot.content.metiers import Appellation, check, folded, load_metiers, load_rome, load_trades, search
from bot.errors import ContentError

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
ROME = "code_rome;code_appellation;libelle\nD1102;11573;Boulanger / Boulangère\nD1104;17550;Pâtissier / Pâtissière\n"


def test_three_hundred_trades_each_named_once():
    trades = load_metiers(KNOWLEDGE)
    assert len(trades) >= 300
    assert check(KNOWLEDGE) == []


@pytest.mark.parametrize(
    ("typed", "same"), [("Pâtissier", "patissier"), ("Œnologue", "oenologue"), ("AIDE-SOIGNANTE", "aide soignante")]
)
def test_accents_capitals_and_hyphens_do_not_matter(typed, same):
    assert folded(typed) == same


def test_a_trade_written_twice_is_reported_with_its_line(tmp_path):
    (tmp_path / "metiers.yaml").write_text("Un:\n  Boulanger: []\nDeux:\n  Mitron: [boulanger]\n", encoding="utf-8")
    (problem,) = check(tmp_path)
    assert problem.line == 4
    assert "Boulanger" in problem.message


def test_without_an_official_list_nothing_is_missing():
    assert load_rome(KNOWLEDGE) == ()


def test_the_official_list_is_searched_by_the_beginning_of_words(tmp_path):
    (tmp_path / "rome.csv").write_text(ROME, encoding="utf-8")
    appellations = load_rome(tmp_path)
    assert search(appellations, "patis") == (Appellation("D1104", "17550", "Pâtissier / Pâtissière"),)
    assert search(appellations, "boul") == (Appellation("D1102", "11573", "Boulanger / Boulangère"),)
    assert search(appellations, "  ") == ()
    assert search(appellations, "langer") == ()


def test_the_form_recognises_the_official_trades_beside_its_own(tmp_path):
    (tmp_path / "metiers.yaml").write_text("Un:\n  Boulanger: [mitron]\n", encoding="utf-8")
    (tmp_path / "rome.csv").write_text(ROME, encoding="utf-8")
    assert dict(load_trades(tmp_path)) == {"Boulanger": ("mitron",), "Pâtissier": ("Pâtissière",)}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("rome;libelle\nD1102;Boulanger\n", "code_rome;code_appellation;libelle"),
        ("code_rome;code_appellation;libelle\n1102;1;Boulanger\n", "une lettre, quatre chiffres"),
        ("code_rome;code_appellation;libelle\nD1102;1;\n", "libellé"),
        ("code_rome;code_appellation;libelle\nD1102\n", "libellé"),
    ],
)
def test_a_bad_official_list_says_what_would_be_right(tmp_path, content, says):
    (tmp_path / "rome.csv").write_text(content, encoding="utf-8")
    with pytest.raises(ContentError, match=says):
        load_rome(tmp_path)


def test_a_list_in_another_encoding_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "rome.csv").write_bytes("code_rome;code_appellation;libelle\nD1102;1;Pâtissier\n".encode("latin-1"))
    with pytest.raises(ContentError, match="UTF-8"):
        load_rome(tmp_path)
