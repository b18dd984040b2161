"""Figures in a question are judged by the form's own checks: both sides of each border, and silence without figures."""

from datetime import date

import pytest

from bot.answers.computed import Computer
from bot.answers.told_figures import grown_up, read_figures
from bot.config import ROOT
from bot.content.calculs import check, load_calculs
from bot.content.regles import load_regles
from bot.domain.answer import Question
from bot.domain.fiche import Citation, Passage
from bot.formats import LibraryFormats
from tests.answers.conftest import TODAY

KNOWLEDGE = ROOT / "knowledge"
OF_AGE = "F-033"
SOURCE = Citation("Service-Public", "https://www.service-public.fr", TODAY)


ASKED = {"mineurs": "horaires", "duree": "maximale"}
"""The passage of a fiche that asks about the figures."""


@pytest.fixture(scope="module")
def computer():
    return Computer(load_regles(KNOWLEDGE), load_calculs(KNOWLEDGE), LibraryFormats().holidays)


def passage(fiche, *faits):
    return Passage(
        fiche if "#" in fiche else f"{fiche}#{ASKED.get(fiche, 'regles')}",
        "Une ?",
        "Une réponse.",
        "",
        (SOURCE,),
        date(2027, 1, 1),
        faits=faits,
    )


def computed(computer, text, *fiches, publics=frozenset()):
    found = computer.answer(Question(text, TODAY, publics=publics), [passage(one, OF_AGE) for one in fiches])
    return found.computed if found else ""


@pytest.mark.parametrize(
    ("text", "fiche", "outcome"),
    [
        ("j'ai 15 ans, je peux faire une immersion ?", "mineurs", "age_minimum:impossible"),
        ("j'ai seize ans, je peux faire une immersion ?", "mineurs", "age_minimum:en-ordre"),
        ("né le 10/12/2010, je peux commencer le 9 décembre ?", "mineurs", "age_atteint:impossible"),
        ("né le 10/12/2010, je peux commencer le 10 décembre ?", "mineurs", "age_atteint:en-ordre"),
        ("j'aurai 16 ans le 12 mars et le stage est du 2 au 13 mars, possible ?", "duree", "age_atteint:impossible"),
        ("j'aurai 16 ans le 12 mars, je peux commencer le 2 mars ?", "mineurs", "age_atteint:impossible"),
        ("j'aurai 16 ans le 12 mars, je peux commencer le 16 mars ?", "mineurs", "age_atteint:en-ordre"),
        ("du 7 décembre au 6 janvier ça passe ?", "duree", "duree:en-ordre"),
        ("du 7 décembre au 7 janvier ça passe ?", "duree", "duree:impossible"),
        ("du 1er février au 3 mars c'est bon ?", "duree", "duree:impossible"),
        ("du 1 février au 1 mars c'est bon ?", "duree", "duree:en-ordre"),
        ("quatre semaines d'affilée c'est possible ?", "duree", "duree_totale:en-ordre"),
        ("cinq semaines d'affilée c'est possible ?", "duree", "duree_totale:impossible"),
        ("deux jours par semaine pendant un an ?", "duree", "duree_totale:impossible"),
        ("deux jours par semaine pendant 3 semaines ?", "duree", "duree_totale:en-ordre"),
        ("j'ai déjà fait 40 jours, je peux faire encore 20 jours dans la même entreprise ?", "duree", "jours_12_mois:en-ordre"),
        ("j'ai déjà fait 40 jours, je peux faire encore 21 jours dans la même entreprise ?", "duree", "jours_12_mois:impossible"),
        ("48h par semaine c'est légal ?", "horaires", "heures_semaine:en-ordre"),
        ("49 heures par semaine c'est légal ?", "horaires", "heures_semaine:impossible"),
        ("mineur, 35h par semaine ?", "horaires", "heures_semaine_mineur:en-ordre"),
        ("j'ai 17 ans, 36h par semaine ?", "horaires", "heures_semaine_mineur:impossible"),
        ("j'ai 17 ans, 8h par jour ça va ?", "horaires", "heures_jour_mineur:en-ordre"),
        ("j'ai 17 ans, 9 heures par jour ça va ?", "horaires", "heures_jour_mineur:impossible"),
        ("à 17 ans je peux finir à 22h ? de 14h à 22h", "horaires", "nuit_mineur:en-ordre"),
        ("mineur, de 15h à 23h c'est permis ?", "mineurs", "nuit_mineur:impossible"),
        ("mineur, jusqu'à 23h en restaurant ?", "mineurs", "nuit_mineur:a-confirmer"),
        ("de 9h à 17h avec 1h de pause, du mardi au samedi, à 16 ans ?", "horaires", "heures_semaine_mineur:en-ordre"),
        ("de 9h a 18h avec 1h de pause, du mardi au samedi... g 16 ans", "mineurs", "heures_semaine_mineur:impossible"),
        ("un jeune de 16 ans, du lundi au jeudi 8h-12h 13h-17h ?", "horaires", "heures_semaine_mineur:en-ordre"),
        ("un jeune de 16 ans, du lundi au jeudi 8h-12h 13h-17h30 ?", "horaires", "heures_jour_mineur:impossible"),
        ("mon fils de 17 ans de 14h à 22h30", "mineurs", "nuit_mineur:impossible"),
        ("mon fils de 17 ans de 13h à 21h", "mineurs", "nuit_mineur:en-ordre"),
        ("j'ai 17 ans, ils veulent que je vienne le dimanche", "horaires", "dimanche_mineur:a-confirmer"),
        ("j'ai 17 ans, je travaille le 14 juillet ?", "mineurs", "jours_feries_mineur:a-confirmer"),
        ("j'ai 16 ans et on me fait venir du lundi au samedi", "horaires", "repos_hebdomadaire_mineur:impossible"),
        ("7h-14h, du lundi au dimanche, c'est légal ?", "horaires", "heures_semaine:impossible"),
        ("en immersion du lundi au dimanche de 9h à 12h, c'est permis ?", "horaires", "repos_hebdomadaire:impossible"),
        ("les mineurs peuvent rester jusqu'à minuit le week-end ?", "mineurs", "nuit_mineur:impossible"),
        ("en CDDI de 12 mois, combien de jours d'immersion ?", "insertion", "part_contrat:en-ordre"),
    ],
)  # fmt: skip
def test_each_border_is_judged_on_both_sides(computer, text, fiche, outcome):
    if outcome.startswith("nuit_mineur:en-ordre"):
        text = f"j'ai 17 ans. {text}"
    assert computed(computer, text, fiche) == outcome


