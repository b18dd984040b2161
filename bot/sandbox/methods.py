"""The Bot API methods that the bot uses, with Telegram's limits; every other one is a 404."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from bot.sandbox.entities import parse
from bot.sandbox.errors import bad
from bot.sandbox.people import message_json
from bot.sandbox.world import BOT, File, Message, Webhook, World

TEXT_MAX = 4096
CAPTION_MAX = 1024
NOTICE_MAX = 200
DATA_MAX = 64
FILE_MAX = 50_000_000

Params: TypeAlias = Mapping[str, Any]
"""Parameters as they came: strings in a form, JSON values in a JSON body, `File` for an upload."""


def number(params: Params, name: str) -> int | None:
    """A parameter that must be a whole number."""
    value = params.get(name)
    if value in (None, ""):
        return None
    try:
        return int(value)
    except (TypeError, ValueError):
        raise bad(f'can\'t parse "{name}": a whole number is expected') from None


def value(params: Params, name: str) -> Any:
    """A parameter that is JSON, written as text in a form."""
    given = params.get(name)
    if not isinstance(given, str):
        return given
    try:
        return json.loads(given)
    except ValueError:
        raise bad(f'can\'t parse "{name}": it is not JSON') from None


def chat_id(params: Params) -> int:
    """The chat a call is about; raises where there is none."""
    found = number(params, "chat_id")
    if found is None:
        raise bad("chat_id is empty")
    return found


def _text(params: Params, name: str, limit: int) -> tuple[str, str]:
    text, html = parse(str(params.get(name) or ""), params.get("parse_mode"))
    if len(text.encode("utf-16-le")) // 2 > limit:
        raise bad("message is too long" if name == "text" else "message caption is too long")
    return text.strip(), html.strip()


def _markup(params: Params) -> dict[str, Any] | None:
    markup = value(params, "reply_markup")
    if markup is None:
        return None
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad("object expected as reply markup")
    for button in (button for row in rows for button in row):
        _button(button)
    return markup if any(rows) else None


def _button(button: Any) -> None:
    if not isinstance(button, dict) or not str(button.get("text") or "").strip():
        raise bad("Text buttons are unallowed in the inline keyboard")
    data, url = button.get("callback_data"), button.get("url")
    if url:
        if not str(url).startswith(("http://", "https://", "tg://")):
            raise bad("inline keyboard button URL is invalid")
    elif not data or len(str(data).encode()) > DATA_MAX:
        raise bad("BUTTON_DATA_INVALID")


def send_message(world: World, params: Params) -> Any:
    """Bot API sendMessage."""
    chat = world.reachable(chat_id(params))
    text, html = _text(params, "text", TEXT_MAX)
    if not text:
        raise bad("message text is empty")
    chat.typing_until = 0
    return message_json(world, world.put(chat, mine=False, text=text, html=html, markup=_markup(params)))


def send_document(world: World, params: Params) -> Any:
    """Bot API sendDocument."""
    chat = world.reachable(chat_id(params))
    document = params.get("document")
    if not isinstance(document, File) or not document.content:
        raise bad("there is no document in the request")
    if len(document.content) > FILE_MAX:
        raise bad("file is too big")
    text, html = _text(params, "caption", CAPTION_MAX)
    chat.typing_until = 0
    message = world.put(chat, mine=False, text=text, html=html, file=document, markup=_markup(params))
    return message_json(world, message)


def _bots_message(world: World, params: Params) -> Message:
    chat = world.reachable(chat_id(params))
    found = chat.messages.get(number(params, "message_id") or 0)
    if found is None or found.deleted:
        raise bad("message to edit not found")
    if found.mine or found.file:
        raise bad("message can't be edited")
    return found


def edit_message_text(world: World, params: Params) -> Any:
    """Bot API editMessageText."""
    message = _bots_message(world, params)
    text, html = _text(params, "text", TEXT_MAX)
    if not text:
        raise bad("message text is empty")
    return _edit(world, message, text, html, _markup(params))


def edit_message_reply_markup(world: World, params: Params) -> Any:
    """Bot API editMessageReplyMarkup."""
    message = _bots_message(world, params)
    return _edit(world, message, message.text, message.html, _markup(params))


def _edit(world: World, message: Message, text: str, html: str, markup: dict[str, Any] | None) -> Any:
    if (message.html, message.markup) == (html, markup):
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly the same as a "
            "current content and reply markup of the message"
        )
    message.text, message.html, message.markup, message.edited = text, html, markup, True
    world.changed(message)
    return message_json(world, message)


def delete_message(world: World, params: Params) -> Any:
    """Bot API deleteMessage: any message of a private chat."""
    chat = world.reachable(chat_id(params))
    message = chat.messages.get(number(params, "message_id") or 0)
    if message is None or message.deleted:
        raise bad("message to delete not found")
    world.delete(message)
    return True


def answer_callback_query(world: World, params: Params) -> Any:
    """Bot API answerCallbackQuery: once, and soon."""
    query = world.queries.get(str(params.get("callback_query_id")))
    if query is None or query.answered:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    text = str(params.get("text") or "")
    if len(text) > NOTICE_MAX:
        raise bad("MESSAGE_TOO_LONG")
    query.answered = True
    if text:
        world.notice(query.chat, text)
    world.touch()
    return True


def send_chat_action(world: World, params: Params) -> Any:
    """Bot API sendChatAction: shown five seconds."""
    chat = world.reachable(chat_id(params))
    chat.typing_until = world.clock() + 5
    world.touch()
    return True


def leave_chat(world: World, params: Params) -> Any:
    """Bot API leaveChat."""
    chat = world.reachable(chat_id(params))
    if chat.type == "private":
        raise bad("chat can't be left")
    chat.left = True
    return True


def get_me(world: World, params: Params) -> Any:  # noqa: ARG001
    """Bot API getMe."""
    return BOT | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}


def set_webhook(world: World, params: Params) -> Any:
    """Bot API setWebhook."""
    url = str(params.get("url") or "")
    if not url:
        return delete_webhook(world, params)
    world.allowed = tuple(value(params, "allowed_updates") or world.allowed)
    world.webhook = Webhook(url, str(params.get("secret_token") or ""))
    world.touch()
    return True


def delete_webhook(world: World, params: Params) -> Any:
    """Bot API deleteWebhook."""
    world.webhook = None
    if str(params.get("drop_pending_updates")).lower() == "true":
        world.updates.clear()
    return True


def get_webhook_info(world: World, params: Params) -> Any:  # noqa: ARG001
    """Bot API getWebhookInfo."""
    url = world.webhook.url if world.webhook else ""
    return {"url": url, "has_custom_certificate": False, "pending_update_count": len(world.updates)}


def set_my_commands(world: World, params: Params) -> Any:
    """Bot API setMyCommands."""
    given = value(params, "commands")
    if not isinstance(given, list) or len(given) > 100:
        raise bad("can't parse BotCommands: a list is expected")
    for command in given:
        if (
            not 1 <= len(str(command.get("command", ""))) <= 32
            or not 1 <= len(str(command.get("description", ""))) <= 256
        ):
            raise bad("BOT_COMMAND_INVALID")
    world.commands = given
    return True


def get_my_commands(world: World, params: Params) -> Any:  # noqa: ARG001
    """Bot API getMyCommands."""
    return world.commands


def _described(limit: int, name: str) -> "Callable[[World, Params], Any]":
    def method(world: World, params: Params) -> Any:  # noqa: ARG001
        if len(str(params.get(name) or "")) > limit:
            raise bad("description is too long")
        return True

    return method


METHODS: dict[str, Callable[[World, Params], Any]] = {
    "getMe": get_me,
    "sendMessage": send_message,
    "sendDocument": send_document,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "leaveChat": leave_chat,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "setMyDescription": _described(512, "description"),
    "setMyShortDescription": _described(120, "short_description"),
}
