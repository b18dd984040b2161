"""Words about a request already sent: a mistake in it, or the value that was meant."""

from bot.conversation import answering
from bot.conversation.deciding import dated, persons, repair
from bot.conversation.doing import filling
from bot.conversation.doing.reopening import reopen
from bot.conversation.doing.sent_request import latest_open
from bot.conversation.hearing import ear
from bot.conversation.hearing.heard import Act, Heard
from bot.conversation.saying import doors
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.reading.outcome import Value
from bot.reading.plain import plain
from bot.reading.spoken import said


def mistaken(scene: Scene) -> bool:
    """« je me suis trompé de date », nothing being filled, a request being dealt with."""
    words = plain(scene.text)
    told = re.search(r"\b(?:trompee?|erreur|chang\w*(?! d avis)|modifi\w*|corrig\w*|rectifi\w*)\b", words)
    if "?" in scene.text and _MAY_I.search(words):
        return False  # « je peux changer les dates après ? » asks; nothing is opened
    return bool(told) and not words.endswith("droit") and latest_open(scene) is not None and not scene.session.answers


_MAY_I = re.compile(r"\b(?:je peux|on peut|peut on|puis je|possible|est ce qu\w*|faut il|si (?:je|on|jamais)|droit)\b")


def given_up(scene: Scene) -> bool:
    """« il ne veut plus y aller, comment on annule ? », a request being dealt with."""
    words = plain(scene.text)
    return latest_open(scene) is not None and not scene.session.answers and _GIVES_UP.search(words) is not None


_GIVES_UP = re.compile(
    r"\b(?:comment|faut|veux|voudrais|peut on|on peut|je peux|pouvez vous)\b(?: \w+){0,4} (?:annule\w*|retire\w*|desist\w*)\b"
    r"|\b(?:veux|veut|vais|jveux) plus (?:y aller|le faire|la faire|de (?:ce|cette|l|la))\b|\b(?:j abandonne|je renonce|laisse\w* tomber)\b"
)


def corrected(scene: Scene, heard: Heard) -> Reply | None:
    """« en fait plutôt du 11 au 15 janvier » after sending: the sent request is opened again, with that change."""
    sent = latest_open(scene)
    anew = _SHAPED.search(scene.text) is not None or said(scene.house.spoken, scene.text, "cadre.decale")
    if (
        sent is None
        or "?" in scene.text
        or scene.session.answers
        or not (anew or repair.opens_correction(scene.text) or _corrects(heard))
    ):
        return None
    before = scene.session, list(scene.lead), list(scene.effects), scene.memory
    reopen(scene, sent, ())
    scene.say("suivi.modifier", numero=sent.numero, organisme=doors.body_name(scene, sent.organisme))
    # Whose a number is comes first: the tutor's new one is not the person's own.
    reply = persons.correct(scene, heard, None) or (_told_anew(scene) if anew else None)
    reply = reply or dated.correct(scene, heard, None) or repair.correct(scene)
    if reply is None:
        scene.session, scene.lead, scene.effects, scene.memory = before
    return reply


CORRECTS = 0.25
_SHAPED = re.compile(r"\S@[^\s@]{1,80}\.\w|(?:\+33|\b0)[\s.]?[1-9](?:[\s.]?\d\d){4}\b")
_DECALE = re.compile(r"(?i)^.*\b(?:d[ée]cal|repouss|report|avanc|recul)\w*\s+(?:tout\s+)?")
_ANEW = frozenset({Champ.EMAIL, Champ.TELEPHONE, Champ.DATE_DEBUT, Champ.DATE_FIN})


def _told_anew(scene: Scene) -> Reply | None:
    """« j'ai plus la même adresse, c'est… », « faut décaler du … au … »: the new value of what was sent."""
    found = scene.house.reader.extract(scene.text, scene.context())
    told = {champ: one.value for champ, one in found.items() if isinstance(one, Value) and champ in _ANEW}
    owner = scene.house.flow.step_of(Champ.DATE_DEBUT)
    for part in ear.clauses(scene.text) if owner else ():
        read = answering.read_step(scene, owner, _DECALE.sub("", part)) if owner else None
        if isinstance(read, answering.Filled) and len(read.values) > 1:
            told |= read.values
    new = {champ: value for champ, value in told.items() if scene.values.get(champ) != value}
    return filling.fill(scene, new) if new else None


def _corrects(heard: Heard) -> bool:
    """Whether the ear hears a correction more than anything else."""
    return "?" not in heard.text and heard.sounds(Act.CORRECTION) >= max(CORRECTS, heard.loudest[1])
