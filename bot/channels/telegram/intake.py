"""A raw update as a UserMessage: pure, and deaf to whatever a hostile or a thrifty server leaves out."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from bot.domain.message import Kind, SharedContact, UserMessage

Raw: TypeAlias = Mapping[str, Any]

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""The update types asked for; Telegram keeps every other one to itself."""

_BELIEVED = timedelta(hours=24)
_AHEAD = timedelta(minutes=5)
_TEXT_MAX = 3 * 4096
"""Telegram's limit, and what `pieces` may put together."""
_INT64 = 2**63

_KINDS = (
    ("sticker", Kind.STICKER),
    ("animation", Kind.ANIMATION),  # before document: Telegram sends both
    ("voice", Kind.VOICE),
    ("audio", Kind.AUDIO),
    ("photo", Kind.PHOTO),
    ("video", Kind.VIDEO),
    ("video_note", Kind.VIDEO),
    ("document", Kind.DOCUMENT),
    ("location", Kind.LOCATION),  # a venue carries one too
    ("contact", Kind.CONTACT),
)

_FORWARDED = ("forward_origin", "forward_date", "forward_from")

_SERVICE = frozenset(
    {
        "pinned_message",
        "message_auto_delete_timer_changed",
        "new_chat_title",
        "new_chat_photo",
        "delete_chat_photo",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "new_chat_members",
        "left_chat_member",
        "group_chat_created",
        "supergroup_chat_created",
        "channel_chat_created",
        "write_access_allowed",
        "chat_background_set",
    }
)
"""What Telegram notes in a chat by itself: nobody said anything, so nothing is answered."""


def chat_of(raw: object) -> int | None:
    """The chat an update belongs to: updates of one chat are handled one at a time. None: nobody to answer."""
    kind, body = _content(raw)
    if body is None:
        return None
    message = _map(body.get("message")) if kind == "callback_query" else body
    return _int(_map(message.get("chat")).get("id")) or _int(_map(body.get("from")).get("id"))


def kept(raw: object) -> dict[str, Any]:
    """What is stored of an update: what this module reads of it, and nothing that rides beside.

    A profile's name, the message replied to, a quote, a link, a poll, a sticker's set: none of it reaches the disk.
    """
    kind, body = _content(raw)
    found: dict[str, Any] = {"update_id": _map(raw).get("update_id")}
    if body is None:
        return found
    match kind:
        case "callback_query":
            under = _map(body.get("message"))
            ours = {key: under[key] for key in ("text", "entities", "reply_markup") if key in under}
            found[kind] = _scalars(body, "id", "data") | _sender(body) | {"message": _frame(under) | ours}
        case "my_chat_member":
            found[kind] = _frame(body) | {"new_chat_member": _scalars(_map(body.get("new_chat_member")), "status")}
        case "message_reaction":
            given = body.get("new_reaction")
            first = [_scalars(_map(given[0]), "emoji")] if isinstance(given, list) and given else []
            found[kind] = _frame(body) | {"new_reaction": first}
        case _:
            found[kind] = _frame(body) | _said(body)
    return found


def _frame(body: Raw) -> dict[str, Any]:
    """Where and when."""
    chat = {"chat": _scalars(_map(body.get("chat")), "id", "type")} if "chat" in body else {}
    return _scalars(body, "message_id", "date", "edit_date") | chat | _sender(body)


def _sender(body: Raw) -> dict[str, Any]:
    return {"from": _scalars(_map(body.get("from")), "id")} if "from" in body else {}


def _said(body: Raw) -> dict[str, Any]:
    """The words, and that there is something else: what it is, never what is in it."""
    signs = [key for key in (*_SERVICE, *_FORWARDED, "via_bot", *(key for key, _ in _KINDS)) if body.get(key)]
    signs += [key for key in _SERVICE if key in body]
    cards = {
        "contact": _scalars(_map(body.get("contact")), "phone_number", "user_id"),
        "location": _scalars(_map(body.get("location")), "latitude", "longitude"),
    }
    shown = {key: cards[key] or True for key in cards if body.get(key)}
    return dict.fromkeys(signs, True) | shown | _scalars(body, "text", "caption", "media_group_id")


def _scalars(body: Raw, *keys: str) -> dict[str, Any]:
    """These of its values that are no structure; a text is as long as one can be."""
    found = {key: body[key] for key in keys if isinstance(body.get(key), (str, int, float))}
    return {key: one[:_TEXT_MAX] if isinstance(one, str) else one for key, one in found.items()}


def to_message(raw: object, now: datetime) -> UserMessage | None:
    """What a person did, or None where there is nothing to react to.

    `now` (aware) dates what carries no date of its own, and what claims to be older than the 24 hours Telegram
    keeps an update, or to come from the future.
    """
    kind, body = _content(raw)
    chat = chat_of(raw)
    if body is None or chat is None:
        return None
    match kind:
        case "callback_query":
            return _press(body, chat, now)
        case "my_chat_member":
            return _membership(body, chat, now)
        case "message_reaction":
            return _reaction(body, chat, now)
        case _:
            return _message(body, chat, now, edited=kind == "edited_message")


