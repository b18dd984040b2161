"""The conversation: one message in, one reply out, the draft never half-written."""

from dataclasses import replace
from datetime import datetime

from bot.conversation import (
    buttons,
    commands,
    confirmations,
    control,
    desk,
    followup,
    guard,
    hearing,
    misunderstood,
    nontext,
    reminders,
    returning,
)
from bot.conversation.commands import Order
from bot.conversation.plain import visible
from bot.conversation.scene import House, Scene
from bot.domain.message import Kind, Reply, UserMessage
from bot.domain.session import Session
from bot.domain.turn import DeskEvent, Dossier, Turn


class Dialogue:
    """The `Conversation` port: pure, deterministic, the same for every channel."""

    def __init__(self, house: House) -> None:
        self.house = house

    def take_turn(self, session: Session, message: UserMessage, dossier: Dossier) -> Turn:
        """Handle one message; exactly one visible reaction, except where a channel has nobody to talk to."""
        clean = replace(message, text=visible(message.text))
        scene = Scene(self.house, session, dossier, message.at, clean)
        if message.kind in {Kind.BLOCKED, Kind.UNBLOCKED}:
            return Turn(session)
        if message.kind is Kind.GROUP:
            return Turn(session, (scene.reply(self.house.words.say("hors_texte.groupe")),))
        return scene.turn(_react(scene))

    def tell(self, session: Session, event: DeskEvent, at: datetime, dossier: Dossier) -> Turn:
        """What the desk did, said to the person."""
        return desk.tell(Scene(self.house, session, dossier, at, UserMessage(session.chat, at)), event)

    def due(self, session: Session, dossier: Dossier, now: datetime) -> Turn | None:
        """Reminders and expiry; None when nothing is due."""
        return reminders.due(Scene(self.house, session, dossier, now, UserMessage(session.chat, now)))


def _react(scene: Scene) -> Reply:
    """The first that recognises the message answers it; the order is the policy."""
    returning.introduce(scene)
    returning.welcome_back(scene)
    for handler in _HANDLERS:
        reply = handler(scene)
        if reply is not None:
            return reply
    return hearing.interpret(scene)


def _button(scene: Scene) -> Reply | None:
    return buttons.press(scene) if scene.message.kind is Kind.BUTTON else None


def _empty(scene: Scene) -> Reply | None:
    if any(char.isalnum() for char in scene.text) or commands.order(scene.text):
        return None
    return guard.emoji(scene) or misunderstood.nothing_read(scene)


def _order(scene: Scene) -> Reply | None:
    heard = commands.order(scene.text)
    if heard is None:
        return None
    if heard.order is Order.UNDO and scene.memory("propose"):
        return confirmations.decline(scene)
    return control.obey(scene, heard)


def _confirmation(scene: Scene) -> Reply | None:
    if scene.text.startswith("/"):
        return None
    return confirmations.typed(scene, scene.text) or confirmations.picked(scene, scene.text)


def _relay(scene: Scene) -> Reply | None:
    """While a counsellor holds the conversation, only a few orders are for the bot."""
    if scene.dossier.handoff is None:
        return None
    heard = commands.order(scene.text)
    for_bot = {Order.BACK_TO_BOT, Order.START, Order.ERASE, Order.MY_DATA, Order.RESUME, Order.DEMANDE}
    if heard and heard.order in for_bot:
        return followup.back_to_bot(scene) if heard.order is Order.BACK_TO_BOT else None
    return followup.relay(scene)


_HANDLERS = (
    guard.emergency,
    guard.flood,
    guard.sensitive,
    nontext.handle,
    _button,
    _relay,
    _empty,
    _confirmation,
    guard.edited,
    guard.forwarded,
    _order,
)
