"""A counsellor would give a sent request to another body: the person is asked, and nothing moves before they agree."""

from bot import casework
from bot.conversation.memory import Confirming, Nothing, What
from bot.conversation.saying import doors, questions
from bot.conversation.scene import Scene
from bot.domain.demande import Demande
from bot.domain.message import Reply
from bot.domain.turn import AnswerTransfer, TransferAsked


def asked(scene: Scene, event: TransferAsked) -> Reply:
    """Who would take it over, why, what they would see; two buttons that stay good until the answer."""
    words, sent = scene.house.words, event.demande
    scene.remember(focus=Confirming(What.TRANSFER, sent.id))
    text = words.say(
        "transfert.demande",
        numero=sent.numero,
        organisme=doors.holder_name(scene, sent),
        vers=doors.body_name(scene, event.organisme),
        motif=event.motif,
    )
    rows = tuple(
        (scene.button(words.say(f"transfert.{name}", vers=doors.toward(scene, event.organisme)), "transfert", value),)
        for name, value in (("bouton_oui", f"oui.{sent.id}"), ("bouton_non", f"non.{sent.id}"))
    )
    return scene.reply(text, rows=rows)


def pressed(scene: Scene, value: str) -> Reply | None:
    """A button of the question above; None where the request is not this person's."""
    said, _, identifier = value.partition(".")
    sent = next((one for one in scene.dossier.demandes if one.id == identifier), None)
    return answer(scene, sent, accepte=said == "oui") if sent is not None else None


def confirmed(scene: Scene, *, accepte: bool) -> Reply:
    """« oui » or « non » right after the question."""
    identifier = scene.confirming.demande if scene.confirming else ""
    return pressed(scene, f"{'oui' if accepte else 'non'}.{identifier}") or questions.prompt(scene)


def answer(scene: Scene, sent: Demande, *, accepte: bool) -> Reply:
    """Carry it out once; a proposal that no longer waits changes nothing."""
    words, waiting = scene.house.words, casework.proposed(sent)
    scene.remember(focus=Nothing())
    if waiting is None:
        scene.say("transfert.passe", numero=sent.numero, organisme=doors.holder_name(scene, sent))
        return questions.prompt(scene)
    scene.effects.append(AnswerTransfer(sent.id, accepte))
    key = "transfert.accepte" if accepte else "transfert.refuse"
    holder = doors.body_name(scene, waiting.vers) if accepte else doors.holder_name(scene, sent)
    scene.lead.append(words.say(key, numero=sent.numero, organisme=holder))
    if accepte:
        scene.lead.append(doors.contact(scene, waiting.vers))
    return questions.prompt(scene)
