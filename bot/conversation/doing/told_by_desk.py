"""What a counsellor does, said to the person."""

from dataclasses import replace

from bot.conversation.doing import my_data
from bot.conversation.saying import labels, questions, review
from bot.conversation.scene import Scene
from bot.domain.demande import Champ, Demande, Statut
from bot.domain.message import Attachment, Reply
from bot.domain.session import SlotValue
from bot.domain.turn import CounsellorWrote, DemandeTransferred, DeskEvent, HandoffClosed, StatutChanged, Turn


def tell(scene: Scene, event: DeskEvent) -> Turn:
    """One message for one event; the session moves only where something is asked."""
    since = scene.session.updated_at
    # Whatever waited for a « oui » is no longer the last thing shown: the next « oui » answers the desk.
    scene.remember(confirm=None)
    match event:
        case StatutChanged():
            reply = _status(scene, event)
        case CounsellorWrote():
            reply = _wrote(scene, event)
        case HandoffClosed():
            reply = _closed(scene)
        case DemandeTransferred():
            reply = _transferred(scene, event)
    labels.remember(scene, reply)
    return Turn(replace(scene.session, updated_at=since or scene.at), (reply,), tuple(scene.effects))


def _status(scene: Scene, event: StatutChanged) -> Reply:
    words, sent = scene.house.words, event.demande
    scene.say(
        f"dit.{sent.statut.value}",
        numero=sent.numero,
        organisme=review.body_name(scene, sent.organisme),
        motif=event.motif,
    )
    if sent.statut is Statut.A_COMPLETER and sent.a_completer:
        reopen(scene, sent, tuple(Champ(name) for name in sent.a_completer if name in set(Champ)))
        return questions.prompt(scene)
    if sent.statut is Statut.REFUSEE:
        scene.lead.append(review.contact(scene, sent.organisme))
    rows = (
        (scene.button(words.say("menu.demandes"), "menu", "demandes"),),
        (scene.button(words.say("menu.humain"), "menu", "humain"),),
    )
    reply = scene.reply(rows=rows)
    return replace(reply, attachment=Attachment("ics", sent.id)) if sent.statut is Statut.CONVENTIONNEE else reply


def reopen(scene: Scene, sent: Demande, wanted: tuple[Champ, ...]) -> None:
    """The sent answers become the draft again, less the fields asked for; another draft is set aside."""
    if scene.session.answers:
        my_data.park(scene)
    answers = {name: SlotValue(value, scene.at) for name, value in sent.answers.items() if name not in wanted}
    scene.session = replace(
        scene.session, answers=answers, skipped=frozenset(), opened=True, version=scene.session.version + 1
    )
    steps = frozenset(step.name for step in scene.house.flow.steps if step.optional and step.missing(scene.draft))
    named = {step.name for champ in wanted if (step := scene.house.flow.step_of(champ)) and champ in step.champs}
    scene.session = replace(scene.session, skipped=steps - named)
    scene.remember(complete=sent.id, wanted=[champ.value for champ in wanted], edit=None, puisje=None, propose=None)


def _wrote(scene: Scene, event: CounsellorWrote) -> Reply:
    words = scene.house.words
    text = words.say("dit.message", organisme=review.body_name(scene, event.organisme), texte=event.texte)
    if scene.dossier.handoff is not None:
        return scene.reply(text, rows=((scene.button(words.say("boutons.robot"), "menu", "robot"),),))
    return scene.reply(text, rows=((scene.button(words.say("menu.humain"), "menu", "humain"),),))


def _closed(scene: Scene) -> Reply:
    scene.say("humain.retour")
    return questions.prompt(scene)


def _transferred(scene: Scene, event: DemandeTransferred) -> Reply:
    body = event.demande.organisme
    text = scene.house.words.say(
        "dit.transferee", numero=event.demande.numero, organisme=review.body_name(scene, body), motif=event.motif
    )
    return scene.reply(text, review.contact(scene, body))
