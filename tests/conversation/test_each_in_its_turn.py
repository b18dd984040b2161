"""A message that does several things does each of them; what is told around an answer is not stored with it."""

from datetime import date

import pytest


def test_a_correction_and_an_answer_in_one_message_are_both_kept(play):
    told = play(
        "avant:activites", "la date de début c'est le 8 pas le 7. et pour les activités : servir, plonge, salle"
    )
    assert told["after"]["date_debut"] == "2026-12-08"
    assert told["after"]["activites"] == "servir, plonge, salle"


def test_two_corrections_at_the_summary_are_both_made_and_nothing_is_sent(play):
    told = play("recap", "l'entreprise c'est Bois Joli. et le métier c'est ébéniste")
    assert (told["after"]["entreprise"], told["after"]["metier"]) == ("Bois Joli", "ébéniste")
    assert (told["sent"], told["waits"]) == (0, None)


def test_what_is_said_to_be_right_changes_nothing(play):
    told = play("recap", "le nom c'est bon, l'adresse c'est bon")
    assert told["after"] == told["before"]


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("moi je veux boulanger pas coiffeur comme elle a dit lol", "boulanger"),
        ("j'étais serveuse pendant 10 ans, maintenant je voudrais voir aide soignante", "aide soignante"),
        ("menuisier… nan plutôt charpentier à Paimpol ou par là", "charpentier"),
    ],
)
def test_the_trade_wished_for_is_found_among_those_told(play, text, trade):
    assert play("avant:metier", text)["after"]["metier"] == trade


def test_of_two_trades_wished_for_one_is_asked(play):
    assert "metier" not in play("avant:metier", "je voudrais travailler avec les bêtes, palefrenier ou berger")["after"]


@pytest.mark.parametrize("text", ["c'est parfait", "oui d'accord", "go", "tout est bon pour moi"])
def test_an_approval_of_the_summary_is_asked_whether_to_send_and_only_that_yes_sends(situations, play, text):
    told = play("recap", text)
    assert (told["sent"], told["waits"]) == (0, "send")
    person = situations.standing.at("recap", {}, date(2026, 11, 23))
    person.says(text)
    sent = [one for turn in (person.says("oui"),) for one in turn.effects if type(one).__name__ == "SendDemande"]
    assert len(sent) == 1


@pytest.mark.parametrize("text", ["tout est bon sauf les dates", "c'est bon si ma mère relit d'abord"])
def test_an_approval_that_holds_back_asks_for_no_sending(play, text):
    assert play("recap", text)["waits"] != "send"


@pytest.mark.parametrize(
    "text", ["Que le ciel vous bénisse, je vous tiens au courant", "mon cousin est fromager aussi"]
)
def test_what_is_told_after_sending_opens_no_other_request(play, text):
    told = play("envoyee", text)
    assert told["after"] == told["before"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("accueillir, arroser. parce que la dernière fois j'ai fini à l'hôpital", "accueillir, arroser"),
        (
            "faire des bouquets, conseiller. J'aimerais voir si je tiens le coup sans pleurer.",
            "faire des bouquets, conseiller",
        ),
    ],
)
def test_reasons_and_confidences_are_not_stored_with_the_tasks(play, text, kept):
    assert play("avant:activites", text)["after"]["activites"].rstrip(".") == kept


@pytest.mark.parametrize(
    ("base", "text", "champ", "value"),
    [
        ("avant:handicap", "Non, grâce à Dieu. Cordialement", "handicap", "non"),
        ("avant:handicap", "ben oui depuis 2021, c'est écrit dans le dossier", "handicap", "oui"),
        ("avant:hote_connu", "nan le garage ils ont dit non", "hote_connu", False),
    ],
)
def test_the_first_word_answers(play, base, text, champ, value):
    assert play(base, text)["after"][champ] == value


def test_a_name_spelt_again_keeps_the_ways_to_reach_the_person(play):
    told = play("recap", "c'est pas Pasquier c'est Pasquet avec un t")
    assert told["after"]["tuteur"].startswith("Denis Pasquet")
    assert told["after"]["tuteur_telephone"] == told["before"]["tuteur_telephone"]


@pytest.mark.parametrize("text", ["2 sec le bébé pleure", "attendez on sonne"])
def test_a_wait_of_a_moment_closes_nothing(play, text):
    assert play("avant:objectif", text)["pending"] == "objectif"


def test_days_taken_by_something_else_are_not_those_asked_for(play):
    told = play("avant:periode", "j'ai une mission du 30 novembre au 4 décembre, mettez du 8 au 12 décembre")
    assert (told["after"]["date_debut"], told["after"]["date_fin"]) == ("2026-12-08", "2026-12-12")


def test_a_value_is_taken_out_when_that_is_asked(play):
    told = play("recap", "enlevez le numéro de téléphone, j'ai horreur qu'on m'appelle")
    assert "telephone" not in told["after"]
    assert told["after"]["tuteur_telephone"]


@pytest.mark.parametrize(
    ("text", "says"),
    [("merci chef", "plaisir"), ("désolé j'écris lentement", "temps"), ("on peut parler en arabe ?", "français")],
)
def test_kind_words_get_a_line_of_their_own(play, text, says):
    assert says in play("accueil", text)["reply"]
