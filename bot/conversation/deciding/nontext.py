"""What is not text: never downloaded, never stored; always one line, then the same question."""

from dataclasses import replace
from datetime import timedelta

from bot.conversation.answering import Unsure
from bot.conversation.doing import ask, filling
from bot.conversation.memory import Album
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain.demande import Champ
from bot.domain.message import Kind, Reply
from bot.domain.turn import DeleteIncoming
from bot.reading.outcome import Ask

_PERSONAL = {Kind.PHOTO, Kind.VIDEO}


ALBUM = timedelta(minutes=1)
"""The pictures of one album come within this time; the first one alone is answered."""


def same_album(scene: Scene) -> bool:
    """One more picture, without a word, of an album just answered: deleted, and nothing more is said."""
    known = scene.memory.album
    album = scene.message.album
    if not album or scene.text or scene.message.kind not in _PERSONAL or known is None:
        return False
    if known.id != album or scene.at - known.at > ALBUM:
        return False
    _delete(scene)
    return True


def handle(scene: Scene) -> Reply | None:
    """One line by kind; None for text and buttons."""
    match scene.message.kind:
        case Kind.TEXT | Kind.BUTTON:
            return None
        case Kind.CONTACT:
            return _contact(scene)
        case Kind.LOCATION:
            return _location(scene)
        case Kind.REACTION:
            return _reaction(scene)
        case Kind.DOCUMENT:
            return _document(scene)
        case kind if kind in _PERSONAL:
            return _picture(scene)
        case kind:
            return _line(scene, kind)


def _line(scene: Scene, kind: Kind) -> Reply:
    words = scene.house.words
    scene.lead.append(words.first(f"hors_texte.{kind.value}", "hors_texte.autre"))
    return questions.prompt(scene)


def _delete(scene: Scene) -> None:
    if scene.message.message_id is not None:
        scene.effects.append(DeleteIncoming(scene.message.message_id))


def _picture(scene: Scene) -> Reply | None:
    """A picture may be an identity paper: deleted where possible; its caption is read as text."""
    _delete(scene)
    album = scene.message.album
    scene.remember(album=Album(album, scene.at) if album else None)
    scene.say("hors_texte.photo")
    if scene.text:
        scene.message = replace(scene.message, kind=Kind.TEXT)
        return None
    return questions.prompt(scene)


def _document(scene: Scene) -> Reply:
    _delete(scene)
    scene.say("hors_texte.document")
    return ask.respond(scene, scene.house.words.say("questions.signature"))


def _location(scene: Scene) -> Reply:
    """Coordinates are not kept; the commune is asked in words."""
    scene.say("hors_texte.location")
    return questions.prompt(scene)


def _contact(scene: Scene) -> Reply:
    """One's own card gives a phone to confirm; somebody else's is refused."""
    card = scene.message.contact
    if card is None or not card.own:
        _delete(scene)
        scene.say("hors_texte.contact_tiers")
        return questions.prompt(scene)
    phone = scene.house.formats.phone(card.phone)
    step = scene.pending() if scene.session.opened else None
    if phone is None or step is None or Champ.TELEPHONE not in step.fields:
        scene.say("hors_texte.contact_plus_tard")
        return questions.prompt(scene)
    return filling.unsure(
        scene, step, Unsure(Champ.TELEPHONE, Ask("telephone_carte", {"telephone": phone}, ((phone, phone),)))
    )


def _reaction(scene: Scene) -> Reply:
    """A thumb on a yes/no question is a yes; anything else is acknowledged in a pop-up."""
    return scene.reply(scene.house.words.say("hors_texte.reaction"))
