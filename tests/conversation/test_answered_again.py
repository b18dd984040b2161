"""A person answered again is replaced; what is said around a name is no part of it; what is kept is said to be kept."""

import pytest

OLD = {"tuteur": "La Roux Libre", "tuteur_telephone": "+33611223344", "tuteur_email": None}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ines Roux, patronne, 0611223344", "Ines Roux, patronne"),
        ("Ines Roux patronne 06 11 22 33 44", "Ines Roux, patronne"),
        ("c'est Ines Roux la patronne, ines@exemple.fr", "Ines Roux, patronne"),
        ("Mme Roux 0611223344", "Mme Roux"),
        ("0611223344", "La Roux Libre"),
        ("son numéro c'est le 0611223344", "La Roux Libre"),
        ("ines@exemple.fr", "La Roux Libre"),
    ],
)
def test_a_name_given_again_with_a_number_already_noted_replaces_the_old_one(play, text, kept):
    after = play("recap", text, given=OLD, said=["modifier le tuteur"])["after"]
    assert after["tuteur"] == kept
    assert after["tuteur_telephone"] == "+33611223344"


def test_a_line_that_is_filled_and_passed_is_said_to_stay(play):
    told = play("recap", "Passer", given=OLD, said=["modifier le tuteur"])
    assert told["after"] == told["before"]
    assert "Reste noté : Tuteur : La Roux Libre" in told["reply"]
    assert "passé" not in told["reply"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("c'est le patron Patrice Hoarau", "Patrice Hoarau, patron"),
        ("Ibrahim Sow c le patron je deja donne son telephone", "Ibrahim Sow, patron"),
        ("Ibrahim Sow le gérant je vous l'ai déjà dit", "Ibrahim Sow, gérant"),
        ("mohamed benali dit momo c le chef d equipe", "mohamed benali dit momo, chef d equipe"),
        ("Mme Galvani elle est cadre de santé, pas responsable", "Mme Galvani, cadre de santé"),
        ("Mme Galvani, elle est cadre, pas directrice", "Mme Galvani, cadre"),
        ("Karim Benali gérant", "Karim Benali, gérant"),
        ("docteur Perrin gérant", "docteur Perrin, gérant"),
        ("comme je vous disais c'est Karim Benali", "Karim Benali"),
        ("Karim Benali comme j'ai dit au début", "Karim Benali"),
        ("Karim Benali jlai deja dit 3 foi", "Karim Benali"),
        ("M. Dit Mercier, chef de rang", "M. Dit Mercier, chef de rang"),
        ("Marie Boulanger", "Marie Boulanger"),
        ("Jean Ledirecteur", "Jean Ledirecteur"),
    ],
)
def test_the_tutor_is_a_name_and_a_function_without_what_is_said_around_them(play, text, kept):
    assert play("avant:tuteur", text)["after"].get("tuteur") == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("aussi c madame Le Goff", "madame Le Goff, vétérinaire"),
        ("madame Le Goff", "madame Le Goff, vétérinaire"),
        ("mme Le Goff aussi", "madame Le Goff, vétérinaire"),
        ("la patronne aussi", "madame Le Goff, vétérinaire"),
        ("la même personne", "madame Le Goff, vétérinaire"),
        ("M. Le Goff, gérant", "M. Le Goff, gérant"),
        ("Anne Le Goff", "Anne Le Goff"),
        ("c'est la mairie qui signe", "la mairie"),
        ("c'est la mairie qui signe je pense pas la directrice", "la mairie"),
    ],
)
def test_who_signs_is_the_tutor_where_they_are_named_again_and_nobody_else_s_name_moves(play, text, kept):
    given = {"tuteur": "madame Le Goff, vétérinaire", "tuteur_email": None, "tuteur_telephone": None}
    told = play("avant:signataire", text, given=given)
    assert told["after"].get("signataire") == kept or "Dois-je noter" in told["reply"]
    assert told["after"]["tuteur"] == given["tuteur"]


def test_the_signatory_who_is_the_tutor_keeps_the_address_given_with_the_answer(play):
    given = {"tuteur": "Zoé Martinet, patronne", "tuteur_email": None}
    after = play("avant:signataire", "La patronne aussi, zoe@exemple.fr", given=given)["after"]
    assert (after["signataire"], after["signataire_email"]) == ("Zoé Martinet, patronne", "zoe@exemple.fr")


@pytest.mark.parametrize(
    ("base", "text", "kept"),
    [
        ("entreprise", "MOTO SUD 974 jlai deja dit 3 foi", "MOTO SUD 974"),
        ("entreprise", "ets bordes jte dis", "ets bordes"),
        ("entreprise", "bah oui j'ai dit Moto Sud", "Moto Sud"),
        ("entreprise", "Moto Sud je viens de le dire", "Moto Sud"),
        ("entreprise", "Garage du Dit", "Garage du Dit"),
        ("conseiller", "madame Dubrulle comme j'ai dit au début", "madame Dubrulle"),
        ("activites", "j'ai déjà mis la table, je veux servir", "j'ai déjà mis la table, je veux servir"),
    ],
)
def test_that_it_was_told_before_is_no_part_of_the_answer(play, base, text, kept):
    told = play(f"avant:{base}", text)
    assert told["after"].get(base) == kept or "Dois-je noter" in told["reply"]
