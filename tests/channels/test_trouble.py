"""R4: what is wrong between the bot and the server is known, with since when, until it answers again."""

import pytest
from telegram.error import TelegramError

from bot.channels.telegram.api import AWAY, REFUSED, SHARED, BotApi
from bot.sandbox.errors import ApiError, bad, blocked, flood
from bot.sandbox.world import Fault
from tests.sandbox.live import TOKEN


@pytest.mark.parametrize(
    ("error", "kind"),
    [(ApiError(502, "Bad Gateway"), AWAY), (ApiError(401, "Unauthorized"), REFUSED), (ApiError(409, "Conflict: x"), SHARED),
     (bad("chat not found"), None), (blocked(), None), (flood(1), None)],
)  # fmt: skip
async def test_a_trouble_is_told_from_a_refusal_and_ends_with_an_answer(world, api, error, kind):
    world.chat(1)
    world.faults.append(Fault("sendMessage", 1, 2, error))
    for _ in range(2):
        with pytest.raises(TelegramError):
            await api.call("sendMessage", {"chat_id": 1, "text": "x"})
    assert (api.trouble[0] if api.trouble else None) == kind
    since = api.trouble[1] if api.trouble else None
    assert kind is None or since is not None
    await api.call("sendMessage", {"chat_id": 1, "text": "x"})
    assert api.trouble is None


async def test_a_server_out_of_reach_is_one_trouble_with_one_beginning():
    api = BotApi(TOKEN, "http://127.0.0.1:9")
    seen = set()
    for _ in range(2):
        with pytest.raises(TelegramError):
            await api.call("getMe")
        seen.add(api.trouble)
    await api.close()
    assert len(seen) == 1
    assert seen.pop()[0] == AWAY
