"""A field that holds a name takes no sentence; what is told beside an answer is written at once, and under its own field."""

import pytest


@pytest.mark.parametrize(
    ("base", "text"),
    [
        ("recap", "je suis pas menuisier"),
        ("recap", "c'est plus Denis Pasquier"),
        ("recap", "la 20 c'est n'importe quoi"),
        ("lieu", "des chantiers chez les gens, autour de Niort"),
        ("contact", "elodie.vasseur chez gmail point com"),
        ("hote_connu", "je ne sais pas encore, et pour France Travail vous pouvez changer le destinataire ?"),
    ],
)
def test_what_somebody_says_is_kept_as_no_name(play, base, text):
    told = play(base if base == "recap" else f"avant:{base}", text)
    named = ("metier", "tuteur", "entreprise", "signataire", "conseiller", "nom", "prenom")
    assert {name: told["after"].get(name) for name in named} == {name: told["before"].get(name) for name in named}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("des chaussures fermées que j'apporte, la blouse est fournie. Et pas de suivi médical à prévoir.",
         ("oui", "non", "des chaussures fermées que j'apporte, la blouse est fournie")),
        ("pas d'équipement mais une visite médicale oui", ("non", "oui", None)),
        ("bah oui je viens de dire blouse et chaussons", ("oui", "ne-sait-pas", "blouse et chaussons")),
        ("non", ("non", "non", None)),
    ],
    ids=["each of its own", "the other way round", "said again", "neither"],
)  # fmt: skip
def test_equipment_and_health_checks_are_each_of_their_own(play, text, wanted):
    after = play("avant:precautions", text)["after"]
    assert (
        tuple(after.get(name) for name in ("equipements", "surveillance_medicale", "equipements_precision")) == wanted
    )


def test_another_tutor_is_not_reached_where_the_one_before_was(play):
    after = play("recap", "mon tuteur c'est plus Denis Pasquier c'est Sylvie Caron")["after"]
    assert (after["tuteur"], after.get("tuteur_email"), after.get("tuteur_telephone")) == ("Sylvie Caron", None, None)


def test_a_number_that_is_somebody_s_leaves_whoever_it_was_noted_for(play):
    given = {
        "tuteur": "Mehdi Carlier",
        "tuteur_telephone": None,
        "signataire": "Claire Dubrulle",
        "signataire_telephone": "+33615502764",
    }
    after = play("recap", "le 0615502764 c'est le numéro de Mehdi pas de Claire", given=given)["after"]
    assert (after["tuteur_telephone"], after.get("signataire_telephone")) == ("+33615502764", None)


def test_whoever_is_noted_keeps_their_part(play):
    given = {"tuteur": "Camille Ferrand", "signataire": "Hugo Barthélemy"}
    after = play(
        "recap", "Camille Ferrand est lead designer, et Hugo Barthélemy signe en tant que gérant.", given=given
    )["after"]
    assert (after["tuteur"], after["signataire"]) == ("Camille Ferrand, lead designer", "Hugo Barthélemy, gérant")
    assert after["metier"] == "menuisier"


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("pour la ligne 6, notez plutôt : Mme Nathalie Poirier", "conseiller", "Mme Nathalie Poirier"),
        (
            "la seize faut la refaire mettez ranger les pièces, servir au comptoir",
            "activites",
            "ranger les pièces, servir au comptoir",
        ),
    ],
)
def test_a_line_of_the_summary_is_told_in_other_words(play, text, field, value):
    assert play("recap", text)["after"][field] == value


@pytest.mark.parametrize(
    ("text", "pending"),
    [
        ("j'ai trouvé une entreprise qui veut bien me prendre une semaine", "suivi_par"),
        ("ma conseillère m'a dit de venir ici", "suivi_par"),
        ("je cherche un stage", None),
        ("mon patron est d'accord pour que je fasse un stage ailleurs ?", None),
    ],
)
def test_whoever_comes_for_it_is_let_in(play, text, pending):
    told = play("neuf", text)
    assert told["pending"] == pending
    assert not told["passages"]


@pytest.mark.parametrize(
    ("base", "text", "kept"),
    [
        ("deja_accueilli", "non jamais. et mon mail c'est lea@exemple.fr", {"deja_accueilli": False, "email": "lea@exemple.fr"}),
        ("rsa", "non. mon mail c'est lea@exemple.fr", {"rsa": False, "email": "lea@exemple.fr"}),
    ],
)  # fmt: skip
def test_a_no_beside_something_told_is_an_answer(play, base, text, kept):
    after = play(f"avant:{base}", text)["after"]
    assert {name: after.get(name) for name in kept} == kept


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("vous avez remplacé ma tutrice, remettez Denis Pasquier", False),
        ("ils veulent que je remplace le tuteur pendant ses vacances", True),
    ],
)
def test_only_what_one_would_do_there_is_a_replacement(play, text, warned):
    assert ("L5135-7" in play("avant:activites", text)["reply"]) is warned


def test_a_siret_that_cannot_be_is_said_where_it_is_told(play):
    told = play("avant:hote_connu", "oui, chez Au Bleuet, 8 rue de Nantes à Rennes, SIRET 732 829 320 00075")
    assert (told["after"]["hote_connu"], told["after"]["entreprise"], told["pending"]) == (True, "Au Bleuet", "siret")
    assert told["reply"].startswith("Ce numéro a bien 14 chiffres")


def test_a_tutor_told_beside_a_yes_is_not_asked_whether_it_is_yes(play):
    told = play("avant:hote_connu", "Oui, ils sont d'accord. Ma tutrice serait Camille Ferrand, designer senior")
    assert (told["after"]["hote_connu"], told["after"]["tuteur"]) == (True, "Camille Ferrand, designer senior")
    assert told["pending"] == "entreprise"
    assert "oui ou" not in told["reply"]


@pytest.mark.parametrize(
    ("text", "field"), [("ines@exemple.fr", "tuteur_email"), ("camille@exemple.fr", "email")], ids=["hers", "one's own"]
)
def test_an_address_that_names_the_tutor_is_theirs(play, text, field):
    given = {"tuteur": "Inès Roux, fleuriste", "tuteur_email": None, "tuteur_telephone": None, "email": None}
    told = play("avant:periode", text, given=given)
    assert (told["after"][field], told["pending"]) == (text, "periode")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("non jamais. et pour l'équipement un tablier, pas de suivi médical", ("un tablier", "non")),
        ("non. pour l'équipement il faut un casque, des gants et des bottes", ("un casque, des gants et des bottes", None)),
    ],
    ids=["and a health check", "a list"],
)  # fmt: skip
def test_equipment_told_beside_an_answer_ends_where_something_else_begins(play, text, wanted):
    after = play("avant:deja_accueilli", text)["after"]
    assert (after["deja_accueilli"], after["equipements"]) == (False, "oui")
    assert (after["equipements_precision"], after.get("surveillance_medicale")) == wanted
