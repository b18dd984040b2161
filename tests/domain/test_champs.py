"""A field is one row: the sets that were kept by hand are read from the rows, and held the same fields."""

import pytest

from bot.conversation.answering import _FREE_LENGTH, _NUMBERS
from bot.conversation.saying.law import field_label
from bot.convention import sheet
from bot.dashboard import editing, form, shown
from bot.domain.champs import BY_CHAMP, FIELDS, LONGEST, Champ, Field, Kind, Part, of_kind
from bot.form import recap
from bot.reading import reader, texts
from tests.domain.cas import words

READ_AS = {Kind.SIRET: "siret", Kind.EMAIL: "email", Kind.PHONE: "telephone"}


def test_equal():
    assert _NUMBERS == {row.champ: READ_AS[row.kind] for row in FIELDS if row.kind in READ_AS}
    longer = {row.champ: row.longest for row in FIELDS if row.longest != LONGEST}
    assert longer == _FREE_LENGTH == texts._LONG
    assert of_kind(Kind.NAME) == texts._NAMES
    assert recap._DATES == shown.DATES == sheet.DATES == of_kind(Kind.DATE) == reader._DATED
    assert reader._CLOSED == of_kind(Kind.CHOICE) == set(shown.CHOICES)
    assert shown.PHONES == of_kind(Kind.PHONE) == sheet._PHONES
    assert shown.EMAILS == of_kind(Kind.EMAIL)
    assert shown.SIRETS == of_kind(Kind.SIRET) == sheet._SIRETS
    assert shown.PLACES == of_kind(Kind.PLACE)
    assert shown.BOOLEANS == of_kind(Kind.YES_NO)
    assert editing.LONG == {row.champ for row in FIELDS if row.longest != LONGEST}
    assert [(s.titre, s.champs) for s in form.FORM] == [
        (part.value, tuple((row.champ, row.official) for row in FIELDS if row.part is part)) for part in Part
    ]
    for row in FIELDS:
        assert field_label(words(), row.champ) == words().say(f"demande.{row.label}"), row
