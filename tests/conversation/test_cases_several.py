"""B2, several answers at once, out of order, or too little: nothing is guessed."""

import pytest

from tests.conversation.fakes import Person, at


def test_mul_01_a_paragraph_fills_what_it_states_and_the_rest_is_asked():
    person = Person()
    person.says("je veux découvrir boulanger à Lyon du 3 au 14 mars")
    assert person.slot("objectif") == "decouvrir"
    assert person.slot("metier") == "boulanger"
    assert person.slot("lieu")["nom"] == "Lyon"
    assert (person.slot("date_debut"), person.slot("date_fin")) == ("2026-03-03", "2026-03-14")
    for part in ("Découvrir", "boulanger", "Lyon", "mardi 3 mars 2026", "samedi 14 mars 2026"):
        assert part in person.last.text
    assert person.asked == "suivi_par"


def test_mul_02_a_host_is_not_a_trade():
    person = at("metier")
    person.says("boulangerie Martin à Bron")
    assert person.slot("entreprise").lower() == "boulangerie martin"
    assert person.slot("lieu")["nom"] == "Bron"
    assert person.slot("metier") is None
    person.taps("boulanger")
    assert person.slot("metier") == "boulanger"


def test_mul_03_a_length_alone_invents_no_date_and_is_proposed_once_the_start_is_known():
    person = at("periode")
    person.says("2 semaines en mars")
    assert person.slot("date_debut") is None
    assert person.asked == "periode"
    person.says("2 mars")
    assert person.slot("date_debut") == "2026-03-02"
    assert person.slot("date_fin") is None
    person.says("oui")
    assert person.slot("date_fin") == "2026-03-13"


def test_mul_04_namesakes_are_asked_about_with_their_department():
    person = at("lieu")
    person.says("Saint-Denis")
    labels = " ".join(button.label for row in person.last.buttons for button in row)
    assert "93" in labels
    assert "974" in labels
    assert person.slot("lieu") is None


@pytest.mark.parametrize("text", ["à côté de chez moi", "près de chez moi"])
def test_mul_05_near_my_home_proposes_the_known_commune_and_asks_for_no_position(text):
    person = at("lieu")
    person.says(text)
    assert person.slot("lieu") is None
    assert "Bron" in person.last.buttons[0][0].label
    assert "position" not in person.last.text.lower()
    person.says("oui")
    assert person.slot("lieu")["nom"] == "Bron"


def test_mul_06_seeing_whether_i_like_it_is_confirmed_as_discovering():
    person = at("objectif")
    person.says("voir si ça me plaît")
    assert person.slot("objectif") is None
    assert "Découvrir un métier" in [button.label for row in person.last.buttons for button in row]
    person.says("oui")
    assert person.slot("objectif") == "decouvrir"


def test_mul_07_two_aims_one_must_be_chosen_and_the_rule_is_sourced():
    person = at("objectif")
    person.says("découvrir et peut-être me faire embaucher")
    assert person.slot("objectif") is None
    assert "http" in person.last.text
    assert len(person.last.buttons) >= 2
    person.taps("Découvrir")
    assert person.slot("objectif") == "decouvrir"


def test_mul_08_i_do_not_know_my_trade_has_three_ways_on():
    person = at("metier")
    person.says("je sais pas")
    assert person.slot("metier") is None
    assert "domaine" in person.last.text
    assert person.button("À décider avec mon conseiller")
    assert person.button("Passer")


STORY = (
    "Bonjour, alors voilà, j'ai longtemps hésité à vous écrire parce que j'ai peur de ne pas être prise au sérieux. "
    "Quand j'étais petite je regardais ma grand-mère cuisiner pendant des heures et ça m'est resté. "
    * 6
    + "Aujourd'hui je suis au chômage, j'habite à Villeurbanne et je voudrais découvrir le métier de cuisinier. "
    "J'ai peur de ne pas tenir le rythme. Merci de m'avoir lue jusqu'au bout, vraiment."
)


def test_mul_09_a_life_story_gives_its_fields_and_is_not_kept():
    person = Person()
    person.says(STORY)
    assert person.slot("metier") == "cuisinier"
    assert person.slot("situation") == "demandeur-emploi"
    kept = str(person.session)
    assert "grand-mère" not in kept
    assert "peur" not in kept
    assert person.asked == "suivi_par"


@pytest.mark.parametrize("step", ["", "metier"])
def test_mul_10_two_trades_one_is_chosen_for_this_request(step):
    person = at(step) if step else Person()
    person.says("boulanger ou coiffeur")
    assert person.slot("metier") is None
    person.taps("coiffeur")
    assert person.slot("metier") == "coiffeur"


@pytest.mark.parametrize(
    ("text", "value"),
    [("ok", True), ("ouais", True), ("👍", True), ("nan", False), ("mouais", None), ("pourquoi pas", None)],
)
def test_mul_11_half_hearted_is_not_a_yes(text, value):
    person = at("hote_connu")
    person.says(text)
    assert person.slot("hote_connu") is value
    if value is None:
        assert person.asked == "hote_connu"
