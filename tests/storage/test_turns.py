"""Nothing is lost, nothing is handled twice, one update at a time per conversation."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext

from bot.domain.message import Reply
from bot.domain.turn import Turn
from bot.storage import inbox, outbox
from bot.storage.models import Outgoing, SessionRow, Update
from bot.storage.stores import DjangoDemandeStore, DjangoSessionStore
from tests.storage.conftest import APOLOGY, NOW, press_update, text_update
from tests.storage.test_effects import demande


def said(chat=7):
    """What waits for this chat, in order."""
    return [row.body["reply"]["text"] for row in Outgoing.objects.filter(chat=chat).order_by("id")]


def answers(chat=7):
    session = DjangoSessionStore().load(chat)
    return [slot.value for slot in session.answers.values()] if session else []


def in_threads(*acts):
    """Run these side by side, each with a connection of its own; a failure in one fails the test."""
    failures = []

    def alone(act):
        try:
            act()
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=alone, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not failures, failures
    assert not any(thread.is_alive() for thread in threads)


def test_an_update_gives_one_reply_and_its_payload_is_emptied(desk):
    desk.gets("bonjour")
    assert desk.handles() == 1
    assert said() == ["0:bonjour"]
    update = Update.objects.get()
    assert (update.payload, update.done_at) == ({}, NOW)
    assert desk.handles() == 0


def test_tim_09_an_update_received_twice_is_handled_once(desk):
    raw = text_update(5, 7, "bonjour")
    assert inbox.receive(raw, chat=7, now=NOW) is True
    assert inbox.receive(raw, chat=7, now=NOW) is False
    desk.handles()
    assert inbox.receive(raw, chat=7, now=NOW) is False
    assert desk.handles() == 0
    assert said() == ["0:bonjour"]


def test_tim_09_two_deliveries_at_the_same_moment_make_one_update(desk):
    raw = text_update(5, 7, "bonjour")
    in_threads(*[lambda: inbox.receive(raw, chat=7, now=NOW)] * 4)
    assert Update.objects.count() == 1


def test_updates_of_a_chat_are_handled_in_their_order_whatever_the_order_of_arrival(desk):
    for number in (3, 1, 2):
        inbox.receive(text_update(number, 7, f"m{number}"), chat=7, now=NOW)
    desk.handles()
    assert answers() == ["m1", "m2", "m3"]


def test_chats_wait_in_the_order_of_their_first_update(desk):
    for number, chat in ((4, 1), (2, 3), (3, 2), (9, 3)):
        inbox.receive(text_update(number, chat, "x"), chat=chat, now=NOW)
    assert inbox.waiting_chats(10) == [3, 2, 1]
    assert inbox.waiting_chats(1) == [3]
    assert inbox.last_update_id() == 9
    desk.handles(3)
    assert inbox.waiting_chats(10) == [2, 1]


def test_who_waits_with_a_long_text_is_told_and_a_press_under_a_long_message_is_none(desk):
    inbox.receive(text_update(1, 1, "bonjour"), chat=1, now=NOW)
    inbox.receive(text_update(2, 2, "du à " * 800), chat=2, now=NOW)
    inbox.receive(text_update(3, 3, "du à " * 800), chat=3, now=NOW)
    inbox.receive(press_update(4, 4, "x" * 4000), chat=4, now=NOW)
    assert inbox.long_ones([1, 2, 4]) == {2}
    desk.handles(2)
    assert inbox.long_ones([1, 2, 3]) == {3}


def test_an_update_of_nobody_is_known_and_leaves_nothing_to_do(desk):
    assert inbox.last_update_id() is None
    assert inbox.receive({"update_id": 8, "poll": {"question": "?"}}, chat=None, now=NOW) is True
    assert inbox.last_update_id() == 8
    assert inbox.waiting_chats(10) == []
    assert Update.objects.get().payload == {}


def test_an_update_that_says_nothing_is_done_without_a_word(desk):
    inbox.receive({"update_id": 1, "my_chat_member": {}}, chat=7, now=NOW)
    assert desk.handles() == 1
    assert said() == []
    assert desk.conversation.seen == []


def test_what_a_database_cannot_hold_is_left_out(desk):
    inbox.receive(text_update(1, 7, "a\x00b \ud800 é 🥖"), chat=7, now=NOW)
    desk.handles()
    assert said() == ["0:ab � é 🥖"]


def test_a_press_is_answered_by_the_first_reply_only(desk):
    desk.conversation.script = lambda session, *_: Turn(session, (Reply("un"), Reply("deux")))
    inbox.receive(press_update(9, 7, "oui"), chat=7, now=NOW)
    desk.handles()
    bodies = [row.body for row in Outgoing.objects.order_by("id")]
    assert [body["callback"] for body in bodies] == ["q9", None]
    assert bodies[0]["message_id"] == 8


def test_a_group_is_told_why_then_left(desk):
    desk.gets("/start", chat=-5, kind="group")
    desk.handles(-5)
    assert [row.body["kind"] for row in Outgoing.objects.order_by("id")] == ["reply", "leave"]


def test_tim_01_a_turn_that_dies_before_its_end_leaves_everything_as_it_was(desk, monkeypatch):
    desk.gets("un")
    desk.handles()
    desk.gets("deux")

    def dies(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.storage.turns._done", dies)
    with pytest.raises(KeyboardInterrupt):
        desk.taker.process_next(7)
    monkeypatch.undo()
    assert answers() == ["un"]
    assert said() == ["0:un"]
    desk.handles()
    assert answers() == ["un", "deux"]
    assert said() == ["0:un", "1:deux"]


def test_tim_08_a_slow_conversation_does_not_keep_another_waiting(desk):
    fast_done = threading.Event()

    def script(_session, message, _dossier):
        if message.chat == 1 and message.text == "long":
            assert fast_done.wait(20), "the other chat was kept waiting"

    desk.conversation.script = script
    desk.gets("long", chat=1)
    desk.gets("court", chat=2)

    def fast():
        desk.handles(2)
        fast_done.set()

    in_threads(lambda: desk.handles(1), fast)
    assert (said(1), said(2)) == (["0:long"], ["0:court"])


def test_tim_08_people_at_the_same_time_keep_their_own_answers(desk):
    for round_ in range(5):
        for chat in (1, 2, 3):
            desk.gets(f"{chat}-{round_}", chat=chat)
    in_threads(*[lambda chat=chat: desk.handles(chat) for chat in (1, 2, 3)])
    for chat in (1, 2, 3):
        assert answers(chat) == [f"{chat}-{round_}" for round_ in range(5)]


def test_several_workers_on_one_chat_handle_each_update_once_and_in_order(desk):
    for number in range(12):
        desk.gets(str(number))
    in_threads(*[lambda: desk.handles(7)] * 4)
    assert answers() == [str(number) for number in range(12)]
    assert said() == [f"{number}:{number}" for number in range(12)]


def test_a_turn_is_taken_anew_where_the_desk_wrote_meanwhile(desk):
    desk.gets("un")
    desk.handles()
    store = DjangoSessionStore()

    def script(session, message, _dossier):
        if message.text == "deux" and len(desk.conversation.seen) == 2:
            known = store.load(7)
            store.save(type(known)(**{**_fields(known), "memory": {"note": "du bureau"}}))

    desk.conversation.script = script
    desk.gets("deux")
    desk.handles()
    assert desk.conversation.seen == ["un", "deux", "deux"]
    assert store.load(7).memory == {"note": "du bureau"}
    assert said() == ["0:un", "1:deux"]


def _fields(session):
    return {name: getattr(session, name) for name in session.__dataclass_fields__}


def test_tim_22_a_locked_database_is_waited_for_and_gives_one_reply(desk):
    """The first write of the turn meets a lock, twice."""
    failures = iter([True, True])

    def locked(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "storage_outgoing"') and next(failures, False):
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    desk.gets("bonjour")
    with connection.execute_wrapper(locked):
        desk.handles()
    assert next(failures, None) is None
    assert said() == ["0:bonjour"]
    assert Update.objects.get().attempts == 0


def test_a_failing_turn_apologises_the_third_time_and_the_draft_is_unchanged(desk):
    desk.gets("un")
    desk.handles()

    def script(_session, message, _dossier):
        if message.text == "":
            raise ValueError("no")

    desk.conversation.script = script
    inbox.receive(press_update(9, 7, "oui"), chat=7, now=NOW)
    inbox.receive(text_update(10, 7, "deux"), chat=7, now=NOW)
    assert desk.handles() == 4
    assert said() == ["0:un", APOLOGY, "1:deux"]
    assert answers() == ["un", "deux"]
    failed = Update.objects.get(update_id=9)
    assert (failed.attempts, failed.error, failed.payload) == (3, "ValueError", {})
    assert Outgoing.objects.order_by("id")[1].body["callback"] == "q9"


def test_a_failure_s_own_words_are_not_logged(desk, caplog):
    def script(_session, message, _dossier):
        raise ValueError(message.text)

    desk.conversation.script = script
    desk.gets("06 12 34 56 78")
    desk.taker.process_next(7)
    assert "ValueError" in caplog.text
    assert "script" in caplog.text
    assert "06 12" not in caplog.text


def test_a_session_is_stored_even_for_a_turn_without_a_reply(desk):
    desk.conversation.script = lambda session, *_: Turn(type(session)(7, version=4))
    desk.gets("un")
    desk.handles()
    assert SessionRow.objects.get().body["version"] == 4
    assert said() == []


def test_a_message_is_dated_from_when_it_came_not_from_when_it_is_handled(desk):
    desk.gets("un")
    desk.clock.later(hours=10)
    desk.handles()
    assert DjangoSessionStore().load(7).updated_at == NOW
    assert outbox.due(NOW + timedelta(hours=11), 1)[0].created_at == desk.clock.now()


def test_a_turn_costs_as_many_queries_however_much_is_known_of_the_person(desk):
    def queries(text):
        desk.gets(text)
        with CaptureQueriesContext(connection) as captured:
            desk.taker.process_next(7)
        return len(captured)

    first, store = queries("un"), DjangoDemandeStore()
    store.add(demande(1))
    one = queries("deux")
    for number in range(2, 12):
        store.add(demande(number))
    assert queries("trois") == one
    assert one <= first + 2


def test_the_migrations_say_what_the_models_say(desk):
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
