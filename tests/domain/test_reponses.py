"""The answers, typed: what does not read as its field says is not answered."""

from datetime import date

import pytest

from bot.domain.champs import Champ
from bot.domain.reponses import Hours, Reponses
from tests.domain.cas import ADULTE, HORAIRES

ODD = (None, "", True, 3, [], {}, "x")


def test_each_accessor_gives_the_stored_value_its_type():
    known = Reponses(ADULTE)
    assert known.text(Champ.METIER) == "boulanger"
    assert known.day(Champ.DATE_DEBUT) == date(2027, 1, 11)
    assert known.flag(Champ.HOTE_CONNU) is True
    assert known.departement(Champ.LIEU, Champ.COMMUNE) == "69"
    assert known.place(Champ.LIEU, Champ.COMMUNE) == "Bron"
    assert known.hours() == Hours(30.0, tuple(HORAIRES["jours"]), (("09:00", "12:00"), ("14:00", "17:00")))


@pytest.mark.parametrize("odd", ODD)
def test_a_wrong_type_is_no_answer(odd):
    known = Reponses({"date_debut": odd, "commune": odd, "horaires": odd, "date_naissance": odd})
    assert known.day(Champ.DATE_DEBUT) is None
    assert known.departement(Champ.COMMUNE) == known.place(Champ.COMMUNE) == ""
    assert known.hours() == Hours()
    assert known.age_on(date(2027, 1, 1)) is None
    assert known.flag(Champ.DATE_DEBUT) is (True if odd is True else None)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2027-02-30", "11/01/2027"])
def test_a_day_of_no_century_we_live_in_is_no_day(day):
    assert Reponses({"date_debut": day}).day(Champ.DATE_DEBUT) is None


@pytest.mark.parametrize(
    ("day", "age"), [("2027-05-13", 26), ("2027-05-14", 27), ("2000-05-13", -1), ("2028-02-29", 27)]
)
def test_an_age_is_in_whole_years_on_a_day(day, age):
    assert Reponses(ADULTE).age_on(date.fromisoformat(day)) == age
