"""Hours and dates told together, anew, or of something else: what is told is kept where it belongs."""

import pytest

from tests.conversation.fakes import at


def told(step, *texts):
    person = at(step)
    for text in texts:
        person.says(text)
    return person


def test_the_days_that_name_the_dates_are_not_the_days_worked():
    person = told("periode", "du lundi 9 mars au vendredi 20, 9h-17h avec 1h de pause")
    assert (person.slot("date_debut"), person.slot("date_fin")) == ("2026-03-09", "2026-03-20")
    assert person.slot("horaires") is None
    assert "35 h" in str([button.label for row in person.last.buttons for button in row])


def test_dates_without_a_day_and_a_reason_with_its_clock_make_the_true_week():
    person = told(
        "periode",
        "du 9 au 20 mars, sauf le mercredi, 9h15 - 15h45 avec une demi-heure de pause parce que je récupère les filles à 16h15",
    )
    assert person.slot("date_fin") == "2026-03-20"
    week = person.slot("horaires")
    assert (week["heures_semaine"], week["jours"]) == (24, ["lundi", "mardi", "jeudi", "vendredi"])


def test_a_day_left_out_with_the_dates_counts_when_the_hours_are_told():
    person = told("periode", "du 9 au 20 mars, sauf le mercredi", "9h15-15h45")
    assert person.slot("horaires")["jours"] == ["lundi", "mardi", "jeudi", "vendredi"]


@pytest.mark.parametrize(
    "text", ["j'ai kiné jusqu'au 30 mars", "ma conseillère est en vacances jusqu'au 20 mars", "j'ai rdv le lundi 16"]
)
def test_a_date_of_something_else_sets_neither_end(text):
    person = told("periode", text)
    assert (person.slot("date_debut"), person.slot("date_fin")) == (None, None)


def test_hours_told_first_stay_with_the_week_counted_after():
    person = told("horaires", "9h 16h avec 1h pr manger", "ya 1h de pause donc ca fait 6h par jour lundi a vendredi")
    assert (person.slot("horaires")["heures_semaine"], person.slot("horaires")["plages"]) == (30, [["09:00", "16:00"]])


WEEK = "du lundi au vendredi, 9h-12h 13h-17h"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("les horaires aussi : de 4h30 à 11h30", {"plages": [["04:30", "11:30"]]}),
        ("plutôt 8h-12h 13h-16h", {"plages": [["08:00", "12:00"], ["13:00", "16:00"]]}),
        ("le vendredi je finis à midi", {"par_jour": {"vendredi": [["09:00", "12:00"]]}, "heures_semaine": 31}),
        ("enlevez le mercredi", {"jours": ["lundi", "mardi", "jeudi", "vendredi"]}),
    ],
)
def test_hours_told_anew_take_the_place_of_those_noted(text, hours):
    person = told("horaires", WEEK, text)
    assert {name: person.slot("horaires").get(name) for name in hours} == hours


@pytest.mark.parametrize("text", ["servir au bar de 18h à 20h", "ouvrir la boutique de 9h à 10h et ranger"])
def test_hours_inside_what_one_will_do_change_nothing(text):
    person = told("horaires", WEEK, text)
    assert person.slot("horaires")["plages"] == [["09:00", "12:00"], ["13:00", "17:00"]]


def test_a_day_missed_is_told_to_the_adviser_and_the_dates_stay():
    person = told("periode", "du 9 au 20 mars", "le lundi 16 je peux pas j'ai rdv à la préfecture")
    assert (person.slot("date_debut"), person.slot("date_fin")) == ("2026-03-09", "2026-03-20")
    assert "conseiller" in person.last.text
    assert person.slot("horaires") is None
