"""R5: a vector server that is away at the start, or goes away, costs nobody an answer; it is taken up when it returns."""

import time
from datetime import date

import pytest

from bot.answers.steady import SteadyAnswerer, kept
from bot.domain.answer import Answer, Question
from bot.errors import IndexUnusable
from tests.conversation.fakes import FakeAnswerer


class Server:
    up = True

    def __call__(self):
        return self.up


class Whole(FakeAnswerer):
    """Answers as long as its server does."""

    def __init__(self, server):
        super().__init__()
        self.server = server

    def answer(self, question):
        if not self.server.up:
            raise ConnectionError
        return super().answer(question)


PAID = Question("c'est payé ?", date(2026, 3, 2))


def until(ready):
    for _ in range(500):
        if ready():
            return
        time.sleep(0.01)
    raise AssertionError("this did not happen in time")


def steady(server, spare=None, made=None):
    def whole():
        if not server.up:
            raise ConnectionError
        if made is not None:
            made.append(1)
        return Whole(server)

    return SteadyAnswerer(whole, spare or (FakeAnswerer,), server, look=0.01)


def test_a_server_that_is_away_at_the_start_is_taken_up_when_it_answers():
    server = Server()
    server.up = False
    answers = steady(server)
    assert isinstance(answers.answer(PAID), Answer)
    assert answers.away_since is not None
    server.up = True
    until(lambda: answers.away_since is None)
    assert isinstance(answers._ready(), Whole)


def test_a_server_that_goes_away_costs_the_question_nothing_and_is_opened_once():
    server, made = Server(), []
    answers = steady(server, made=made)
    server.up = False
    assert isinstance(answers.answer(PAID), Answer)
    server.up = True
    until(lambda: answers.away_since is None)
    assert isinstance(answers.answer(PAID), Answer)
    assert made == [1]


def test_a_fault_that_is_not_the_server_s_is_not_hidden():
    answers = SteadyAnswerer(lambda: Whole(Server()), (FakeAnswerer,), lambda: True)
    answers._full.server.up = False
    with pytest.raises(ConnectionError):
        answers.answer(PAID)


def test_where_nothing_can_answer_the_form_is_told():
    def none():
        raise IndexUnusable("no index")

    server = Server()
    server.up = False
    with pytest.raises(IndexUnusable):
        steady(server, spare=(none,)).answer(PAID)


def test_without_its_server_the_index_answers_and_hears_danger_by_what_its_folder_holds(published):
    server = Server()
    server.up = False
    answers = steady(server, spare=(lambda: kept(published, "lsa"),))
    assert isinstance(answers.answer(PAID), Answer)
    assert answers.emergency("je veux mourir") == "suicide"


def test_where_nothing_is_open_danger_is_still_heard():
    server = Server()
    server.up = False
    assert steady(server, spare=()).emergency("je veux mourir") == "suicide"
