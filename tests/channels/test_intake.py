"""A raw update, however odd, is a message or nothing: never an exception."""

import json
import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.channels.telegram.intake import ALLOWED_UPDATES, callback_id, chat_of, to_message, update_id_of
from bot.domain.message import Kind, UserMessage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
STAMP = int(NOW.timestamp()) - 5
PERSON = {"id": 7, "is_bot": False, "first_name": "Une personne"}
CHAT = {"id": 7, "type": "private", "first_name": "Une personne"}


def message(**fields):
    return {"update_id": 1, "message": {"message_id": 3, "from": PERSON, "chat": CHAT, "date": STAMP, **fields}}


def read(**fields):
    return to_message(message(**fields), NOW)


def test_a_text_keeps_its_moment_its_number_and_its_words():
    found = read(text="bonjour")
    assert found == UserMessage(7, NOW - timedelta(seconds=5), "bonjour", message_id=3)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"text": "x"}, Kind.TEXT),
        ({"sticker": {"emoji": "😅"}}, Kind.STICKER),
        ({"animation": {"file_id": "f"}, "document": {"file_id": "f"}}, Kind.ANIMATION),
        ({"voice": {"duration": 1}}, Kind.VOICE),
        ({"audio": {"duration": 1}}, Kind.AUDIO),
        ({"photo": [{"file_id": "f"}]}, Kind.PHOTO),
        ({"video": {"duration": 1}}, Kind.VIDEO),
        ({"video_note": {"duration": 1}}, Kind.VIDEO),
        ({"document": {"file_id": "f"}}, Kind.DOCUMENT),
        ({"location": {"latitude": 45.0, "longitude": 4}}, Kind.LOCATION),
        ({"venue": {"title": "x"}, "location": {"latitude": 45.0, "longitude": 4}}, Kind.LOCATION),
        ({"contact": {"phone_number": "0612345678"}}, Kind.CONTACT),
        ({"dice": {"value": 3}}, Kind.OTHER),
        ({"poll": {"question": "?"}}, Kind.OTHER),
        ({"story": {"id": 1}}, Kind.OTHER),
        ({}, Kind.OTHER),
    ],
)
def test_every_kind_of_message_is_recognised(fields, kind):
    assert read(**fields).kind is kind


def test_a_caption_is_read_as_text():
    assert read(photo=[{"file_id": "f"}], caption="boulanger").text == "boulanger"


def test_an_album_is_recognised_by_its_identifier():
    assert read(photo=[{"file_id": "f"}], media_group_id="123").album == "123"


@pytest.mark.parametrize("field", [{"forward_origin": {"type": "user"}}, {"forward_date": 1}, {"forward_from": PERSON}])
def test_a_forwarded_message_says_so(field):
    assert read(text="x", **field).forwarded


def test_a_message_through_another_bot_says_so():
    assert read(text="x", via_bot={"id": 9, "is_bot": True}).via_bot


def test_a_contact_card_is_ones_own_only_with_ones_own_number():
    assert read(contact={"phone_number": "06", "user_id": 7}).contact.own
    assert not read(contact={"phone_number": "06", "user_id": 8}).contact.own
    assert not read(contact={"phone_number": "06"}).contact.own


def test_a_position_outside_the_earth_is_no_position():
    assert read(location={"latitude": 45.5, "longitude": 4.5}).location == (45.5, 4.5)
    assert read(location={"latitude": 4500, "longitude": 4.5}).location is None
    assert read(location={"latitude": float("nan"), "longitude": 4.5}).location is None


def test_an_edited_message_says_so_and_has_the_moment_of_the_edit():
    raw = {"edited_message": message(text="x", edit_date=STAMP + 2)["message"]}
    found = to_message(raw, NOW)
    assert found.edited
    assert found.at == NOW - timedelta(seconds=3)


def press(**fields):
    query = {
        "id": "88",
        "from": PERSON,
        "data": "recap:envoyer:3",
        "message": {"message_id": 5, "chat": CHAT},
        **fields,
    }
    return {"update_id": 2, "callback_query": query}


def test_a_press_carries_its_data_and_the_message_it_was_under():
    found = to_message(press(), NOW)
    assert (found.kind, found.button, found.message_id, found.at) == (Kind.BUTTON, "recap:envoyer:3", 5, NOW)
    assert callback_id(press()) == "88"


def test_a_press_without_its_message_still_belongs_to_the_person():
    raw = press(message=None, data=None)
    assert chat_of(raw) == 7
    assert to_message(raw, NOW).kind is Kind.BUTTON


