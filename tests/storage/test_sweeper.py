"""Reminders go out once; what has been kept long enough goes, and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bot import casework
from bot.domain.demande import Role, Statut
from bot.domain.message import Reply
from bot.domain.session import Session, SlotValue
from bot.domain.turn import Turn
from bot.storage import inbox, outbox
from bot.storage.dossier import dossier_of
from bot.storage.models import DemandeRow, HandoffRow, Heartbeat, Lacune, Outgoing, SessionRow, Trace, Update
from bot.storage.retention import Purged, Retention
from bot.storage.stores import DjangoDemandeStore, DjangoSessionStore
from bot.storage.sweeper import Sweeper
from tests.storage.conftest import NOW
from tests.storage.test_effects import demande

SESSIONS, DEMANDES = DjangoSessionStore(), DjangoDemandeStore()


def sweep(desk):
    return Sweeper(desk.conversation, desk.clock, retention_brouillon_jours=30, retention_close_jours=730).run()


def draft(chat, days, **memory):
    moved = NOW - timedelta(days=days)
    return Session(chat, 3, {"metier": SlotValue("boulanger", moved)}, opened=True, updated_at=moved, memory=memory)


def closed(number, days, chat=7):
    at = NOW - timedelta(days=days)
    one = demande(number, chat=chat, envoyee_le=at - timedelta(days=10))
    return casework.change_status(one, Statut.REFUSEE, role=Role.CONSEILLER, auteur="a", at=at, motif="x")


def once(session, _dossier, now):
    """A reminder, unless it has been said."""
    if session.memory.get("said"):
        return None
    return Turn(replace(session, memory={"said": True}), (Reply("rappel"),))


def test_a_reminder_is_queued_once(desk):
    SESSIONS.save(draft(1, 2))
    SESSIONS.save(draft(2, 2, said=True))
    desk.conversation.dueing = once
    assert sweep(desk).moved == 1
    assert sweep(desk).moved == 0
    assert [(row.chat, row.body["reply"]["text"]) for row in Outgoing.objects.all()] == [(1, "rappel")]
    assert Heartbeat.objects.get().role == "sweeper"


def test_a_reminder_that_fails_keeps_nobody_else_from_theirs(desk):
    SESSIONS.save(draft(1, 2))
    SESSIONS.save(draft(2, 2))

    def due(session, dossier, now):
        if session.chat == 1:
            raise ValueError
        return once(session, dossier, now)

    desk.conversation.dueing = due
    assert sweep(desk).moved == 1
    assert SESSIONS.load(1) == draft(1, 2)


def test_an_idle_conversation_keeps_only_the_version_that_keeps_old_buttons_inert(desk):
    for chat, days in ((1, 29), (2, 31), (3, 731)):
        SESSIONS.save(draft(chat, days, history=["c'est payé ?"]))
    sweep(desk)
    assert SESSIONS.load(1) == draft(1, 29, history=["c'est payé ?"])
    assert SESSIONS.load(2) == Session(2, version=3, updated_at=NOW - timedelta(days=31))
    assert SESSIONS.load(3) is None
    assert sweep(desk).purged == Purged()


def test_a_person_whose_demande_is_open_keeps_what_the_conversation_knows(desk):
    DEMANDES.add(demande(1, chat=2))
    SESSIONS.save(draft(2, 31, rappels=True))
    sweep(desk)
    assert SESSIONS.load(2) == draft(2, 31, rappels=True)


def test_closed_demandes_go_two_years_after_their_closing(desk):
    DEMANDES.add(closed(1, 729))
    DEMANDES.add(closed(2, 731))
    DEMANDES.add(demande(3, envoyee_le=NOW - timedelta(days=800)))
    assert sweep(desk).purged.demandes == 1
    assert {one.id for one in DEMANDES.of_chat(7)} == {demande(1).id, demande(3).id}
    assert list(Trace.objects.values_list("quoi", "auteur", "nombre")) == [("purge", "systeme", 1)]


def test_what_is_handled_and_delivered_is_forgotten_after_a_week(desk):
    desk.gets("un")
    desk.handles()
    desk.gets("pas encore lu")
    outbox.delivered(outbox.due(NOW, 1)[0].id, NOW)
    desk.clock.later(days=8)
    sweep(desk)
    assert [update.update_id for update in Update.objects.all()] == [2]
    assert not Outgoing.objects.exists()
    desk.handles()
    assert [row.body["reply"]["text"] for row in Outgoing.objects.all()] == ["1:pas encore lu"]


def test_after_a_silent_week_polling_starts_from_whatever_telegram_numbers(desk):
    desk.gets("un")
    desk.handles()
    desk.clock.later(days=8)
    sweep(desk)
    assert inbox.last_update_id() is None


def test_undelivered_words_lose_their_content_after_a_month_but_not_their_mark(desk):
    desk.gets("un")
    desk.handles()
    outbox.refused(outbox.due(NOW, 1)[0].id, "blocked", NOW)
    desk.clock.later(days=31)
    sweep(desk)
    row = Outgoing.objects.get()
    assert (row.etat, row.body) == ("non-remis", {})


def test_closed_hand_offs_and_old_gaps_go(desk):
    for chat, days in ((1, 29), (2, 31)):
        HandoffRow.objects.create(chat=chat, organisme="x", opened_at=NOW, closed_at=NOW - timedelta(days=days))
    for days in (700, 731):
        Lacune.objects.create(at=NOW - timedelta(days=days), question="?", raison="x")
    sweep(desk)
    assert list(HandoffRow.objects.values_list("chat", flat=True)) == [1]
    assert Lacune.objects.count() == 1


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_rehearsal_counts_what_the_real_thing_erases(desk, dry_run):
    DEMANDES.add(closed(1, 731))
    SESSIONS.save(draft(2, 31))
    before = (DemandeRow.objects.count(), SESSIONS.load(2))
    gone = Retention(30, 730).purge(NOW, dry_run=dry_run)
    assert (gone.demandes, gone.conversations) == (1, 1)
    if dry_run:
        assert (DemandeRow.objects.count(), SESSIONS.load(2)) == before
        assert not Trace.objects.exists()
    else:
        assert DemandeRow.objects.count() == 0
        assert SessionRow.objects.get().body["answers"] == {}


def test_many_conversations_are_looked_at_in_a_few_queries(desk):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            sweep(desk)
        return len(captured)

    desk.conversation.dueing = lambda session, dossier, now: None
    for chat in range(3):
        SESSIONS.save(draft(chat, 2))
        DEMANDES.add(demande(chat, chat=chat))
    few = queries()
    for chat in range(3, 40):
        SESSIONS.save(draft(chat, 2))
        DEMANDES.add(demande(chat, chat=chat))
    assert queries() <= few


def test_a_reminder_knows_the_demandes_and_the_hand_off(desk):
    DEMANDES.add(demande(1, chat=1))
    SESSIONS.save(draft(1, 2))
    HandoffRow.objects.create(chat=1, organisme="cap-emploi", opened_at=NOW)
    seen = []
    desk.conversation.dueing = lambda session, dossier, now: seen.append(dossier)
    sweep(desk)
    assert seen == [dossier_of(1)]
    assert (seen[0].demandes[0].numero, seen[0].handoff.organisme) == ("2026-000001", "cap-emploi")
