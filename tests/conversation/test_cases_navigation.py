"""B5, navigation and control."""

import pytest

from bot.domain.turn import EraseEverything
from tests.conversation.fakes import Person, at


@pytest.mark.parametrize("order", ["retour", "/retour", "bouton"])
def test_nav_01_back_shows_the_previous_answer_and_keeps_it(order):
    person = at("date_naissance")
    person.taps("Retour") if order == "bouton" else person.says(order)
    assert person.asked == "situation"
    assert "Je cherche un emploi" in person.last.text
    assert person.slot("situation") == "demandeur-emploi"


def test_nav_01_back_twice_goes_two_questions_back():
    person = at("date_naissance")
    person.says("retour")
    person.says("retour")
    assert person.asked == "suivi_par"


def test_nav_02_back_on_the_first_question_explains_and_shows_the_menu():
    person = at("suivi_par")
    person.says("retour")
    assert "première question" in person.last.text
    assert person.button("Poser une question")


@pytest.mark.parametrize("text", ["passer", "je préfère pas", "plus tard"])
def test_nav_03_an_optional_question_is_passed_and_listed_as_to_complete(text):
    person = at("activites")
    person.says(text)
    assert person.asked == "identite"
    person.says("résumé")
    assert "Activités : à compléter" in person.last.text


def test_nav_04_a_required_question_says_why_and_offers_a_person():
    person = at("date_naissance")
    person.says("passer")
    assert "Votre âge" in person.last.text
    assert "parler à quelqu'un" in person.last.text
    assert person.asked == "date_naissance"


@pytest.mark.parametrize("text", ["annuler", "stop", "laisse tomber", "/annuler", "Annuler !", "j'abandonne"])
def test_nav_05_cancelling_offers_three_choices(text):
    person = at("objectif")
    person.says(text)
    assert [row[0].label for row in person.last.buttons] == [
        "Continuer",
        "Garder pour plus tard",
        "Supprimer le brouillon",
    ]
    assert person.slot("suivi_par")


def test_nav_06_after_deleting_the_draft_is_gone():
    person = at("objectif")
    person.says("annuler")
    person.says("supprimer le brouillon")
    assert person.session.answers == {}
    person.says("je veux reprendre")
    assert person.asked == "suivi_par"


@pytest.mark.parametrize("text", ["/start", "/start abc123", "/start ../../etc"])
def test_nav_07_08_start_in_mid_form_keeps_the_draft(text):
    person = at("objectif")
    before = person.session.answers
    person.says(text)
    assert person.session.answers == before
    assert person.button("Reprendre")
    assert person.button("Recommencer")
    assert person.button("Poser une question")
    person.taps("Reprendre")
    assert person.asked == "objectif"


@pytest.mark.parametrize("text", ["/aide", "help", "?", "aide"])
def test_nav_09_help_then_the_same_question(text):
    person = at("objectif")
    person.says(text)
    assert "retour" in person.last.text
    assert person.dialogue.house.words.step("objectif", "question") in person.last.text


def test_nav_10_restarting_is_confirmed_and_the_old_draft_set_aside():
    person = at("objectif")
    person.says("recommencer")
    assert person.slot("suivi_par")
    person.taps("Oui")
    assert person.session.answers == {}
    assert person.asked == "suivi_par"


def test_nav_11_12_the_summary_numbers_edit_their_line():
    person = at("recap")
    person.says("2")
    assert person.asked == "situation"
    assert person.slot("date_debut") == "2026-03-03"
    person.says("sans activité")
    assert person.asked == "recap"


def test_nav_11_the_summary_works_in_mid_form():
    person = at("objectif")
    person.says("résumé")
    assert "1. Qui vous accompagne : Mission locale" in person.last.text
    person.says("3")
    assert person.asked == "date_naissance"


def test_nav_13_stopping_to_ask_questions_keeps_the_draft():
    person = at("objectif")
    before = person.session.answers
    person.says("stop c'est nul je veux voir mes questions d'abord")
    assert person.session.answers == before
    person.says("c'est payé ?")
    assert "Source" in person.last.text
    assert person.asked == ""
    person.says("reprendre")
    assert person.asked == "objectif"


def test_nav_14_an_unknown_command_lists_those_that_exist():
    person = Person()
    person.says("/comande_inconnue")
    assert "/demande" in person.last.text


def test_nav_15_erasing_is_explained_confirmed_and_done():
    person = at("recap")
    person.taps("Envoyer")
    person.says("supprimez mes données")
    assert not [effect for effect in person.effects if isinstance(effect, EraseEverything)]
    person.says("oui")
    assert any(isinstance(effect, EraseEverything) for effect in person.effects)
    assert person.session.answers == {}
    assert person.session.memory == {}


@pytest.mark.parametrize(
    "label",
    [
        "Poser une question",
        "Préparer une demande",
        "Puis-je en faire une ?",
        "Mes demandes",
        "Parler à quelqu'un",
        "Mes données",
    ],
)
def test_every_button_of_the_menu_can_be_typed(label):
    typed, tapped = Person(), Person()
    typed.says("/start")
    tapped.says("/start")
    assert typed.says(label).text == tapped.taps(label).text
