"""The draft is derived once for the same answers: a turn asks the router as few times as it can."""

from dataclasses import replace

import pytest

from bot.conversation.dialogue import Dialogue
from bot.domain.message import UserMessage
from tests.conversation.fakes import NOW, at


class CountingRouter:
    """The router, and how many times it was asked."""

    def __init__(self, router):
        self.router, self.asked = router, 0

    def route(self, profil):
        self.asked += 1
        return self.router.route(profil)


def routed(step: str, text: str) -> int:
    """How many times one turn asks the router."""
    person = at(step)
    counting = CountingRouter(person.dialogue.house.router)
    dialogue = Dialogue(replace(person.dialogue.house, router=counting))
    dialogue.take_turn(person.session, UserMessage(42, NOW, text=text), person.dossier)
    return counting.asked


@pytest.mark.parametrize(
    ("step", "text"),
    [("metier", "boulanger"), ("contact", "lea@exemple.fr 06 12 34 56 78"), ("periode", "c'est payé ?")],
)
def test_a_turn_routes_at_most_three_times(step, text):
    assert 1 <= routed(step, text) <= 3


def test_an_answer_that_may_change_the_body_is_routed_before_and_after():
    assert 2 <= routed("situation", "je suis salarié") <= 6