@pytest.mark.parametrize(
    "text",
    ["c'est payé ?", "combien de temps ça dure ?", "j'ai 45 ans, c'est possible ?", "60 jours sur douze mois ?",
     "je commence dans 3 semaines", "depuis 5 ans je suis boulanger", "entre 2 et 5 jours, lequel ?", "c'est pour les moins de 18 ans ?",
     "à partir de 16 ans ?", "j'ai 17 ans, je travaille le 15 juillet ?", "j'ai 17 ans, mon repos c'est le dimanche ?",
     "un jeune de 17 ans, du lundi au vendredi ?"],
)  # fmt: skip
def test_figures_of_no_rule_compute_nothing(computer, text):
    assert computed(computer, text, "duree", "horaires", "convention", "mineurs") == ""


def test_figures_in_a_question_on_something_else_compute_nothing(computer):
    assert computed(computer, "du 7 décembre au 7 janvier, qui signe ?", "convention") == ""


def test_what_the_form_knows_makes_the_hours_those_of_a_minor(computer):
    text = "36h par semaine, c'est bon ?"
    assert computed(computer, text, "horaires", publics=frozenset({"mineur"})) == "heures_semaine_mineur:impossible"
    assert computed(computer, text, "horaires") == "heures_semaine:en-ordre"


def test_the_result_comes_first_with_its_article_and_its_source(computer):
    text = "du 7 décembre au 7 janvier ça passe ?"
    found = computer.answer(Question(text, TODAY), [passage("duree")])
    assert "trop longue" in found.court
    assert "06/01/2027" in found.court
    assert "D5135-3" in found.court
    assert found.citations[0].article.startswith("D5135-3")
    assert SOURCE in found.citations
    assert len(found.court) <= 450


