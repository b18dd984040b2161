"""What answers another question than the one asked is kept where it belongs, and the question is asked again."""

import pytest

from tests.conversation.fakes import Person, at


@pytest.mark.parametrize(
    ("step", "text", "champ", "value"),
    [
        ("situation", "découvrir un métier", "objectif", "decouvrir"),
        ("situation", "le 3 mai 2001", "date_naissance", "2001-05-03"),
        ("commune", "lea.exemple@exemple.fr", "email", "lea.exemple@exemple.fr"),
        ("commune", "06 12 34 56 78", "telephone", "+33612345678"),
        ("situation", "732 829 320 00074", "siret", "73282932000074"),
    ],
)
def test_a_value_given_out_of_order_is_kept_and_the_question_asked_again(step, text, champ, value):
    person = at(step)
    person.says(text)
    assert person.slot(champ) == value
    assert person.asked == step


def test_a_postcode_at_another_question_is_the_commune():
    person = at("situation", suivi_par="mission locale")
    person.says("69100")
    assert person.slot("commune")["nom"] == "Villeurbanne"
    assert person.slot("situation") is None


def test_the_same_again_is_said_to_be_known_and_another_value_is_offered_not_written():
    person = at("commune", situation="je cherche un emploi")
    person.says("au chômage")
    assert "déjà noté" in person.last.text
    person.says("étudiant")
    assert person.slot("situation") == "demandeur-emploi"
    assert [button.label for row in person.last.buttons for button in row] == ["Je suis étudiant"]


def test_an_age_said_in_a_paragraph_is_remembered_until_the_birth_date():
    person = Person()
    person.says("bonjour j'ai 17 ans je voudrais découvrir le métier de coiffeur, je suis suivie par la mission locale")
    assert "17 ans" in person.last.text
    while person.asked != "date_naissance":
        person.says({"conseiller": "passer", "situation": "sans activité"}[person.asked])
    assert "Vous avez dit 17 ans" in person.last.text
    person.says("14/05/1998")
    assert "vous aviez dit 17 ans" in person.last.text


@pytest.mark.parametrize("said", ["finalement, pâtissier plutôt que boulanger", "ligne 7 : pâtissier"])
def test_a_line_of_the_summary_changes_in_one_sentence(said):
    person = at("recap", metier="boulanger")
    line = next(one for one in person.last.text.splitlines() if "Métier" in one)
    person.says(said.replace("7", line.partition(".")[0]))
    assert person.slot("metier") == "pâtissier"
    assert "Tout est rempli" in person.last.text


def test_a_week_named_by_its_day_is_offered_with_its_dates():
    person = at("periode")
    person.says("la semaine du 2 mars")
    person.says("oui")
    assert (person.slot("date_debut"), person.slot("date_fin")) == ("2026-03-02", "2026-03-06")


def test_a_department_picks_the_place_offered_with_it():
    person = at("commune")
    person.says("Saint-Denis")
    person.says("93")
    assert person.slot("commune")["departement"] == "93"


def test_a_yes_to_an_open_optional_question_waits_for_the_answer():
    person = at("activites")
    person.says("oui")
    assert person.slot("activites") is None
    assert person.asked == "activites"
