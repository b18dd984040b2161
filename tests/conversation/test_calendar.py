"""The calendar in the chat lines up and leads back; a question that is answered gives its buttons away."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.conversation.fakes import PARIS, at


def opened(when=datetime(2026, 11, 24, 10, tzinfo=PARIS)):
    """Somebody who has just opened the calendar on that day."""
    person = at("periode")
    person.now, person.session = when, replace(person.session, updated_at=when)
    person.taps("Choisir sur un calendrier")
    return person


def grid(person):
    """The rows of seven, weekdays first."""
    return [[button.label for button in row] for row in person.last.buttons if len(row) == 7]


def test_every_row_has_seven_columns_and_the_first_says_the_weekdays():
    rows = grid(opened())
    assert rows[0] == ["L", "M", "M", "J", "V", "S", "D"]
    assert len(rows) >= 5
    assert {len(row) for row in rows} == {7}
    assert rows[1] == ["·", "1", "2", "3", "4", "(5)", "(6)"]


def test_it_opens_on_the_first_week_in_which_signatures_can_be_ready_and_nearer_days_are_one_tap_away():
    person = opened(datetime(2026, 12, 8, 10, tzinfo=PARIS))
    assert grid(person)[1][0] == "14"
    assert grid_after(person, "‹")[1] == ["·", "8", "9", "10", "11", "(12)", "(13)"]


def grid_after(person, label):
    person.taps(label)
    return grid(person)


def test_week_ends_and_holidays_are_marked_and_named():
    person = opened()
    assert "25*" in [label for row in grid(person) for label in row]
    assert "le 25 (Noël)" in person.last.text
    assert "décembre 2026" in person.last.text


@pytest.mark.parametrize("label", ["L", "·", "déc. 2026"])
def test_what_is_no_day_says_to_tap_one_and_changes_nothing(label):
    person = opened()
    before, button = person.session, person.button(label)
    said = person.presses(button.data)
    assert (said.text, said.notice) == ("", "Touchez un jour, ou écrivez une date.")
    assert (person.session.answers, person.session.version) == (before.answers, before.version)


def test_the_way_back_leads_to_the_question_in_place():
    person = opened()
    said = person.taps("Retour")
    assert said.edit == 900
    assert person.button("Choisir sur un calendrier")


def test_both_days_are_tapped_and_the_end_begins_at_the_start():
    person = opened()
    person.taps("7")
    assert grid(person)[1] == ["7", "8", "9", "10", "11", "(12)", "(13)"]
    person.taps("11")
    assert (person.slot("date_debut"), person.slot("date_fin")) == ("2026-12-07", "2026-12-11")


def test_a_tapped_answer_closes_its_question_and_says_what_was_tapped():
    person = at("suivi_par")
    assert (person.taps("Mission locale").closes, person.last.chosen) == (True, "Mission locale")


def test_a_tapped_day_is_said_in_words():
    assert opened_and_tapped().chosen == "lundi 7 décembre 2026"


def opened_and_tapped():
    return opened().taps("7")


def test_a_typed_answer_closes_its_question_too_and_small_talk_asks_it_anew():
    person = at("metier")
    said = person.says("boulanger")
    assert (said.closes, said.chosen) == (True, "")
    assert person.says("merci").closes


def test_a_calendar_that_turns_its_pages_closes_nothing_and_a_lasting_button_neither():
    person = opened()
    assert not person.taps("›").closes
    idle = at("metier")
    idle.session = replace(idle.session, opened=False)
    assert not idle.presses("menu:demandes:0").closes
