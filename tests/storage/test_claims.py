"""R20: a reply is claimed before it is sent; nobody else sends it while the claim lives, however slow the call."""

import asyncio
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from bot.channels.telegram.deliver import Delivered
from bot.channels.telegram.sender import Sender
from bot.domain.message import Reply
from bot.storage import outbox
from bot.storage.models import Outgoing
from tests.storage.conftest import NOW, FixedClock

pytestmark = pytest.mark.usefixtures("base")


def queue(*chats):
    for rank, chat in enumerate(chats):
        outbox.put(chat, [outbox.reply_body(Reply(str(rank)))], now=NOW)


def due(who, at=NOW, limit=10):
    return [item.reply.text for item in outbox.due(at, limit, holder=who)]


def test_what_one_process_has_claimed_no_other_sends_and_both_share_the_rest():
    queue(1, 1, 2, 3)
    assert due("a:1", limit=2) == ["0", "2"]
    assert due("b:1") == ["3"]
    assert due("a:1") == due("b:1") == []


def test_a_claim_outlives_the_slowest_call_as_long_as_it_is_renewed():
    queue(1)
    item = outbox.due(NOW, 1, holder="a:1")[0].id
    at = NOW
    for _ in range(10):
        at += outbox.CLAIM * 0.9
        assert due("b:1", at) == []
        assert outbox.renew([item], at, holder="a:1") == {item}
    assert due("b:1", at + outbox.CLAIM + timedelta(seconds=1)) == ["0"]


@pytest.mark.parametrize("ahead", [timedelta(milliseconds=1), timedelta(seconds=20)])
def test_a_claim_taken_by_a_clock_a_little_ahead_is_one(ahead):
    """Two processes ask at once: the one that read its clock first asks last."""
    queue(1)
    assert due("b:1", NOW + ahead) == ["0"]
    assert due("a:1", NOW) == []


def test_a_process_that_lost_its_claim_is_told_so():
    queue(1)
    item = outbox.due(NOW, 1, holder="a:1")[0].id
    late = NOW + outbox.CLAIM + timedelta(seconds=1)
    assert due("b:1", late) == ["0"]
    assert outbox.renew([item], late, holder="a:1") == set()


def test_what_a_dead_process_of_this_machine_had_claimed_is_free_at_once():
    queue(1)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert due(f"{socket.gethostname()}:{gone.pid}") == ["0"]
    assert due("b:1") == ["0"]


def test_a_reply_to_be_tried_again_is_free_for_whoever_comes_first():
    queue(1)
    outbox.retry(outbox.due(NOW, 1, holder="a:1")[0].id, NOW + timedelta(seconds=1), "network")
    assert due("b:1") == []
    assert due("b:1", NOW + timedelta(seconds=1)) == ["0"]


class Slow:
    """A deliverer whose calls take long, and during which the clock runs on past any lease of old."""

    def __init__(self, clock, sent):
        self.clock, self.sent = clock, sent

    async def deliver(self, item):
        await asyncio.sleep(0.15)
        self.clock.later(seconds=0.3)
        self.sent.append(item.reply.text)
        return Delivered()

    def recorded(self, item):
        pass


async def test_two_workers_and_a_slow_server_send_each_reply_once_and_in_order():
    await asyncio.to_thread(_alone, lambda: queue(*[chat for chat in range(12) for _ in range(3)]))
    sent, clock = [], FixedClock()
    with ThreadPoolExecutor(4) as threads:
        senders = [Sender(outbox, Slow(clock, sent), clock, threads, holder=f"{name}:1") for name in "ab"]
        tasks = [asyncio.create_task(one.run()) for one in senders]
        for _ in range(600):
            if len(sent) >= 36 and not await asyncio.to_thread(_alone, _waiting):
                break
            await asyncio.sleep(0.05)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        list(threads.map(lambda _: connections.close_all(), range(8)))
    assert sorted(sent, key=int) == [str(number) for number in range(36)]
    for chat in range(12):
        mine = [one for one in sent if int(one) // 3 == chat]
        assert mine == sorted(mine, key=int)


def _waiting():
    return Outgoing.objects.filter(etat="a-envoyer").count()


def _alone(act):
    try:
        return act()
    finally:
        connections.close_all()
