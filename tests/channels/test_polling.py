"""Updates are acknowledged once stored; a thrifty or failing server is neither hammered nor given up."""

import asyncio
import json
import logging
from contextlib import asynccontextmanager

import pytest

from bot.channels.telegram import polling
from bot.channels.telegram.api import BotApi, as_telegram, hush
from bot.channels.telegram.menu import commands, introduce
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.worker import Worker
from bot.content.wording import load_wording
from bot.sandbox import people
from bot.sandbox.errors import ApiError, flood
from bot.sandbox.world import Fault
from tests.conversation.fakes import ROOT
from tests.sandbox.live import TOKEN


class Inbox:
    def __init__(self):
        self.raws = {}
        self.failing = 0

    def store(self, raw):
        if self.failing:
            self.failing -= 1
            raise OSError
        fresh = raw["update_id"] not in self.raws
        self.raws.setdefault(raw["update_id"], raw)
        return fresh

    @property
    def texts(self):
        return [self.raws[number]["message"]["text"] for number in sorted(self.raws)]


@asynccontextmanager
async def running(job):
    task = asyncio.create_task(job)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def soon(ready):
    for _ in range(1500):
        if ready():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("this did not happen in time")


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch):
    monkeypatch.setattr(polling, "_FAILURES", (0.01,) * 5)
    monkeypatch.setattr(polling, "_CONFLICT_PAUSE", 0.05)
    monkeypatch.setattr(polling, "_REJECTED_PAUSE", 0.05)
    monkeypatch.setattr(polling, "_NOT_STORED_PAUSE", 0.01)


async def test_an_update_that_the_database_refuses_is_asked_for_again(world, api, threads):
    inbox = Inbox()
    inbox.failing = 2
    people.write(world, 1, "un")
    people.write(world, 1, "deux")
    async with running(Poller(api, inbox.store, threads).run()):
        await soon(lambda: len(inbox.raws) == 2)
        await soon(lambda: not world.updates)
    assert inbox.texts == ["un", "deux"]


async def test_nothing_is_confirmed_before_it_is_stored(world, api, threads):
    inbox = Inbox()
    inbox.failing = 10**6
    people.write(world, 1, "un")
    async with running(Poller(api, inbox.store, threads).run()):
        await soon(lambda: inbox.failing < 10**6 - 5)
    assert len(world.updates) == 1


async def test_the_server_may_fail_flood_and_reject_then_updates_come(world, api, threads, caplog):
    inbox = Inbox()
    world.faults += [
        Fault("getUpdates", None, 2, ApiError(502, "Bad Gateway")),
        Fault("getUpdates", None, 1, flood(1)),
        Fault("getUpdates", None, 1, ApiError(401, "Unauthorized")),
        Fault("getUpdates", None, 2, ApiError(409, "Conflict: terminated by other getUpdates request")),
    ]
    people.write(world, 1, "un")
    async with running(Poller(api, inbox.store, threads).run()):
        await soon(lambda: inbox.raws)
    assert TOKEN not in caplog.text


async def test_a_conflict_is_one_clear_line(world, api, threads, caplog):
    world.faults.append(Fault("getUpdates", None, 5, ApiError(409, "Conflict: terminated by other getUpdates request")))
    inbox = Inbox()
    people.write(world, 1, "un")
    with caplog.at_level(logging.WARNING):
        async with running(Poller(api, inbox.store, threads).run()):
            await soon(lambda: inbox.raws)
    assert len([line for line in caplog.messages if "409" in line]) == 1


class ThriftyApi:
    """A server that never waits, and never forgets."""

    def __init__(self, raws):
        self.raws = raws
        self.asked = 0

    async def call(self, *_args, **_kwargs):
        return True

    async def updates(self, _offset, _wait, _allowed):
        self.asked += 1
        return self.raws


@pytest.mark.parametrize("raws", [[], [{"update_id": 5, "message": {"text": "x"}}], [{"odd": 1}, None, 3]])
async def test_a_server_that_answers_at_once_is_not_hammered(threads, raws, monkeypatch):
    pauses, real = [], asyncio.sleep

    async def counted(delay):
        pauses.append(delay)
        await real(0)

    monkeypatch.setattr(polling.asyncio, "sleep", counted)
    api = ThriftyApi(raws)
    async with running(Poller(api, Inbox().store, threads).run()):
        while api.asked < 30:
            await real(0.001)
    assert len(pauses) >= 27
    assert max(pauses) >= 0.5


