"""A field is one row: everything that is asked of it is there, and nowhere else."""

import inspect

import pytest

from bot.convention.sheet import value_text
from bot.dashboard.editing import kind_of
from bot.dashboard.form import LABELS
from bot.dashboard.shown import CHOICES
from bot.domain.champs import BY_CHAMP, FIELDS, Champ, Field, Kind
from bot.reading.reader import FieldReader
from tests.domain.cas import words

WIDGETS = {
    Kind.DATE: "date", Kind.YES_NO: "oui_non", Kind.CHOICE: "choix", Kind.PLACE: "lieu", Kind.PHONE: "telephone",
    Kind.EMAIL: "email", Kind.SIRET: "siret", Kind.HOURS: "horaires", Kind.IF_KNOWN: "choix",
}  # fmt: skip


def test_every_field_has_its_row():
    assert [row.champ for row in FIELDS] == list(LABELS)
    assert sorted(BY_CHAMP) == sorted(Champ) == sorted(row.champ for row in FIELDS)


def test_a_row_without_one_of_its_columns_cannot_be_written():
    columns = inspect.signature(Field).parameters
    assert [name for name, one in columns.items() if one.default is not inspect.Parameter.empty] == ["longest"]
    with pytest.raises(TypeError):
        Field(Champ.RSA, Kind.YES_NO)


@pytest.mark.parametrize("row", FIELDS, ids=lambda row: row.champ)
def test_the_person_s_words_for_a_field_exist(row):
    assert words().has(f"demande.{row.label}"), f"prompts/demande.yaml : il manque {row.label}"


@pytest.mark.parametrize("row", FIELDS, ids=lambda row: row.champ)
def test_the_desk_edits_a_field_as_what_it_holds(row):
    assert kind_of(row.champ) == WIDGETS.get(row.kind, "long" if row.longest > 255 else "texte")


@pytest.mark.parametrize("row", [row for row in FIELDS if row.kind is Kind.CHOICE], ids=lambda row: row.champ)
def test_the_desk_names_the_choices_that_the_person_is_given(row):
    step = row.label.partition(".")[0]
    assert set(CHOICES[row.champ]) == {value for value, _ in words().choices(step)}


@pytest.mark.parametrize("row", [row for row in FIELDS if row.kind in {Kind.DATE, Kind.CHOICE, Kind.PLACE}])
def test_what_is_read_by_the_field_s_own_name_has_a_reader(row):
    assert row.champ in FieldReader({}, {}).fields


def test_the_page_shows_a_value_as_what_it_holds():
    for champ, value, shown in ((Champ.RSA, True, "Oui"), (Champ.CONTRAT_FIN, "2027-03-10", "mercredi 10 mars 2027"),
                                (Champ.URGENCE_TELEPHONE, "+33612345678", "06 12 34 56 78")):  # fmt: skip
        assert value_text(words(), champ, value) == shown
