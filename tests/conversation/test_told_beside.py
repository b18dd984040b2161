"""What a message tells of other questions is kept with its answer, each value under its own question."""

import pytest


@pytest.mark.parametrize(
    ("base", "text", "kept"),
    [
        ("suivi_par", "Cap emploi à Vannes, avec Mme Riou", {"suivi_par": "cap-emploi", "conseiller": "Mme Riou, Cap emploi à Vannes"}),
        ("suivi_par", "mission locale de villeurbanne", {"conseiller": "mission locale de villeurbanne"}),
        ("suivi_par", "le département, mon référent c'est Paul Noé", {"conseiller": "Paul Noé"}),
        ("hote_connu", "oui, garage du Pont, 06 39 98 12 34, il s'appelle Rémi Aubin",
         {"entreprise": "garage du Pont", "tuteur": "Rémi Aubin", "tuteur_telephone": "+33639981234"}),
        ("entreprise", "Ferme du Haut, la patronne c'est Mme Lenoir", {"entreprise": "Ferme du Haut", "tuteur": "Mme Lenoir, patronne"}),
        ("entreprise", "pizzeria Bella rue des Carmes", {"entreprise": "pizzeria Bella", "adresse": "rue des Carmes"}),
        ("adresse", "8 quai du Port, Vannes. Celle qui m'accueille c'est Mme Lenoir", {"adresse": "8 quai du Port, Vannes", "tuteur": "Mme Lenoir"}),
        ("metier", "fleuriste. Entreprise : Au Bleuet, SIRET 73282932000074",
         {"metier": "fleuriste", "entreprise": "Au Bleuet", "siret": "73282932000074", "hote_connu": True}),
        ("tuteur", "Paul Noé le chef d'atelier, du 4 au 8 janvier", {"tuteur": "Paul Noé, chef d'atelier", "date_debut": "2027-01-04", "date_fin": "2027-01-08"}),
        ("objectif", "confirmer mon projet de devenir aide-soignante", {"objectif": "confirmer", "metier": "aide soignante"}),
        ("handicap", "oui depuis deux ans, et je suis inscrite à France Travail", {"handicap": "oui", "inscrit_france_travail": True}),
    ],
)  # fmt: skip
def test_each_value_is_kept_under_its_own_question(play, base, text, kept):
    after = play(f"avant:{base}", text)["after"]
    assert {name: after.get(name) for name in kept} == kept


def test_a_request_told_at_once_with_labels_loses_nothing(play):
    told = play(
        "accueil",
        "Bonjour. Métier visé : boulanger. Entreprise : Le Fournil, SIRET 732 829 320 00074, 12 rue Gambetta à Périgueux,"
        " tuteur M. Bernard Laval.",
    )["after"]
    assert told["metier"] == "boulanger"
    assert told["entreprise"] == "Le Fournil"
    assert told["siret"] == "73282932000074"
    assert told["adresse"] == "12 rue Gambetta à Périgueux"
    assert told["tuteur"] == "M. Bernard Laval"


@pytest.mark.parametrize(
    ("base", "text"),
    [
        ("suivi_par", "mon cousin est à la mission locale avec Mme Riou"),
        ("situation", "je suis en CDI, 9h-17h du lundi au vendredi"),
        ("suivi_par", "personne, j'ai un CDI de 24h par semaine"),
    ],
)
def test_what_is_of_somebody_else_or_of_today_s_work_is_not_kept(play, base, text):
    after = play(f"avant:{base}", text)["after"]
    assert after.get("horaires") is None
    assert after.get("conseiller") in {None, "agence de Chartres"}


def test_what_is_told_in_passing_opens_no_second_request(play):
    told = play("envoyee", "mon rdv avec Mme Riou est du 4 au 8 janvier")
    assert told["after"] == told["before"]
    assert told["pending"] is None


