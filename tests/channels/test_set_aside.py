"""R1: what no reader can read is acknowledged too: by long polling, and by the webhook."""

import json

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.telegram.api import as_telegram
from bot.channels.telegram.intake import update_id_of
from bot.channels.telegram.webhook import Webhook

DEEP = b"[" * 50_000 + b"]" * 50_000
UNREADABLE = {
    "nan": b"NaN",
    "infinite": b"1e999",
    "minus": b"-Infinity",
    "deep": DEEP,
    "deep maps": b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    "digits": b"9" * 9_000,
    "deep in text": json.dumps('"' + "[{" * 9_000).encode(),
}


def update(number, value):
    return b'{"update_id": %d, "message": {"message_id": 1, "chat": {"id": 7}, "text": "a", "x": %s}}' % (number, value)


@pytest.mark.parametrize("value", UNREADABLE.values(), ids=UNREADABLE)
def test_the_other_updates_of_an_answer_are_read(value):
    payload = b'{"ok": true, "result": [' + update(1, b"1") + b"," + update(2, value) + b"," + update(3, b"1") + b"]}"
    code, body = as_telegram(200, payload)
    assert code == 200
    assert [update_id_of(one) for one in json.loads(body)["result"]] == [1, 2, 3]


@pytest.mark.parametrize("value", UNREADABLE.values(), ids=UNREADABLE)
async def test_the_webhook_acknowledges_it(value, threads):
    stored = []
    hook = Webhook("https://exemple.fr", "secret", lambda raw: bool(stored.append(raw)), threads)
    transport = httpx.ASGITransport(Starlette(routes=[hook.route()]))
    async with httpx.AsyncClient(transport=transport, base_url="https://exemple.fr") as client:
        headers = {"X-Telegram-Bot-Api-Secret-Token": "secret"}
        answer = await client.post("/telegram/webhook", content=update(4, value), headers=headers)
    assert answer.status_code == 200
    assert update_id_of(stored[0]) == 4