def membership(status, chat=CHAT):
    return {"my_chat_member": {"chat": chat, "from": PERSON, "date": STAMP, "new_chat_member": {"status": status}}}


def test_blocking_and_unblocking_are_seen():
    assert to_message(membership("kicked"), NOW).kind is Kind.BLOCKED
    assert to_message(membership("member"), NOW).kind is Kind.UNBLOCKED


GROUP = {"id": -100, "type": "supergroup", "title": "Un groupe"}


def test_a_group_is_a_group_whatever_is_said_there():
    assert read(chat=GROUP, text="/start").kind is Kind.GROUP
    assert read(chat=GROUP, text="je m'appelle Léa").text == ""
    assert to_message(press(message={"message_id": 5, "chat": GROUP}), NOW).kind is Kind.GROUP
    assert to_message(membership("member", GROUP), NOW).kind is Kind.GROUP


def test_leaving_a_group_is_not_answered():
    assert to_message(membership("left", GROUP), NOW) is None


@pytest.mark.parametrize("note", ["migrate_to_chat_id", "migrate_from_chat_id", "pinned_message", "new_chat_members"])
@pytest.mark.cas("TIM-26")
def test_what_telegram_notes_by_itself_is_not_answered(note):
    assert read(chat=GROUP, **{note: 5}) is None


def test_a_reaction_is_seen_but_not_asked_for():
    raw = {"message_reaction": {"chat": CHAT, "message_id": 3, "date": STAMP, "new_reaction": [{"emoji": "👍"}]}}
    assert to_message(raw, NOW).kind is Kind.REACTION
    assert "message_reaction" not in ALLOWED_UPDATES


@pytest.mark.parametrize("kind", ["channel_post", "inline_query", "poll", "business_message", "purchased_paid_media"])
@pytest.mark.cas("TIM-27")
def test_other_updates_are_nothing(kind):
    raw = {"update_id": 1, kind: {"chat": CHAT, "text": "x"}}
    assert to_message(raw, NOW) is None
    assert chat_of(raw) is None


@pytest.mark.parametrize("stamp", [None, 0, 1, 10**15, -5, "hier", True, STAMP - 200_000, STAMP + 4_000])
def test_a_moment_that_cannot_be_believed_is_now(stamp):
    assert to_message(message(text="x", date=stamp), NOW).at == NOW


def test_text_that_no_database_could_hold_is_made_storable():
    found = read(text="a\x00b\ud800" + "x" * 90000)
    found.text.encode()
    assert "\x00" not in found.text
    assert len(found.text) == 3 * 4096


SEEDS = [
    message(text="bonjour"), message(photo=[{"file_id": "f"}], caption="c", media_group_id="1"),
    message(contact={"phone_number": "06", "user_id": 7}), message(location={"latitude": 1, "longitude": 2}),
    message(forward_origin={"type": "user"}, via_bot={"id": 1}, text="x"), press(), membership("kicked"),
    {"update_id": 4, "edited_message": message(text="x")["message"]}, message(chat=GROUP, migrate_to_chat_id=-1001),
    {"update_id": 5, "message_reaction": {"chat": CHAT, "new_reaction": [{"type": "emoji", "emoji": "👍"}]}},
]  # fmt: skip
HOSTILE = [
    None,
    True,
    0,
    -1,
    2**70,
    1.5,
    float("nan"),
    "",
    "\x00",
    "\ud800",
    "’<b>&" * 900,
    [],
    [[]],
    {},
    {"id": "x"},
    [None],
]


def mangled(value, chance):
    """The same JSON with keys dropped and values replaced at random."""
    if chance.random() < 0.12:
        return chance.choice(HOSTILE)
    if isinstance(value, dict):
        return {key: mangled(part, chance) for key, part in value.items() if chance.random() > 0.05}
    if isinstance(value, list):
        return [mangled(part, chance) for part in value]
    return value


def test_5000_mangled_updates_never_raise():
    chance = random.Random(2026)
    kinds = set()
    for _ in range(5000):
        raw = mangled(json.loads(json.dumps(chance.choice(SEEDS))), chance)
        found, chat = to_message(raw, NOW), chat_of(raw)
        callback_id(raw), update_id_of(raw)
        if found is not None:
            kinds.add(found.kind)
            assert found.chat == chat
            assert found.at.tzinfo is not None
            found.text.encode()
    assert {Kind.TEXT, Kind.BUTTON, Kind.PHOTO, Kind.BLOCKED, Kind.GROUP} <= kinds
