"""R3: no update, however mangled, raises while it is stored, read, or taken as a turn."""

import logging
from datetime import datetime

import pytest

from bot.channels.telegram import intake
from bot.domain.message import UserMessage
from bot.storage import inbox
from bot.storage.models import Update
from bot.storage.turns import TurnTaker, _pressed
from tests.channels.mangled import mangled
from tests.conversation.fakes import NOW, Dialogue, house

COUNT = 800


class Clock:
    def now(self):
        return NOW


@pytest.mark.django_db(transaction=True)
def test_mangled_updates_are_all_stored_read_and_answered(caplog):
    taker = TurnTaker(Dialogue(house()), intake.to_message, Clock(), apology="Pardon.")
    caplog.set_level(logging.ERROR, "bot.storage.turns")
    for number in range(1, COUNT + 1):
        raw = mangled(number, number)
        chat = intake.chat_of(raw)
        assert inbox.receive(raw, chat=chat, now=NOW)
        if chat is not None:
            while taker.process_next(chat):
                pass
    failed = list(
        Update.objects.exclude(error="").exclude(error__startswith=inbox.ASIDE).values_list("update_id", "error")
    )
    assert not failed, caplog.text[-3000:]
    assert not Update.objects.filter(done_at=None).exists()


def test_what_is_kept_of_a_mangled_update_reads_as_all_of_it():
    for number in range(10 * COUNT):
        raw = mangled(number, number)
        less = intake.kept(raw)
        assert intake.to_message(less, NOW) == intake.to_message(raw, NOW), raw
        assert (intake.chat_of(less), intake.callback_id(less)) == (intake.chat_of(raw), intake.callback_id(raw)), raw
        if not inbox.unfit(raw):
            assert _pressed(less)[1] == _pressed(raw)[1], raw


def test_what_is_read_of_a_mangled_update_is_a_message_or_nothing():
    for number in range(20 * COUNT):
        raw = mangled(number, number)
        found = intake.to_message(raw, NOW)
        intake.callback_id(raw)
        assert found is None or isinstance(found, UserMessage)
        assert found is None or isinstance(found.at, datetime)
