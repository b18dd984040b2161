"""What has left is remembered through a kill, and never for another item."""

from bot.channels.telegram.deliver import Delivered, Deliverer
from bot.channels.telegram.journal import KEPT, Journal
from bot.domain.message import Attachment, Reply
from bot.storage.outbox import OutgoingItem
from tests.channels.conftest import WallClock, no_document


def test_notes_survive_and_are_counted(tmp_path):
    path = tmp_path / "sent.journal"
    first = Journal(path)
    first.note("1@5", 1)
    first.note("1@5", 2)
    assert Journal(path).done("1@5") == 2
    assert Journal(path).done("1@6") == 0


def test_a_line_cut_by_a_crash_or_damaged_is_left_out(tmp_path):
    path = tmp_path / "sent.journal"
    path.write_bytes(b"1@5 2\nrubbish\n\xff\xfe 3x\n9@1 1")
    journal = Journal(path)
    assert (journal.done("1@5"), journal.done("9@1")) == (2, 0)


def test_it_does_not_grow_for_ever(tmp_path):
    path = tmp_path / "sent.journal"
    journal = Journal(path)
    last = 40_000
    for rank in range(last):
        journal.note(f"{rank}@1", 1)
        journal.forget(f"{rank}@1")
    again = Journal(path)
    assert (again.done("0@1"), again.done(f"{last - 1}@1")) == (0, 1)
    assert len(path.read_text().splitlines()) == KEPT


def test_what_another_process_of_the_folder_sent_before_it_died_is_not_sent_again(tmp_path):
    mine, other = Journal(tmp_path / "sent.journal"), Journal(tmp_path / "sent.journal")
    other.note("7@1", 2)
    assert mine.done("7@1") == 2
    assert Journal(tmp_path / "sent.journal").done("7@1") == 2  # and a third one takes nothing away from either
    mine.note("8@1", 1)
    assert other.done("8@1") == 1


def test_a_journal_begun_anew_by_another_process_is_followed(tmp_path):
    path = tmp_path / "sent.journal"
    mine = Journal(path)
    for rank in range(20_000):
        mine.note(f"{rank}@1", 1)
    other = Journal(path)  # so long that it begins it anew
    other.note("7@2", 1)
    assert mine.done("7@2") == 1
    mine.note("8@2", 1)
    assert (other.done("8@2"), Journal(path).done("8@2")) == (1, 1)


def test_a_line_cut_by_a_crash_does_not_spoil_the_next(tmp_path):
    path = tmp_path / "sent.journal"
    path.write_bytes(b"1@5 2\n9@1 1")
    Journal(path).note("3@1", 1)
    again = Journal(path)
    assert (again.done("1@5"), again.done("9@1"), again.done("3@1")) == (2, 0, 1)


def test_a_folder_that_is_not_there_keeps_notes_in_memory(tmp_path):
    journal = Journal(tmp_path / "absent" / "sent.journal")
    journal.note("1@5", 1)
    assert journal.done("1@5") == 1


async def test_an_item_that_had_left_when_the_program_died_is_not_sent_again(tmp_path, world, api):
    world.chat(1)
    item = OutgoingItem(4, 1, "reply", WallClock().now(), Reply("Envoyée.", attachment=Attachment("pdf", "d1")))
    for _ in range(2):
        deliverer = Deliverer(api, no_document, Journal(tmp_path / "sent.journal"))
        assert await deliverer.deliver(item) == Delivered()
    assert [one.text for one in world.chats[1].messages.values()] == ["Envoyée.", "Votre demande"]
    other = OutgoingItem(4, 1, "reply", WallClock().now(), Reply("Une autre."))
    await deliverer.deliver(other)
    assert [one.text for one in world.chats[1].messages.values()][-1] == "Une autre."
