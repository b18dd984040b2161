"""Nothing a person can type raises, and what is read is always of the field's own shape."""

import json
import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reading.outcome import Ask, Rejected, Value
from tests.reading.test_table import ROWS

SHAPES = {
    "siret": r"\d{14}", "telephone": r"\+\d{8,15}", "email": r"\S+@\S+\.\w{2,}", "code_postal": r"\d{5}",
    "date_debut": r"\d{4}-\d\d-\d\d", "date_fin": r"\d{4}-\d\d-\d\d", "date_naissance": r"\d{4}-\d\d-\d\d",
}  # fmt: skip
PIECES = sorted({word for row in ROWS for word in row["input"].split() if len(word) < 30})
SENTENCES = st.lists(st.sampled_from(PIECES), min_size=0, max_size=9).map(" ".join)
FIELDS = sorted({row["field"] for row in ROWS})


def check(field, reading, ctx):
    assert isinstance(reading, Value | Ask | Rejected)
    if isinstance(reading, Ask):
        assert len(reading.proposals) <= 5
        json.dumps([value for _, value in reading.proposals])
    if isinstance(reading, Value):
        json.dumps(reading.value)
        if field in SHAPES:
            assert re.fullmatch(SHAPES[field], reading.value), reading
        if field in {"date_debut", "date_fin"}:
            assert date.fromisoformat(reading.value) >= ctx.today
        if field == "periode":
            first, last = (date.fromisoformat(reading.value[name]) for name in ("date_debut", "date_fin"))
            assert ctx.today <= first <= last
            assert (last - first).days <= 30
        if field == "horaires":
            assert 0 < reading.value["heures_semaine"] <= 48


@settings(max_examples=250, deadline=None)
@given(field=st.sampled_from(FIELDS), text=st.one_of(SENTENCES, st.text(max_size=80)))
def test_any_text_in_any_field_is_read_asked_or_refused(reader, context, field, text):
    ctx = context()
    check(field, reader.read(field, text, ctx), ctx)


@settings(max_examples=120, deadline=None)
@given(text=st.one_of(SENTENCES, st.text(max_size=200)))
def test_any_text_can_be_told_and_searched(reader, context, text):
    found = reader.extract(text, context())
    assert all(isinstance(one, Value | Ask | Rejected) for one in found.values())
    assert isinstance(reader.sensitive(text, context()), str)


def test_a_huge_text_is_read_in_bounded_steps(reader, context):
    for text in (
        "9h-12h " * 3000,
        "06 " * 5000,
        "1" * 20000,
        "du 7 au " * 4000,
        "a@" * 9000,
        "é" * 20000,
        "j'ai une " * 4000,
    ):
        for field in FIELDS:
            reader.read(field, text, context())
        reader.extract(text, context())
        reader.sensitive(text, context())


def test_the_day_of_the_message_is_the_only_clock(reader, context):
    assert reader.read("date_debut", "demain", context("2026-03-28")).value == "2026-03-29"
    assert reader.read("date_debut", "demain", context("2027-12-31")).value == "2028-01-01"
    assert reader.read("date_debut", "29 février", context("2028-01-10")).value == "2028-02-29"
