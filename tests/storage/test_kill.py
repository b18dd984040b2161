"""Killed anywhere, the next start goes on from the same place."""

import multiprocessing
import random
import time
from collections import defaultdict
from pathlib import Path

import pytest

from bot.storage.models import DemandeRow, EvenementRow, Outgoing, Update
from bot.storage.stores import DjangoSessionStore
from tests.bases import ENGINES, default_database, empty, url_of
from tests.storage import crash_child

UPDATES = 200
"""Twice what could be done between the kills: the work never ends before they do."""
KILLS = {"sqlite": 10, "postgresql": 4}
"""`bench crash` and `bench crash_apart` kill the whole program, as often as one likes."""


@pytest.fixture(params=ENGINES)
def url(request, tmp_path, django_db_blocker):
    """The address of an empty database with its tables."""
    with default_database(url_of(request.param, tmp_path), django_db_blocker) as address:
        empty()
        yield address


def run_and_kill(url: str, log: Path, most: int) -> int:
    """Start the bot again and again, each time killed at a random moment of its work; then let it end. The kills."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.storage.crash_child"])
    kills = 0
    while not Path(f"{log}.done").exists():
        child = context.Process(target=crash_child.run, args=(url, UPDATES, str(log)))
        size = log.stat().st_size if log.exists() else 0
        child.start()
        while child.is_alive() and kills < most and (log.stat().st_size if log.exists() else 0) == size:
            time.sleep(0.005)
        if kills < most and child.is_alive():
            time.sleep(random.uniform(0, 0.08))
            child.kill()
            kills += 1
        child.join()
    return kills


def test_tim_01_killed_at_random_moments_every_update_counts_exactly_once(url, tmp_path):
    log = tmp_path / "delivered"
    wanted = KILLS[url.split(":")[0]]
    kills = run_and_kill(url, log, wanted)
    assert kills == wanted
    assert Update.objects.filter(done_at__isnull=False, payload={}, attempts=0).count() == UPDATES

    expected = defaultdict(list)
    for number in range(1, UPDATES + 1):
        expected[number % crash_child.CHATS + 1].append(number)
    for chat, numbers in expected.items():
        session = DjangoSessionStore().load(chat)
        assert [slot.value for slot in session.answers.values()] == numbers
        assert session.version == len(numbers)

    sent = UPDATES // crash_child.SENT_EVERY
    assert (DemandeRow.objects.count(), EvenementRow.objects.count()) == (sent, sent)
    assert Outgoing.objects.filter(etat="remis").count() == UPDATES

    lines = log.read_text().splitlines()
    heard = defaultdict(list)
    for line in dict.fromkeys(lines):
        chat, text = line.split(" ")
        heard[int(chat)].append(text)
    assert heard == {chat: [f"{rank}:{number}" for rank, number in enumerate(of)] for chat, of in expected.items()}
    # Telegram cannot tell us that it took a message we were killed for sending: one repeat a kill at most.
    assert len(lines) - UPDATES <= kills
