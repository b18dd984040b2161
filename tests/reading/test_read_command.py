"""`read --jsonl` keeps its contract: one answer a line, errors named, no traceback."""

import json
import subprocess
import sys
from datetime import date

import pytest

from bot.cli.read import Reading, handler
from bot.errors import InputError


@pytest.fixture(scope="module")
def handle():
    return handler(Reading.load(date(2026, 11, 23)))


def test_the_contract_example(handle):
    line = {"id": "d1", "field": "date_debut", "today": "2026-11-23", "context": {"date_fin": "2026-12-18"},
            "input": "lundi en huit"}  # fmt: skip
    answer = handle(line)
    assert answer["ask"] is True
    assert answer["value"] == "2026-12-07"
    assert "lundi 7 décembre 2026" in answer["message"]


def test_the_three_shapes(handle):
    assert handle({"field": "oui_non", "input": "ouais"}) == {"value": True}
    assert set(handle({"field": "oui_non", "input": "mouais"})) == {"ask", "message"}
    assert set(handle({"field": "siret", "input": "123"})) == {"reject", "message"}


def test_too_long_a_period_is_refused_with_the_last_possible_day(handle):
    answer = handle({"field": "periode", "today": "2026-02-10", "input": "du 2 mars au 2 avril"})
    assert "mercredi 1er avril 2026" in answer["message"]


def test_a_contradiction_names_both_days(handle):
    answer = handle({"field": "date_debut", "today": "2026-02-10", "input": "lundi 3 mars"})
    assert "lundi 2 mars 2026" in answer["message"]
    assert "mardi 3 mars 2026" in answer["message"]


def test_a_choice_that_is_an_object_comes_back_as_it_was_given(handle):
    periods = [
        {"date_debut": "2026-12-07", "date_fin": "2026-12-18"},
        {"date_debut": "2027-01-04", "date_fin": "2027-01-15"},
    ]
    line = {"field": "periode", "context": {"choix_proposes": periods}, "input": "le deuxième"}
    assert handle(line) == {"value": periods[1]}


def test_a_known_period_is_two_known_dates(handle):
    known = {"periode": {"date_debut": "2026-12-07", "date_fin": "2026-12-18"}}
    assert handle({"field": "date_fin", "context": known, "input": "le 11"}) == {"value": "2026-12-11"}


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ({"field": "taille", "input": "x"}, "taille"),
        ({"input": "x"}, "field"),
        ({"field": "email"}, "input"),
        ({"field": "email", "input": 5}, "input"),
        ({"field": "date_debut", "input": "x", "today": "demain"}, "today"),
        ({"field": "date_debut", "input": "x", "today": 5}, "today"),
        ({"field": "date_debut", "input": "x", "context": []}, "context"),
        ({"field": "date_debut", "input": "x", "context": {"couleur": "bleu"}}, "couleur"),
        ({"field": "date_debut", "input": "x", "context": {"date_fin": "18/12"}}, "date_fin"),
        ({"field": "date_debut", "input": "x", "context": {"date_fin": 5}}, "date_fin"),
        ({"field": "texte_libre", "input": "x", "context": {"longueur_max": "dix"}}, "longueur_max"),
        ({"field": "texte_libre", "input": "x", "context": {"longueur_max": True}}, "longueur_max"),
        ({"field": "metier", "input": "x", "context": {"choix_proposes": "un"}}, "choix_proposes"),
        ({"field": "email", "input": "x", "context": {"tuteur_email": 5}}, "tuteur_email"),
        ({"field": ["email"], "input": "x"}, "field"),
    ],
)
def test_a_bad_line_is_an_error_that_names_its_key(line, named, handle):
    with pytest.raises(InputError, match=named):
        handle(line)


def test_the_program_answers_line_by_line_and_goes_on():
    lines = [
        json.dumps({"id": 1, "field": "siret", "input": "73282932000074"}), "{pas du json", "[]", "",
        json.dumps({"id": 2, "field": "nuage", "input": "x"}),
        json.dumps({"id": 3, "field": "date_debut", "input": "demain"}),
    ]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "bot", "read", "--jsonl", "--today", "2026-02-10"], input="\n".join(lines),
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["id"] for one in out] == [1, None, None, 2, 3]
    assert out[0]["value"] == "73282932000074"
    assert "error" in out[1]
    assert "nuage" in out[3]["error"]
    assert out[4]["value"] == "2026-02-11"
    assert done.stderr == ""
