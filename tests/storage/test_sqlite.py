"""What only the SQLite file shows: what is refused or erased is nowhere in its bytes, and a lock is sat through."""

import sqlite3
import threading
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from django.db import connection, connections

from bot.content.communes import load_communes
from bot.content.metiers import load_metiers
from bot.conversation.dialogue import Dialogue
from bot.conversation.hearing.orders import heard_as_order
from bot.domain.message import Reply
from bot.domain.session import Session
from bot.domain.turn import DeleteIncoming, EraseEverything, Turn
from bot.reading.reader import FieldReader
from bot.storage import outbox
from bot.storage.models import Compte, Outgoing, Update
from bot.storage.setup import migrate
from bot.storage.stores import DjangoSessionStore
from bot.storage.sweeper import Sweeper
from tests.bases import default_database, empty, url_of
from tests.conversation.fakes import ROOT, house
from tests.storage.conftest import NOW, Desk
from tests.storage.test_turns import in_threads


@pytest.fixture(scope="module")
def engine(tmp_path_factory, django_db_blocker):
    """A SQLite file of this module's own; the value is its path."""
    url = url_of("sqlite", tmp_path_factory.mktemp("bytes"))
    with default_database(url, django_db_blocker):
        yield Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def file(engine):
    """The file of an empty database."""
    empty()
    return engine


def on_disk(file: Path) -> bytes:
    """Every byte of the database: the file, its write-ahead log, its index."""
    return b"".join(one.read_bytes() for one in sorted(file.parent.iterdir()) if one.is_file())


def test_the_byte_search_would_find_what_is_kept(file):
    desk = Desk()
    desk.gets("boulangerie-temoin")
    desk.handles()
    assert b"boulangerie-temoin" in on_disk(file)


def test_a_message_that_must_not_stay_is_nowhere_in_the_file_once_handled(file):
    desk = Desk()
    desk.conversation.script = lambda session, *_: Turn(session, (Reply("refusé"),), (DeleteIncoming(1),))
    desk.gets("secret-temoin")
    assert b"secret-temoin" in on_disk(file)
    desk.handles()
    assert b"secret-temoin" not in on_disk(file)


def test_an_erased_person_is_nowhere_in_the_file(file):
    desk = Desk()
    desk.gets("premier-temoin")
    desk.handles()
    outbox.delivered(outbox.due(NOW, 1)[0].id, NOW)
    desk.conversation.script = lambda *_: Turn(Session(7, version=2), (Reply("effacé"),), (EraseEverything(),))
    desk.gets("efface")
    desk.handles()
    assert b"premier-temoin" not in on_disk(file)


def test_a_reader_in_the_way_delays_the_cleaning_and_the_sweeper_comes_back_to_it(file):
    desk = Desk()
    desk.gets("secret-temoin")
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM storage_update").fetchone()
    desk.conversation.script = lambda session, *_: Turn(session, (), (DeleteIncoming(1),))
    desk.handles()
    reader.execute("COMMIT")
    reader.close()
    Sweeper(desk.conversation, desk.clock, retention_brouillon_jours=30, retention_close_jours=730).run()
    assert b"secret-temoin" not in on_disk(file)


SENSITIVE = {
    "nir": ("mon numéro de sécu est 2 99 05 69 123 456 63", (b"123 456", b"2 99 05")),
    "nir with a name": ("Léa Martin 299056912345663", (b"299056912345663",)),
    "iban": ("mon rib FR76 3000 6000 0112 3456 7890 189 merci", (b"3000 6000", b"7890 189")),
    "card": ("ma carte bleue 4970 1012 3456 7893", (b"4970", b"7893")),
    "password": ("mon mot de passe est Tournesol77", (b"Tournesol77",)),
    "health": ("je suis schizophrène et sous traitement", (b"schizophr", b"sous traitement")),
    "health of a form": ("je fais de l'épilepsie", (b"pilepsie",)),
    "somebody else": (
        "appelez mon conseiller Marc Dubreuil au 06 98 76 54 32",
        (b"06 98 76", b"33698765432", b"Dubreuil"),
    ),
    "danger": ("j'ai envie de mourir chaque matin", (b"chaque matin",)),
}


