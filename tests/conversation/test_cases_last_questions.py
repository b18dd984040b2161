"""What a convention also wants, asked last where it matters, and every question of it may be passed."""

import pytest

from bot.domain.champs import Champ
from tests.conversation.fakes import at

HOST = {"hote_connu": "oui"}
LAST = ("representant_email", "deja_accueilli", "accueil", "signataire", "precautions")
YOUNG = {"date_naissance": "14/05/2009"}


def asked_until_consent(person):
    """The questions asked from the first of the last ones, each passed."""
    seen = []
    while person.asked != "recap":
        seen.append(person.asked)
        person.taps("Passer")
    return tuple(seen)


@pytest.mark.parametrize(
    ("answers", "first", "seen"),
    [
        (HOST, "deja_accueilli", ("deja_accueilli", "signataire", "precautions")),
        (YOUNG, "representant_email", ("representant_email",)),
        (YOUNG | HOST, "representant_email", ("representant_email", "deja_accueilli", "signataire", "precautions")),
        ({}, "recap", ()),
    ],
)
def test_each_is_asked_only_where_it_matters_and_may_be_passed(answers, first, seen):
    assert asked_until_consent(at(first, **answers)) == seen


def test_a_stay_told_is_kept_with_its_dates_and_read_back():
    person = at("deja_accueilli", **HOST)
    person.taps("Oui")
    assert person.asked == "accueil"
    assert not any(button.label == "Ouvrir le calendrier" for row in person.last.buttons for button in row)
    person.says("du 5 au 16 octobre")
    assert (person.slot("accueil_debut"), person.slot("accueil_fin")) == ("2025-10-05", "2025-10-16")
    assert "16 octobre 2025" in person.last.text
    assert person.asked == "signataire"


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("du 28 septembre au 2 octobre 2025", "2025-09-28", "2025-10-02"),
        ("du 28/09/2025 au 02/10/2025", "2025-09-28", "2025-10-02"),
        ("05/01/2026 au 09/01/2026", "2026-01-05", "2026-01-09"),
        ("5 janvier -> 9 janvier", "2026-01-05", "2026-01-09"),
    ],
)
def test_the_dates_of_a_past_stay_are_read_backwards(said, start, end):
    person = at("accueil", **HOST, deja_accueilli="oui")
    person.says(said)
    assert (person.slot("accueil_debut"), person.slot("accueil_fin")) == (start, end)


def test_one_date_alone_is_kept_and_the_other_asked():
    person = at("accueil", **HOST, deja_accueilli="oui")
    person.says("le 5 octobre")
    assert (person.asked, person.slot("accueil_debut")) == ("accueil", "2025-10-05")
    assert "dernier jour" in person.last.text
    person.says("le 16 octobre")
    assert (person.asked, person.slot("accueil_fin")) == ("signataire", "2025-10-16")


@pytest.mark.parametrize("said", ["du 16 au 5 octobre", "du 5 au 16 octobre 2027", "en automne", "du 31 au 32 janvier"])
def test_what_is_no_past_stay_is_not_kept(said):
    person = at("accueil", **HOST, deja_accueilli="oui")
    person.says(said)
    assert person.asked == "accueil"
    assert person.slot("accueil_fin") is None


def test_no_longer_the_same_place_sets_its_dates_aside():
    person = at("signataire", **HOST, deja_accueilli="oui", accueil="du 5 au 16 octobre")
    person.says("immersion déjà faite : non")
    assert person.slot("deja_accueilli") is False
    assert person.slot("accueil_debut") is None


@pytest.mark.parametrize("said", ["C'est le tuteur", "c'est mon tuteur", "la même personne", "le tuteur", "lui-même"])
def test_the_tutor_may_sign(said):
    person = at("signataire", **HOST, tuteur="Paul Durand, gérant, paul@exemple.fr")
    person.says(said)
    assert person.slot("signataire") == "Paul Durand, gérant"
    assert person.slot("signataire_email") == "paul@exemple.fr"
    assert person.asked == "precautions"


