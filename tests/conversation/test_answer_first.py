"""What surely answers is kept, and the rest of the message is heard; what is told before the form waits for it."""

import pytest


@pytest.mark.parametrize(
    ("base", "text", "kept"),
    [
        ("identite", "Ousmane Traoré mon tel 0639981234 jé pa mail", {"prenom": "Ousmane", "nom": "Traoré", "telephone": "+33639981234"}),
        ("identite", "c'est Lina Roche, et le repas c'est payé ?", {"prenom": "Lina", "nom": "Roche"}),
        ("contact", "lina@exemple.fr le foyer me l'a fait", {"email": "lina@exemple.fr"}),
        ("activites", "suivre un chauffeur, la pelle. vous avez pas répondu, je garde mon rsa ?", {"activites": "suivre un chauffeur, la pelle"}),
        ("activites", "poser les ardoises, passer les tuiles. mais du coup je peux monter sur le toit ou pas ??",
         {"activites": "poser les ardoises, passer les tuiles"}),
        ("activites", "je ferai la mise en rayon et je tiendrai la caisse, et j'aimerais voir la compta",
         {"activites": "je ferai la mise en rayon et je tiendrai la caisse, et j'aimerais voir la compta"}),
        ("conseiller", "mon éduc c'est Stéphane Vasseur", {"conseiller": "Stéphane Vasseur"}),
        ("entreprise", "ets Bordes jte dis", {"entreprise": "ets Bordes"}),
    ],
)  # fmt: skip
def test_the_answer_is_kept_without_the_rest(play, base, text, kept):
    after = play(f"avant:{base}", text)["after"]
    assert {name: after.get(name) for name in kept} == kept


@pytest.mark.parametrize(
    "text",
    [
        "Passer, je lui demanderai",
        "je l'ai pas je demanderai à la mairie",
        "j'ai pas ce numéro. je passe",
        "laisse vide",
    ],
)
def test_an_optional_question_is_passed_in_ones_own_words(play, text):
    told = play("avant:siret", text)
    assert told["pending"] == "adresse"
    assert told["after"].get("siret") is None


@pytest.mark.parametrize("text", ["Corriger une ligne", "Envoyer à France Travail", "Garder pour plus tard"])
def test_the_label_of_a_button_is_no_name_of_a_firm(play, text):
    assert play("avant:entreprise", text)["after"].get("entreprise") is None


def test_what_is_told_with_a_question_before_the_form_is_there_when_it_opens(play):
    asked = "Bonjour, mission locale de Limoges, je veux voir plombier. On fait comment ?"
    first = play("neuf", asked)
    opened = play("neuf", "Préparer une demande", said=[asked])
    kept = {**first["after"], **opened["after"]}
    assert (kept["suivi_par"], kept["metier"]) == ("mission-locale", "plombier")


@pytest.mark.parametrize(
    "text",
    [
        "Je serai en disponibilité à compter du 1er mars, à qui je m'adresse ?",
        "M. Jourde me veut du 11 au 15 janvier, c'est trop court ?",
    ],
)
def test_days_told_in_a_question_open_no_form(play, text):
    told = play("accueil", text)
    assert (told["after"], told["pending"]) == ({}, None)


@pytest.mark.parametrize(
    "text",
    [
        "bon vas-y on fait la demande",
        "on peut préparer quand même ? j'ai pas encore trouvé",
        "ça n'a rien à voir !! Préparer une demande",
    ],
)
def test_the_form_opens_where_one_asks_for_it_among_other_words(play, text):
    assert play("accueil", text)["pending"] == "suivi_par"


@pytest.mark.parametrize(
    ("text", "situation"),
    [
        ("ah non je suis pas demandeur d'emploi je suis étudiant", "etudiant"),
        ("je suis PAS au chômage, je suis salariée 20h par semaine et inscrite à France Travail", "salarie-prive"),
    ],
)
def test_what_one_is_is_told_beside_what_one_is_not(play, text, situation):
    after = play("avant:handicap", text)["after"]
    assert (after["situation"], after.get("handicap"), after.get("horaires")) == (situation, None, None)
