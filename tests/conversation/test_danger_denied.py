"""After words of danger, a denial in so many words is believed; a second cry is never taken for one."""

from datetime import date

import pytest

from bot.answers.service import open_answerer
from bot.cli.turn import Situations
from bot.config import ROOT

CRY = "je veux en finir ce soir"


@pytest.fixture(scope="module")
def alarmed(published):
    situations = Situations.load(open_answerer(ROOT / "knowledge", published), date(2026, 11, 23))
    return lambda text: situations.handle({"base": "avant:activites", "said": [CRY], "text": text})


@pytest.mark.parametrize(
    "text",
    [
        "je veux pas me suicider je suis fatigué c'est tout",
        "je vais pas me foutre en l'air, j'ai les gosses",
        "non pas suicidaire, on continue",
    ],
)
def test_a_denial_in_so_many_words_is_believed(alarmed, text):
    told = alarmed(text)
    assert told["emergency"] is None
    assert told["after"] == told["before"]


@pytest.mark.parametrize(
    "text",
    [
        "c'est trop je suis fatigué de vivre je vais le faire ce soir",
        "j'arrête pas d'avoir des idées noires, je veux mourir",
        "je veux pas me tuer mais j'ai pris tous les cachets",
        "je vais pas me suicider, je vais tuer mon patron avec mon fusil",
    ],
)
def test_a_second_cry_is_heard_again(alarmed, text):
    assert alarmed(text)["emergency"] is not None


@pytest.mark.parametrize(
    "text", ["hier sur le quai j'ai failli sauter devant le métro", "j'ai failli le faire hier soir"]
)
def test_what_was_nearly_done_is_danger(alarmed, text):
    assert alarmed(text)["emergency"] == "suicide"
