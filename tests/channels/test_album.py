"""An album over the real adapter: Telegram sends one update a picture, the person sees one reaction."""

import pytest

from bot.sandbox import people
from tests.e2e.conftest import without_index
from tests.e2e.person import Person
from tests.e2e.process import Bot
from tests.sandbox.live import live_sandbox, wait_for

PICTURES = 4


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = without_index(tmp_path_factory.mktemp("album") / "data")
    with live_sandbox() as live:
        bot = Bot(folder, live.url).start()
        yield bot, live.world
        bot.stop()


@pytest.mark.cas("MED-10")
def test_an_album_gets_one_reaction_all_its_pictures_are_deleted_and_the_answer_after_it_counts(served):
    bot, world = served
    person = Person(world, 1)
    person.says("/demande")
    person.fills(until="commune")
    for _ in range(PICTURES):
        people.send(world, person.chat, "photo", media_group_id="album-1")
    wait_for(lambda: person.fresh() and bot.quiet(), 60)
    assert len(person.fresh()) == 1
    pictures = [one for one in world.chat(person.chat).messages.values() if one.mine and one.deleted]
    assert len(pictures) == PICTURES
    person.reply()
    assert person.step == "commune"
    person.says("Villeurbanne")
    assert "Villeurbanne" in person.last.text
    assert person.step != "commune"
