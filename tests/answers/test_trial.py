"""What the search is sure of stands, and tells what a chooser is worth where the search is not sure."""

import logging
from datetime import date

import pytest

from bot.answers.chooser import Candidates, CannotTell, Chosen, Declined
from bot.answers.trial import EVERY, OnTrial, agrees
from bot.config import ROOT
from bot.content.fiches import load_fiches
from bot.domain.answer import Question, Refus
from bot.domain.credit import MOST, Credit

PASSAGES = tuple(one for fiche in load_fiches(ROOT / "knowledge") for one in fiche.passages if not one.refus)[:4]
FIRST, SECOND = PASSAGES[:2]


class Saying:
    """A chooser that says one thing, and counts how often it is asked."""

    def __init__(self, choice):
        self.choice, self.asked = choice, 0

    def choose(self, among):
        self.asked += 1
        return self.choice


def among(sure=None):
    return Candidates(Question("c'est payé ?", date(2026, 11, 25)), PASSAGES, sure=sure or CannotTell())


SURE = among(Chosen((FIRST,)))
OPEN = among()


@pytest.mark.parametrize("choice", [Chosen((SECOND,)), Chosen(()), Declined(Refus.OPINION), CannotTell()])
def test_what_the_search_is_sure_of_stands(choice):
    assert OnTrial(Saying(choice)).choose(SURE) == CannotTell()


def test_where_nothing_is_sure_the_chooser_is_believed_at_first():
    assert OnTrial(Saying(Chosen((SECOND,)))).choose(OPEN) == Chosen((SECOND,))


def test_one_that_contradicts_what_is_sure_is_not_believed_and_the_operator_reads_one_line(caplog):
    ignored = []
    chooser = OnTrial(Saying(Chosen((SECOND,))), lambda: ignored.append(1))
    with caplog.at_level(logging.INFO):
        for _ in range(5):
            chooser.choose(SURE)
        assert [chooser.choose(OPEN) for _ in range(3)] == [CannotTell()] * 3
    assert len(ignored) == 3, "the built-in ear answered alone, and it is counted"
    assert len(caplog.records) == 1
    assert not chooser.believed


def test_one_that_agrees_again_is_believed_again():
    inner = Saying(Chosen((SECOND,)))
    chooser = OnTrial(inner)
    chooser.choose(SURE)
    inner.choice = Chosen((FIRST,))
    assert chooser.choose(OPEN) == CannotTell()
    for _ in range(2 * EVERY):
        chooser.choose(SURE)
    assert chooser.choose(OPEN) == Chosen((FIRST,))


def test_one_with_nothing_left_to_prove_is_asked_one_sure_question_in_eight():
    inner = Saying(Chosen((FIRST,)))
    chooser = OnTrial(inner)
    for _ in range(MOST):
        chooser.choose(SURE)
    before = inner.asked
    for _ in range(10 * EVERY):
        chooser.choose(SURE)
    assert inner.asked - before == 10


def test_what_cannot_tell_is_neither_for_nor_against():
    inner = Saying(CannotTell())
    chooser = OnTrial(inner)
    for _ in range(50):
        chooser.choose(SURE)
    assert chooser.believed
    assert agrees(Chosen((FIRST,)), CannotTell()) is None


@pytest.mark.parametrize(
    ("sure", "choice", "told"),
    [
        (Chosen((FIRST,)), Chosen((FIRST,)), True),
        (Chosen((FIRST,)), Chosen((SECOND, FIRST)), True),
        (Chosen((FIRST,)), Chosen(()), False),
        (Declined(Refus.OUT_OF_SCOPE), Declined(Refus.NOT_IN_BASE), True),
        (Declined(Refus.OUT_OF_SCOPE), Chosen(()), True),
        (Declined(Refus.OUT_OF_SCOPE), Chosen((FIRST,)), False),
    ],
)
def test_what_agrees_with_what_is_sure(sure, choice, told):
    assert agrees(sure, choice) is told


@pytest.mark.parametrize(("wrong_in_ten", "believed"), [(0, True), (1, True), (3, True), (4, False), (5, False)])
def test_what_is_wrong_more_than_once_in_three_is_not_believed(wrong_in_ten, believed):
    credit = Credit()
    for at in range(200):
        credit = credit.after(agrees=at * 7 % 10 >= wrong_in_ten)
    assert credit.believed is believed
