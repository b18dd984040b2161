"""People and figures told in a sentence: who they are and where they stand, nobody invented."""

import pytest

from bot.reading.hours.days_off import days_off
from bot.reading.story.stated_figures import figures_told
from bot.reading.story.told_people import civil_alone, named_now, people_told


@pytest.mark.parametrize(
    ("text", "role", "name", "function"),
    [
        ("référente Mme Aubry", "conseiller", "Mme Aubry", "référente"),
        ("ma conseillere cest sonia bertin", "conseiller", "sonia bertin", "conseillere"),
        ("ma conseillère de france travail c'est Mme Noé", "conseiller", "Mme Noé", "conseillère de france travail"),
        ("Mme Ricard assistante sociale", "conseiller", "Mme Ricard", "assistante sociale"),
        ("le patron c Karim", "tuteur", "Karim", "patron"),
        ("le chef du dépôt, m. Brunel", "tuteur", "m. Brunel", "chef du dépôt"),
        ("Michel Delage chef d'équipe", "tuteur", "Michel Delage", "chef d'équipe"),
        ("elle s'appelle Laëtitia Pineau", "tuteur", "Laëtitia Pineau", ""),
        ("mes parents sont Sabine et Jean-Luc Boulet", "representant", "Sabine et Jean-Luc Boulet", "parents"),
    ],
)
def test_somebody_is_named_with_what_they_are(text, role, name, function):
    (found,) = people_told(text, role)
    assert (found.name, found.function) == (name, function)


@pytest.mark.parametrize(
    "text", ["la directrice a dit oui", "le patron est sympa", "ma conseillère de Pau", "suivie par France Travail", ""]
)
def test_nobody_is_invented(text):
    assert people_told(text, "conseiller", "tuteur") == ()


def test_a_civility_alone_is_a_name_and_the_last_name_holds():
    assert civil_alone("France Travail, Mme Gauthier, et un coach") == "Mme Gauthier"
    assert named_now("c'est plus Mme Le Ray, c'est M. Oliveira") == ("M. Oliveira",)


def test_figures_say_what_they_are_by_their_shape():
    found = {
        one.champ.value: one.words
        for one in figures_told("du 4 au 8 janvier, 9h-12h et 14h-17h, siret 732 829 320 00074")
    }
    assert found["date_debut"] == "du 4 au 8 janvier"
    assert found["horaires"] == "9h-12h et 14h-17h"
    assert found["siret"].endswith("732 829 320 00074")


def test_a_figure_told_twice_says_nothing_by_itself():
    assert [one.champ.value for one in figures_told("du 4 au 8 janvier ou du 11 au 15 janvier")] == []


def test_a_day_that_is_worked_is_not_taken_out():
    assert days_off("le mercredi je travaille, le jeudi aussi") == ()
    assert days_off("enlevez le mercredi") == ("mercredi",)
