"""Something the desk does stands between a question of ours and the « oui » that follows."""

import pytest

from bot.domain.turn import CounsellorWrote, EraseEverything, OpenHandoff, SendDemande, WithdrawDemande
from tests.conversation.fakes import at


def sent():
    person = at("recap")
    person.taps("Envoyer")
    assert person.sent()
    person.effects.clear()
    return person


@pytest.mark.parametrize(
    ("order", "effect"),
    [
        ("supprimez mes données", EraseEverything),
        ("retirer ma demande", WithdrawDemande),
        ("parler à quelqu'un", OpenHandoff),
    ],
)
def test_a_yes_to_a_counsellor_does_nothing_that_was_asked_before(order, effect):
    person = sent()
    person.says(order)
    person.is_told(CounsellorWrote("pouvez-vous commencer lundi ?", "mission-locale"))
    person.says("oui")
    assert not [one for one in person.effects if isinstance(one, effect)]


def test_a_field_asked_by_a_counsellor_is_asked_even_in_the_middle_of_can_i():
    person = sent()
    person.says("/puisje")
    person.is_asked_again("siret", why="Il manque le SIRET.")
    assert person.asked == "siret"
    assert "SIRET" in person.last.text
    assert not [one for one in person.effects if isinstance(one, SendDemande)]
