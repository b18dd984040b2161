"""B4, dates, durations and numbers, as the form takes them; the reader's own table is in tests/reading."""

from datetime import datetime

import pytest

from tests.conversation.fakes import PARIS, at


def period(text, **when):
    person = at("periode")
    person.says(text, **when)
    return person


def labels(person):
    return [button.label for row in person.last.buttons for button in row]


def test_dat_01_both_dates_with_their_weekday_and_length():
    person = period("du 3 au 14 mars")
    assert (person.slot("date_debut"), person.slot("date_fin")) == ("2026-03-03", "2026-03-14")
    for part in ("samedi 14 mars 2026", "12 jour", "9 jour"):
        assert part in person.last.text


@pytest.mark.parametrize("text", ["lundi prochain", "lundi"])
def test_dat_02_03_monday_is_the_next_one_read_back_with_its_weekday(text):
    person = period(text)
    assert person.slot("date_debut") == "2026-02-16" or "lundi 16 février 2026" in str(labels(person))
    assert "16 février 2026" in person.last.text + str(labels(person))


def test_dat_04_lundi_en_huit_is_proposed():
    person = period("lundi en huit")
    assert person.slot("date_debut") is None
    assert "lundi 23 février 2026" in str(labels(person))
    person.says("oui")
    assert person.slot("date_debut") == "2026-02-23"


def test_dat_05_a_weekday_that_contradicts_its_date_is_asked_about():
    person = period("lundi 3 mars")
    assert person.slot("date_debut") is None
    assert "lundi 2 mars 2026" in str(labels(person))
    assert "mardi 3 mars 2026" in str(labels(person))


@pytest.mark.parametrize("text", ["03/04", "03/04/26", "3.4.26", "3-4-2026", "3 avr.", "3 avril"])
def test_dat_06_07_the_day_comes_first_and_is_written_in_letters(text):
    person = period(text)
    assert person.slot("date_debut") == "2026-04-03"
    assert "3 avril 2026" in person.last.text


@pytest.mark.parametrize(("text", "day"), [("1er mars", "01"), ("premier mars", "01"), ("quinze mars", "15")])
def test_dat_08_ordinals_and_letters(text, day):
    assert period(text).slot("date_debut") == f"2026-03-{day}"


@pytest.mark.parametrize("text", ["début mars", "mi-mars", "fin mars", "en mars"])
def test_dat_09_10_a_part_of_a_month_is_no_date(text):
    person = period(text)
    assert person.slot("date_debut") is None
    assert "mars" in person.last.text + str(labels(person))
    assert person.asked == "periode"


def test_dat_11_a_past_date_asks_about_the_year():
    person = period("3 mars 2025")
    assert person.slot("date_debut") is None
    assert "3 mars 2026" in str(labels(person))


def test_dat_12_an_end_before_the_start_is_offered_swapped():
    person = period("du 14 au 3 mars")
    assert person.slot("date_debut") is None
    person.says("oui")
    assert (person.slot("date_debut"), person.slot("date_fin")) == ("2026-03-03", "2026-03-14")


def test_dat_13_thirty_days_between_is_the_edge():
    person = period("du 2 mars au 1er avril")
    assert (person.slot("date_debut"), person.slot("date_fin")) == ("2026-03-02", "2026-04-01")


def test_dat_14_a_day_too_many_keeps_the_start_and_proposes_the_latest_end():
    person = period("du 2 mars au 2 avril")
    assert person.slot("date_fin") is None
    assert "1er avril 2026" in person.last.text + str(labels(person))
    person.says("oui")
    assert (person.slot("date_debut"), person.slot("date_fin")) == ("2026-03-02", "2026-04-01")


def test_dat_15_tomorrow_is_kept_with_a_warning_about_signatures():
    person = period("demain")
    assert person.slot("date_debut") == "2026-02-11"
    assert "sign" in person.last.text


def test_dat_16_school_holidays_are_not_guessed():
    person = period("pendant les vacances de février")
    assert person.slot("date_debut") is None
    assert person.asked == "periode"


def test_dat_17_three_days_from_a_known_start_are_confirmed():
    person = period("3 mars 2026")
    person.says("trois jours")
    assert person.slot("date_fin") is None
    person.says("oui")
    assert person.slot("date_fin") == "2026-03-05"


@pytest.mark.parametrize("text", ["31 février", "30/02/2026"])
def test_dat_18_a_date_that_does_not_exist_is_said_so(text):
    person = period(text)
    assert person.slot("date_debut") is None
    assert "février" in person.last.text
    assert person.asked == "periode"


def test_dat_19_the_12_asks_this_month_or_the_next():
    person = period("le 12")
    assert person.slot("date_debut") is None
    assert "12 février 2026" in str(labels(person))
    assert "12 mars 2026" in str(labels(person))


def test_dat_20_a_public_holiday_is_mentioned_and_does_not_block():
    person = period("du 30 mars au 10 avril")
    assert person.slot("date_fin") == "2026-04-10"
    assert "6 avril 2026" in person.last.text


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        (datetime(2026, 3, 28, 23, 30, tzinfo=PARIS), "2026-03-29"),
        (datetime(2026, 2, 10, 23, 58, tzinfo=PARIS), "2026-02-11"),
    ],
)
def test_dat_21_22_tomorrow_is_counted_in_paris_from_the_message(sent, day):
    person = at("periode", now=sent.replace(hour=22, minute=0))
    person.says("demain", at=sent)
    assert person.slot("date_debut") == day


def test_dat_23_hours_are_added_up_and_too_many_refused():
    person = at("horaires")
    person.says("9h-12h 14h-17h du lundi au vendredi")
    assert person.slot("horaires")["heures_semaine"] == 30
    again = at("horaires")
    again.says("8h-20h du lundi au vendredi")
    assert again.slot("horaires") is None
    assert "48" in again.last.text


@pytest.mark.parametrize(
    ("text", "kept"), [("73282932000074", True), ("732 829 320 00074", True), ("73282932000075", False)]
)
def test_dat_24_a_siret_is_checked_by_its_key(text, kept):
    person = at("siret", hote_connu="oui")
    person.says(text)
    assert (person.slot("siret") == "73282932000074") is kept
    assert kept or person.asked == "siret"


@pytest.mark.parametrize(
    ("text", "value"), [("06 12 34 56 78", "+33612345678"), ("+33612345678", "+33612345678"), ("0612", None)]
)
def test_dat_25_phones_are_normalised(text, value):
    person = at("contact")
    person.says("lea@exemple.fr")
    person.says(text)
    assert person.slot("telephone") == value
