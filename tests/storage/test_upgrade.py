"""The database of 0.1.0, with people in the middle of something, under the program of today."""

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from bot.storage import inbox, outbox
from bot.storage.models import Outgoing, Update
from bot.storage.stores import DjangoSessionStore
from tests.bases import default_database, url_of
from tests.storage.conftest import NOW, Desk, text_update

OLD = [("storage", "0001_initial"), ("dashboard", "0001_initial")]


@pytest.fixture(params=["sqlite", "postgresql"])
def released(request, tmp_path, django_db_blocker):
    """A database as 0.1.0 left it: a form under way, an update not handled, two replies not sent."""
    url = url_of(request.param, tmp_path)
    if request.param == "postgresql":
        with psycopg.connect(url, autocommit=True) as server:
            server.execute("DROP DATABASE IF EXISTS ancienne WITH (FORCE)")
            server.execute("CREATE DATABASE ancienne")
        url = url.replace("/postgres?", "/ancienne?")
    with default_database(url, django_db_blocker):
        connection.close()
        executor = MigrationExecutor(connection)
        executor.migrate(OLD)
        apps = executor.loader.project_state(OLD).apps
        apps.get_model("storage", "SessionRow").objects.create(
            chat=7, updated_at=NOW, body={"schema": 1, "chat": 7, "version": 3, "answers": {"metier": {"value": "boulanger", "at": NOW.isoformat()}}}
        )  # fmt: skip
        apps.get_model("storage", "Update").objects.create(
            update_id=1, chat=7, payload=text_update(1, 7, "oui"), received_at=NOW, error=""
        )
        for text in ("un", "deux"):
            body = {
                "kind": "reply",
                "reply": {"text": text, "buttons": [], "notice": "", "edit": None},
                "callback": None,
            }
            apps.get_model("storage", "Outgoing").objects.create(
                chat=8, body=body, created_at=NOW, error="", demande=""
            )
        yield url
        call_command("migrate", interactive=False, verbosity=0)
        for model in (Update, Outgoing):
            model.objects.all().delete()
        DjangoSessionStore().delete(7)


def test_nobody_notices_the_upgrade(released):
    call_command("migrate", interactive=False, verbosity=0)
    desk = Desk(count=1)
    assert desk.handles() == 1
    assert DjangoSessionStore().load(7).answers["metier"].value == "boulanger"
    assert inbox.receive(text_update(1, 7, "oui"), chat=7, now=NOW) is False
    said = []
    while items := [one for one in outbox.due(NOW, 10) if one.chat == 8]:
        said += [one.reply.text for one in items]
        outbox.delivered(items[0].id, NOW)
    assert said == ["un", "deux"]


def test_the_old_program_goes_on_writing_while_the_new_tables_are_there(released):
    """An insert of 0.1.0 names none of the new columns: they fill themselves."""
    call_command("migrate", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO storage_outgoing (chat, body, created_at, etat, attempts, error, demande)"
            " VALUES (9, '{}', '2026-03-02 08:00:00', 'a-envoyer', 0, '', '')"
        )
        cursor.execute("INSERT INTO dashboard_loginattempt (empreinte, at) VALUES ('x', '2026-03-02 08:00:00')")
    assert Outgoing.objects.get(chat=9).claimed_by == ""
