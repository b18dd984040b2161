"""French typography: no line ends on a guillemet, none begins with a question mark, and no address is touched."""

import pytest

from bot.domain.typographie import french, french_html


@pytest.mark.parametrize(
    ("plain", "typeset"),
    [
        ("Qui ? Moi ! Bien ; oui : non.", "Qui\u00a0? Moi\u00a0! Bien\u00a0; oui\u00a0: non."),
        ("« Prête »", "«\u00a0Prête\u00a0»"),
        ("écrivez « Prête », puis « Refusée ».", "écrivez «\u00a0Prête\u00a0», puis «\u00a0Refusée\u00a0»."),
        ("l'organisme qu'on", "l’organisme qu’on"),
        ("Dans 10 jours, à 9 h, 25 %", "Dans 10\u00a0jours, à 9\u00a0h, 25\u00a0%"),
        ("l&#x27;avis", "l’avis"),
        ("o'brien@exemple.fr", "o'brien@exemple.fr"),
        ("https://exemple.fr/l'avis", "https://exemple.fr/l'avis"),
        ("09:00 :-)", "09:00 :-)"),
        ("5' et 'cité'", "5' et 'cité'"),
    ],
)
def test_words_are_typeset(plain, typeset):
    assert french(plain) == typeset
    assert french(typeset) == typeset


def test_tags_and_what_is_typed_are_left_as_they_are():
    page = "<p title=\"l'un ?\">l'un ?</p><textarea>l'un ?</textarea><pre>l'un ?</pre><a href='x'>d'ici</a>"
    assert french_html(page) == (
        "<p title=\"l'un ?\">l’un\u00a0?</p><textarea>l'un ?</textarea><pre>l'un ?</pre><a href='x'>d’ici</a>"
    )
