"""What Telegram shows around the conversation: the command menu and the presentation."""

import logging

from telegram.error import TelegramError

from bot.channels.telegram.api import BotApi
from bot.form.wording import Wording

_log = logging.getLogger(__name__)
_PREFIX = "telegram.commandes."


def commands(words: Wording) -> list[dict[str, str]]:
    """The menu, in the order it is written."""
    return [
        {"command": key.removeprefix(_PREFIX), "description": words.say(key)}
        for key in words.entries
        if key.startswith(_PREFIX)
    ]


async def introduce(api: BotApi, words: Wording) -> None:
    """Set the menu and the descriptions; a server that knows none of it is served all the same."""
    wanted = (
        ("setMyCommands", {"commands": commands(words), "language_code": "fr"}),
        ("setMyCommands", {"commands": commands(words)}),
        ("setMyDescription", {"description": words.say("telegram.presentation")}),
        ("setMyShortDescription", {"short_description": words.say("telegram.presentation_courte")}),
    )
    for method, params in wanted:
        try:
            await api.call(method, params)
        except TelegramError as error:
            _log.info("%s: %s", method, error)
