"""The real answers, opened once."""

from dataclasses import replace
from datetime import date

import pytest

from bot.answers.service import open_answerer
from bot.cli.turn import Situations
from bot.conversation.dialogue import Dialogue
from tests.conversation.fakes import ROOT, Person, at, house


@pytest.fixture(scope="session")
def real(published):
    """A dialogue over the real knowledge base."""
    return Dialogue(replace(house(), answerer=open_answerer(ROOT / "knowledge", published)))


@pytest.fixture(scope="session")
def situations(published):
    """One message in a named situation, over the real knowledge base, on a Monday."""
    return Situations.load(open_answerer(ROOT / "knowledge", published), date(2026, 11, 23))


@pytest.fixture(scope="session")
def play(situations):
    """`play(base, text, given=, said=)`: what `Situations.handle` tells of it."""
    return lambda base, text, **more: situations.handle({"base": base, "text": text, **more})


@pytest.fixture
def someone(real):
    """A person who talks to the real knowledge base, before `step` when one is given."""

    def person(step="", **answers):
        found = at(step, **answers) if step else Person()
        found.dialogue = real
        return found

    return person
