"""« Puis-je ? » ends in yes, no, or what is missing, with the rules quoted."""

import pytest

from bot.content.orientation import load_router
from bot.conversation.scene import profil
from bot.domain.puisje import CITEES, decider
from bot.form.flow import Draft
from tests.domain.cas import FORMATS, ROOT, TODAY, regles

ROUTER = load_router(ROOT / "knowledge")
JOB_SEEKER = {"suivi_par": "france-travail", "situation": "demandeur-emploi", "date_naissance": "2000-05-14"}


def decided(**answers):
    known = {key: value for key, value in (JOB_SEEKER | answers).items() if value is not None}
    orientation = ROUTER.route(profil(Draft(known, TODAY, regles())))
    return decider(known, orientation, today=TODAY, regles=regles(), holidays=FORMATS.holidays)


@pytest.mark.parametrize(("answers", "expected"), [
    ({}, "oui"),
    ({"suivi_par": "aucun", "inscrit_france_travail": True}, "oui"),
    ({"situation": None}, "manque"),
    ({"date_naissance": None}, "manque"),
    ({"situation": "etudiant", "suivi_par": "aucun"}, "non"),
    ({"date_naissance": "2012-01-01", "situation": "lyceen", "suivi_par": "aucun"}, "non"),
    ({"date_naissance": "2009-01-01"}, "oui"),
    ({"date_debut": "2027-01-11", "date_fin": "2027-02-12"}, "non"),
    ({"date_debut": "2027-01-11", "date_fin": "2027-02-10"}, "oui"),
    ({"siret": "73282932000074", "employeur": "Garage", "employeur_siret": "73282932000074",
      "situation": "salarie-prive", "inscrit_france_travail": True}, "non"),
    ({"date_naissance": "1880-01-01"}, "non"),
])  # fmt: skip
def test_the_answer_follows_the_rules(answers, expected):
    assert decided(**answers).reponse == expected


def test_no_says_which_rule_and_missing_says_what():
    assert [one.code for one in decided(date_debut="2027-01-11", date_fin="2027-02-12").obstacles] == ["duree"]
    assert decided(situation=None).manquants == ("situation",)


def test_a_minor_is_told_of_the_representative_not_refused():
    found = decided(date_naissance="2009-01-01")
    assert "representant" in {one.code for one in found.conditions}
    assert found.obstacles == ()


def test_the_rules_are_quoted_with_article_address_and_day():
    for one in decided().regles:
        assert one.cle in CITEES
        assert one.article
        assert one.url.startswith("https://")
        assert one.verifiee_le <= TODAY


def test_a_question_not_asked_yet_is_not_held_against_the_person():
    assert decided().conditions == ()
