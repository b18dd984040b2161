"""The conversation: one message in, one reply out, the draft never half-written."""

import logging
import traceback
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.conversation.deciding import confirmations, guard, interpret, nontext, policy, pressed
from bot.conversation.doing import my_data, navigate, person, reminders, returning, told_by_desk
from bot.conversation.hearing import orders
from bot.conversation.hearing.orders import Order
from bot.conversation.memory import Nothing
from bot.conversation.saying import labels, misunderstood
from bot.conversation.scene import House, Scene
from bot.domain.message import Kind, Reply, UserMessage
from bot.domain.session import Session
from bot.domain.turn import DeskEvent, Dossier, Turn
from bot.reading.plain import visible

log = logging.getLogger(__name__)


class Dialogue:
    """The `Conversation` port: pure, deterministic, the same for every channel."""

    def __init__(self, house: House) -> None:
        self.house = house

    def take_turn(self, session: Session, message: UserMessage, dossier: Dossier) -> Turn:
        """Handle one message; one visible reaction each, and one for a whole album; none where nobody is there.

        Never raises: a fault in the dialogue gets an apology, and the draft stays as it was.
        """
        if message.kind in {Kind.BLOCKED, Kind.UNBLOCKED}:
            return Turn(session)
        scene = Scene(self.house, session, dossier, message.at, replace(message, text=visible(message.text)))
        if message.kind is Kind.GROUP:
            return Turn(session, (scene.reply(self.house.words.say("hors_texte.groupe")),))
        try:
            if nontext.same_album(scene):
                return scene.turn(None)
            waiting = scene.confirming
            reply = _react(scene)
            if waiting is not None and scene.confirming is waiting:
                # Neither answered nor asked again: a later « oui » must not erase or send anything.
                scene.remember(focus=Nothing())
            if scene.draft.too_young:
                my_data.clear_draft(scene)  # nothing about a child under the minimum age is kept
            reply = labels.closing(scene, session, reply)
            labels.remember(scene, reply)
            return scene.turn(reply)
        except Exception as error:
            _log_fault(error)
            return _apology(Scene(self.house, session, dossier, message.at, UserMessage(session.chat, message.at)))

    def tell(self, session: Session, event: DeskEvent, at: datetime, dossier: Dossier) -> Turn:
        """What the desk did, said to the person."""
        return told_by_desk.tell(Scene(self.house, session, dossier, at, UserMessage(session.chat, at)), event)

    def due(self, session: Session, dossier: Dossier, now: datetime) -> Turn | None:
        """Reminders and expiry; None when nothing is due."""
        return reminders.due(Scene(self.house, session, dossier, now, UserMessage(session.chat, now)))


def _log_fault(error: Exception) -> None:
    """The kind and the place of a fault: never its message, which may quote what the person wrote."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error("turn failed: %s at %s:%s", type(error).__name__, Path(place.filename).name, place.lineno)


def _apology(scene: Scene) -> Turn:
    """What is kept, and how to go on; the session is untouched but for its date."""
    words = scene.house.words
    names = ("reprendre",) if scene.session.answers else ("menu",)
    rows = tuple((scene.button(words.say(f"menu.{name}"), "menu", name),) for name in (*names, "humain"))
    return scene.turn(scene.reply(words.say("erreur.interne"), rows=rows))


def _react(scene: Scene) -> Reply:
    """The first that recognises the message answers it; the order is the policy."""
    returning.introduce(scene)
    returning.welcome_back(scene)
    for handler in _HANDLERS:
        reply = handler(scene)
        if reply is not None:
            return reply
    return interpret.interpret(scene)


def _button(scene: Scene) -> Reply | None:
    return pressed.press(scene) if scene.message.kind is Kind.BUTTON else None


def _empty(scene: Scene) -> Reply | None:
    if any(char.isalnum() for char in scene.text) or orders.order(scene.text):
        return None
    return guard.emoji(scene) or misunderstood.nothing_read(scene)


def _order(scene: Scene) -> Reply | None:
    heard = orders.order(scene.text)
    if heard is None:
        return None
    if heard.order is Order.UNDO and scene.offered:
        return confirmations.decline(scene)
    return navigate.obey(scene, heard)


def _confirmation(scene: Scene) -> Reply | None:
    """A « oui » of one's own: somebody else's, forwarded, confirms nothing."""
    if scene.text.startswith("/") or scene.message.forwarded or scene.message.via_bot:
        return None
    return confirmations.typed(scene, scene.text) or confirmations.picked(scene, scene.text)


def _after_danger(scene: Scene) -> Reply | None:
    """The message after words of danger is heard with that in mind."""
    if not scene.memory.alarmed or scene.message.kind is not Kind.TEXT or scene.text.startswith("/"):
        return None
    return policy.after_danger(scene, policy.heard_now(scene))


def _relay(scene: Scene) -> Reply | None:
    """While a counsellor holds the conversation, only a few orders are for the bot."""
    if scene.dossier.handoff is None:
        return None
    heard = orders.order(scene.text)
    for_bot = {Order.BACK_TO_BOT, Order.START, Order.ERASE, Order.MY_DATA, Order.RESUME, Order.DEMANDE}
    if heard and heard.order in for_bot:
        return person.back_to_bot(scene) if heard.order is Order.BACK_TO_BOT else None
    return person.relay(scene)


def _typed_label(scene: Scene) -> Reply | None:
    """A button's label written out presses it."""
    data = labels.pressed(scene)
    if data is None:
        return None
    scene.message = replace(scene.message, kind=Kind.BUTTON, button=data, text="")
    return pressed.press(scene)


_HANDLERS = (
    guard.emergency,
    guard.flood,
    guard.sensitive,
    guard.health,
    nontext.handle,
    _button,
    _relay,
    _empty,
    _typed_label,
    _confirmation,
    guard.edited,
    guard.forwarded,
    _after_danger,
    _order,
)
