"""The routing table against the dossier's rules, row by row; every row reached, no row hidden by another."""

import io
import json
from itertools import product
from pathlib import Path

import pytest

from bot.cli.lines import answer_lines
from bot.cli.route import handler, profil_from
from bot.content.organismes import load_organismes
from bot.content.orientation import check, load_router
from bot.domain.orientation import Handicap, Profil, Situation, SuiviPar

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
ROUTER = load_router(KNOWLEDGE)
ORGANISMES = load_organismes(KNOWLEDGE)
BOOLEANS = {"true": True, "false": False}


def _profil(text):
    pairs = (part.split("=") for part in text.split(",") if part.strip())
    return {
        key.strip(): int(value) if key.strip() == "age" else BOOLEANS.get(value.strip(), value.strip())
        for key, value in pairs
    }


def _rows():
    lines = (Path(__file__).parent / "table.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.strip() and not line.startswith("#"):
            organisme, dispositif, regle, profil = (part.strip() for part in line.split("|"))
            yield pytest.param(organisme, dispositif, regle, _profil(profil), id=f"{regle}:{profil}")


ROWS = list(_rows())


@pytest.mark.parametrize(("organisme", "dispositif", "regle", "profil"), ROWS)
def test_the_right_door(organisme, dispositif, regle, profil):
    found = ROUTER.route(profil_from(profil))
    assert (found.organisme, found.dispositif, found.regle) == (organisme, dispositif, regle)


def test_the_table_is_long_enough_and_reaches_every_row():
    assert len(ROWS) >= 200
    assert {row.values[2] for row in ROWS} == {ligne.id for ligne in ROUTER.lignes}


@pytest.mark.parametrize(("organisme", "dispositif", "regle", "profil"), ROWS)
def test_every_answer_says_why_with_a_source_and_never_offers_the_same_door_twice(organisme, dispositif, regle, profil):
    found = ROUTER.route(profil_from(profil))
    assert found.motif
    assert found.motif_conseiller
    assert all(lien.url.startswith("http") for lien in found.sources)
    assert found.sources
    doors = [organisme, *(door.organisme for door in found.alternatives)]
    assert len(doors) == len(set(doors))
    assert organisme != "a-confirmer" or found.alternatives


def _space():
    """Every combination of what the conditions look at, ages at their borders."""
    for suivi, situation, handicap, age in product(
        [None, *SuiviPar], [None, *Situation], [None, *Handicap], [None, 15, 16, 17, 18, 25, 26]
    ):
        yield Profil(suivi_par=suivi, situation=situation, handicap=handicap, age=age)


def test_nobody_under_sixteen_is_sent_to_a_pmsmp():
    young = [ROUTER.route(profil) for profil in _space() if profil.age == 15]
    assert young
    assert {found.dispositif for found in young} == {"stage-observation"}


def test_an_etti_never_prescribes_and_a_structure_only_for_its_own_employees():
    own = {Situation.SALARIE_INSERTION, None}
    for profil in _space():
        if ROUTER.route(profil).organisme == "structure-iae":
            assert profil.situation in own, profil


def test_a_civil_servant_is_never_sent_to_a_pmsmp():
    for profil in _space():
        if profil.situation is Situation.FONCTIONNAIRE and profil.age not in {15, 16, 17}:
            assert ROUTER.route(profil).dispositif == "immersion-fonction-publique", profil


def test_a_body_that_signs_no_pmsmp_is_named_only_with_another_scheme_or_as_first_contact():
    first_contact = {"organisme-formation", "a-confirmer"}
    for profil in _space():
        found = ROUTER.route(profil)
        if found.dispositif == "pmsmp" and found.organisme not in first_contact:
            assert ORGANISMES[found.organisme].peut_conventionner, (profil, found.regle)


def test_what_is_missing_is_never_something_already_known():
    for profil in _space():
        found = ROUTER.route(profil)
        for name in found.missing:
            assert getattr(profil, name) in (None, "ne-sait-pas"), (profil, name)


def test_a_row_is_hidden_by_no_earlier_row():
    """Each row is the first that holds for at least one profile of the table above."""
    reached = {ROUTER.route(profil_from(row.values[3])).regle for row in ROWS}
    assert reached == {ligne.id for ligne in ROUTER.lignes}


def test_a_structure_that_may_hold_a_delegation_is_asked_first():
    found = ROUTER.route(profil_from({"suivi_par": "autre", "situation": "demandeur-emploi", "age": 40}))
    assert "délégation" in found.motif


def test_the_table_is_sound():
    assert check(KNOWLEDGE) == []


def _ask(*records):
    out = io.StringIO()
    lines = [line if isinstance(line, str) else json.dumps(line) for line in records]
    answer_lines(handler(ROUTER, ORGANISMES), lines, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("profil", "named"),
    [
        ({"age": -1}, "age"),
        ({"age": 121}, "age"),
        ({"age": "17"}, "age"),
        ({"age": 17.5}, "age"),
        ({"age": True}, "age"),
        ({"situation": "chomeur"}, "situation"),
        ({"situation": ""}, "situation"),
        ({"situation": ["etudiant"]}, "situation"),
        ({"suivi_par": "pole-emploi"}, "suivi_par"),
        ({"suivi_par": "andi"}, "suivi_par"),
        ({"handicap": True}, "handicap"),
        ({"handicap": "peut-etre"}, "handicap"),
        ({"rsa": "oui"}, "rsa"),
        ({"rsa": 1}, "rsa"),
        ({"cadre": "true"}, "cadre"),
        ({"departement": "20"}, "departement"),
        ({"departement": "99"}, "departement"),
        ({"departement": 69}, "departement"),
        ({"departement": "1"}, "departement"),
        ({"departement": ["69"]}, "departement"),
        ({"departement": "2a"}, "departement"),
        ({"nationalite": "française"}, "nationalite"),
        ({"Age": 20}, "Age"),
    ],
)
def test_an_invalid_profile_is_an_error_that_names_it(profil, named):
    (answer,) = _ask({"id": "x", "profil": profil})
    assert answer["id"] == "x"
    assert named in answer["error"]
    assert "organisme" not in answer


def test_a_bad_line_is_answered_and_the_next_ones_too():
    answers = _ask("{", "[]", "null", '{"id": 7}', {"id": "p", "profil": []}, {"id": "ok", "profil": {}})
    assert [("error" in answer) for answer in answers] == [True] * 5 + [False]
    assert [answer["id"] for answer in answers] == [None, None, None, 7, "p", "ok"]


def test_a_thousand_lines_are_answered_in_order():
    profils = [row.values[3] for row in ROWS]
    records = [{"id": number, "profil": profils[number % len(profils)]} for number in range(1000)]
    assert [answer["id"] for answer in _ask(*records)] == list(range(1000))
