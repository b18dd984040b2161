"""Replies leave in order per chat; a chat that waits or is lost keeps nobody else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bot.domain.message import Attachment, Button, Reply
from bot.domain.turn import CounsellorWrote, Turn
from bot.storage import outbox
from bot.storage.heartbeat import beat, queues
from bot.storage.models import Heartbeat, Outgoing, RelayedMessage
from bot.storage.notifier import DeskNotifier
from tests.storage.conftest import NOW, Desk

pytestmark = pytest.mark.usefixtures("base")


def queue(*chats):
    """One reply a chat given, in this order; the text is its rank."""
    for rank, chat in enumerate(chats):
        outbox.put(chat, [outbox.reply_body(Reply(str(rank)))], now=NOW)


def due(at=NOW, limit=10):
    """What is due, claimed by nobody before nor after."""
    items = outbox.due(at, limit)
    Outgoing.objects.update(claimed_by="", claimed_until=None)
    return [(item.chat, item.reply.text) for item in items]


def test_a_reply_comes_out_as_it_went_in():
    reply = Reply(
        "*Bonjour* 🥖",
        ((Button("Oui", "a:1"), Button("Site", url="https://exemple.fr")),),
        "fait",
        12,
        Attachment("pdf", "abc"),
    )
    outbox.put(7, [outbox.reply_body(reply, callback="q1", message_id=12)], now=NOW)
    item = outbox.due(NOW, 1)[0]
    assert (item.reply, item.callback, item.message_id, item.kind, item.chat) == (reply, "q1", 12, "reply", 7)


def test_the_first_of_each_chat_is_due_oldest_first():
    queue(1, 1, 2, 3, 2)
    assert due() == [(1, "0"), (2, "2"), (3, "3")]
    assert due(limit=2) == [(1, "0"), (2, "2")]


def test_a_delivered_reply_is_emptied_and_the_next_one_is_due():
    queue(1, 1)
    outbox.delivered(outbox.due(NOW, 1)[0].id, NOW)
    assert due() == [(1, "1")]
    done = Outgoing.objects.order_by("id").first()
    assert (done.etat, done.body, done.delivered_at) == ("remis", {}, NOW)


def test_a_process_that_was_frozen_records_nothing_over_what_another_has_recorded():
    queue(1, 1)
    (first,) = outbox.due(NOW, 10)
    outbox.delivered(first.id, NOW, {"message_id": 9})
    outbox.delivered(outbox.due(NOW, 10)[0].id, NOW + timedelta(seconds=1))
    outbox.delivered(first.id, NOW + timedelta(seconds=40), {"message_id": 8})
    row = Outgoing.objects.get(id=first.id)
    assert row.delivered_at == NOW
    assert row.body == {"clavier": {"message_id": 9}}


def test_tim_19_a_chat_told_to_wait_keeps_its_order_and_the_others_go_on():
    queue(1, 1, 2)
    outbox.retry(outbox.due(NOW, 1)[0].id, NOW + timedelta(seconds=30), "429")
    assert due() == [(2, "2")]
    assert due(NOW + timedelta(seconds=29)) == [(2, "2")]
    assert due(NOW + timedelta(seconds=30)) == [(1, "0"), (2, "2")]
    assert outbox.due(NOW + timedelta(seconds=30), 1)[0].attempts == 1


def test_tim_20_after_an_outage_everything_leaves_once_and_in_order():
    queue(1, 1, 1)
    at = NOW
    for _ in range(20):
        at += timedelta(seconds=30)
        outbox.retry(outbox.due(at, 1)[0].id, at + timedelta(seconds=30), "network")
    sent = []
    at += timedelta(seconds=31)
    while items := outbox.due(at, 10):
        for item in items:
            sent.append(item.reply.text)
            outbox.delivered(item.id, at)
    assert sent == ["0", "1", "2"]


def test_tim_18_a_counsellor_s_words_to_somebody_who_blocked_the_bot_are_kept_and_marked():
    desk = Desk()
    DeskNotifier(desk.conversation, desk.clock).tell(7, CounsellorWrote("Bonjour", "mission-locale"), auteur="alice")
    queue(8)
    item = outbox.due(NOW, 1)[0]
    outbox.refused(item.id, "bot was blocked by the user", NOW)
    assert due() == [(8, "0")]
    kept = Outgoing.objects.get(id=item.id)
    assert (kept.etat, kept.error) == ("non-remis", "bot was blocked by the user")
    assert kept.body["reply"]["text"]


def test_who_unblocks_the_bot_gets_what_counsellors_wrote_and_no_stale_answer():
    desk = Desk()
    queue(7)
    DeskNotifier(desk.conversation, desk.clock).tell(7, CounsellorWrote("Bonjour", "mission-locale"), auteur="alice")
    for _ in range(2):
        outbox.refused(outbox.due(NOW, 1)[0].id, "blocked", NOW)
    desk.conversation.script = lambda session, *_: type("T", (), {"session": session, "replies": (), "effects": ()})
    desk.gets("", kind="unblocked")
    desk.handles()
    assert due() == [(7, "CounsellorWrote")]


def test_whoever_writes_again_after_blocking_gets_first_what_counsellors_wrote_in_order():
    desk = Desk()
    desk.conversation.telling = lambda session, event, *_: Turn(session, (Reply(event.texte),))
    for text in ("un", "deux"):
        DeskNotifier(desk.conversation, desk.clock).tell(7, CounsellorWrote(text, "mission-locale"), auteur="alice")
    for _ in range(2):
        outbox.refused(outbox.due(NOW, 1)[0].id, "bot was blocked by the user", NOW)
    desk.gets("/start")
    desk.handles()
    said = []
    while items := outbox.due(NOW, 1):
        said.append(items[0].reply.text)
        outbox.delivered(items[0].id, NOW)
    assert said == ["un", "deux", "0:/start"]
    assert queues(NOW)["non_remis"] == 0


def test_a_refused_or_delivered_reply_is_not_taken_up_again():
    queue(1)
    item = outbox.due(NOW, 1)[0].id
    outbox.delivered(item, NOW)
    outbox.retry(item, NOW, "late")
    outbox.refused(item, "late", NOW)
    assert due() == []
    assert Outgoing.objects.get().etat == "remis"


def test_queues_and_heartbeats_say_how_the_bot_is():
    desk = Desk()
    assert queues(NOW) == {
        "a_traiter": 0,
        "a_traiter_secondes": 0.0,
        "a_envoyer": 0,
        "a_envoyer_secondes": 0.0,
        "non_remis": 0,
        "mis_de_cote": 0,
    }
    desk.gets("un")
    queue(1, 2)
    outbox.refused(outbox.due(NOW, 1)[0].id, "blocked", NOW)
    state = queues(NOW + timedelta(seconds=90))
    assert (state["a_traiter"], state["a_traiter_secondes"]) == (1, 90.0)
    assert (state["a_envoyer"], state["a_envoyer_secondes"], state["non_remis"]) == (1, 90.0, 1)
    beat("sender", NOW)
    beat("sender", NOW + timedelta(seconds=5), {"n": 2})
    row = Heartbeat.objects.get()
    assert (row.role, row.at, row.detail) == ("sender", NOW + timedelta(seconds=5), {"n": 2})


def test_replies_go_without_being_read_first_and_the_words_they_carried_stay():
    Outgoing.objects.bulk_create([Outgoing(chat=7, body={"n": n}, created_at=NOW) for n in range(50)])
    kept = Outgoing.objects.create(chat=8, body={}, created_at=NOW)
    words = {"organisme": "mission-locale", "at": NOW, "auteur": "alice", "texte": "Bonjour"}
    of_the_gone = RelayedMessage.objects.create(chat=7, outgoing=Outgoing.objects.filter(chat=7).first(), **words)
    of_the_kept = RelayedMessage.objects.create(chat=8, outgoing=kept, **words)
    with CaptureQueriesContext(connection) as asked:
        Outgoing.objects.filter(chat=7).delete()
    assert not [one["sql"] for one in asked if one["sql"].startswith("SELECT")]
    assert list(Outgoing.objects.values_list("chat", flat=True)) == [8]
    of_the_gone.refresh_from_db()
    of_the_kept.refresh_from_db()
    assert (of_the_gone.outgoing_id, of_the_kept.outgoing_id) == (None, kept.id)
