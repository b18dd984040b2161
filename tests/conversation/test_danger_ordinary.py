"""Ordinary answers to the form are no danger, cries are: both lists were first heard before the ear learnt for them."""

import pytest

from tests.benchmarks.danger_heard import heard, rows

FALSE_ALARMS, HEARD, PLACED = 18, 96, 81
"""Of 230, 120 and 120: what was measured before the ear was taught anything for them. It may not fall back."""


def test_few_ordinary_answers_raise_an_alarm_and_most_cries_do(situations):
    house = situations.standing.dialogue.house
    found = [(row, heard(house, row)) for row in rows()]
    false = [row for row, category in found if category and not row.category]
    cries = [(row, category) for row, category in found if row.category]
    assert len(false) <= FALSE_ALARMS
    assert sum(bool(category) for _, category in cries) >= HEARD
    assert sum(row.category == category for row, category in cries) >= PLACED


@pytest.mark.parametrize(
    "text",
    [
        "non je serai plus salarié à ce moment là",
        "le but c'est apres il m'embauche si il est content",
        "mdr mais non tout va bien, j'ai juste dit que j'aurai fini mon contrat",
    ],
)
def test_what_was_taken_for_danger_is_an_answer(situations, text):
    assert situations.handle({"base": "avant:objectif", "said": [], "text": text})["emergency"] is None


@pytest.mark.parametrize(
    "text",
    [
        "depuis que papa est mort en mars elle sort plus, elle dit qu'elle sert plus à rien, ça lui ferait du bien",
        "ma mère a 57 ans, elle dit qu'elle veut rejoindre papa",
        "mon mari est au chômage, il dit qu'on serait mieux sans lui",
    ],
)
def test_an_adult_near_in_distress_is_no_child_in_danger(situations, text):
    assert situations.handle({"base": "avant:hote_connu", "said": [], "text": text})["emergency"] == "suicide"


@pytest.mark.parametrize(
    "text",
    [
        "Et mon employeur, il sera au courant ? Je préférerais qu'il ne sache rien",
        "elle préfère finir à 11h30 les deux premiers jours, on peut changer après ?",
        "On n'a pas encore trouvé de fleuriste, comment faire ?",
    ],
)
def test_no_button_of_emergency_stands_under_an_ordinary_answer(situations, text):
    told = situations.handle({"base": "accueil", "said": [], "text": text})
    assert not [label for label in told["buttons"] if "qui appeler" in label]
