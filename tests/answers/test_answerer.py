"""The answers people get, on the knowledge that ships."""

import re
import threading

import pytest

from bot.answers.evaluation import run_exam
from bot.content.fiches import SHOWN, load_register
from bot.content.questions import load_exam
from bot.domain.answer import Answer, Clarify, Emergency, Question, Refus, Refusal, Smalltalk
from bot.domain.fiche import Nature
from tests.answers.conftest import KNOWLEDGE, TODAY


def ask(answerer, text, *history, publics=frozenset(), today=TODAY):
    return answerer.answer(Question(text, today, history, publics))


def facts(answerer, outcome):
    assert isinstance(outcome, Answer), outcome
    return {fact for ref in outcome.passages for fact in answerer.passage(ref).faits}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("c'est quoi une pmsmp ?", "F-001"),
        ("c payé ou pas", "F-101"),
        ("combien de temps ça dure au maximum ?", "F-080"),
        ("pôle emploi existe encore ?", "F-066"),
        ("ANDi peut signer ma convention ?", "F-063"),
        ("est-ce une garantie d'emploi ?", "F-162"),
    ],
)
def test_what_the_project_was_created_for_is_answered(real, text, fact):
    assert fact in facts(real, ask(real, text))


@pytest.mark.parametrize(
    "text", ["combien gagne un boulanger ?", "comment calculer mon ARE ?", "recette de la tarte aux pommes"]
)
def test_what_is_elsewhere_is_refused_with_a_place_to_go(real, text):
    outcome = ask(real, text)
    assert isinstance(outcome, Refusal)
    assert outcome.reason is Refus.OUT_OF_SCOPE
    assert outcome.citations[0].url.startswith("https://")


@pytest.fixture(scope="module")
def sat(real):
    """The whole exam, answered once."""
    return tuple(run_exam(real, load_exam(KNOWLEDGE), TODAY))


def test_every_answer_carries_a_source_with_an_address_and_a_date(sat):
    answered = [one.outcome for one in sat if isinstance(one.outcome, Answer)]
    assert answered
    for outcome in answered:
        assert all(citation.url.startswith("http") and citation.verifiee_le for citation in outcome.citations)


def test_every_verified_fact_is_reached_by_a_question_of_the_exam(real, sat):
    shown = {fact for fact, mark in load_register(KNOWLEDGE).faits.items() if mark in SHOWN}
    reached = set()
    for one in sat:
        if isinstance(one.outcome, Answer) and one.row.facts:
            reached |= facts(real, one.outcome)
    assert shown - reached == set()


def test_a_follow_up_takes_its_subject_from_the_question_before(real):
    outcome = ask(real, "et pour un mineur ?", "combien d'heures par semaine ?")
    assert facts(real, outcome) & {"F-095", "F-098", "F-032", "F-097"}


@pytest.mark.parametrize(
    ("last", "text", "fact"),
    [
        ("un mineur, il fait quels horaires au maximum ?", "et l'essence, c'est remboursé ?", "F-109"),
        ("qui signe la convention ?", "et mes trajets, on me les paye ?", "F-109"),
    ],
)
def test_a_follow_up_surely_about_something_else_does_not_get_the_last_answer_again(real, last, text, fact):
    assert fact in facts(real, ask(real, text, last))


def test_a_follow_up_that_changes_the_subject_is_not_tied_to_the_last(real):
    assert "F-080" in facts(real, ask(real, "quelle est la durée maximale d'une immersion ?", "c'est payé ?"))


@pytest.mark.parametrize(
    ("text", "known", "about"),
    [
        ("combien d'heures par semaine ?", "mineur", "mineur"),
        ("c'est payé ?", "salarie-prive", "salarie"),
    ],
)
def test_what_the_form_knows_of_the_person_sharpens_the_answer(real, text, known, about):
    assert about not in real.passage(ask(real, text).passages[0]).publics
    assert about in real.passage(ask(real, text, publics=frozenset({known})).passages[0]).publics


def test_what_the_form_knows_never_turns_a_refusal_into_an_answer(real):
    assert isinstance(ask(real, "combien gagne un boulanger ?", publics=frozenset({"salarie"})), Refusal)


