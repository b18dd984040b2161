"""What waits in the outbox arrives, in order, once, whatever the server does."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.channels.telegram import deliver
from bot.channels.telegram.deliver import Deliverer
from bot.channels.telegram.documents import Document
from bot.channels.telegram.sender import Sender
from bot.domain.message import Attachment, Button, Reply
from bot.sandbox import people
from bot.sandbox.errors import ApiError, bad, flood
from bot.sandbox.world import Fault
from tests.channels.conftest import WallClock, no_document

YES = ((Button("Oui", "q:oui:1"),),)


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    monkeypatch.setattr(deliver, "FIRST_WAIT", 0.02)


@pytest.fixture
def send(api, outbox, threads):
    @asynccontextmanager
    async def running(document=no_document):
        sender = Sender(outbox, Deliverer(api, document), WallClock(), threads)
        task = asyncio.create_task(sender.run())
        yield sender
        for _ in range(1000):
            if not outbox.items:
                break
            sender.wake.set()
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert not outbox.items

    return running


def said(world, chat):
    return [one.text for one in world.chats[chat].messages.values() if not one.mine and not one.deleted]


async def test_replies_of_a_chat_arrive_in_order(world, outbox, send):
    for chat in (1, 2, 3):
        world.chat(chat)
        for rank in range(8):
            outbox.put(chat, Reply(f"{chat}.{rank}"))
    async with send():
        pass
    for chat in (1, 2, 3):
        assert said(world, chat) == [f"{chat}.{rank}" for rank in range(8)]


@pytest.mark.cas("TIM-19")
async def test_a_flood_limit_holds_its_chat_in_order_and_no_other(world, outbox, send):
    world.chat(1), world.chat(2)
    world.faults.append(Fault("sendMessage", 1, 1, flood(1)))
    outbox.put(1, Reply("un"))
    outbox.put(1, Reply("deux"))
    outbox.put(2, Reply("ailleurs"))
    async with send():
        for _ in range(300):
            if said(world, 2):
                break
            await asyncio.sleep(0.01)
        assert (said(world, 1), said(world, 2)) == ([], ["ailleurs"])
    assert said(world, 1) == ["un", "deux"]
    assert outbox.failures == ["429"]


@pytest.mark.cas("TIM-18")
async def test_a_blocked_bot_is_told_and_not_tried_again(world, outbox, send):
    people.block(world, 1)
    world.chat(2)
    lost = outbox.put(1, Reply("un"))
    outbox.put(2, Reply("deux"))
    async with send():
        pass
    assert [item for item, _ in outbox.lost] == [lost]
    assert "blocked by the user" in outbox.lost[0][1]
    assert said(world, 2) == ["deux"]


@pytest.mark.cas("TIM-20")
async def test_an_outage_delays_and_doubles_nothing(world, outbox, send):
    world.chat(1)
    world.faults.append(Fault("sendMessage", 1, 4, ApiError(502, "Bad Gateway")))
    outbox.put(1, Reply("un"))
    outbox.put(1, Reply("deux"))
    async with send():
        pass
    assert said(world, 1) == ["un", "deux"]


async def test_a_long_reply_that_fails_midway_goes_on_from_there(world, outbox, send):
    world.chat(1)
    text = "\n\n".join(f"Partie {rank}. " + "mot " * 700 for rank in range(4))
    world.faults += [Fault("answerCallbackQuery", count=0), Fault("sendMessage", 1, 0)]
    outbox.put(1, Reply(text))
    async with send():
        for _ in range(300):
            if said(world, 1):
                break
            await asyncio.sleep(0.001)
        world.faults.append(Fault("sendMessage", 1, 2, ApiError(500, "Internal Server Error")))
    assert [one.split(".")[0] for one in said(world, 1)] == [f"Partie {rank}" for rank in range(4)]


async def test_markup_that_is_refused_is_said_plainly(world, outbox, send):
    world.chat(1)
    world.faults.append(Fault("sendMessage", 1, 1, bad("can't parse entities: Unsupported start tag")))
    outbox.put(1, Reply("*Bonjour* R&D <Lyon>", YES))
    async with send():
        pass
    assert said(world, 1) == ["Bonjour R&D <Lyon>"]
    assert list(world.chats[1].messages.values())[-1].markup


async def test_buttons_that_are_refused_do_not_silence_the_words(world, outbox, send):
    world.chat(1)
    outbox.put(1, Reply("Oui ou non ?", ((Button("Oui", "é" * 60),),)))
    async with send():
        pass
    assert said(world, 1) == ["Oui ou non\u00a0?"]


@pytest.mark.cas("TIM-14")
async def test_a_late_press_is_swallowed_and_the_reply_still_comes(world, outbox, send):
    world.chat(1)
    outbox.put(1, Reply("fait", notice="Vu"), callback="inconnu")
    async with send():
        pass
    assert said(world, 1) == ["fait"]


async def test_a_press_is_answered(world, outbox, send):
    query = people.press(world, 1, 1, "x")
    outbox.put(1, Reply(notice="Déjà envoyé"), callback=query)
    async with send():
        pass
    assert world.queries[query].answered
    assert [text for _, text in world.chats[1].notices] == ["Déjà envoyé"]


async def test_an_edit_in_place_that_changes_nothing_is_a_success(world, outbox, send):
    world.chat(1)
    outbox.put(1, Reply("mars", YES))
    async with send():
        for _ in range(500):
            if said(world, 1):
                break
            await asyncio.sleep(0.01)
        first = next(iter(world.chats[1].messages))
        outbox.put(1, Reply("mars", YES, edit=first))
        outbox.put(1, Reply("avril", YES, edit=first))
    assert said(world, 1) == ["avril"]
    assert not outbox.lost


async def test_an_edit_of_a_message_that_is_gone_is_sent_anew(world, outbox, send):
    world.chat(1)
    outbox.put(1, Reply("avril", edit=999))
    async with send():
        pass
    assert said(world, 1) == ["avril"]


async def test_a_picture_is_deleted_and_a_group_is_left(world, outbox, send):
    picture = people.send(world, 1, "photo")
    group = world.group(-100)
    outbox.put(1, kind="delete", message_id=picture.id)
    outbox.put(1, kind="delete", message_id=12345)
    outbox.put(-100, Reply("En privé seulement."))
    outbox.put(-100, kind="leave")
    async with send():
        pass
    assert picture.deleted
    assert group.left
    assert not outbox.lost


async def test_a_document_follows_the_words(world, outbox, send):
    world.chat(1)
    outbox.put(1, Reply("Envoyée.", attachment=Attachment("pdf", "d1")))
    async with send():
        pass
    *_, document = world.chats[1].messages.values()
    assert (document.file.name, document.file.content) == ("demande.pdf", b"%PDF-1.7 exemple")


async def test_a_document_that_cannot_be_made_is_said(world, outbox, send):
    world.chat(1)
    outbox.put(1, Reply("Envoyée.", attachment=Attachment("pdf", "d1")))
    async with send(lambda _attachment, _chat: Document("", b"", "Document indisponible.")):
        pass
    assert said(world, 1) == ["Envoyée.", "Document indisponible."]


async def test_a_document_that_fails_to_leave_is_tried_again_without_repeating_the_words(world, outbox, send):
    world.chat(1)
    world.faults.append(Fault("sendDocument", 1, 2, ApiError(500, "Internal Server Error")))
    outbox.put(1, Reply("Envoyée.", attachment=Attachment("pdf", "d1")))
    async with send():
        pass
    assert said(world, 1) == ["Envoyée.", "Votre demande"]
