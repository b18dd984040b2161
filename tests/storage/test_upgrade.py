"""The database of each released version, with people in the middle of something, under the program of today.

`version_0_1_0.json` holds the rows that 0.1.0 itself wrote: one invented person at each step of its form, one at the
summary, one who has sent, one who asked for a counsellor, one asked whether to stop; and the step each was asked.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from bot.channels.telegram import intake
from bot.conversation.dialogue import Dialogue
from bot.domain.turn import Dossier
from bot.storage import inbox, outbox
from bot.storage.models import DemandeRow, Outgoing, Update
from bot.storage.stores import DjangoDemandeStore, DjangoSessionStore
from bot.storage.turns import TurnTaker
from tests.bases import default_database, url_of
from tests.conversation.fakes import ANSWERS, NOW, Person, house
from tests.storage.conftest import FixedClock

OLD = [("storage", "0001_initial"), ("dashboard", "0001_initial")]
RELEASED = json.loads((Path(__file__).parent / "version_0_1_0.json").read_text("utf-8"))
ASKED = {int(chat): step for chat, step in RELEASED["asked"].items()}
TABLES = {"sessionrow": "SessionRow", "demanderow": "DemandeRow", "evenementrow": "EvenementRow", "lease": "Lease", "update": "Update"}  # fmt: skip
DATED = {"updated_at", "at", "until", "received_at", "done_at", "envoyee_le"}
AFTER = NOW + timedelta(minutes=30)


def typed(row):
    """A row as a model takes it: SQLite wrote moments as text, in UTC."""
    moments = {name: f"{row[name]}+00:00" for name in DATED & set(row) if row[name]}
    return row | {name: datetime.fromisoformat(moment) for name, moment in moments.items()}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def released(request, tmp_path_factory, django_db_blocker):
    """The tables of 0.1.0, the rows that it wrote, and two replies it had not sent; an address of its own."""
    url = url_of(request.param, tmp_path_factory.mktemp("released"))
    if request.param == "postgresql":
        with psycopg.connect(url, autocommit=True) as server:
            server.execute("DROP DATABASE IF EXISTS ancienne WITH (FORCE)")
            server.execute("CREATE DATABASE ancienne")
        url = url.replace("/postgres?", "/ancienne?")
    with default_database(url, django_db_blocker, tables=False):
        executor = MigrationExecutor(connection)
        executor.migrate(OLD)
        apps = executor.loader.project_state(OLD).apps
        for table, model in TABLES.items():
            for row in RELEASED["rows"][table]:
                apps.get_model("storage", model).objects.create(**typed(row))
        for text in ("un", "deux"):
            body = {"kind": "reply", "reply": {"text": text, "buttons": [], "notice": "", "edit": None}}
            put = apps.get_model("storage", "Outgoing").objects.create
            put(chat=8, body=body | {"callback": None}, created_at=NOW, error="", demande="")
        yield url


@pytest.fixture(scope="module")
def upgraded(released):
    """The program of today, which has started on it; each test is about other people."""
    call_command("migrate", interactive=False, verbosity=0)
    return Bot()


class Bot:
    """The program of today: it receives and handles."""

    def __init__(self):
        self.clock = FixedClock(AFTER)
        self.taker = TurnTaker(Dialogue(house()), intake.to_message, self.clock, apology="Pardon.")
        self.number = 1000

    def gets(self, chat, **what):
        """One message or press, handled; the session after it, and what was said."""
        self.number += 1
        self.clock.later(seconds=20)
        common = {"message_id": self.number, "chat": {"id": chat, "type": "private"}, "from": {"id": chat}}
        common |= {"date": int(self.clock.at.timestamp())}
        raw = {"update_id": self.number}
        if "press" in what:
            raw["callback_query"] = {"id": "1", "data": what["press"], "from": {"id": chat}, "message": common}
        else:
            raw["message"] = common | {"text": what["text"]}
        assert inbox.receive(raw, chat=chat, now=self.clock.now())
        while self.taker.process_next(chat):
            pass
        return DjangoSessionStore().load(chat), " ".join(self.said(chat))

    def said(self, chat):
        rows = Outgoing.objects.filter(chat=chat, etat="a-envoyer").order_by("id")
        texts = [row.body["reply"]["text"] for row in rows if row.body.get("reply")]
        rows.delete()
        return texts

    def asked(self, chat):
        return Person(session=DjangoSessionStore().load(chat), dossier=Dossier(), now=self.clock.at).asked


def test_the_update_that_waited_is_handled_and_known_when_it_comes_again(upgraded):
    waiting = Update.objects.get(chat=107, payload__message__text="boulanger", update_id=220)
    assert waiting.done_at is None
    assert upgraded.taker.process_next(107)
    assert DjangoSessionStore().load(107).answers["metier"].value == "boulanger"
    raw = {"update_id": waiting.update_id, "message": {"chat": {"id": 107}, "text": "boulanger"}}
    assert inbox.receive(raw, chat=107, now=NOW) is False


def test_the_next_message_of_everybody_goes_on_where_they_were(upgraded):
    """What is written answers the question that was on screen, whatever is asked in another order today."""
    for chat, step in ASKED.items():
        if step in {"", "recap", "consentement"} or chat in {107, 123, 125}:
            continue  # below
        before = DjangoSessionStore().load(chat).answers
        answer = ANSWERS.get(step, "passer")
        session, said = upgraded.gets(chat, text=answer)
        wanted = house().flow.step(step).champs
        kept = {champ: slot.value for champ, slot in session.answers.items()}
        assert set(wanted) & set(kept), f"{step}: « {answer} » was not heard: {said}"
        assert {champ: slot.value for champ, slot in before.items()}.items() <= kept.items(), step
        assert "Pardon" not in said, step
        assert "service automatique" not in said, f"{step}: greeted as somebody new"


def test_the_summary_that_was_on_screen_is_sent_once_or_shown_again(upgraded):
    _, said = upgraded.gets(116, press="recap:envoyer:17")
    if not DemandeRow.objects.filter(chat=116).exists():
        assert "Relisez votre demande" in said, said
        upgraded.gets(116, text="envoyer")
    upgraded.gets(116, press="recap:envoyer:17")
    assert DemandeRow.objects.get(chat=116).answers["metier"] == "boulanger"


def test_whoever_was_asked_for_the_agreement_is_at_the_summary(upgraded):
    session, said = upgraded.gets(115, text="oui")
    assert "Envoyer" in said
    assert session.answers["prenom"].value == "Léa"


def test_a_request_sent_under_the_former_version_is_followed(upgraded):
    _, said = upgraded.gets(122, text="où en est ma demande ?")
    (demande,) = DjangoDemandeStore().of_chat(122)
    assert demande.numero in said


def test_buttons_of_the_former_version_still_do_what_they_say(upgraded):
    session, said = upgraded.gets(125, press="confirm:garder:8")
    assert session.answers["suivi_par"].value == "mission-locale"
    assert "Pardon" not in said
    _, said = upgraded.gets(123, press="confirm:humain_sans:11")
    assert "Pardon" not in said


def test_replies_that_were_not_sent_leave_in_their_order(upgraded):
    said = []
    while items := [one for one in outbox.due(AFTER, 10) if one.chat == 8]:
        said += [one.reply.text for one in items]
        outbox.delivered(items[0].id, AFTER)
    assert said == ["un", "deux"]


def test_the_old_program_goes_on_writing_while_the_new_tables_are_there(upgraded):
    """An insert of 0.1.0 names none of the new columns: they fill themselves."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO storage_outgoing (chat, body, created_at, etat, attempts, error, demande)"
            " VALUES (9, '{}', '2026-03-02 08:00:00', 'a-envoyer', 0, '', '')"
        )
        cursor.execute("INSERT INTO dashboard_loginattempt (empreinte, at) VALUES ('x', '2026-03-02 08:00:00')")
        cursor.execute("DELETE FROM dashboard_loginattempt WHERE empreinte = 'x'")
    assert Outgoing.objects.get(chat=9).claimed_by == ""