def callback_id(raw: object) -> str | None:
    """The identifier of a button press, which must be answered to stop the spinner."""
    kind, body = _content(raw)
    found = body.get("id") if body is not None and kind == "callback_query" else None
    return str(found)[:128] if isinstance(found, (str, int)) and str(found) else None


def update_id_of(raw: object) -> int | None:
    """The update's number, or None where it has none that can be stored."""
    return _int(_map(raw).get("update_id"))


def _content(raw: object) -> tuple[str, Raw | None]:
    update = _map(raw)
    for kind in (*ALLOWED_UPDATES, "message_reaction"):
        if isinstance(update.get(kind), Mapping):
            return kind, update[kind]
    return "", None


def _message(body: Raw, chat: int, now: datetime, *, edited: bool) -> UserMessage | None:
    where = _type_of(body)
    if where == "channel" or any(key in body for key in _SERVICE):
        return None
    at = _moment(body.get("edit_date") if edited else body.get("date"), now)
    if where in {"group", "supergroup"}:
        return UserMessage(chat, at, kind=Kind.GROUP, message_id=_int(body.get("message_id")))
    kind = _kind(body)
    text = body.get("text") if kind is Kind.TEXT else body.get("caption")
    return UserMessage(
        chat=chat,
        at=at,
        text=_text(text),
        kind=kind,
        message_id=_int(body.get("message_id")),
        edited=edited,
        forwarded=any(body.get(key) for key in _FORWARDED),
        via_bot=bool(body.get("via_bot")),
        contact=_contact(body) if kind is Kind.CONTACT else None,
        location=_location(body) if kind is Kind.LOCATION else None,
        album=_text(body.get("media_group_id"))[:64],
    )


def _kind(body: Raw) -> Kind:
    if isinstance(body.get("text"), str):
        return Kind.TEXT
    return next((kind for key, kind in _KINDS if body.get(key)), Kind.OTHER)


def _press(body: Raw, chat: int, now: datetime) -> UserMessage:
    message = _map(body.get("message"))
    at = now
    if _type_of(message) in {"group", "supergroup"}:
        return UserMessage(chat, at, kind=Kind.GROUP)
    data = _text(body.get("data")) or "?"
    return UserMessage(chat, at, kind=Kind.BUTTON, button=data, message_id=_int(message.get("message_id")))


def _membership(body: Raw, chat: int, now: datetime) -> UserMessage | None:
    status = _map(body.get("new_chat_member")).get("status")
    at = _moment(body.get("date"), now)
    where = _type_of(body)
    if where in {"group", "supergroup"}:
        return UserMessage(chat, at, kind=Kind.GROUP) if status in {"member", "administrator"} else None
    if where == "channel":
        return None
    match status:
        case "kicked" | "left":
            return UserMessage(chat, at, kind=Kind.BLOCKED)
        case "member":
            return UserMessage(chat, at, kind=Kind.UNBLOCKED)
        case _:
            return None


def _reaction(body: Raw, chat: int, now: datetime) -> UserMessage | None:
    given = body.get("new_reaction")
    if _type_of(body) in {"group", "supergroup", "channel"} or not isinstance(given, list) or not given:
        return None
    at = _moment(body.get("date"), now)
    emoji = _text(_map(given[0]).get("emoji"))[:16]
    return UserMessage(chat, at, text=emoji, kind=Kind.REACTION, message_id=_int(body.get("message_id")))


def _contact(body: Raw) -> SharedContact | None:
    card, sender = _map(body.get("contact")), _map(body.get("from"))
    phone = _text(card.get("phone_number"))[:32]
    own = _int(card.get("user_id"))
    return SharedContact(phone, own is not None and own == _int(sender.get("id"))) if phone else None


def _location(body: Raw) -> tuple[float, float] | None:
    place = _map(body.get("location"))
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if isinstance(latitude, (int, float)) and isinstance(longitude, (int, float)):
        inside = abs(latitude) <= 90 and abs(longitude) <= 180
        return (float(latitude), float(longitude)) if inside else None
    return None


def _type_of(body: Raw) -> str:
    """private, group, supergroup or channel; a server that leaves it out is believed by the sign of the id."""
    chat = _map(body.get("chat"))
    kind = chat.get("type")
    if isinstance(kind, str):
        return kind
    number = _int(chat.get("id"))
    return "group" if number is not None and number < 0 else "private"


def _moment(stamp: object, now: datetime) -> datetime:
    seconds = _int(stamp)
    if seconds is None:
        return now
    age = now.timestamp() - seconds
    if not -_AHEAD.total_seconds() <= age <= _BELIEVED.total_seconds():
        return now
    return datetime.fromtimestamp(seconds, tz=now.tzinfo)


def _map(value: object) -> Raw:
    return value if isinstance(value, Mapping) else {}


def _int(value: object) -> int | None:
    """A whole number that a database can hold, or None; true and false are not numbers."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if -_INT64 <= value < _INT64 else None


def _text(value: object) -> str:
    """Storable text: no lone surrogate, no NUL (PostgreSQL refuses both), no longer than it can be."""
    if not isinstance(value, str):
        return ""
    return value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")[:_TEXT_MAX]
