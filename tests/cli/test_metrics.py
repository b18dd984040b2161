"""Figures for a monitor, in the format of Prometheus, to whom they are for; and log lines a machine reads."""

import json
import logging
import sys

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.routing import Route

from bot.cli.listening import JsonLines
from bot.cli.metrics import Metrics
from bot.storage.models import Heartbeat, Outgoing
from bot.storage.trail import current
from tests.storage.conftest import NOW, FixedClock


async def scraped(token="", given="", host="127.0.0.1"):
    app = Starlette(routes=[Route("/metrics", Metrics(FixedClock(), token))])
    transport = httpx.ASGITransport(app, client=(host, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        return await client.get("/metrics", headers={"Authorization": f"Bearer {given}"})


@pytest.mark.django_db(transaction=True)
async def test_queues_silences_and_troubles_are_read_by_prometheus_own_parser():
    await Heartbeat.objects.acreate(role="worker", at=NOW, detail={"ennuis": {"chroma": NOW.isoformat()}})
    await Outgoing.objects.acreate(chat=987654321, body={"reply": {"text": "Lina"}}, created_at=NOW)
    text = (await scraped()).text
    found = {sample.name: sample for family in text_string_to_metric_families(text) for sample in family.samples}
    assert found["immersion_a_envoyer"].value == 1
    assert found["immersion_trouble"].labels == {"role": "worker", "kind": "chroma"}
    assert "Lina" not in text
    assert "987654321" not in text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("token", "given", "host", "status"),
    [("", "", "127.0.0.1", 200), ("", "", "203.0.113.9", 403), ("t", "t", "203.0.113.9", 200), ("t", "x", "127.0.0.1", 403),
     ("t", "", "127.0.0.1", 403)],
)  # fmt: skip
async def test_they_are_for_this_machine_or_for_whoever_has_the_token(token, given, host, status):
    assert (await scraped(token, given, host)).status_code == status


def test_a_json_line_has_its_request_and_never_the_words_of_an_error():
    mark = current.set("u42")
    try:
        int("Lina Durand")
    except ValueError:
        record = logging.LogRecord("bot", logging.ERROR, "", 0, "failed\n%s", ("x",), sys.exc_info())
    line = json.loads(JsonLines().format(record))
    current.reset(mark)
    assert (line["request"], line["error"], line["message"]) == ("u42", "ValueError", "failed\nx")
    assert "Lina" not in json.dumps(line)
    assert line["where"].startswith("test_metrics.py:")
