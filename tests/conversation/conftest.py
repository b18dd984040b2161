"""The real answers, opened once."""

from dataclasses import replace

import pytest

from bot.conversation.dialogue import Dialogue
from tests.conversation.fakes import ROOT, Person, at, house


@pytest.fixture(scope="session")
def real(published):
    """A dialogue over the real knowledge base."""
    from bot.answers.service import open_answerer

    return Dialogue(replace(house(), answerer=open_answerer(ROOT / "knowledge", published)))


@pytest.fixture
def someone(real):
    """A person who talks to the real knowledge base, before `step` when one is given."""

    def person(step="", **answers):
        found = at(step, **answers) if step else Person()
        found.dialogue = real
        return found

    return person
