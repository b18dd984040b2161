"""The model's parts as the program composes them, over a scripted server or a scripted caller."""

import json
import urllib.request
from datetime import UTC, date, datetime

import pytest

from bot.app import _masker
from bot.config import ROOT, load_settings
from bot.content.consignes import load_consignes
from bot.llm import assembly
from bot.llm.client import ChainClient
from bot.llm.consultant import Consultant
from bot.llm.meter import Meter
from bot.llm.request import Given
from tests.llm.server import ModelServer, Said

TODAY = date(2026, 11, 25)


class Posted:
    """A caller that posts the request to the server as it is, without a provider's client: quick, for many messages."""

    def __init__(self, url):
        self.url = url

    def call(self, request):
        messages = [{"role": "system", "content": request.system}, {"role": "user", "content": request.user}]
        body = json.dumps({"messages": messages, "schema": request.schema}).encode()
        sent = urllib.request.Request(f"{self.url}/chat/completions", body, {"content-type": "application/json"})
        with urllib.request.urlopen(sent, timeout=2) as answer:
            told = json.loads(answer.read())
        return Given(json.loads(told["choices"][0]["message"]["content"]), told["usage"]["total_tokens"])


@pytest.fixture
def posting(server, clock, masker, consignes):
    """A model over the scripted server, by the quick caller."""
    meter = Meter(clock.now, 100_000_000)
    return assembly.model_over(Consultant(Posted(server.url), meter, deadline=2.0), masker, consignes.textes, meter)


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
def patient(server, clock, masker, consignes):
    """As `over_server`, as the program opens it, on a machine that does other things: nothing is too late."""
    real = ChainClient("openai:essai", base_url=server.url, key="cle", timeout=60.0)
    model = assembly.opened(real, Meter(clock.now, 100_000_000), masker, consignes.textes, 60.0)
    model.settle(120)
    return model


@pytest.fixture
def over_server(client, clock, masker, consignes):
    """A model over the scripted server, with a meter of its own."""
    meter = Meter(clock.now, 1_000_000)
    consultant = Consultant(client, meter, deadline=1.0)
    return assembly.model_over(consultant, masker, consignes.textes, meter)
