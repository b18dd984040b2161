"""Misspelt words are read as the usual word that sounds the same, and nothing else is."""

import pytest

from bot.answers.sounds import Spelling, sound

USUAL = [
    "alternance",
    "chaussures",
    "conseiller",
    "titulaire",
    "convention",
    "emploi",
    "salaire",
    "mineur",
    "travail",
    "signature",
    "organisme",
]


@pytest.fixture(scope="module")
def spelling():
    return Spelling.of([[*USUAL, "rare"]] * 4 + [["immersion", "plombier"]])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("alternence", "alternance"), ("chosur", "chaussures"), ("conseiye", "conseiller"), ("titulere", "titulaire"),
        ("convansion", "convention"), ("enploi", "emploi"), ("salere", "salaire"), ("mineure", "mineur"),
        ("travaille", "travail"), ("signiature", "signature"),
    ],
)  # fmt: skip
def test_a_word_nobody_wrote_is_read_as_the_usual_one_that_sounds_the_same(spelling, written, meant):
    assert sound(written) == sound(meant)
    assert spelling.read(written) == meant


@pytest.mark.parametrize("word", ["organisme", "plombier", "boulanger", "paie", "", "x" * 200])
def test_known_short_and_unlike_words_are_left_as_they_are(spelling, word):
    assert spelling.read(word) == word


def test_a_word_found_too_seldom_is_not_what_others_are_read_as(spelling):
    assert spelling.read("imersion") == "imersion"