def test_the_tutor_signs_by_a_tap():
    person = at("signataire", **HOST)
    person.taps("C'est le tuteur")
    assert person.slot("signataire") == "Paul Durand, gérant"


def test_a_tutor_nobody_named_cannot_sign():
    person = at("signataire", **HOST, tuteur="passer")
    person.taps("C'est le tuteur")
    assert person.slot("signataire") is None
    assert person.asked == "signataire"
    assert "nom de votre tuteur" in person.last.text


def test_who_signs_is_kept_with_the_way_to_reach_them_in_one_message():
    person = at("signataire", **HOST)
    person.says("Anne Petit, directrice, anne@exemple.fr 06 12 34 56 70")
    assert person.slot("signataire") == "Anne Petit, directrice"
    assert person.slot("signataire_email") == "anne@exemple.fr"
    assert person.slot("signataire_telephone") == "+33612345670"


def test_the_signatory_s_address_is_not_the_person_s_own():
    person = at("signataire", **HOST)
    person.says("Anne Petit, lea@exemple.fr")
    assert person.slot("signataire_email") is None
    mine = next(b.label for row in person.last.buttons for b in row if b.label.startswith("E-mail : "))
    person.says(mine)
    assert person.slot("signataire") == "Anne Petit"
    assert (person.slot("signataire_email"), person.slot("email")) == (None, "lea@exemple.fr")


@pytest.mark.parametrize(
    ("said", "equipment", "medical"),
    [
        ("Un équipement", "oui", "non"),
        ("un suivi médical", "non", "oui"),
        ("Les deux", "oui", "oui"),
        ("non", "non", "non"),
        ("Je ne sais pas", "ne-sait-pas", "ne-sait-pas"),
        ("des chaussures de sécurité et des gants", "oui", "ne-sait-pas"),
        ("une visite médicale", "ne-sait-pas", "oui"),
        ("des gants, et une visite médicale", "oui", "oui"),
    ],
)
def test_equipment_and_surveillance_are_one_question(said, equipment, medical):
    person = at("precautions", **HOST)
    person.says(said)
    assert (person.slot("equipements"), person.slot("surveillance_medicale")) == (equipment, medical)
    assert person.asked == "recap"


@pytest.mark.parametrize(("label", "equipment"), [("Un équipement", "oui"), ("Non", "non"), ("Les deux", "oui")])
def test_each_choice_is_a_button(label, equipment):
    person = at("precautions", **HOST)
    person.taps(label)
    assert person.slot("equipements") == equipment


def test_a_bare_yes_stores_nothing():
    person = at("precautions", **HOST)
    person.says("oui")
    assert person.slot("equipements") is None
    assert person.asked == "precautions"


def test_a_parent_s_address_said_with_the_name_is_not_asked_again():
    person = at("representant", **YOUNG)
    person.says("Claire Martin 06 12 34 56 79 claire@exemple.fr")
    assert person.slot("representant") == "Claire Martin"
    assert person.slot("representant_email") == "claire@exemple.fr"
    assert person.asked == "recap"


def test_the_summary_shows_each_field_once():
    person = at("recap", **HOST, **YOUNG, representant="Claire Martin 06 12 34 56 79 claire@exemple.fr",
                signataire="Anne Petit, anne@exemple.fr", precautions="Les deux")  # fmt: skip
    assert person.last.text.count("claire@exemple.fr") == 1
    assert "Équipement de protection : Oui, Suivi médical : Oui" in person.last.text


def test_a_stay_told_counts_among_the_days_of_the_law():
    person = at(
        "recap", **HOST, deja_accueilli="oui", accueil="du 5 janvier au 3 février 2026", periode="du 3 mars au 2 avril"
    )
    assert "soixante" not in person.last.text
    assert "immersion dans ce lieu, jusqu'au mardi 3 février 2026" in person.last.text


def test_a_counsellor_may_ask_for_them(real):
    person = at("recap", **HOST)
    person.taps("Envoyer")
    person.is_asked_again(Champ.SIGNATAIRE_EMAIL, Champ.EQUIPEMENTS, why="Pour la convention.")
    assert person.asked == "signataire"
    assert "e-mail de la personne qui signe" in person.last.text
