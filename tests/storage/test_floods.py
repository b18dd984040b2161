"""R8: a flood of presses gets one notice, then silence until the minute is over; words are always heard."""

from bot.storage import inbox
from bot.storage.models import Outgoing
from bot.storage.turns import PRESSES
from tests.storage.conftest import press_update


def pressed(desk, count):
    for _ in range(count):
        desk.count += 1
        inbox.receive(press_update(desk.count, 7, "oui"), chat=7, now=desk.clock.now())
    desk.handles()


def bodies():
    return [row.body["reply"] for row in Outgoing.objects.order_by("id")]


def test_two_hundred_presses_get_thirty_answers_and_one_notice(desk):
    pressed(desk, 200)
    said = bodies()
    assert len(said) == 200, "each press is answered, or its button would turn for ever"
    assert sum(bool(one["text"]) for one in said) == PRESSES
    assert [one["notice"] for one in said if one["notice"]] == ["Trop vite."]


def test_words_do_not_count_among_the_presses_of_a_minute(desk):
    for _ in range(2 * PRESSES):
        desk.gets("salut")
    pressed(desk, PRESSES)
    said = bodies()
    assert all(one["text"] for one in said), "a form filled by words and buttons in one minute is no flood"
    pressed(desk, 1)
    assert bodies()[-1]["notice"] == "Trop vite."


def test_what_is_written_meanwhile_is_heard_and_the_minute_ends(desk):
    pressed(desk, 50)
    desk.gets("aidez-moi")
    desk.handles()
    assert bodies()[-1]["text"].endswith("aidez-moi")
    desk.clock.later(minutes=2)
    pressed(desk, 1)
    assert bodies()[-1]["text"]
