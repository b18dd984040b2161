"""Words about a request already sent: a mistake in it, or the value that was meant."""

import re

from bot.conversation.deciding import dated, persons, repair
from bot.conversation.doing.reopening import reopen
from bot.conversation.doing.sent_request import latest_open
from bot.conversation.hearing.heard import Act, Heard
from bot.conversation.saying import doors
from bot.conversation.scene import Scene
from bot.domain.message import Reply
from bot.reading.plain import plain


def mistaken(scene: Scene) -> bool:
    """« je me suis trompé de date », nothing being filled, a request being dealt with."""
    words = plain(scene.text)
    said = re.search(r"\b(?:trompee?|erreur|chang\w*|modifi\w*|corrig\w*|rectifi\w*)\b", words)
    return bool(said) and not words.endswith("droit") and latest_open(scene) is not None and not scene.session.answers


def corrected(scene: Scene, heard: Heard) -> Reply | None:
    """« en fait plutôt du 11 au 15 janvier » after sending: the sent request is opened again, with that change."""
    sent = latest_open(scene)
    if sent is None or scene.session.answers or not (repair.opens_correction(scene.text) or _corrects(heard)):
        return None
    before = scene.session, list(scene.lead), list(scene.effects), scene.memory
    reopen(scene, sent, ())
    scene.say("suivi.modifier", numero=sent.numero, organisme=doors.body_name(scene, sent.organisme))
    reply = dated.correct(scene, heard, None) or persons.correct(scene, heard, None) or repair.correct(scene)
    if reply is None:
        scene.session, scene.lead, scene.effects, scene.memory = before
    return reply


CORRECTS = 0.25


def _corrects(heard: Heard) -> bool:
    """Whether the ear hears a correction more than anything else."""
    return "?" not in heard.text and heard.sounds(Act.CORRECTION) >= max(CORRECTS, heard.loudest[1])
