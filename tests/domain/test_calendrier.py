"""Working days are counted with French holidays, months date to date."""

from datetime import date

import pytest
from holidays.countries import France

from bot.domain.calendrier import ajoute_mois, avance, jours_locaux, jours_ouvres, recule
from tests.domain.cas import FORMATS


@pytest.mark.parametrize(("start", "days", "expected"), [
    (date(2027, 1, 4), 1, date(2026, 12, 31)),  # New Year's Day and a week-end between
    (date(2026, 12, 28), 1, date(2026, 12, 24)),  # Christmas
    (date(2027, 3, 30), 1, date(2027, 3, 26)),  # Easter Monday
    (date(2027, 5, 10), 5, date(2027, 4, 30)),  # Ascension, and 8 May on a Saturday
    (date(2027, 1, 11), 0, date(2027, 1, 11)),
])  # fmt: skip
def test_going_back_passes_over_week_ends_and_holidays(start, days, expected):
    assert recule(start, days, FORMATS.holidays) == expected


def test_going_forward_is_the_way_back():
    for days in range(1, 30):
        day = avance(date(2026, 12, 1), days, FORMATS.holidays)
        assert jours_ouvres(date(2026, 12, 2), day, FORMATS.holidays) == days
        assert recule(day, days, FORMATS.holidays) == date(2026, 12, 1)


@pytest.mark.parametrize(("day", "months", "expected"), [
    (date(2027, 1, 31), 1, date(2027, 2, 28)), (date(2028, 1, 31), 1, date(2028, 2, 29)),
    (date(2026, 12, 7), 1, date(2027, 1, 7)), (date(2027, 3, 31), -1, date(2027, 2, 28)),
    (date(2027, 1, 15), -12, date(2026, 1, 15)),
])  # fmt: skip
def test_a_month_is_counted_date_to_date(day, months, expected):
    assert ajoute_mois(day, months) == expected


def test_alsace_and_moselle_have_two_more_days():
    assert jours_locaux("67", 2027, FORMATS.holidays) == (date(2027, 3, 26), date(2027, 12, 26))
    assert jours_locaux("69", 2027, FORMATS.holidays) == ()


@pytest.mark.parametrize("departement", ["972", "973", "974", "976"])
def test_the_end_of_slavery_is_a_holiday_where_it_was_won(departement):
    """The library that knows holidays agrees, département by département."""
    known = France(years=2027, subdiv=departement, language="fr")
    assert jours_locaux(departement, 2027, FORMATS.holidays) == tuple(
        day for day, name in sorted(known.items()) if "esclavage" in name
    )


def test_the_code_s_own_list_holds_where_the_library_is_of_another_mind():
    assert jours_locaux("971", 2027, FORMATS.holidays) == (date(2027, 5, 27),)
    assert jours_locaux("977", 2027, FORMATS.holidays) == (date(2027, 10, 9),)
    assert jours_locaux("978", 2027, FORMATS.holidays) == (date(2027, 5, 27), date(2027, 5, 28))
