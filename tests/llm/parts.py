"""The model's parts as the program composes them, over a scripted server or a scripted caller."""

from datetime import UTC, date, datetime

import pytest

from bot.app import _masker
from bot.config import ROOT, load_settings
from bot.content.consignes import load_consignes
from bot.llm import assembly
from bot.llm.client import ChainClient
from bot.llm.consultant import Consultant
from bot.llm.meter import Meter
from tests.llm.server import ModelServer, Said

TODAY = date(2026, 11, 25)


class Noon:
    """A clock that a test moves."""

    def __init__(self):
        self.at = datetime(2026, 11, 25, 12, tzinfo=UTC)

    def now(self):
        return self.at


@pytest.fixture(scope="session")
def consignes():
    return load_consignes(ROOT / "prompts")


@pytest.fixture(scope="session")
def masker(consignes):
    return _masker(load_settings(), Noon(), consignes)


@pytest.fixture
def clock():
    return Noon()


@pytest.fixture(scope="module")
def server():
    with ModelServer(lambda _: Said("{}")) as one:
        yield one


@pytest.fixture(scope="module")
def client(server):
    """The real client, opened once: importing the provider takes seconds."""
    made = ChainClient("openai:essai", base_url=server.url, key="cle", timeout=1.0)
    made.open()
    return made


@pytest.fixture
def over_server(client, clock, masker, consignes):
    """A model over the scripted server, with a meter of its own."""
    meter = Meter(clock.now, 1_000_000)
    consultant = Consultant(client, meter, deadline=1.0)
    return assembly.model_over(consultant, masker, consignes.textes, meter)
