"""What is left to do once a request is sent: a list that one ticks and asks for again."""

from bot.conversation.saying import law
from bot.conversation.scene import Rows, Scene
from bot.domain import regex as re
from bot.domain.demande import CLOS, Demande, Statut
from bot.domain.message import Button, Reply

AT_ONCE, KEPT = 4, 40
"""Boxes to tick under one list; ticks remembered in all."""

_SIGNED = "signer_personne"
_RANK = re.compile(r"(?<!\d)[1-9](?!\d)")

_NOT_OURS = frozenset({"valider", "commencer"})
"""What the body does, and the day itself: nobody ticks these."""


def show(scene: Scene, sent: Demande) -> Reply:
    """The list as a message of its own, with a box for each of the next things that the person can tick."""
    words = scene.house.words
    text = "\n".join(law.next_steps(scene, sent))
    rows: Rows = tuple((one,) for one in _boxes(scene, sent))
    if scene.memory.reminders is None:
        rows += ((scene.button(words.say("boutons.rappels_oui"), "menu", "rappels"),),)
    return Reply("\n\n".join(part for part in (text, words.say("envoi.suite")) if part), rows)


def has_left(scene: Scene, sent: Demande) -> bool:
    """Whether the request still asks something of the person."""
    return (sent.statut not in CLOS or sent.statut is Statut.CONVENTIONNEE) and bool(law.left(scene, sent))


def tick(scene: Scene, value: str) -> Reply | None:
    """A box pressed: remembered, and the list said again; None where the request is not this person's."""
    code, _, identifier = value.partition(".")
    sent = next((one for one in scene.dossier.demandes if one.id == identifier), None)
    found = next((one for one in law.left(scene, sent) if one.code == code), None) if sent is not None else None
    if sent is None or found is None:
        return None
    known = scene.memory.done
    key = law.mark(sent, found)
    done = tuple(one for one in known if one != key) if key in known else (*known, key)
    scene.remember(done=done[-KEPT:])
    return show(scene, sent)


def tick_said(scene: Scene, sent: Demande) -> None:
    """« 1 c'est fait », « j'ai signé »: the box that the words name, if there is one; never unticked by words."""
    rank = _RANK.search(scene.text)
    left = law.left(scene, sent)
    signed = next((one for one in left if one.code == _SIGNED), None)
    named = left[int(rank.group()) - 1] if rank and int(rank.group()) <= len(left) else None if rank else signed
    if named is not None and named.code not in _NOT_OURS and not law.ticked(scene, sent, named):
        tick(scene, f"{named.code}.{sent.id}")


def _boxes(scene: Scene, sent: Demande) -> list[Button]:
    words = scene.house.words
    open_ones = [
        (rank, one)
        for rank, one in enumerate(law.left(scene, sent), 1)
        if one.code not in _NOT_OURS and not law.ticked(scene, sent, one)
    ]
    return [
        Button(
            words.say("demarche.cocher", rang=str(rank), quoi=words.say(f"demarche.court.{one.code}")),
            f"fait:{one.code}.{sent.id}:0",
        )
        for rank, one in open_ones[:AT_ONCE]
    ]
