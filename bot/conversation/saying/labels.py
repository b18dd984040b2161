"""Every button can be typed: the labels of the last reply, and « le premier », « pas le premier »."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

from bot.conversation.recollection import memory_from_json
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.message import Button, Kind, Reply
from bot.domain.session import Session
from bot.domain.turn import EraseEverything
from bot.reading.plain import plain

_RANKS = (
    ("premier", "premiere", "1er", "1ere"),
    ("deuxieme", "second", "seconde", "2e", "2eme"),
    ("troisieme", "3e", "3eme"),
    ("quatrieme", "4e", "4eme"),
    ("cinquieme", "5e", "5eme"),
)
_ARTICLE = re.compile(
    r"^(?:(?:non|plutot|alors|je prends|je choisis) )?(?P<no>pas )?(?:le|la|l) (?:(?:choix|option|bouton) )?"
)


def remember(scene: Scene, reply: Reply) -> None:
    """Keep the labels just shown with what they do; nothing is kept where everything was just erased."""
    if any(isinstance(effect, EraseEverything) for effect in scene.effects):
        return
    said = (reply, *scene.then)
    shown = tuple((one.label, one.data) for message in said for row in message.buttons for one in row if one.data)
    if shown or reply.text:
        scene.remember(shown=shown)


def closing(scene: Scene, before: Session, reply: Reply) -> Reply:
    """The same reply, which says whether the buttons shown before are done with, and which one was tapped."""
    message = scene.message
    tapped = Button("", message.button) if message.kind is Kind.BUTTON else None
    if reply.edit is not None or (tapped is not None and not reply.text):
        return reply
    if tapped is not None and not tapped.lasting:
        return replace(reply, closes=True, chosen=_chosen(scene, before))
    asked = any(not button.lasting for row in reply.buttons for button in row)
    return replace(reply, closes=asked or scene.session.version != before.version)


def _chosen(scene: Scene, before: Session) -> str:
    """What was tapped, in words; nothing for a button of another question, which changed nothing."""
    question, _, rest = scene.message.button.partition(":")
    value, _, version = rest.rpartition(":")
    if version != str(before.version):
        return ""
    if question == "jour":
        with suppress(ValueError):
            return scene.house.words.day(date.fromisoformat(value))
    shown = memory_from_json(before.memory).shown
    return next((label for label, data in shown if data == scene.message.button), "")


def pressed(scene: Scene) -> str | None:
    """The data of the button that the text names, or None."""
    message = scene.message
    if message.kind is not Kind.TEXT or message.edited or message.forwarded or message.via_bot:
        return None
    words, shown = plain(scene.text), scene.memory.shown
    if not words or not shown:
        return None
    named = next((data for label, data in shown if plain(label) == words), None)
    return named or _ranked(words, [data for _, data in shown if not data.startswith("nav:")])


def _ranked(words: str, data: list[str]) -> str | None:
    """« le deuxième »; « pas le premier » where two were offered."""
    found = _ARTICLE.match(words)
    if found is None:
        return None
    bare = words[found.end() :]
    place = next((at for at, names in enumerate(_RANKS) if bare in names), None)
    if bare in {"dernier", "derniere"}:
        place = len(data) - 1
    if place is None or place >= len(data):
        return None
    if not found["no"]:
        return data[place]
    return data[1 - place] if len(data) == 2 or (place == 0 and len(data) > 1) else None
