"""The desk's words agree with the code: every status, field, value and check has its own."""

import re
from pathlib import Path

import pytest

from bot.dashboard.filters import GROUPS
from bot.dashboard.form import LABELS
from bot.dashboard.law import FLAGS
from bot.dashboard.shown import CHOICES, STATUTS
from bot.domain.demande import TRANSITIONS, Champ, Statut
from bot.domain.orientation import Handicap, Situation, SuiviPar
from tests.dashboard.office import content

TEMPLATES = sorted((Path(__file__).resolve().parents[2] / "bot" / "dashboard" / "templates").rglob("*.html"))


def test_every_status_has_its_name_and_its_filter():
    assert set(STATUTS) == set(Statut)
    assert {statut.value for statut in Statut} <= set(GROUPS)
    assert {statut for group in GROUPS.values() for statut in group} == set(Statut)


def test_every_change_of_status_has_its_button():
    from bot.dashboard.dossier import _WORDS

    assert {row.target for row in TRANSITIONS} == set(_WORDS)


@pytest.mark.parametrize(
    ("champ", "values"), [(Champ.SUIVI_PAR, SuiviPar), (Champ.SITUATION, Situation), (Champ.HANDICAP, Handicap)]
)
def test_every_value_of_a_choice_has_its_name(champ, values):
    assert set(CHOICES[champ]) == {value.value for value in values}


def test_every_field_has_a_label_that_stands_alone():
    assert set(LABELS) == set(Champ)
    assert len(set(LABELS.values())) == len(LABELS)


def test_every_check_that_forbids_has_its_flag_and_every_flag_its_check():
    said = {}
    for key in content().words.entries:
        if key.startswith("controle.") and key.count(".") == 2:
            _, code, issue = key.split(".")
            said.setdefault(code, set()).add(issue)
    assert sorted(set(FLAGS) - set(said)) == []
    assert sorted(code for code, issues in said.items() if "impossible" in issues and code not in FLAGS) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_form_that_acts_carries_its_token_and_every_field_its_label(path):
    text = path.read_text(encoding="utf-8")
    for form in re.findall(r'<form[^>]*method="post".*?</form>', text, re.DOTALL):
        assert "{% csrf_token %}" in form, form[:80]
    labelled = set(re.findall(r'<label for="([^"]+)"', text))
    for identifier in re.findall(r'<(?:input|select|textarea)[^>]*\sid="([^"]+)"', text):
        assert identifier in labelled, identifier
