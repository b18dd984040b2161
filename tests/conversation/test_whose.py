"""An address or a number goes to whom it belongs to, whoever is asked about; it never stays with somebody else."""

import pytest

MINE, THEIRS, PHONE = "lea.noe@exemple.fr", "atelier@exemple.com", "+33612345678"
BOSS = {"tuteur": "M. Rémi Aubin, gérant", "tuteur_email": None, "tuteur_telephone": None}


@pytest.mark.parametrize(
    "text",
    [
        f"{MINE} et celui de M. Aubin c'est {THEIRS}",
        f"mon mail c'est {MINE}, celui du patron {THEIRS}",
        f"moi c'est {MINE} et le gérant c'est {THEIRS}",
        f"{THEIRS} c'est celui du gérant, {MINE} c'est le mien",
        f"le patron {THEIRS}, moi {MINE}",
        f"le mien : {MINE}. Celui de M. Aubin : {THEIRS}",
        f"je précise que mon adresse est {MINE} et que celle du responsable est {THEIRS}",
    ],
)
def test_two_addresses_in_one_message_go_each_to_their_owner(play, text):
    after = play("avant:contact", text, given=BOSS)["after"]
    assert (after.get("email"), after.get("tuteur_email")) == (MINE, THEIRS)


@pytest.mark.parametrize(
    "text",
    [
        f"mon cousin il a fait un mail {MINE}",
        f"ma sœur m'a créé une adresse {MINE}",
        f"mon fils m'a ouvert une boite mail {MINE}",
        f"mon éduc dit de mettre le sien {MINE}",
        f"mettez celui de ma fille {MINE} elle est d'accord",
        f"{MINE} c'est le mien",
        MINE,
    ],
)
def test_an_address_made_or_lent_for_the_person_is_theirs_and_never_the_tutor_s(play, text):
    after = play("avant:contact", text, given=BOSS)["after"]
    assert (after.get("email"), after.get("tuteur_email")) == (MINE, None)


@pytest.mark.parametrize(
    "text",
    [
        f"le patron Karim Benali 06 12 34 56 78 gérant, moi c'est Léa Noé {MINE}",
        f"Karim Benali 0612345678, je m'appelle Léa Noé {MINE}",
        f"Karim Benali, gérant, 06 12 34 56 78. Mon mail c'est {MINE}",
        f"moi cest Léa Noé {MINE}, le patron c'est Karim Benali 06 12 34 56 78",
    ],
)
def test_what_is_said_of_oneself_where_the_tutor_is_asked_is_no_part_of_the_tutor(play, text):
    after = play("avant:tuteur", text)["after"]
    assert (after.get("email"), after.get("tuteur_email")) == (MINE, None)
    assert after["tuteur"].startswith("Karim Benali")
    assert "Léa" not in after["tuteur"]
    assert after.get("tuteur_telephone") == PHONE


@pytest.mark.parametrize(
    "text",
    [
        f"Métier : boulanger. Tuteur : M. Paul Noé, gérant. Du 4 au 8 janvier. Mail : {MINE}, tél. 06 12 34 56 78.",
        f"Entreprise : Le Fournil, tuteur : Paul Noé. Mon e-mail est {MINE} et mon numéro le 06 12 34 56 78.",
    ],
)
def test_ways_told_in_another_sentence_than_the_tutor_are_the_person_s(play, text):
    after = play("accueil", f"Bonjour, je veux faire une demande. {text}")["after"]
    assert "Paul Noé" in after["tuteur"]
    assert (after.get("tuteur_email"), after.get("tuteur_telephone")) == (None, None)
    assert (after.get("email"), after.get("telephone")) == (MINE, PHONE)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mon e-mail et celui de M. Aubin sont inversés", (MINE, THEIRS)),
        ("vous avez inversé les mails", (MINE, THEIRS)),
        ("les deux adresses mail ont été échangées", (MINE, THEIRS)),
        (f"L'adresse {MINE} est la mienne, pas celle de M. Aubin", (MINE, None)),
        (f"{MINE} c'est le mien, pas celui du patron", (MINE, None)),
        ("et si les mails étaient inversés ça ferait quoi ?", (THEIRS, MINE)),
        ("est-ce que les mails sont inversés ?", (THEIRS, MINE)),
    ],
)
def test_an_address_noted_for_somebody_else_goes_back_to_its_owner(play, text, kept):
    after = play("recap", text, given={**BOSS, "email": THEIRS, "tuteur_email": MINE})["after"]
    assert (after.get("email"), after.get("tuteur_email")) == kept


def test_the_address_noted_for_the_tutor_is_told_to_be_one_s_own_without_writing_it_again(play):
    after = play(
        "avant:contact", "non l'email c'est le mien pas celui du patron", given={**BOSS, "tuteur_email": MINE}
    )["after"]
    assert (after.get("email"), after.get("tuteur_email")) == (MINE, None)


@pytest.mark.parametrize(
    ("answer", "kept"),
    [("oui c'est la mienne", (MINE, None)), ("2", (THEIRS, MINE)), ("le premier", (MINE, None))],
)
def test_an_address_that_somebody_else_holds_is_asked_for_its_owner_not_refused(play, answer, kept):
    given = {**BOSS, "email": THEIRS, "tuteur_email": MINE, "telephone": PHONE}
    asked = play("recap", MINE, given=given, said=["modifier mon e-mail"])
    assert asked["after"] == asked["before"]
    assert len(asked["buttons"]) == 2
    after = play("recap", answer, given=given, said=["modifier mon e-mail", MINE])["after"]
    assert (after.get("email"), after.get("tuteur_email")) == kept
