"""What is left to do: who signs, in which order, by when, counted back from the start."""

from datetime import date

import pytest

from bot.domain.demande import Champ
from bot.domain.demarches import demarches, manquants, recherche
from tests.domain.cas import ADULTE, FORMATS, MINEUR, SALARIE, TODAY, regles, words


def steps(answers, *, today=TODAY, organisme="france-travail", dispositif="pmsmp"):
    return demarches(answers, organisme, dispositif, today=today, regles=regles(), holidays=FORMATS.holidays)


def signers(answers):
    return [one.code for one in steps(answers) if one.code.startswith("signer_")]


def test_everybody_signs_in_order_and_the_body_last():
    assert signers(ADULTE) == ["signer_personne", "signer_hote"]
    assert signers(MINEUR) == ["signer_personne", "signer_representant", "signer_hote"]
    assert signers(SALARIE) == ["signer_personne", "signer_hote", "signer_employeur"]
    codes = [one.code for one in steps(SALARIE)]
    assert codes.index("valider") > codes.index("signer_employeur")
    assert codes[-2:] == ["commencer", "bilan"]


def test_days_are_counted_back_over_holidays():
    due = {one.code: one.avant for one in steps(ADULTE | {"date_debut": "2027-01-04"})}
    assert due["contacter"] == date(2026, 12, 24)
    assert due["signer_hote"] == date(2026, 12, 29)
    assert due["valider"] == date(2026, 12, 31)
    assert due["commencer"] == date(2027, 1, 4)


def test_a_day_gone_by_becomes_now():
    near = {one.code: one for one in steps(ADULTE | {"date_debut": "2026-11-27"})}
    assert near["contacter"].vite
    assert near["contacter"].avant == TODAY
    assert not near["valider"].vite


def test_order_and_days_agree():
    for answers in (ADULTE, MINEUR, SALARIE):
        days = [one.avant for one in steps(answers)]
        assert days == sorted(days)


def test_without_a_host_one_is_looked_for_by_trade_and_place():
    lost = ADULTE | {"hote_connu": False, "lieu": {"nom": "Saint-Étienne", "departement": "42"}}
    lost = {key: value for key, value in lost.items() if key not in {"entreprise", "siret", "adresse", "tuteur"}}
    first = steps(lost)[0]
    assert first.code == "trouver_hote_ici"
    assert first.params["metier"] == "boulanger"
    assert first.params["lien"].endswith("recherche?place=Saint-%C3%89tienne")
    assert Champ.SIRET not in manquants(lost)


def test_what_is_missing_is_to_be_prepared():
    found = next(one for one in steps(ADULTE | {"siret": None, "horaires": None}) if one.code == "preparer")
    assert found.champs == (Champ.SIRET, Champ.HORAIRES)
    assert "preparer" not in {one.code for one in steps(ADULTE)}


@pytest.mark.parametrize(("organisme", "dispositif"), [("a-confirmer", "pmsmp"), ("etablissement-enseignement",
                                                                                "stage-etudiant")])  # fmt: skip
def test_nothing_is_invented_where_the_request_goes_another_way(organisme, dispositif):
    assert steps(ADULTE, organisme=organisme, dispositif=dispositif) == ()


def test_without_dates_no_day_is_invented():
    bare = {key: value for key, value in ADULTE.items() if not key.startswith("date_")}
    assert {one.avant for one in steps(bare)} == {None}


def test_every_step_has_its_words():
    for answers in (ADULTE, MINEUR, SALARIE, {"hote_connu": False}):
        for one in steps(answers):
            assert words().has(f"demarche.{one.code}")


def test_the_search_link_has_no_plus():
    assert recherche("Le Puy en Velay") == "https://immersion-facile.beta.gouv.fr/recherche?place=Le%20Puy%20en%20Velay"
    assert recherche("") == "https://immersion-facile.beta.gouv.fr/recherche"
