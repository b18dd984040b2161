"""The sentence that changes for a person is said to that person and to nobody else."""

import shutil

import pytest

from bot.answers.answerer import IndexAnswerer
from bot.answers.publishing import Publisher
from bot.content.fiches import check
from bot.domain.answer import Question
from tests.answers.conftest import TODAY

SAID = "La structure d'accueil ne paie pas un mineur, et le représentant légal le sait."
PART = f"### Selon la personne\n\n- mineur : {SAID}\n\n### En détail"


@pytest.fixture(scope="module")
def answerer(small_served, tmp_path_factory):
    knowledge = tmp_path_factory.mktemp("variants") / "knowledge"
    shutil.copytree(small_served[0], knowledge)
    (knowledge / "questions.yaml").write_text("[]\n", "utf-8")
    file = knowledge / "fiches" / "remuneration.md"
    file.write_text(file.read_text("utf-8").replace("### En détail", PART, 1), "utf-8")
    return IndexAnswerer(Publisher(knowledge, knowledge.parent / "data").publish().index)


def court(answerer, text, *publics):
    return answerer.answer(Question(text, TODAY, publics=frozenset(publics))).court


def test_what_the_form_knows_chooses_the_sentence(answerer):
    assert court(answerer, "est-ce que je touche un salaire pendant l'immersion", "mineur") == SAID


def test_an_adult_never_gets_it(answerer):
    assert SAID not in court(answerer, "est-ce que je touche un salaire pendant l'immersion")


def test_an_age_told_chooses_too_and_the_general_sentence_is_kept_in_the_detail(answerer):
    text = "est-ce que je touche un salaire pendant l'immersion ? j'ai 17 ans"
    outcome = answerer.answer(Question(text, TODAY))
    assert outcome.court == SAID
    assert answerer.passage(outcome.passages[0]).court in outcome.detail


def test_a_variant_for_nobody_known_is_a_fault_with_its_line(small):
    file = small / "fiches" / "remuneration.md"
    file.write_text(file.read_text("utf-8").replace("### En détail", PART.replace("mineur", "martien", 1), 1), "utf-8")
    assert any("publics acceptés" in str(one) for one in check(small))
