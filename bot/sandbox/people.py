"""What simulated people do: write, press, send a sticker, edit, block. Each act becomes an update for the bot."""

import itertools
from typing import Any

from bot.sandbox.entities import entities, linked
from bot.sandbox.world import BOT, Chat, Message, Query, World

_SMALL = {"file_id": "f", "file_unique_id": "u", "file_size": 1000}

NOT_TEXT: dict[str, dict[str, Any]] = {
    "sticker": {"sticker": _SMALL | {"type": "regular", "width": 512, "height": 512, "emoji": "😅"}},
    "animation": {"animation": _SMALL | {"width": 10, "height": 10, "duration": 1}, "document": _SMALL},
    "voice": {"voice": _SMALL | {"duration": 3}},
    "audio": {"audio": _SMALL | {"duration": 3}},
    "photo": {"photo": [_SMALL | {"width": 90, "height": 90}]},
    "video": {"video": _SMALL | {"width": 10, "height": 10, "duration": 1}},
    "document": {"document": _SMALL | {"file_name": "convention.pdf"}},
    "location": {"location": {"latitude": 45.75, "longitude": 4.85}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
}
"""What a person may send that is not text, as Telegram describes it."""

_query_ids = itertools.count(1)


def message_json(world: World, message: Message) -> dict[str, Any]:
    """Telegram's Message."""
    chat = world.chats[message.chat]
    sender = chat.person() if message.mine else BOT
    found: dict[str, Any] = {"message_id": message.id, "from": sender, "chat": chat.as_json(), "date": message.date}
    if message.file:
        found["document"] = _SMALL | {"file_name": message.file.name, "mime_type": message.file.mime}
        found |= {"caption": message.text} if message.text else {}
    elif message.text:
        found["text"] = message.text
        if told := entities(message.html):
            found["entities"] = told
    if message.markup:
        found["reply_markup"] = message.markup
    return found | message.raw


def write(world: World, number: int, text: str, **extra: Any) -> Message:
    """Person `number` sends a text; `extra` adds or replaces fields of Telegram's Message."""
    chat = world.chat(number)
    message = world.put(chat, mine=True, text=text, html=linked(text), raw=extra)
    world.push("message", message_json(world, message))
    return message


def send(world: World, number: int, kind: str, caption: str = "", label: str = "", **extra: Any) -> Message:
    """Person `number` sends something that is not text; the page shows it as `label`."""
    chat = world.chat(number)
    raw = NOT_TEXT.get(kind, {}) | ({"caption": caption} if caption else {}) | extra
    message = world.put(chat, mine=True, html=f"[{linked(label or kind)}] {linked(caption)}".strip(), raw=raw)
    world.push("message", message_json(world, message))
    return message


def edit(world: World, number: int, message_id: int, text: str) -> None:
    """Person `number` edits one of their messages."""
    message = world.chat(number).messages[message_id]
    message.text, message.html, message.edited = text, linked(text), True
    world.changed(message)
    world.push("edited_message", message_json(world, message) | {"edit_date": int(world.clock())})


def press(world: World, number: int, message_id: int, data: str) -> str:
    """Person `number` presses a button; the query's id."""
    chat = world.chat(number)
    query = f"{int(world.clock())}{next(_query_ids)}"
    world.queries[query] = Query(number)
    message = chat.messages.get(message_id)
    shown = message_json(world, message) if message else {"message_id": message_id, "chat": chat.as_json(), "date": 0}
    body = {"id": query, "from": chat.person(), "chat_instance": str(number), "data": data, "message": shown}
    world.push("callback_query", body)
    return query


def block(world: World, number: int, *, blocked: bool = True) -> None:
    """Person `number` blocks the bot, or lets it write again."""
    chat = world.chat(number)
    chat.blocked = blocked
    _membership(world, chat, "kicked" if blocked else "member")


def invite(world: World, number: int) -> Chat:
    """The bot is added to group `number` (negative)."""
    chat = world.group(number)
    chat.left = False
    _membership(world, chat, "member")
    return chat


def _membership(world: World, chat: Chat, status: str) -> None:
    before = "member" if status == "kicked" else "left"
    body = {
        "chat": chat.as_json(),
        "from": chat.person(),
        "date": int(world.clock()),
        "old_chat_member": {"user": BOT, "status": before},
        "new_chat_member": {"user": BOT, "status": status},
    }
    world.push("my_chat_member", body)
