"""What playing people by hand brought up: several questions, corrections on the way, words for another question."""

import pytest

from bot.domain.message import Kind
from tests.conversation.fakes import Person, at

PARAGRAPH = (
    "bjr je mapelle Karim Ziani jsui o chomage suivi par la mision locale non pardon par france travail, ne le 3/5/95 "
    "habite a saint denis 93 je veu decouvrir boulangé non patissier a paris du 7 au 11 mars, mail karim@exemple.fr"
)


def test_a_correction_inside_a_paragraph_wins_and_the_place_of_each_thing_is_kept():
    person = Person()
    person.says(PARAGRAPH)
    assert person.slot("suivi_par") == "france-travail"
    assert person.slot("metier") == "pâtissier"
    assert person.slot("commune")["departement"] == "93"
    assert person.slot("lieu")["nom"] == "Paris"
    assert person.slot("date_naissance") == "1995-05-03"
    assert (person.slot("prenom"), person.slot("nom")) == ("Karim", "Ziani")


@pytest.mark.parametrize(
    ("text", "champ", "value"),
    [
        ("j'habite à Lyon, pardon Villeurbanne, et je suis au chômage", "commune", "Villeurbanne"),
        ("je suis né le 3 mai 1988, pardon 1989, et je suis au chômage", "date_naissance", "1989-05-03"),
        ("je suis au chômage, suivi par la mission locale, non pardon France Travail", "suivi_par", "france-travail"),
        ("je veux découvrir boulanger, non plutôt pâtissier, à Lyon", "metier", "pâtissier"),
        ("je suis au chômage et j'habite Bron", "commune", "Bron"),
        ("personne ne me suit, né le 14/02/1990, je suis au chômage", "date_naissance", "1990-02-14"),
        ("pas encore d'entreprise, mon mail lea@exemple.fr et je suis au chômage", "email", "lea@exemple.fr"),
        ("je suis au chômage, la mission locale me suit", "suivi_par", "mission-locale"),
        ("jcherche du taf et jhabite Bron", "situation", "demandeur-emploi"),
    ],
)
def test_what_is_meant_is_what_is_kept(text, champ, value):
    person = Person()
    person.says(text)
    kept = person.slot(champ)
    assert (kept["nom"] if isinstance(kept, dict) else kept) == value


def test_several_questions_in_one_message_are_each_answered_with_a_source(someone):
    person = someone()
    said = person.says(
        "Bonjour, est-ce que c'est payé, qui signe la convention et combien de temps ça peut durer ?"
    ).text
    assert said.count("Source :") == 3
    assert said.index("payé") < said.index("signe") < said.index("durer")


def test_a_question_that_names_an_answer_fills_nothing():
    person = at("handicap")
    person.says("est-ce que l'entreprise saura que j'ai une rqth ?")
    assert person.slot("handicap") is None
    assert person.asked == "handicap"


def test_a_yes_with_a_worry_is_a_yes():
    person = at("handicap")
    person.says("oui mais je veux pas que le patron le sache")
    assert person.slot("handicap") == "oui"


@pytest.mark.parametrize("step", ["contact", "recap"])
def test_dates_corrected_in_words_are_dates_whatever_is_asked(step):
    person = at(step)
    trade = person.slot("metier")
    person.says("non finalement la semaine du 16 mars")
    assert person.slot("metier") == trade
    person.says("oui")
    assert (person.slot("date_debut"), person.slot("date_fin")) == ("2026-03-16", "2026-03-20")
    assert person.asked == step
    assert not person.sent()


def test_new_dates_at_the_recap_are_confirmed_before_anything_is_sent():
    person = at("recap")
    person.says("la semaine du 16 mars")
    person.says("oui")
    assert not person.sent()
    assert person.slot("date_debut") == "2026-03-16"
    person.says("envoyer")
    assert person.sent()[0].answers["date_debut"] == "2026-03-16"


def test_a_correction_after_sending_opens_the_sent_request_with_its_change():
    person = at("recap")
    person.taps("Envoyer")
    said = person.says("en fait plutôt du 16 au 20 mars").text
    assert person.sent()[0].numero in said
    assert person.slot("metier") == "boulanger"
    assert person.slot("date_debut") == "2026-03-16"


def test_refusing_to_give_another_answer_passes_nothing():
    person = at("horaires")
    person.says("je veux pas donner mon téléphone")
    assert person.asked == "horaires"
    assert "horaires" not in person.session.skipped


def test_what_is_obligatory_is_said():
    person = at("activites")
    asked = person.says("c'est obligatoire ?").text
    assert person.dialogue.house.words.say("form.pas_obligatoire") in asked
    phone = person.says("c'est obligatoire le téléphone ?").text
    assert person.dialogue.house.words.say("form.obligatoire") in phone


def test_a_second_refusal_is_not_told_the_same_words_and_gets_a_person():
    person = at("contact")
    first = person.says("je ne veux pas le donner").text
    second = person.says("non je ne veux pas le dire")
    assert second.text != first
    assert any(button.label == "Parler à quelqu'un" for row in second.buttons for button in row)
    person.does(kind=Kind.BUTTON, button=second.buttons[0][0].data)
    assert person.asked == "contact"