@pytest.mark.parametrize(
    ("code", "payload", "expected"),
    [
        (200, b'{"ok": true}', (200, {"ok": True, "result": True})),
        (200, b'{"ok": false, "error_code": 403, "description": "d"}', (403, None)),
        (200, b'{"ok": false}', (400, None)),
        (200, b"<html>", (502, None)),
        (200, b"[1]", (502, None)),
        (500, b"", (500, None)),
        (429, b'{"description": "Too Many Requests: retry after 7"}', (429, 7)),
        (429, b"{}", (429, 1)),
        (429, b'{"parameters": 3}', (429, 1)),
    ],
)
def test_servers_that_say_less_than_telegram_are_understood(code, payload, expected):
    found, body = as_telegram(code, payload)
    assert found == expected[0]
    if isinstance(expected[1], int):
        assert json.loads(body)["parameters"]["retry_after"] == expected[1]
    elif expected[1]:
        assert json.loads(body) == expected[1]


def test_a_token_never_reaches_a_log(caplog):
    logger = logging.getLogger("anything")
    handler = logging.StreamHandler()
    logging.getLogger().addHandler(handler)
    try:
        hush()
        record = logger.makeRecord("anything", 20, "f", 1, "POST %s", (f"https://x/bot{TOKEN}/getMe",), None)
        handler.filter(record)
        assert TOKEN not in record.getMessage()
        assert "<token>" in record.getMessage()
    finally:
        logging.getLogger().removeHandler(handler)
    assert logging.getLogger("httpx").level == logging.WARNING


async def test_the_menu_is_in_french_and_a_server_that_ignores_it_stops_nothing(world, api):
    words = load_wording(ROOT / "prompts")
    world.faults.append(Fault("setMyCommands", None, 1, ApiError(404, "Not Found")))
    await introduce(api, words)
    assert [one["command"] for one in world.commands] == [one["command"] for one in commands(words)]
    assert {"start", "demande", "aide", "effacer"} <= {one["command"] for one in world.commands}


async def test_an_unreachable_server_is_waited_for(threads):
    api = BotApi(TOKEN, "http://127.0.0.1:9")
    async with running(Poller(api, Inbox().store, threads).run()) as task:
        await asyncio.sleep(0.2)
        assert not task.done()
    await api.close()


class Turns:
    """A conversation that notes what it does; one chat is slow."""

    def __init__(self, pending):
        self.pending = pending
        self.done = []
        self.inside = set()

    def waiting(self, limit):
        return [chat for chat, queue in self.pending.items() if queue][:limit]

    def process_next(self, chat):
        assert chat not in self.inside, "two turns of one chat at once"
        self.inside.add(chat)
        try:
            if not self.pending[chat]:
                return False
            what = self.pending[chat].pop(0)
            if callable(what):
                what()
            self.done.append((chat, what))
            return True
        finally:
            self.inside.discard(chat)


async def test_a_burst_of_one_chat_is_handled_in_order_and_others_go_on(threads):
    turns = Turns({chat: [f"{chat}.{rank}" for rank in range(30)] for chat in range(20)})
    async with running(Worker(turns, turns.waiting, threads).run()):
        await soon(lambda: len(turns.done) == 600)
    for chat in range(20):
        assert [what for one, what in turns.done if one == chat] == [f"{chat}.{rank}" for rank in range(30)]


async def test_a_turn_that_fails_stops_neither_its_chat_nor_the_others(threads, monkeypatch):
    monkeypatch.setattr("bot.channels.telegram.worker._AFTER_FAILURE", 0.01)

    def broken():
        raise OSError

    turns = Turns({1: [broken, "après"], 2: ["ailleurs"]})
    async with running(Worker(turns, turns.waiting, threads).run()):
        await soon(lambda: len(turns.done) == 2)
    assert {what for _, what in turns.done} == {"après", "ailleurs"}


async def test_a_slow_turn_shows_that_the_bot_is_typing(world, api, threads, monkeypatch):
    monkeypatch.setattr("bot.channels.telegram.worker._TYPING_AFTER", 0.01)
    world.chat(1)
    seen = []

    def slow():
        import time

        for _ in range(500):
            if world.chats[1].typing_until:
                seen.append(True)
                return
            time.sleep(0.01)

    turns = Turns({1: [slow]})
    async with running(Worker(turns, turns.waiting, threads, api).run()):
        await soon(lambda: turns.done)
    assert seen == [True]
