"""Until the first index is built, a sketch of it answers; the whole one takes over by itself."""

import threading
from concurrent.futures import Future

import pytest

from bot.answers.answerer import IndexAnswerer
from bot.answers.corpus import build_corpus
from bot.answers.evaluation import run_exam, summary
from bot.answers.knowledge import read_knowledge
from bot.answers.late import LateAnswers
from bot.answers.service import open_answerer
from bot.answers.sketch import sketch, thinned
from bot.content.questions import load_exam
from bot.domain.answer import Answer, Question
from tests.answers.conftest import KNOWLEDGE, TODAY

PAID = Question("c'est payé ?", TODAY)


@pytest.fixture(scope="module")
def drawn():
    return IndexAnswerer(sketch(read_knowledge(KNOWLEDGE)))


def test_every_passage_is_in_it_with_a_part_of_its_phrasings():
    known = read_knowledge(KNOWLEDGE)
    whole = build_corpus(known.fiches, known.negatifs)
    part = thinned(whole)
    assert part.owners == whole.owners
    assert {int(owner) for owner in part.of} == {int(owner) for owner in whole.of}
    assert len(part.phrasings) < len(whole.phrasings) / 4


def test_it_answers_four_questions_of_the_exam_in_five_and_misses_no_emergency(drawn):
    rows = load_exam(KNOWLEDGE)[::9]
    found = summary(list(run_exam(drawn, rows, TODAY)))
    assert found["reponses_justes"] >= 0.75
    assert found["urgences_justes"] == 1
    assert found["fausses_urgences"] == 0


def test_its_answers_carry_their_sources(drawn):
    answer = drawn.answer(PAID)
    assert isinstance(answer, Answer)
    assert answer.citations


def test_it_is_drawn_for_a_first_build_and_for_no_other(small, tmp_path, monkeypatch):
    told = []
    drawing = threading.Event()

    def meanwhile(answerer):
        told.append(answerer.answer(PAID))
        drawing.set()

    def slow(*given, **more):
        assert drawing.wait(60), "the sketch answers while the build goes on"
        return build(*given, **more)

    from bot.answers.service import build_apart as build

    monkeypatch.setattr("bot.answers.service.build_apart", slow)
    open_answerer(small, tmp_path / "data", meanwhile=meanwhile)
    assert isinstance(told[0], Answer)
    open_answerer(small, tmp_path / "data", meanwhile=meanwhile)
    assert len(told) == 1


def test_a_sketch_that_fails_costs_nothing(small, tmp_path, monkeypatch):
    monkeypatch.setattr("bot.answers.service.sketch", lambda _known: 1 / 0)
    assert isinstance(open_answerer(small, tmp_path / "data", meanwhile=print).answer(PAID), Answer)


class Named:
    """Says its name."""

    def __init__(self, name):
        self.name = name

    def passage(self, _ref):
        return self.name


def test_the_whole_takes_over_from_the_sketch():
    opened, meanwhile = Future(), Future()
    late = LateAnswers(opened, meanwhile)
    meanwhile.set_result(Named("esquisse"))
    assert late.passage("x") == "esquisse"
    opened.set_result(Named("entier"))
    assert late.passage("x") == "entier"
