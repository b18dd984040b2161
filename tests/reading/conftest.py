"""One reader over the shipped communes, trades, rules and words."""

from datetime import date
from pathlib import Path

import pytest

from bot.content.communes import load_communes
from bot.content.metiers import load_metiers
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
