"""Answered keyboards go, what was tapped stays written under the question, and what still means something stays."""

from bot.channels.telegram.deliver import Deliverer
from bot.channels.telegram.render import calls, standing
from bot.domain.message import Button, Reply
from bot.sandbox.entities import parse
from bot.sandbox.people import message_json
from bot.storage.outbox import OutgoingItem
from tests.channels.conftest import WallClock, no_document

ASKED = Reply(
    "*Qui* vous suit ? 👍 [Source](https://exemple.fr/a)",
    ((Button("Mission locale", "suivi_par:mission-locale:1"),), (Button("En détail", "d:x#y:0"),)),
)


def item(chat, reply, **more):
    return OutgoingItem(1, chat, "reply", WallClock().now(), reply, **more)


async def test_the_question_keeps_its_words_and_its_choice_and_loses_its_buttons(world, api):
    world.chat(7)
    shown = (await Deliverer(api, no_document).deliver(item(7, ASKED))).keyboard
    (asked,) = world.chat(7).messages.values()
    assert shown["message_id"] == asked.id
    under = {
        **shown,
        "text": asked.text,
        "entities": message_json(world, asked)["entities"],
        "chosen": "Mission locale",
    }
    before = asked.html
    await Deliverer(api, no_document).deliver(item(7, Reply("Noté.", closes=True), closed=(under,)))
    assert asked.html == f"{before}\n\n✓ Mission locale"
    assert asked.markup == {"inline_keyboard": [[{"text": "En détail", "callback_data": "d:x#y:0"}]]}
    assert [one.text for one in world.chat(7).messages.values()][-1] == "Noté."


async def test_a_typed_answer_takes_the_buttons_away_and_changes_no_word(world, api):
    world.chat(7)
    shown = (await Deliverer(api, no_document).deliver(item(7, ASKED))).keyboard
    (asked,) = world.chat(7).messages.values()
    before = asked.html
    await Deliverer(api, no_document).deliver(item(7, Reply("Noté.", closes=True), closed=(shown,)))
    assert asked.html == before
    assert "Mission locale" not in str(asked.markup)


async def test_a_message_that_is_gone_is_left_alone_and_nothing_is_sent_twice(world, api):
    world.chat(7)
    lost = {"message_id": 99_999, "rows": [], "text": "Une question ?", "entities": [], "chosen": "Oui"}
    await Deliverer(api, no_document).deliver(item(7, Reply("Noté.", closes=True), closed=(lost,)))
    assert [one.text for one in world.chat(7).messages.values()] == ["Noté."]


def test_what_asks_nothing_keeps_its_buttons():
    assert standing(Reply("Voilà.", ((Button("En détail", "d:x#y:0"), Button("Site", url="https://x.fr")),))) is None
    assert standing(Reply("Voilà.")) is None


def test_words_that_look_like_markup_are_written_as_they_were():
    under = {"message_id": 1, "rows": [], "text": "R&D <b> ?", "entities": [{"type": "spoiler"}], "chosen": "<i>"}
    assert parse(calls(Reply("."), 7, None, (under,))[-1].params["text"], "HTML")[0] == "R&D <b> ?\n\n✓ <i>"
