"""What a counsellor does, said to the person."""

from dataclasses import replace

from bot.conversation.doing import transfer
from bot.conversation.doing.reopening import reopen
from bot.conversation.memory import Nothing
from bot.conversation.saying import doors, labels, questions
from bot.conversation.scene import Scene
from bot.domain.demande import Champ, Statut
from bot.domain.message import Attachment, Reply
from bot.domain.turn import (
    CounsellorWrote,
    DemandeTransferred,
    DeskEvent,
    HandoffClosed,
    StatutChanged,
    TransferAsked,
    Turn,
)


def tell(scene: Scene, event: DeskEvent) -> Turn:
    """One message for one event; the session moves only where something is asked."""
    # Whatever waited for a « oui » is no longer the last thing shown: the next « oui » answers the desk.
    before = scene.session
    scene.remember(focus=Nothing())
    if isinstance(event, CounsellorWrote | HandoffClosed) or _asks(event):
        # Somebody has spoken to the person since: what comes next is an answer to that.
        scene.remember(alarmed=False)
    match event:
        case StatutChanged():
            reply = _status(scene, event)
        case CounsellorWrote():
            reply = _wrote(scene, event)
        case HandoffClosed():
            reply = _closed(scene)
        case TransferAsked():
            reply = transfer.asked(scene, event)
        case DemandeTransferred():
            reply = _transferred(scene, event)
    reply = labels.closing(scene, before, reply)
    labels.remember(scene, reply)
    return scene.turn(reply, at=scene.session.updated_at)


def _asks(event: DeskEvent) -> bool:
    return isinstance(event, StatutChanged) and event.demande.statut is Statut.A_COMPLETER


def _status(scene: Scene, event: StatutChanged) -> Reply:
    words, sent = scene.house.words, event.demande
    scene.say(
        f"dit.{sent.statut.value}",
        numero=sent.numero,
        organisme=doors.body_name(scene, sent.organisme),
        motif=event.motif,
    )
    if sent.statut is Statut.A_COMPLETER and sent.a_completer:
        reopen(scene, sent, tuple(Champ(name) for name in sent.a_completer if name in set(Champ)))
        return questions.prompt(scene)
    if sent.statut is Statut.REFUSEE:
        scene.lead.append(doors.contact(scene, sent.organisme))
    rows = (
        (scene.button(words.say("menu.demandes"), "menu", "demandes"),),
        (scene.button(words.say("menu.humain"), "menu", "humain"),),
    )
    reply = scene.reply(rows=rows)
    return replace(reply, attachment=Attachment("ics", sent.id)) if sent.statut is Statut.CONVENTIONNEE else reply


def _wrote(scene: Scene, event: CounsellorWrote) -> Reply:
    words = scene.house.words
    text = words.say("dit.message", organisme=doors.body_name(scene, event.organisme), texte=event.texte)
    if scene.dossier.handoff is not None:
        if event.jusqu_a is not None:
            day, hour = words.day(event.jusqu_a.date()), words.hour(event.jusqu_a.time())
            text = f"{text}\n\n{words.say('dit.repondre', jour=day, heure=hour)}"
        return scene.reply(text, rows=((scene.button(words.say("boutons.robot"), "menu", "robot"),),))
    return scene.reply(text, rows=((scene.button(words.say("menu.humain"), "menu", "humain"),),))


def _closed(scene: Scene) -> Reply:
    scene.say("humain.retour")
    return questions.prompt(scene)


def _transferred(scene: Scene, event: DemandeTransferred) -> Reply:
    body = event.demande.organisme
    text = scene.house.words.say(
        "dit.transferee", numero=event.demande.numero, organisme=doors.body_name(scene, body), motif=event.motif
    )
    return scene.reply(text, doors.contact(scene, body))
