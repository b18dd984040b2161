"""What twelve people wrote in their own way: a host told is found, a number's end is put right, the summary beside an answer."""

import pytest


@pytest.mark.parametrize(
    ("base", "text", "kept"),
    [
        ("hote_connu", "oui garage du Pont 14 rue Jules Guesde 69200 Vénissieux tuteur Rémi Aubin 06 39 98 12 34",
         {"hote_connu": True, "entreprise": "garage du Pont", "adresse": "14 rue Jules Guesde 69200 Vénissieux",
          "tuteur": "Rémi Aubin", "tuteur_telephone": "+33639981234"}),
        ("objectif", "pour confirmer mon projet, la tutrice c'est le docteur Anne Lenoir anne.lenoir@exemple.fr",
         {"hote_connu": True, "tuteur": "docteur Anne Lenoir", "tuteur_email": "anne.lenoir@exemple.fr"}),
        ("objectif", "découvrir, et mon tuteur serait Paul Noé, le directeur, p.noe@exemple.fr",
         {"tuteur": "Paul Noé, directeur", "tuteur_email": "p.noe@exemple.fr"}),
        ("objectif", "c'est pour découvrir et la personne qui va s'occuper de moi c'est Léa Morin la gérante son téléphone c'est 06 39 98 12 34",
         {"tuteur_telephone": "+33639981234", "nom": None}),
        ("hote_connu", "oui Nord Services au 45 rue de l'Industrie à Leers SIRET 73282932000074 et ma tutrice Léa Morin cheffe d'équipe 06 39 98 12 34",
         {"siret": "73282932000074", "tuteur_telephone": "+33639981234"}),
        ("siret", "ah non le patron il veut plus de moi en fait c'est garage du Pont 14 rue Jules Guesde à Vénissieux, tuteur Rémi Aubin",
         {"hote_connu": True, "entreprise": "garage du Pont"}),
    ],
)  # fmt: skip
def test_whoever_tells_something_of_the_host_has_found_one_and_nothing_told_is_taken_away(play, base, text, kept):
    after = play(f"avant:{base}", text)["after"]
    assert {name: after.get(name) for name in kept} == kept


@pytest.mark.parametrize(
    ("base", "text", "kept"),
    [
        ("contact", "c'est lea@exemple.fr et le 06 39 98 12 63 euh non 64 à la fin", {"telephone": "+33639981264"}),
        ("deja_accueilli", "non jamais. le tel c'est 06 39 98 12 64 pas 63", {"telephone": "+33639981264", "deja_accueilli": False}),
        ("signataire", "c'est le patron monsieur Noé qui signe et corrige mon numéro s'il te plaît 06 39 98 12 64",
         {"telephone": "+33639981264", "signataire": "monsieur Noé, patron"}),
        ("activites", "non le 1er jour c'est le 19 janvier pas le 18. sinon je ferais le ménage et le linge",
         {"date_debut": "2027-01-19", "activites": "je ferais le ménage et le linge"}),
    ],
)  # fmt: skip
def test_what_was_wrong_is_put_right_wherever_one_is(play, base, text, kept):
    given = {"date_debut": "2027-01-18", "date_fin": "2027-01-29"} if "date_debut" in kept else {}
    after = play(f"avant:{base}", text, given=given)["after"]
    assert {name: after.get(name) for name in kept} == kept


def test_an_address_is_put_right_by_its_domain_alone(play):
    after = play(
        "avant:deja_accueilli",
        "Non. Attention, mon adresse est en exemple.org et pas exemple.fr",
        given={"email": "lea@exemple.fr"},
    )
    assert after["after"]["email"] == "lea@exemple.org"


@pytest.mark.parametrize(
    ("base", "text", "kept"),
    [
        ("identite", "Léa Morin. résumé", {"prenom": "Léa", "nom": "Morin"}),
        ("horaires", "lundi mardi mercredi jeudi 8h 13h et montre moi le recap", {}),
        ("activites", "laver brosser accueillir les clients. fais voir tout ce que t'as noté", {"activites": "laver brosser accueillir les clients"}),
    ],
)  # fmt: skip
def test_the_summary_asked_for_beside_an_answer_is_shown_and_the_answer_kept(play, base, text, kept):
    told = play(f"avant:{base}", text)
    assert {name: told["after"].get(name) for name in kept} == kept
    assert "Voici votre demande à ce stade" in told["reply"]
    if base == "horaires":
        assert told["after"]["horaires"]["heures_semaine"] == 20


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("ben je viens de le dire poncer et assembler des meubles", "poncer et assembler des meubles"),
        ("Non, ce ne sont pas les activités. Les activités seront la caisse et le dossier de presse.", "la caisse et le dossier de presse"),
        ("je l'ai dit accueillir les gens et préparer les salles", "accueillir les gens et préparer les salles"),
    ],
)  # fmt: skip
def test_tasks_are_kept_without_the_words_that_lead_to_them(play, text, task):
    assert play("avant:activites", text)["after"]["activites"].rstrip(".") == task


def test_somebody_elses_number_leaves_and_the_rest_is_heard(play):
    told = play(
        "accueil",
        "Je suis Thierry Morin, né le 23 novembre 1974, je vis à Saint-Dizier (52100) ; mon conseiller est M. Paul Noé, de "
        "Cap emploi Haute-Marne (p.noe@exemple.fr), et je souhaite confirmer mon projet d'agent d'accueil.",
    )
    assert told["after"]["nom"] == "Morin"
    assert told["after"]["date_naissance"] == "1974-11-23"
    assert "exemple.fr" not in str(told["after"])
    assert "Je n'ai pas gardé le numéro" in told["reply"].replace("\u2019", "'").replace("\u00a0", " ")


def test_days_and_hours_never_stand_in_somebodys_name(play):
    after = play(
        "avant:tuteur", "patron Paul Noé 06 39 98 12 34. lundi 14 décembre à vendredi 18 décembre. 10h du matin à 15h"
    )["after"]
    assert "lundi" not in after["tuteur"]
    assert "10h" not in after["tuteur"]
    assert after["tuteur_telephone"] == "+33639981234"


def test_no_equipment_where_that_is_asked_takes_nobody_s_name_away(play):
    after = play("avant:precautions", "Non, aucun équipement.", given={"signataire": "Madame Lenoir, gérante"})["after"]
    assert (after["signataire"], after["equipements"]) == ("Madame Lenoir, gérante", "non")
