"""R1: an update that cannot be stored is set aside with a trace, and stands in nobody's way."""

import json

import pytest
from django.db import OperationalError

from bot.channels.telegram import intake
from bot.storage import inbox
from bot.storage.heartbeat import queues
from bot.storage.models import Update
from tests.storage.conftest import NOW, text_update


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


UNFIT = {
    "not a number": {"location": {"latitude": float("nan")}},
    "endless": json.loads('{"location": {"latitude": 1e999}}'),
    "deep": {"entities": nested(960)},
    "deeper": {"entities": nested(20_000)},
    "huge": {"date": 10**400},
    "odd": {"entities": object()},
}


@pytest.mark.parametrize("more", UNFIT.values(), ids=UNFIT)
def test_an_update_that_cannot_be_stored_is_set_aside_and_the_others_go_on(desk, more):
    raw = text_update(5, 7, "Lina", **more)
    assert inbox.receive(raw, chat=intake.chat_of(raw), now=NOW) is True
    assert inbox.receive(raw, chat=intake.chat_of(raw), now=NOW) is False
    desk.count = 5
    desk.gets("bonjour", chat=8)
    desk.handles(8)
    kept = Update.objects.get(update_id=5)
    assert (kept.payload, kept.done_at) == ({}, NOW)
    assert "set aside" in kept.error
    assert "Lina" not in kept.error
    assert queues(NOW)["mis_de_cote"] == 1
    assert desk.conversation.seen == ["bonjour"]


def test_a_database_out_of_reach_sets_nothing_aside(base, monkeypatch):
    def locked(**_):
        raise OperationalError("database is locked")

    monkeypatch.setattr("bot.storage.inbox.Update.objects.get_or_create", locked)
    monkeypatch.setattr("bot.storage.connection.time.sleep", lambda _: None)
    with pytest.raises(OperationalError):
        inbox.receive(text_update(5, 7, "bonjour"), chat=7, now=NOW)
    monkeypatch.undo()
    assert not Update.objects.exists()