def test_an_emergency_comes_before_anything_else(real):
    outcome = ask(real, "c'est payé ? de toute façon je veux mourir")
    assert isinstance(outcome, Emergency)
    assert outcome.categorie == "suicide"
    assert "3114" in outcome.text


def test_every_category_of_emergency_has_its_passage_and_its_numbers(real):
    for text, number in (
        ("je veux mourir", "3114"), ("il ne respire plus", "15"), ("mon mari me bat", "3919"),
        ("mon père me frappe", "119"), ("il a sorti un couteau", "17"),
    ):  # fmt: skip
        assert re.search(rf"\b{number}\b", ask(real, text).text)


def test_a_fiche_past_its_review_date_says_so(real):
    late = TODAY.replace(year=TODAY.year + 3)
    assert ask(real, "c'est payé ?", today=late).stale
    assert not ask(real, "c'est payé ?").stale


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "?", "😀" * 50, "a" * 5000, "\x00\x01", "<script>alert(1)</script>", "1234"]
)
def test_no_message_makes_it_fail(real, text):
    assert isinstance(ask(real, text), Answer | Clarify | Refusal | Emergency | Smalltalk)


def test_one_answer_is_said_and_what_else_may_be_meant_is_a_button(real):
    rows = [row for row in load_exam(KNOWLEDGE) if row.partie == "reglage" and not row.historique]
    answers = [one.outcome for one in run_exam(real, rows, TODAY) if isinstance(one.outcome, Answer)]
    alone = [one for one in answers if len(one.passages) == 1 and not one.computed]
    assert len(alone) > 0.95 * len(answers)
    for outcome in alone:
        passage = real.passage(outcome.passages[0])
        assert outcome.court in {passage.court, *(text for _, text in passage.variantes)}
        assert outcome.citations == passage.citations
        assert passage.ref not in {one.ref for one in outcome.suggestions}
        assert len(outcome.suggestions) <= 3


def test_no_button_under_a_calm_answer_is_a_refusal_or_an_emergency(real):
    for text in ("c'est payé ?", "qui signe la convention ?", "combien de temps ça dure ?"):
        for one in ask(real, text).suggestions:
            assert real.passage(one.ref).nature is Nature.REPONSE


def test_two_questions_in_one_message_get_two_answers_each_under_its_title(real):
    outcome = ask(real, "Est-ce que l'immersion est payée ? Et qui signe la convention d'immersion ?")
    assert len(outcome.passages) == 2
    for ref in outcome.passages:
        passage = real.passage(ref)
        assert f"{passage.titre}\n{passage.court}" in outcome.court
        assert set(passage.citations) <= set(outcome.citations)
    assert len(outcome.court) <= 800


@pytest.mark.parametrize(
    ("before", "text", "fact"),
    [
        ("c'est quoi un mini-stage ?", "ça dure combien ?", "F-173"),
        ("c'est quoi une pmsmp ?", "ça dure combien ?", "F-080"),
        ("je me blesse pendant l'immersion, qui déclare ?", "sous combien d'heures ?", "F-118"),
        ("qui signe la convention ?", "et si j'ai 17 ans ?", "F-134"),
    ],
)
def test_the_same_words_ask_another_thing_after_another_subject(real, before, text, fact):
    assert fact in facts(real, ask(real, text, before))


@pytest.mark.parametrize("text", ["le site est-il une arnaque ?", "on me demande 150 euros pour m'accueillir"])
def test_words_that_usually_mean_no_do_not_hide_a_plain_question(real, text):
    assert isinstance(ask(real, text), Answer)


def test_threads_get_the_same_answers(real):
    questions = ["c'est payé ?", "qui signe la convention ?", "combien gagne un boulanger ?", "je peux à 17 ans ?"] * 5
    alone = [ask(real, text) for text in questions]
    together: list[object] = [None] * len(questions)

    def work(at):
        together[at] = ask(real, questions[at])

    threads = [threading.Thread(target=work, args=(at,)) for at in range(len(questions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


def test_suggestions_lead_to_passages(real):
    outcome = ask(real, "c'est payé ?")
    assert outcome.suggestions
    assert all(real.passage(one.ref) for one in outcome.suggestions)
    assert real.passage("nulle#part") is None
