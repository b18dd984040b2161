"""What the directory of offices promises, for the memory, SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.organisme import Bureau
from bot.offices import MemoryOffices
from bot.storage.offices import DjangoOfficeDirectory

DAY, LATER = date(2026, 11, 29), date(2026, 12, 6)
GIVORS = Bureau(
    nom="Mission locale Rhône Sud",
    departements=frozenset({"69"}),
    telephone="01 99 00 00 01",
    email="givors@exemple.fr",
    adresse="2 rue du Modèle",
    horaires="Du lundi au vendredi",
    id="mission-locale:69091S00",
    reseau="mission-locale",
    autres_noms=("Mission locale Givors",),
    code_postal="69700",
    commune="Givors",
    code_insee="69091",
    url="https://exemple.fr/givors",
    communes=frozenset({"69091", "69100"}),
)
CORSE = Bureau("Plaine Orientale", frozenset({"2A", "2B"}), id="france-travail:20-plaine", reseau="france-travail")
THIERS = Bureau("France Travail Thiers", frozenset({"63"}), id="france-travail:63-thiers", reseau="france-travail")
ALL = (GIVORS, CORSE, THIERS)


@pytest.fixture
def offices(clean):
    return MemoryOffices() if clean == "memory" else DjangoOfficeDirectory()


def test_an_empty_directory_knows_no_office(offices):
    assert offices.of("mission-locale") == ()
    assert offices.get("mission-locale:69091S00") is None


def test_an_office_comes_back_as_it_was_given(offices):
    done = offices.replace(ALL, DAY)
    assert set(done.nouveaux) == set(ALL)
    assert [offices.get(one.id) for one in ALL] == list(ALL)


def test_offices_are_listed_by_network_and_departement(offices):
    offices.replace(ALL, DAY)
    assert offices.of("mission-locale") == (GIVORS,)
    assert offices.of("france-travail") == (CORSE, THIERS)
    assert offices.of("france-travail", "2A") == offices.of("france-travail", "2B") == (CORSE,)
    assert offices.of("france-travail", "69") == ()
    assert offices.of("france-travail", "6") == ()


def test_the_same_import_again_changes_nothing(offices):
    offices.replace(ALL, DAY)
    done = offices.replace(ALL, LATER)
    assert not done.change
    assert done.inchanges == 3


def test_a_change_is_written_and_its_fields_are_named(offices):
    offices.replace(ALL, DAY)
    moved = replace(GIVORS, telephone="01 99 00 00 02", horaires="")
    done = offices.replace((moved, CORSE, THIERS), LATER)
    assert done.modifies == ((moved, ("telephone", "horaires")),)
    assert done.inchanges == 2
    assert offices.get(GIVORS.id) == moved


def test_what_a_partial_file_leaves_out_stays(offices):
    offices.replace(ALL, DAY)
    assert offices.replace((THIERS,), LATER).fermes == ()
    assert offices.of("france-travail") == (CORSE, THIERS)


def test_what_a_complete_file_leaves_out_closes_in_its_networks_alone_and_may_open_again(offices):
    offices.replace(ALL, DAY)
    done = offices.replace((THIERS,), LATER, complete=True)
    assert done.fermes == (CORSE,)
    assert offices.of("france-travail") == (THIERS,)
    assert offices.of("mission-locale") == (GIVORS,)
    assert offices.get(CORSE.id) == CORSE
    assert not offices.replace((THIERS,), LATER, complete=True).change
    again = offices.replace((CORSE,), LATER)
    assert again.rouverts == (CORSE,)
    assert offices.of("france-travail") == (CORSE, THIERS)


def test_an_import_that_fails_on_the_way_leaves_nothing(offices):
    def broken():
        yield CORSE
        raise OSError("the file was cut")

    offices.replace((THIERS,), DAY)
    with pytest.raises(OSError, match="cut"):
        offices.replace(broken(), LATER)
    assert offices.of("france-travail") == (THIERS,)
