"""The chats of a demo outlive it: what was said, what was not fetched yet, and the pages that are open."""

import json
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError
from starlette.testclient import TestClient

from bot.domain.demande import Role
from bot.sandbox import people
from bot.sandbox.kept import Kept, _told
from bot.sandbox.server import sandbox
from bot.sandbox.world import File
from bot.storage import simulated
from bot.storage.effects import erase
from bot.storage.models import SimulatedChat

pytestmark = pytest.mark.django_db(transaction=True)


def furnished(world):
    """Somebody wrote and was answered, with a button and a document."""
    world.chat(3).name = "Léa"
    people.write(world, 3, "bonjour <à> tous")
    markup = {"inline_keyboard": [[{"text": "Oui", "callback_data": "q:oui:1"}]]}
    world.put(world.chat(3), mine=False, text="?", html="<b>?</b>", markup=markup)
    world.put(world.chat(3), mine=False, file=File("a.pdf", b"\x00\xff%PDF", "application/pdf"))
    world.notice(3, "un avis")
    return world


def lived():
    """A demo that has ended."""
    kept = Kept()
    world = kept.open()
    with kept.following(world):
        furnished(world)
    return world


def test_a_restart_shows_the_same_conversation_and_counts_on():
    before, after = lived(), Kept().open()
    assert after.chats[3].name == "Léa"
    assert after.chats[3].messages == before.chats[3].messages
    assert people.write(after, 3, "encore").id == max(before.chats[3].messages) + 1


def test_what_the_bot_had_not_fetched_waits_for_it():
    before, after = lived(), Kept().open()
    assert after.waiting() == before.waiting() != []
    later = people.write(after, 3, "encore")
    assert [one["message"]["message_id"] for one in after.waiting()][-1] == later.id


def test_an_open_page_goes_on_and_gets_what_is_new_alone():
    before = lived()
    with TestClient(sandbox(before)) as client:
        seen = client.get("/fil?personne=3&depuis=0").json()
    after = Kept().open()
    people.write(after, 3, "encore")
    with TestClient(sandbox(after)) as client:
        fresh = client.get(f"/fil?personne=3&depuis={seen['rev']}&monde={seen['monde']}").json()
    assert fresh["monde"] == seen["monde"]
    (one,) = fresh["messages"]
    assert "encore" in one["html"]


def test_what_is_said_is_in_the_database_before_the_end():
    kept = Kept()
    world = kept.open()
    people.write(world, 1, "bonjour")
    kept.save(world)
    assert "bonjour" in json.dumps(simulated.kept()[1])
    SimulatedChat.objects.all().delete()
    kept.save(world)
    assert simulated.kept() == {}  # nothing changed since


def said(world):
    """Everything that the world holds of everybody, and the database with it."""
    return json.dumps([_told(world), simulated.kept()], ensure_ascii=False)


def test_whoever_erases_everything_leaves_nothing_of_it_in_the_chat_and_the_others_keep_theirs():
    kept = Kept()
    world = kept.open()
    real = world.clock()
    world.clock = lambda: real - 60
    people.write(world, 1, "je m'appelle Untel")
    people.write(world, 2, "je m'appelle Autre")
    world.put(world.chat(1), mine=False, text="Bonjour Untel", html="Bonjour Untel")
    kept.save(world)
    people.write(world, 1, "Untel encore, pas encore écrit")
    world.confirm(max(world.updates) + 1)
    erase(1, auteur=Role.PERSONNE, at=datetime.now(UTC))
    world.clock = lambda: real + 60
    world.put(world.chat(1), mine=False, text="Tout est effacé.", html="Tout est effacé.")
    kept.save(world)
    assert "Untel" not in said(world)
    for shown in (world, Kept().open()):
        assert [one.text for one in shown.chats[1].messages.values()] == ["", "", "", "Tout est effacé."]
        assert "Autre" in said(shown)


def test_what_is_erased_while_it_is_being_written_stays_erased():
    kept = Kept()
    world = kept.open()
    people.write(world, 1, "je m'appelle Untel")
    kept.save(world)
    seen = simulated.forgotten()
    simulated.forget(1)
    simulated.keep({1: {"messages": ["je m'appelle Untel"]}}, seen)
    assert simulated.kept()[1] == {}


def test_a_message_that_the_bot_deletes_is_kept_nowhere():
    kept = Kept()
    world = kept.open()
    message = people.write(world, 1, "mon iban FR76")
    world.confirm(max(world.updates) + 1)
    world.delete(message)
    kept.save(world)
    assert "FR76" not in said(world)


@pytest.mark.parametrize("damage", [{}, {"token": "x"}, {"token": "x", "updates": [{}]}])
def test_what_cannot_be_read_is_a_new_beginning(damage):
    SimulatedChat.objects.create(chat=0, body=damage | {"autre": 1})
    SimulatedChat.objects.create(chat=1, body={"id": 1})
    world = Kept().open()
    assert not world.chats
    people.write(world, 1, "bonjour")
    Kept().save(world)
    assert Kept().open().chats[1].messages


def test_the_file_of_an_earlier_version_is_read_once_more_then_gone(tmp_path):
    file = tmp_path / "bac-a-sable.json"
    before = lived()
    told = _told(before)
    own = told.pop(0)
    file.write_text(json.dumps({"format": 1, "chats": list(told.values())} | own), "utf-8")
    SimulatedChat.objects.all().delete()
    Kept().open(file)
    assert not file.exists()
    assert Kept().open(file).chats[3].messages == before.chats[3].messages


def test_a_database_that_cannot_be_written_costs_the_chats_and_not_the_demo(monkeypatch):
    kept = Kept()
    world = kept.open()
    people.write(world, 1, "bonjour")

    def full(*_):
        raise DatabaseError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(simulated, "keep", full)
        kept.save(world)
    kept.save(world)
    assert simulated.kept()[1]["messages"]
