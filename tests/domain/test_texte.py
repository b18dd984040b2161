"""French text is folded in one way."""

import pytest

from bot.domain.texte import folded, visible, words


@pytest.mark.parametrize(
    ("written", "bare", "kept"),
    [
        ("Œuvre d’ART", "oeuvre d art", "oeuvre d'art"),
        ("Lætitia NOËL", "laetitia noel", "laetitia noel"),
        ("9h–12h, 14h→17h", "9h 12h 14h 17h", "9h-12h, 14h>17h"),
        ("  deux\u00a0 espaces ", "deux espaces", "deux espaces"),
        ("①②", "12", "12"),
        ("!?", "", "!?"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_what_people_write_is_compared_without_accents_capitals_nor_ligatures(written, bare, kept):
    assert (words(written), folded(written)) == (bare, kept)


def test_folding_twice_changes_nothing():
    for text in ("Où ça ? « là-bas » — l’été", "𝐛𝐨𝐮𝐥𝐚𝐧𝐠𝐞𝐫", "ﬁlm"):
        assert words(words(text)) == words(text)
        assert folded(folded(text)) == folded(text)


def test_hidden_characters_are_not_kept():
    assert visible("a\u200bb\u202ec\u00ad\x00 d\n") == "abc d"
