"""A live sandbox, and an outbox in memory with the promises of the real one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.documents import Document
from bot.storage.outbox import OutgoingItem
from tests.sandbox.live import TOKEN, live_sandbox


class WallClock:
    def now(self):
        return datetime.now(ZoneInfo("Europe/Paris"))


class MemoryOutbox:
    """The head of each chat, in order; what is refused or delivered leaves."""

    def __init__(self):
        self.items = {}
        self.not_before = {}
        self.taken = []
        self.lost = []
        self.failures = []
        self.claimed = set()

    def put(self, chat, reply=None, *, kind="reply", callback=None, message_id=None):
        number = len(self.items) + len(self.taken) + len(self.lost) + 1
        self.items[number] = OutgoingItem(number, chat, kind, WallClock().now(), reply, callback, message_id)
        return number

    def due(self, now, limit, *, holder=""):
        heads = {}
        for number in sorted(self.items):
            heads.setdefault(self.items[number].chat, self.items[number])
        free = [one for one in heads.values() if one.id not in self.claimed]
        taken = [one for one in free if self.not_before.get(one.id, now) <= now][:limit]
        self.claimed |= {one.id for one in taken}
        return taken

    def renew(self, items, now, *, holder=""):
        return set(items) & self.claimed

    def delivered(self, item, now, keyboard=None):
        self.taken.append(item)
        del self.items[item]

    def retry(self, item, not_before, error):
        self.failures.append(error)
        self.claimed.discard(item)
        self.not_before[item] = not_before
        self.items[item] = replace(self.items[item], attempts=self.items[item].attempts + 1)

    def refused(self, item, error, now):
        self.lost.append((item, error))
        del self.items[item]


@pytest.fixture
def live():
    with live_sandbox() as live:
        yield live


@pytest.fixture
def world(live):
    return live.world


@pytest.fixture
async def api(live):
    api = BotApi(TOKEN, live.url)
    yield api
    await api.close()


@pytest.fixture
def threads():
    with ThreadPoolExecutor(4) as pool:
        yield pool


@pytest.fixture
def outbox():
    return MemoryOutbox()


def no_document(_attachment, _chat):
    return Document("demande.pdf", b"%PDF-1.7 exemple", "Votre demande")
