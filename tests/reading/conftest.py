"""One reader over the shipped communes, trades, rules and words."""

from datetime import date
from pathlib import Path

import pytest

from bot.content.communes import load_communes
from bot.content.metiers import load_metiers
from bot.content.paroles import load_words
from bot.content.regles import load_regles
from bot.content.wording import load_wording
from bot.conversation.hearing.orders import heard_as_order
from bot.formats import LibraryFormats
from bot.reading.outcome import ReadContext
from bot.reading.reader import FieldReader

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def reader():
    return FieldReader(load_communes(ROOT / "knowledge"), load_metiers(ROOT / "knowledge"), heard_as_order)


def context_maker():
    """What makes a context of a day, numbered choices and what the form knows."""
    regles, formats = load_regles(ROOT / "knowledge"), LibraryFormats()

    def made(today=TODAY, choices=(), **answers):
        day = date.fromisoformat(today) if isinstance(today, str) else today
        return ReadContext(day, regles, formats, answers, tuple(choices))

    return made


@pytest.fixture(scope="session")
def context():
    return context_maker()


@pytest.fixture(scope="session")
def words():
    return load_wording(ROOT / "prompts")


@pytest.fixture(scope="session")
def told(reader, context):
    """What a message says at a question, by field, and the words that are left of it."""
    words_said = load_words(ROOT / "knowledge")

    def read(text, asked="objectif", **known):
        found = reader.told(text, context(**known), words_said, asked, lambda _: False)
        left = text
        for start, end in sorted(found.spans, reverse=True):
            left = f"{left[:start]}{left[end:]}"
        words = {one.champ.value: one.words for one in found.meant if one.champ}
        return words, "".join(char for char in left if char.isalnum())

    return read
