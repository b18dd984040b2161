"""After words of danger, a denial in so many words is believed; a second cry is never taken for one."""

import pytest

CRY = "je veux en finir ce soir"
CRIES = {
    "suicide": CRY,
    "violence": "mon patron me frappe",
    "enfance": "on frappe un enfant",
    "accident": "mon collègue est tombé de l'échelle il bouge plus",
    "danger": "je vais tuer mon chef",
}


@pytest.fixture(scope="module")
def alarmed(situations):
    return lambda text: situations.handle({"base": "avant:activites", "said": [CRY], "text": text})


@pytest.mark.parametrize(
    "text",
    [
        "je veux pas me suicider je suis fatigué c'est tout",
        "je vais pas me foutre en l'air, j'ai les gosses",
        "non pas suicidaire, on continue",
    ],
)
def test_a_denial_in_so_many_words_is_believed(alarmed, text):
    told = alarmed(text)
    assert told["emergency"] is None
    assert told["after"] == told["before"]
    assert told["reply"].count("3114") == 1


@pytest.mark.parametrize(
    "text",
    [
        "c'est trop je suis fatigué de vivre je vais le faire ce soir",
        "j'arrête pas d'avoir des idées noires, je veux mourir",
        "je veux pas me tuer mais j'ai pris tous les cachets",
        "je vais pas me suicider, je vais tuer mon patron avec mon fusil",
    ],
)
def test_a_second_cry_is_heard_again(alarmed, text):
    assert alarmed(text)["emergency"] is not None


@pytest.mark.parametrize(
    "text", ["hier sur le quai j'ai failli sauter devant le métro", "j'ai failli le faire hier soir"]
)
def test_what_was_nearly_done_is_danger(alarmed, text):
    assert alarmed(text)["emergency"] == "suicide"


@pytest.fixture(scope="module")
def after(situations):
    return lambda base, *said: situations.handle({"base": base, "said": list(said[:-1]), "text": said[-1]})


DENIED = [
    ("suicide", "mdr mais non tout va bien, j'ai juste dit que j'aurai fini mon contrat"),
    ("suicide", "hein ? je parlais de mon CDD"),
    ("suicide", "pourquoi vous me parlez de suicide là"),
    ("suicide", "c'est une expression chez nous"),
    ("suicide", "vous avez mal compris madame"),
    ("suicide", "j'ai aucune envie de mourir, merci bien"),
    ("suicide", "je rigolais hein"),
    ("suicide", "nan mais c'est pas ce que j'ai dit"),
    ("violence", "quoi ?? non personne me fait violence. je dit je veu etre embauche apres"),
    ("violence", "mais quelle violence ? il est super gentil mon patron"),
    ("violence", "personne ne m'a frappé"),
    ("violence", "il m'a rien fait du tout"),
    ("violence", "aucune violence chez moi, c'est un malentendu"),
    ("violence", "tu te trompes"),
    ("enfance", "mais il y a pas d'enfant ? je parle de ma mère elle a 57 ans"),
    ("enfance", "non il n'y a pas d'enfant en danger, on continue la demande svp"),
    ("enfance", "quel enfant ?"),
    ("enfance", "je parle de mon travail à la crèche"),
    ("enfance", "je suis majeure"),
    ("enfance", "mes enfants vont très bien"),
    ("accident", "personne n'est blessé"),
    ("accident", "non non c'était il y a cinq ans"),
    ("accident", "fausse alerte, j'ai rien"),
    ("danger", "je vais tuer personne mdr"),
    ("danger", "c'est une image, je suis pas dangereux"),
]


@pytest.mark.parametrize(("category", "text"), DENIED)
def test_the_subject_of_an_alarm_is_denied_and_the_form_goes_on_where_it_was(after, category, text):
    told = after("avant:activites", CRIES[category], text)
    assert told["emergency"] is None
    assert told["pending"] == "activites"
    assert told["reply"].count("répond à toute heure") == 1


CRIED_AGAIN = [
    ("suicide", "vous avez mal compris, je veux mourir"),
    ("suicide", "je rigole pas, j'ai la corde devant moi"),
    ("suicide", "c'est pas une blague, je vais sauter"),
    ("violence", "il est gentil sauf quand il me tape"),
    ("violence", "vous vous trompez il est gentil mais hier il m'a étranglée"),
    ("enfance", "c'est pas un enfant c'est un bébé et il le secoue"),
    ("enfance", "je parle de mon petit frère, papa le frappe"),
    ("accident", "personne n'est venu, il respire plus"),
    ("danger", "je ne rigole pas j'ai un couteau et je vais le planter"),
    ("danger", "vous vous trompez, je vais le tuer quand même"),
]


@pytest.mark.parametrize(("category", "text"), CRIED_AGAIN)
def test_what_looks_like_a_denial_and_cries_is_heard(after, category, text):
    assert after("avant:activites", CRIES[category], text)["emergency"] is not None


@pytest.mark.parametrize(
    ("base", "lost", "denied", "champ", "value"),
    [
        ("avant:hote_connu", "non pas encore. on frappe un enfant", "mais il y a pas d'enfant ?", "hote_connu", False),
        ("avant:rsa", "oui, mon mari me bat", "vous vous trompez", "rsa", True),
        ("avant:objectif", "mon patron me frappe", "personne me fait violence. je dis je veux être embauché", "objectif", "recrutement"),
    ],
)  # fmt: skip
def test_the_choice_lost_with_a_false_alarm_is_heard_again(after, base, lost, denied, champ, value):
    told = after(base, lost, denied)
    assert told["after"][champ] == value


def test_nothing_of_an_alarm_is_kept_where_it_was_not_denied(after):
    cry = "je suis sans activité, ce serait plus simple pour tout le monde si je n'étais plus là"
    told = after("avant:situation", cry, "Oui oui ça va, j'ai ma fille avec moi. On peut continuer pour l'immersion ?")
    assert told["after"] == told["before"]
    assert told["pending"] == "situation"
    assert "Je n'ai rien gardé" in told["reply"]
    assert told["reply"].count("3114") == 1


@pytest.mark.parametrize(
    ("category", "text"),
    [("violence", "on continue"), ("violence", "ça va maintenant, question suivante"), ("enfance", "on reprend svp")],
)
def test_whoever_resumes_is_told_the_number_of_what_was_said(after, category, text):
    number = {"violence": "17", "enfance": "119"}[category]
    told = after("avant:activites", CRIES[category], text)
    assert f"Le {number} reste ouvert" in told["reply"]
    assert "3114" not in told["reply"]


def test_a_person_asked_for_after_a_denial_is_not_brought_to_the_number(after):
    told = after("avant:activites", CRIES["enfance"], "il y a pas d'enfant", "Parler à quelqu'un")
    assert "119" not in told["reply"]
