"""R4: `/sante` in each broken state: 503, what does not work and since when; 200 again once it is mended.

The states are real where a test can have them: a server that refuses the token, nobody behind a port, a database that
takes no write, a mail server that is not there.
"""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from telegram.error import TelegramError

from bot.answers.late import NoAnswers
from bot.app import Program
from bot.channels.telegram.api import BotApi
from bot.channels.telegram.polling import Poller
from bot.cli.serving import ALL, Role, Service
from bot.config import load_settings
from bot.dashboard import mailbox
from bot.sandbox.errors import ApiError
from bot.sandbox.world import Fault
from bot.storage import heartbeat
from bot.storage.models import Heartbeat, Outgoing, Update
from tests.dashboard.office import NOW
from tests.sandbox.live import TOKEN, live_sandbox

LATE = timedelta(minutes=6)


@dataclass
class Machine:
    """One process with every role, as a monitor sees it; its program answers nothing and knows a clock."""

    clock: Any
    client: Any
    index: Any
    live: Any
    patch: Any
    settings: Any
    answerer: Any = None

    def __post_init__(self):
        self.answerer = SimpleNamespace(away_since=None)
        self.service = self.serving(self.live.url)
        self.service.poller = Poller(self.service.api, bool, None, clock=self.clock.now)

    def serving(self, url):
        whole = Program(load_settings(_env_file=None), self.clock, SimpleNamespace(answerer=self.answerer), None)
        return Service(whole, ALL, BotApi(TOKEN, url))

    def beats(self, *roles):
        """What the process tells every few seconds."""
        for role in roles or Role:
            with contextlib.suppress(DatabaseError):
                heartbeat.beat(role, self.clock.now(), self.service._detail(role))

    def calls(self):
        """Ask the server something, as the process does all day."""

        async def asked():
            api = BotApi(TOKEN, self.service.api.address)
            with contextlib.suppress(TelegramError):
                await api.call("getMe")
            await api.close()
            return api.trouble

        self.service.api.trouble = asyncio.run(asked())

    def looked(self):
        response = self.client.get("/sante")
        return response.status_code, response.json()


def token_revoked(machine):
    machine.live.world.faults.append(Fault("getMe", count=1, error=ApiError(401, "Unauthorized")))
    machine.calls()
    yield
    machine.calls()


def telegram_away(machine):
    well, machine.service.api = machine.service.api, BotApi(TOKEN, "http://127.0.0.1:9")
    machine.calls()
    yield
    machine.service.api = well


def nothing_fetched(machine):
    machine.clock.later(minutes=3)
    yield
    machine.service.poller.heard = machine.clock.now()


def read_only(machine):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only=ON")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only=OFF")


def full(_machine):
    """A real full file ends the transaction of the test too: a trigger says it instead."""
    with connection.cursor() as cursor:
        refuse = "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        cursor.execute(f"CREATE TEMP TRIGGER no_room BEFORE UPDATE ON storage_heartbeat {refuse}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER no_room")


def unreadable(_machine):
    before = transaction.savepoint()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE storage_outgoing")
    yield
    transaction.savepoint_rollback(before)


def outbox_stuck(machine):
    row = Outgoing.objects.create(chat=1, body={}, created_at=machine.clock.now() - LATE)
    yield
    row.delete()


def inbox_stuck(machine):
    row = Update.objects.create(update_id=1, chat=1, payload={}, received_at=machine.clock.now() - LATE)
    yield
    row.delete()


def index_missing(machine):
    machine.index.unlink()
    yield
    machine.index.write_text("{}")


def search_closed(machine):
    object.__setattr__(machine.service.whole.house, "answerer", NoAnswers())
    yield
    object.__setattr__(machine.service.whole.house, "answerer", machine.answerer)


def chroma_gone(machine):
    machine.answerer.away_since = machine.clock.now() - LATE
    yield
    machine.answerer.away_since = None


def mail_refused(machine):
    machine.settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    machine.settings.EMAIL_HOST, machine.settings.EMAIL_PORT = "127.0.0.1", 9
    mailbox.put("a@exemple.fr", "Bonjour", "Bonjour", now=machine.clock.now())
    assert mailbox.send_waiting(machine.clock.now(), "", {}) == 0
    yield
    machine.settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    machine.clock.later(hours=1)
    assert mailbox.send_waiting(machine.clock.now(), "", {}) == 1
    machine.service.poller.heard = machine.clock.now()


def disk_full(machine):
    machine.patch.setattr("bot.dashboard.health.shutil.disk_usage", lambda _path: SimpleNamespace(free=1_000_000))
    yield
    machine.patch.undo()


def worker_silent(machine):
    Heartbeat.objects.filter(role="worker").update(at=NOW - LATE)
    machine.beats = lambda: None
    yield
    Heartbeat.objects.filter(role="worker").update(at=NOW)


STATES: dict[str, Callable] = {
    "jeton-refuse": token_revoked,
    "telegram-hors-d-atteinte": telegram_away,
    "plus-de-releve": nothing_fetched,
    "ecriture": read_only,
    "ecriture ": full,
    "base": unreadable,
    "a-envoyer": outbox_stuck,
    "a-traiter": inbox_stuck,
    "index": index_missing,
    "recherche-fermee": search_closed,
    "chroma": chroma_gone,
    "courriel": mail_refused,
    "disque": disk_full,
    "battement-worker": worker_silent,
}
"""What the status page calls it, and how it comes and goes."""


@pytest.fixture(scope="module")
def live():
    with live_sandbox() as found:
        yield found


@pytest.fixture
def machine(desk, clock, client, tmp_path, live, monkeypatch, settings):
    """A service that is well."""
    index = tmp_path / "manifest.json"
    index.write_text("{}")
    heartbeat.failing.clear()
    found = Machine(clock, client, index, live, monkeypatch, settings)
    found.beats()
    status, told = found.looked()
    assert (status, told["etat"]) == (200, "bien"), told
    yield found
    heartbeat.failing.clear()


@pytest.mark.parametrize("code", STATES)
def test_a_monitor_is_told_what_is_broken_and_when_it_is_mended(machine, code):
    scene = STATES[code](machine)
    next(scene)
    machine.beats()
    status, told = machine.looked()
    name = code.strip()
    assert status == 503
    assert [sign for sign, well in told["signes"].items() if not well] == [name]
    assert told["depuis"][name]
    next(scene, None)
    machine.beats()
    status, told = machine.looked()
    assert (status, told["etat"]) == (200, "bien"), told


def test_two_failures_of_a_row_are_one_trouble_with_one_beginning(machine):
    heartbeat.note("courriel", NOW, well=False)
    heartbeat.note("courriel", NOW + LATE, well=False)
    machine.clock.later(minutes=1)
    machine.beats()
    assert "depuis 1 min" in machine.looked()[1]["depuis"]["courriel"]


def test_the_day_of_a_model_reaches_the_status_page(machine):
    counts = {"day": NOW.date().isoformat(), "calls": 3, "tokens": 900, "seconds": 1.5, "fallbacks": 1}
    machine.patch.setattr(Program, "model_counts", lambda _self: counts)
    machine.beats()
    assert Heartbeat.objects.get(role="worker").detail["modele"] == counts
