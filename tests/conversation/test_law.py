"""The law at the recap: said with its article, never losing the draft."""

import pytest

from tests.conversation.fakes import Champ, at


def recap_with(**changes):
    """A person at the recap whose stored answers are then replaced, as a draft left alone would drift."""
    from dataclasses import replace

    from bot.domain.session import SlotValue

    person = at("recap")
    slots = {name: SlotValue(value, person.now) for name, value in changes.items()}
    person.session = replace(person.session, answers={**person.session.answers, **slots},
                             version=person.session.version + 1)  # fmt: skip
    return person


def test_a_request_in_order_shows_no_remark_and_can_be_sent():
    person = at("recap")
    assert person.button("Envoyer")
    assert "Attention" not in person.last.text


@pytest.mark.parametrize(("changes", "article"), [
    ({"date_fin": "2026-04-20"}, "D5135-3"),
    ({"horaires": {"heures_semaine": 50, "jours": ["lundi"], "plages": []}}, "48 h"),
])  # fmt: skip
def test_what_is_impossible_stops_the_sending_with_its_article_and_keeps_the_draft(changes, article):
    person = recap_with(**changes)
    reply = person.says("envoyer")
    assert article in reply.text
    assert "https://" in reply.text
    assert person.sent() == []
    assert person.slot(Champ.METIER)


def test_the_proposal_is_the_last_possible_day_and_the_start_is_kept():
    person = recap_with(date_fin="2026-04-20")
    assert "jeudi 2 avril 2026" in person.says("résumé").text
    assert person.slot(Champ.DATE_DEBUT) == "2026-03-03"


def test_what_a_counsellor_can_settle_is_said_and_does_not_stop_the_sending():
    person = recap_with(activites="remplacer une vendeuse en congé")
    assert "L5135-7" in person.says("résumé").text
    person.taps("Envoyer")
    assert len(person.sent()) == 1


def test_after_sending_the_person_knows_what_is_left_in_order():
    person = at("recap")
    person.taps("Envoyer")
    assert [("Numéro" in one.text, "Signez la convention" in one.text) for one in person.shown] == [
        (True, False),
        (False, True),
    ]
    text = person.last.text
    assert text.index("Signez la convention") < text.index("signe en dernier") < text.index("Commencez seulement")
    assert "lundi 2 mars 2026" in text
