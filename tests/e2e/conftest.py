"""One sandbox and one bot for all the tests: each talks as somebody else."""

import itertools

import pytest

from tests.e2e.person import Person
from tests.e2e.process import Bot
from tests.sandbox.live import live_sandbox

_numbers = itertools.count(101)


def without_index(folder):
    """A data folder whose index cannot be opened: the form, which needs none, starts at once."""
    folder.mkdir()
    (folder / "index").write_text("no index here")
    return folder


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    return without_index(tmp_path_factory.mktemp("bot") / "data")


@pytest.fixture(scope="session")
def live():
    with live_sandbox() as live:
        yield live


@pytest.fixture(scope="session")
def bot(live, data):
    bot = Bot(data, live.url).start()
    yield bot
    assert bot.stop() == 0


@pytest.fixture
def world(live, bot):
    return live.world


@pytest.fixture
def person(world):
    return Person(world, next(_numbers))


@pytest.fixture
def other(world):
    return Person(world, next(_numbers))
