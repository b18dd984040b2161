"""B1, corrections: every form people use, the old value always shown."""

from dataclasses import replace

from bot.domain.demande import Champ, Statut
from bot.domain.turn import ChangeDemande
from tests.conversation.fakes import ANSWERS, Person, at


def test_cor_01_in_fact_it_is_the_12_corrects_the_date_just_given():
    person = at("periode")
    person.says("3 mars 2026")
    person.says("en fait non c'est le 12")
    assert person.slot("date_debut") == "2026-03-12"
    assert "3 mars 2026 → " in person.last.text
    assert "12 mars 2026" in person.last.text
    assert person.asked == "periode"
    assert person.slot("date_fin") is None


def test_cor_02_sorry_corrects_the_place_and_keeps_the_question():
    person = at("periode")
    person.says("pardon, Villeurbanne")
    assert person.slot("lieu")["nom"] == "Villeurbanne"
    assert person.asked == "periode"


def test_cor_03_the_value_after_the_negated_one():
    person = at("hote_connu")
    person.says("pas boulanger, pâtissier")
    assert person.slot("metier") == "pâtissier"
    assert "boulanger → pâtissier" in person.last.text


def test_cor_04_the_value_before_the_negated_one():
    person = at("hote_connu")
    person.says("pâtissier, pas boulanger")
    assert person.slot("metier") == "pâtissier"


def test_cor_05_changing_a_field_by_its_name_shows_it_and_keeps_the_rest():
    person = at("periode")
    before = dict(person.session.answers)
    person.says("je veux changer la ville")
    assert person.asked == "lieu"
    assert "Lyon" in person.last.text
    assert dict(person.session.answers) == before


def test_cor_06_a_negated_value_is_forgotten_and_asked_again():
    person = at("hote_connu")
    person.says("non ce n'est pas boulanger")
    assert person.slot("metier") is None
    assert person.asked == "metier"


def test_cor_07_two_corrections_in_a_row():
    person = at("hote_connu")
    person.says("non, pâtissier")
    person.says("non, cuisinier")
    assert person.slot("metier") == "cuisinier"
    assert "pâtissier → cuisinier" in person.last.text


def test_cor_08_i_forgot_i_am_a_minor_asks_the_birth_date_then_the_representative():
    person = at("recap")
    old = person.button("Envoyer").data
    person.says("ah j'ai oublié, je suis mineur")
    assert person.asked == "date_naissance"
    person.says("14/05/2009")
    assert person.asked == "representant"
    person.presses(old)
    assert person.sent() == []
    assert person.asked == "representant"


def test_cor_09_a_new_situation_sets_aside_what_no_longer_applies():
    person = at(
        "recap",
        situation="je suis salarié",
        suivi_par="personne",
        sur_temps_travail="oui",
        employeur="Garage Petit",
    )
    assert person.slot("employeur") == "Garage Petit"
    person.says("en fait je suis au chômage")
    assert person.slot("situation") == "demandeur-emploi"
    assert person.slot("employeur") is None
    assert "Employeur" in person.last.text


def test_cor_10_declining_a_proposed_correction_keeps_the_old_value():
    person = at("horaires")
    person.says("décale d'une semaine")
    person.says("non laisse tomber")
    assert person.slot("date_debut") == "2026-03-03"
    assert "3 mars 2026" in person.last.text
    assert person.asked == "horaires"


def test_cor_11_cancel_everything_during_a_correction_asks_about_the_request():
    person = at("horaires")
    person.says("décale d'une semaine")
    person.says("annule tout")
    assert "demande" in person.last.text
    assert person.button("Supprimer")
    assert person.slot("date_debut") == "2026-03-03"


def test_cor_12_a_mistake_after_sending_becomes_a_change_the_counsellor_sees():
    person = at("recap")
    person.taps("Envoyer")
    person.says("je me suis trompé de date")
    assert person.asked == "periode"
    person.says("du 5 au 16 mars")
    assert not [effect for effect in person.effects if isinstance(effect, ChangeDemande)]
    person.taps("Envoyer")
    change = next(effect for effect in person.effects if isinstance(effect, ChangeDemande))
    assert {(one.champ, one.avant, one.apres) for one in change.changements} == {
        ("date_debut", "2026-03-03", "2026-03-05"),
        ("date_fin", "2026-03-14", "2026-03-16"),
    }
    assert "se voit maintenant" in person.last.text
    assert len(person.sent()) == 1


def test_cor_13_shifting_by_a_week_moves_both_dates_after_confirmation():
    person = at("horaires")
    person.says("décale d'une semaine")
    assert person.slot("date_debut") == "2026-03-03"
    assert "10 mars 2026" in person.last.text
    person.says("oui")
    assert (person.slot("date_debut"), person.slot("date_fin")) == ("2026-03-10", "2026-03-21")


def test_cor_14_it_is_the_12_with_two_dates_asks_which():
    person = at("horaires")
    person.says("en fait c'est le 12")
    assert len(person.last.buttons) == 2
    assert person.slot("date_debut") == "2026-03-03"
    person.taps("Début")
    assert person.slot("date_debut") == "2026-03-12"
    assert person.slot("date_fin") == "2026-03-14"


def test_cor_14_it_is_the_12_without_an_opening_word_asks_which_too():
    person = at("activites")
    person.says("c'est le 12")
    assert person.slot("activites") is None
    assert len(person.last.buttons) == 2


def test_cor_15_an_edited_message_corrects_its_field_only():
    person = at("contact")
    person.says("lea@exmple.fr 06 12 34 56 78", message_id=501)
    assert person.asked == "recap"
    person.says("lea@exemple.fr 06 12 34 56 78", message_id=501, edited=True)
    assert person.slot("email") == "lea@exemple.fr"
    assert person.slot("consentement") is None
    assert person.asked == "recap"


def test_undoing_puts_back_the_old_value():
    person = at("hote_connu")
    person.says("non, pâtissier")
    person.says("annule la correction")
    assert person.slot("metier") == "boulanger"


def test_a_correction_never_overwrites_without_showing_the_old_value():
    person = at("recap")
    for text, shown in (("non, ma ville c'est Bron", "Lyon"), ("changer le métier pour cuisinier", "boulanger")):
        person.says(text)
        assert f"{shown}" in person.last.text
        assert "→" in person.last.text


def test_a_request_being_dealt_with_can_be_withdrawn_after_confirmation():
    person = at("recap")
    person.taps("Envoyer")
    person.says("retirer ma demande")
    person.taps("Oui")
    assert person.effects[-1].demande == person.sent()[0].id


def test_a_refused_request_is_not_reopened():
    person = at("recap")
    person.taps("Envoyer")
    closed = replace(person.sent()[0], statut=Statut.REFUSEE)
    person.dossier = replace(person.dossier, demandes=(closed,))
    person.says("je me suis trompé de date")
    assert not person.session.opened


def test_the_form_asks_each_field_once_for_a_cooperative_adult():
    person = at("recap")
    assert isinstance(person, Person)
    assert person.count <= len(ANSWERS)
    assert {Champ.PRENOM, Champ.NOM, Champ.EMAIL} <= set(person.session.answers)
