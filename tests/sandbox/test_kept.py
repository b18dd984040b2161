"""The chats of a demo outlive it: what was said, what was not fetched yet, and the pages that are open."""

import stat

import pytest
from starlette.testclient import TestClient

from bot.sandbox import people
from bot.sandbox.kept import Kept
from bot.sandbox.server import sandbox
from bot.sandbox.world import File


@pytest.fixture
def file(tmp_path):
    return tmp_path / "bac-a-sable.json"


def lived(file):
    """A demo in which somebody wrote and was answered, with a button and a document."""
    kept = Kept(file)
    world = kept.open()
    with kept.following(world):
        world.chat(3).name = "Léa"
        people.write(world, 3, "bonjour <à> tous")
        markup = {"inline_keyboard": [[{"text": "Oui", "callback_data": "q:oui:1"}]]}
        world.put(world.chat(3), mine=False, text="?", html="<b>?</b>", markup=markup)
        world.put(world.chat(3), mine=False, file=File("a.pdf", b"\x00\xff%PDF", "application/pdf"))
        world.notice(3, "un avis")
    return world


def test_a_restart_shows_the_same_conversation_and_counts_on(file):
    before, after = lived(file), Kept(file).open()
    assert after.chats[3].name == "Léa"
    assert after.chats[3].messages == before.chats[3].messages
    assert people.write(after, 3, "encore").id == max(before.chats[3].messages) + 1


def test_what_the_bot_had_not_fetched_waits_for_it(file):
    before, after = lived(file), Kept(file).open()
    assert after.waiting() == before.waiting() != []
    later = people.write(after, 3, "encore")
    assert [one["message"]["message_id"] for one in after.waiting()][-1] == later.id


def test_an_open_page_goes_on_and_gets_what_is_new_alone(file):
    before = lived(file)
    with TestClient(sandbox(before)) as client:
        seen = client.get("/fil?personne=3&depuis=0").json()
    after = Kept(file).open()
    people.write(after, 3, "encore")
    with TestClient(sandbox(after)) as client:
        fresh = client.get(f"/fil?personne=3&depuis={seen['rev']}&monde={seen['monde']}").json()
    assert fresh["monde"] == seen["monde"]
    (one,) = fresh["messages"]
    assert "encore" in one["html"]


def test_what_is_said_is_written_before_the_end_for_its_owner_alone(file):
    kept = Kept(file)
    world = kept.open()
    people.write(world, 1, "bonjour")
    kept.save(world)
    assert "bonjour" in file.read_text("utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.unlink()
    kept.save(world)
    assert not file.exists()  # nothing changed since


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"format": 0}', '{"format": 1, "token": "x", "chats": [{}], "updates": []}']
)
def test_a_file_that_cannot_be_read_is_a_new_beginning(file, damage):
    file.write_text(damage, "utf-8")
    world = Kept(file).open()
    assert not world.chats
    people.write(world, 1, "bonjour")
    Kept(file).save(world)
    assert Kept(file).open().chats[1].messages


def test_a_folder_that_cannot_be_written_costs_the_chats_and_not_the_demo(tmp_path):
    kept = Kept(tmp_path / "nowhere" / "chats.json")
    world = kept.open()
    with kept.following(world):
        people.write(world, 1, "bonjour")
    assert list(tmp_path.iterdir()) == []
