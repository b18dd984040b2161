"""A sent request, opened again: nothing changes on the desk before « Envoyer »."""

from dataclasses import replace

from bot.conversation.doing import my_data
from bot.conversation.doing.sent_request import latest_open, status
from bot.conversation.hearing.naming import named_step
from bot.conversation.memory import Completing, Nothing
from bot.conversation.saying import doors, questions
from bot.conversation.scene import Scene
from bot.domain.demande import Champ, Demande
from bot.domain.message import Reply
from bot.domain.session import SlotValue
from bot.reading.plain import plain


def ask_change(scene: Scene) -> Reply:
    """A sent request, opened again: nothing changes on the desk before « Envoyer »."""
    sent = latest_open(scene)
    if sent is None:
        return status(scene)
    words = plain(scene.text)
    reopen(scene, sent, ())
    step = named_step(scene, words) if words else None
    scene.say("suivi.modifier", numero=sent.numero, organisme=doors.body_name(scene, sent.organisme))
    if step is not None:
        scene.edit(step)
    return questions.prompt(scene)


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
    scene.remember(completing=Completing(sent.id, wanted), focus=Nothing(), course=Nothing())