@pytest.mark.parametrize(
    ("base", "text", "word"),
    [
        ("rsa", "oui depuis deux ans, et c'est pas une vie", True),
        ("rsa", "depuis octobre oui. jamais cru ça", True),
        ("inscrit_france_travail", "radié en octobre. donc non pour l'instant", False),
        ("rsa", "oui mais plus depuis mars", None),
    ],
)
def test_a_yes_or_a_no_is_heard_in_the_first_clause_or_the_last(play, base, text, word):
    assert play(f"avant:{base}", text)["after"].get(base) is word


def test_a_mention_of_a_trade_is_not_the_trade_wished(play):
    told = play("avant:activites", "oh ben la vente, conseiller les clients, faire la mise en rayon")
    assert told["after"]["metier"] == told["before"]["metier"]
    assert "mise en rayon" in told["after"]["activites"]


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("vous avez mis 1994, c'est 1978", {"date_naissance": "1978-05-17"}),
        ("attention c'est 25 rue des Tanneurs, pas 4", {"adresse": "25 rue des Tanneurs, 28000 Chartres"}),
        ("changement, ce sera du 4 au 15 janvier au lieu de décembre", {"date_debut": "2027-01-04", "date_fin": "2027-01-15"}),
        ("je suis suivie par Cap emploi et pas France Travail", {"suivi_par": "cap-emploi"}),
    ],
)  # fmt: skip
def test_what_is_right_takes_the_place_of_what_is_noted(play, text, changed):
    told = play("recap", text)
    assert {name: told["after"].get(name) for name in changed} == changed
    assert told["sent"] == 0


def test_a_day_taken_out_leaves_the_hours_and_stops_nothing(play):
    told = play("recap", "faut enlever le mercredi de la demande svp")
    assert told["after"]["horaires"]["jours"] == ["lundi", "mardi", "jeudi", "vendredi"]
    assert told["waits"] is None
    asked = play("avant:horaires", "9h-12h 14h-18h du lundi au vendredi mais le mercredi je peux pas")
    assert "mercredi" not in asked["after"]["horaires"]["jours"]


def test_somebody_near_lends_a_number_with_their_agreement(play):
    told = play("avant:contact", "celui de ma sœur 07 62 34 56 70, elle est d'accord")
    assert told["after"]["telephone"] == "+33762345670"


def test_a_refusal_is_explained_in_the_counsellor_s_words(play):
    desk = {"do": "refuse", "reason": "La période est déjà commencée."}
    assert "La période est déjà commencée." in play("envoyee", "refusé ? et pourquoi ?", desk=desk)["reply"]


def test_a_question_after_sending_opens_no_change(play):
    assert play("envoyee", "merci. je peux changer les dates après ?")["pending"] is None


def test_somebody_without_a_roof_is_told_the_number_for_tonight_and_goes_on(play):
    told = play("avant:commune", "je dors dans ma voiture à Fécamp")
    assert "115" in told["reply"]
    assert told["emergency"] is None
    assert told["after"]["commune"]["nom"] == "Fécamp"


def test_an_answer_before_a_question_in_one_breath_is_kept_and_the_question_is_answered(play):
    told = play("avant:date_naissance", "05/07/1994 g le droit a une aide pr la garde des enfant?")
    assert told["after"]["date_naissance"] == "1994-07-05"
    assert told["passages"]
    assert told["pending"] == "commune"


def test_facts_told_at_once_are_kept_and_read_back(play):
    text = "ok samira benali nee le 05/07/1994 roubaix 0639981234 et la patronne c'est nadege wattel 0320441875"
    told = play("avant:date_naissance", text)
    names = ("prenom", "nom", "date_naissance", "telephone", "tuteur", "tuteur_telephone")
    assert [told["after"].get(name) for name in names] == [
        "samira", "benali", "1994-07-05", "+33639981234", "nadege wattel, patronne", "+33320441875",
    ]  # fmt: skip
    assert "benali" in told["reply"]
    assert "nadege wattel" in told["reply"]