@cache
def real_house():
    """The dialogue's house with the real reading of what people type."""
    reader = FieldReader(load_communes(ROOT / "knowledge"), load_metiers(ROOT / "knowledge"), heard_as_order)
    return replace(house(), reader=reader)


@pytest.mark.parametrize("form", [True, False], ids=["in the form", "out of it"])
@pytest.mark.parametrize("name", SENSITIVE)
def test_what_the_conversation_refuses_leaves_no_byte(file, name, form):
    text, canaries = SENSITIVE[name]
    desk = Desk(conversation=Dialogue(real_house()))
    desk.gets("/demande" if form else "/start")
    desk.handles()
    desk.gets(text)
    assert all(canary in on_disk(file) for canary in canaries if text.isascii() and canary.decode() in text)
    desk.handles()
    assert Compte.objects.filter(quoi="incident").count() == 1
    for canary in canaries:
        assert canary not in on_disk(file)


def test_a_phone_that_the_form_asks_for_is_kept_and_its_raw_message_is_not(file):
    desk = Desk(conversation=Dialogue(house()))
    desk.gets("/demande")
    desk.gets("bonjour 06 12 34 56 78")
    desk.handles()
    assert not Update.objects.exclude(payload={}).exists()


def test_tim_22_a_real_writer_in_the_way_delays_and_loses_nothing(file):
    desk = Desk()
    desk.gets("bonjour")
    holder = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=10")
    holder.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.4, lambda: holder.execute("COMMIT"))
    release.start()
    desk.handles()
    release.join()
    holder.close()
    connection.close()
    assert [row.body["reply"]["text"] for row in Outgoing.objects.all()] == ["0:bonjour"]


def test_tim_02_a_draft_made_before_a_field_existed_goes_on_and_is_asked_for_it(file):
    """The stored draft knows a field that is gone, and lacks one that has come since."""
    from tests.conversation.fakes import at

    person = at("recap")
    stored = dict(person.session.answers)
    activites = stored.pop("activites")
    stored["champ_disparu"] = activites
    store = DjangoSessionStore()
    store.save(Session(**{**_fields(person.session), "answers": stored}))
    desk = Desk(conversation=Dialogue(house()))
    desk.clock.at = person.now
    desk.gets("/reprendre", chat=42)
    desk.handles(42)
    reply = Outgoing.objects.get().body["reply"]["text"]
    assert house().words.step("activites", "question").split("?")[0][:25] in reply
    assert "activites" not in store.load(42).answers


def _fields(session):
    return {name: getattr(session, name) for name in session.__dataclass_fields__}


def test_many_people_at_once_queue_and_never_meet_a_lock(file, caplog):
    """SQLite itself would not wait at all here: whoever met a lock would say so in the log."""
    desk, people = Desk(), range(1, 9)
    for chat in people:
        for number in range(4):
            desk.gets(f"{chat}-{number}", chat=chat)
    options = connections.settings["default"]["OPTIONS"]
    usual, options["timeout"] = options["timeout"], 0
    try:
        in_threads(*[lambda chat=chat: desk.handles(chat) for chat in people])
    finally:
        options["timeout"] = usual
    assert "not available" not in caplog.text
    assert Outgoing.objects.count() == 4 * len(people)


def test_programs_that_start_at_once_on_an_empty_database_all_find_their_tables(tmp_path, django_db_blocker):
    file = tmp_path / "data" / "new.sqlite3"
    former = connections.settings["default"]
    connections["default"].close()
    connections.settings["default"] = {**former, "NAME": str(file)}
    del connections["default"]
    try:
        with django_db_blocker.unblock():
            in_threads(*[migrate] * 3)
            assert Outgoing.objects.count() == 0
    finally:
        connections["default"].close()
        connections.settings["default"] = former
        del connections["default"]
    assert file.stat().st_mode & 0o077 == 0
