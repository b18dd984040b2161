"""`bot/answers/usuels.txt` is wordfreq's small French list, as far as the answers read it; `--ecrire` makes it again."""

import gzip
from importlib.metadata import distribution
from pathlib import Path

import msgpack

from bot.answers import french
from bot.answers.normalise import fold

FILE = Path(french.__file__).with_name("usuels.txt")
HEAD = """\
# How usual French words are: hundredths of a power of ten below « every word », then the words.
# From wordfreq 3 by Robyn Speer (its small French list), words of four letters and more. This file, and no other of the
# repository, is under CC BY-SA 4.0: https://creativecommons.org/licenses/by-sa/4.0/
# Made by: pytest tests/answers/test_usual_words.py --ecrire
"""


def library():
    """The bands of the library's own file."""
    file = distribution("wordfreq").locate_file("wordfreq/data/small_fr.msgpack.gz")
    with gzip.open(str(file), "rb") as opened:
        bands = msgpack.load(opened, raw=False)[1:]
    read = ((at, [word for word in words if french._WORD.match(fold(word))]) for at, words in enumerate(bands))
    return [(at, words) for at, words in read if words]


def test_it_is_what_the_library_says(ecrire):
    if ecrire:
        lines = (f"{at} {' '.join(words)}\n" for at, words in library())
        FILE.write_text(HEAD + "".join(lines), encoding="utf-8")
    assert list(french._bands()) == library()
    assert FILE.read_text("utf-8").startswith(HEAD)


def test_a_usual_word_is_usual_and_an_invented_one_is_not():
    assert french.commonness("maison") > french.commonness("boulang") > 0
    assert french.commonness("zqxjk") == 0
