"""A counsellor sees, and changes, the hours of each day."""

import pytest

from bot.dashboard.editing import as_typed, value_of
from bot.dashboard.shown import shown
from bot.domain.champs import Champ
from bot.errors import InputError

WEEK = {"heures_semaine": 36, "jours": ["lundi", "mardi", "mercredi", "jeudi", "vendredi"],
        "plages": [["08:00", "12:00"], ["13:30", "17:30"]], "par_jour": {"vendredi": [["08:00", "12:00"]]}}  # fmt: skip
ALIKE = {name: value for name, value in WEEK.items() if name != "par_jour"}


def test_each_group_of_days_is_shown_with_its_hours():
    told = shown(Champ.HORAIRES, WEEK)
    assert "du lundi au jeudi : 8 h à 12 h et 13 h 30 à 17 h 30 ; vendredi : 8 h à 12 h" in told


@pytest.mark.parametrize("week", [WEEK, ALIKE])
def test_hours_typed_again_as_they_are_stay_as_they_are(week):
    assert value_of(Champ.HORAIRES, as_typed(Champ.HORAIRES, week), None) == week


@pytest.mark.parametrize("typed", ["vendredi", "samedi : 08:00-12:00", "vendredi : le matin"])
def test_other_hours_that_do_not_read_or_are_of_a_day_not_worked_say_what_would_be_right(typed):
    with pytest.raises(InputError, match="ainsi"):
        value_of(Champ.HORAIRES, as_typed(Champ.HORAIRES, ALIKE) | {"par_jour": typed}, None)
