"""B3, questions and asides in mid-form: answered, then the pending question again, once."""

import pytest

from tests.conversation.fakes import at


def once(person, step):
    question = person.dialogue.house.words.step(step, "question")
    assert person.last.text.count(question) == 1, person.last.text


def test_dig_01_a_question_gets_its_source_then_the_pending_question():
    person = at("periode")
    before = person.session.answers
    person.says("c'est payé ?")
    assert "Source" in person.last.text
    assert person.session.answers == before
    once(person, "periode")


def test_dig_02_a_follow_up_is_understood_from_the_question_before():
    person = at("periode")
    person.says("c'est payé ?")
    person.says("et les transports ?")
    assert "transport" in person.last.text
    assert "Source" in person.last.text


@pytest.mark.parametrize("text", ["pourquoi vous demandez ça ?", "pourquoi ?", "pourquoi vous avez besoin de ça"])
def test_dig_03_why_do_you_ask(text):
    person = at("date_naissance")
    person.says(text)
    assert "représentant légal" in person.last.text
    assert person.asked == "date_naissance"


def test_dig_04_what_is_a_siret():
    person = at("siret", hote_connu="oui")
    person.says("c'est quoi un SIRET ?")
    assert "14 chiffres" in person.last.text
    assert "passer" in person.last.text
    assert person.asked == "siret"


def test_dig_05_none_of_your_business_is_no_pressure():
    person = at("date_naissance")
    before = person.session.answers
    person.says("ça vous regarde pas")
    assert "Rien ne vous oblige" in person.last.text
    assert "parler à quelqu'un" in person.last.text
    assert person.session.answers == before


def test_dig_06_one_minute_is_waited_for():
    person = at("lieu")
    person.says("une minute, je demande")
    assert person.last.text == "Prenez votre temps. Je garde vos réponses."
    assert person.asked == "lieu"


def test_dig_07_three_questions_in_a_row_are_each_answered_and_the_question_asked_once():
    person = at("lieu")
    for text in ("c'est payé ?", "et les transports ?", "quelle durée ?"):
        person.says(text)
        assert "Source" in person.last.text
        once(person, "lieu")


def test_dig_08_the_next_question_is_the_first_missing_one():
    person = at("objectif")
    for text in ("c'est payé ?", "merci", "qui signe ?"):
        person.says(text)
        assert person.asked == "objectif"


def test_dig_09_no_company_is_marked_and_the_form_goes_on():
    person = at("entreprise", hote_connu="oui")
    person.says("je connais pas d'entreprise")
    assert "immersion-facile" in person.last.text
    assert person.slot("hote_connu") is False
    assert person.asked == "lieu"


def test_dig_10_are_you_a_robot():
    person = at("lieu")
    person.says("t'es un robot ?")
    assert "service automatique" in person.last.text
    assert person.asked == "lieu"


@pytest.mark.parametrize("text", ["il fait beau", "merci", "lol"])
@pytest.mark.parametrize("step", ["metier", "entreprise", "periode", "objectif", "identite"])
def test_dig_11_small_talk_is_never_an_answer(text, step):
    person = at(step, hote_connu="oui")
    before = person.session.answers
    person.says(text)
    assert person.session.answers == before
    assert person.asked == step


def test_dig_12_repeating_uses_simpler_words():
    person = at("objectif")
    person.says("vous pouvez répéter ?")
    assert person.dialogue.house.words.step("objectif", "aide") in person.last.text


def test_dig_13_how_many_questions_are_left():
    person = at("activites")
    person.says("combien de questions encore ?")
    assert "3 questions" in person.last.text
    assert "Activités" in person.last.text


def test_dig_14_another_request_is_never_merged():
    person = at("periode")
    person.says("je veux aussi faire un stage coiffure")
    assert person.slot("metier") == "boulanger"
    person.taps("La mettre de côté")
    assert person.asked == "suivi_par"
    assert person.slot("metier") is None
    person.says("annuler")
    person.taps("Supprimer")
    person.says("reprendre")
    assert person.slot("metier") == "boulanger"


def test_mul_12_an_answer_and_a_question_in_one_message():
    person = at("hote_connu")
    person.says("non, et au fait c'est payé ?")
    assert person.slot("hote_connu") is False
    assert "Source" in person.last.text
    assert person.asked == "lieu"