def test_a_day_that_does_not_exist_is_not_a_figure():
    assert read_figures("du 30 février au 31 avril", TODAY).period is None
    assert read_figures("né le 31/02/2010", TODAY).born is None


def test_the_sentences_that_ship_have_no_fault_and_a_bad_one_is_named(tmp_path):
    assert check(KNOWLEDGE) == []
    (tmp_path / "calculs.yaml").write_text('duree:\n  peut-etre: "Oui."\n', "utf-8")
    assert len(check(tmp_path)) == 3


@pytest.mark.parametrize(
    ("text", "fiches"),
    [
        ("j'ai 25 ans, je vais à la mission locale ou à France Travail ?", ("situations",)),
        ("si je pars au bout d'un jour, suis-je encore inscrit ?", ("beneficiaires", "duree")),
    ],
)
def test_a_figure_that_is_in_order_answers_no_other_question(computer, text, fiches):
    assert computed(computer, text, *fiches) == ""


def test_another_scheme_and_another_question_of_length_are_not_computed(computer):
    def computed(text, ref):
        return computer.answer(Question(text, TODAY), [Passage(ref, "", "", "", (), TODAY)])

    assert (
        computed("combien d'heures par semaine à 14 ans pour un mini-stage ?", "alternatives#mini-stage-horaires")
        is None
    )
    assert computed("il faut faire deux semaines d'affilée au minimum ?", "duree#minimale") is None
    assert computed("arrêtée au bout de 4 jours de suite, je fais quoi ?", "deroulement#arreter") is None


def test_years_of_a_trade_are_no_age():
    assert read_figures("j'ai 15 ans de métier dans la pâtisserie", TODAY).age is None
    assert read_figures("17 ans, 38 h la semaine s'il est d'accord ?", TODAY).age == 17


def test_how_long_an_insertion_contract_lasts_is_no_length_of_a_stay():
    told = read_figures("mon contrat d'insertion dure 4 mois, combien de semaines d'immersion ?", TODAY)
    assert (told.contract, told.length) == (4, None)


def test_an_age_is_no_length(computer):
    text = "17 ans, du lundi au dimanche sans coupure pour son immersion, combien de jours de repos ?"
    assert not computed(computer, text, "duree", "mineurs").startswith("duree")


@pytest.mark.parametrize(
    ("text", "adult"),
    [
        ("j'ai 22 ans, je commence à 5 h au marché", True),
        ("moi, 45 ans, je veux voir la boulangerie de nuit", True),
        ("j'ai 22 ans et mon frère a 17 ans", False),
        ("boulanger depuis 30 ans, un mineur peut venir ?", False),
        ("ma fille a 18 ans le mois prochain, je signe ?", False),
        ("je peux venir la nuit ?", False),
    ],
)
def test_only_an_age_told_makes_an_adult(text, adult):
    assert grown_up(text) is adult


def test_an_age_in_order_answers_only_a_question_of_age(computer):
    text = "ma fille a 17 ans, quels travaux sont interdits pour elle ?"
    of_age = passage("mineurs", OF_AGE)
    assert computer.answer(Question(text, TODAY), [passage("mineurs")]) is None
    assert computer.answer(Question(text, TODAY), [of_age]).computed == "age_minimum:en-ordre"


@pytest.mark.parametrize(
    "text",
    [
        "mon contrat aidé finit dans 3 mois, je peux faire une immersion pendant ?",
        "tuteur depuis 10 jours pendant une immersion, elle peut faire les toilettes seule ?",
        "j'ai déjà fait une immersion de 15 jours en mars, je peux en refaire une ailleurs ?",
    ],
)
def test_a_length_of_what_is_over_or_to_come_is_not_the_one_asked_about(computer, text):
    assert read_figures(text, TODAY).length is None
    assert computed(computer, text, "duree") == ""


def test_a_length_that_fits_is_said_only_where_it_is_asked(computer):
    text = "pendant une immersion de 3 semaines, combien de fois chez le même ?"
    assert computed(computer, text, "duree#plusieurs") == ""
    assert computed(computer, text, "duree#maximale") == "duree_totale:en-ordre"
