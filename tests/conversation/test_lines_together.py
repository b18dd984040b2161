"""Several lines of the summary in one message, a question passed beside something else, an adviser put right."""

import pytest

GLUED = "Karim Benali, moi cest ali noe, patron, gérant"


@pytest.mark.parametrize(
    ("text", "tutor", "signatory"),
    [
        (
            "13 et 20 faut enlever mon nom c'est juste Karim Benali, gérant",
            "Karim Benali, gérant",
            "Karim Benali, gérant",
        ),
        ("13 c madame Le Goff, vétérinaire. 20 pareil", "madame Le Goff, vétérinaire", "madame Le Goff, vétérinaire"),
        ("lignes 13 et 20 : Paul Noé, gérant", "Paul Noé, gérant", "Paul Noé, gérant"),
        ("13 Paul Noé. 20 Anne Petit", "Paul Noé", "Anne Petit"),
        ("13 jours c'est trop. 20 pareil", GLUED, GLUED),
        ("13 rue des Lilas", GLUED, GLUED),
    ],
)
def test_several_lines_told_at_once_each_take_their_value(play, text, tutor, signatory):
    after = play("recap", text, given={"tuteur": GLUED, "signataire": GLUED})["after"]
    assert (after["tuteur"], after["signataire"]) == (tutor, signatory)


def test_a_line_and_another_correction_in_one_message_are_both_made(play):
    after = play("recap", "16 voir l'atelier, poncer, assembler. et l'adresse c'est 14 rue de la Source")["after"]
    assert after["activites"] == "voir l'atelier, poncer, assembler"
    assert after["adresse"].startswith("14 rue de la Source")
    assert (after["prenom"], after["nom"]) == ("Camille", "Roche")


@pytest.mark.parametrize(
    ("base", "text", "kept"),
    [
        ("activites", "passer. Kévin Lemaître kevin@exemple.fr 0677889900",
         {"activites": None, "prenom": "Kévin", "nom": "Lemaître", "email": "kevin@exemple.fr"}),
        ("siret", "le tuteur c'est Bernard Fournier le patron 06 71 80 90 10 et pour le siret je passe",
         {"siret": None, "tuteur": "Bernard Fournier, patron", "tuteur_telephone": "+33671809010"}),
        ("siret", "Passer, je lui demanderai", {"siret": None, "adresse": None}),
        ("activites", "voir comment on passe la serpillière", {"activites": "voir comment on passe la serpillière"}),
    ],
)  # fmt: skip
def test_a_question_passed_beside_something_else_is_passed_and_the_rest_is_kept(play, base, text, kept):
    told = play(f"avant:{base}", text)
    assert {name: told["after"].get(name) for name in kept} == kept
    assert told["pending"] != base


@pytest.mark.parametrize(
    ("base", "text", "kept"),
    [
        ("objectif", "mais non c pas un conseiller ca!! mon educ c Stephane Vasseur", "Stephane Vasseur"),
        ("objectif", "decouvrir. et corrigez mon educ c Stephane Vasseur", "Stephane Vasseur"),
        ("objectif", "nn mais mets juste Sabrina en conseiller, le snack c le lieu", "Sabrina"),
        ("metier", "ma conseillère s'appelle Mme Riou", "Mme Riou"),
        ("metier", "la conseillère de ma sœur c'est Mme Riou", "pas lui du tout"),
        ("metier", "mon ancienne conseillère c'était Mme Riou", "pas lui du tout"),
    ],
)
def test_an_adviser_noted_wrongly_is_put_right_while_something_else_is_asked(play, base, text, kept):
    assert play(f"avant:{base}", text, given={"conseiller": "pas lui du tout"})["after"]["conseiller"] == kept


@pytest.mark.parametrize("text", ["embauche a mon age tu parles. decouvrir", "vous me saoulez avec vos questions"])
def test_words_that_name_nobody_are_read_back_before_they_are_an_adviser(play, text):
    assert play("avant:conseiller", text)["after"].get("conseiller") is None


@pytest.mark.parametrize(
    ("text", "host", "tutor"),
    [
        ("finalement c'est le vélo : La Roue Libre, 22 rue des Mages 13006 Marseille, patronne Ines Roux 0611223344", "La Roue Libre", "Ines Roux, patronne"),
        ("le lieu c'est La Roue Libre, la patronne c'est Ines Roux", "La Roue Libre", "Ines Roux, patronne"),
        ("la patronne c'est Ines Roux", "Snack Étoile", "Ines Roux, patronne"),
    ],
)  # fmt: skip
def test_another_host_takes_its_name_and_never_the_tutor_s_place(play, text, host, tutor):
    after = play("avant:siret", text, given={"entreprise": "Snack Étoile", "tuteur": "Karim, patron"})["after"]
    assert after["entreprise"] == host
    assert after["tuteur"] in {tutor, tutor.partition(",")[0]}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("non la ligne 10 c'est La Roue Libre et la 6 c'est juste madame Berthier", {"entreprise": "La Roue Libre", "conseiller": "madame Berthier"}),
        ("la 8 c'est boulanger et la 10 c'est La Roue Libre", {"metier": "boulanger", "entreprise": "La Roue Libre"}),
        ("non la ligne 9 c'est La Roue Libre et la 5 c'est madame Berthier", {"activites": None}),
    ],
)  # fmt: skip
def test_lines_of_the_summary_are_put_right_whatever_question_waits(play, text, kept):
    after = play("avant:activites", text, said=["récap"])["after"]
    assert {name: after.get(name) for name in kept} == kept
