"""A day tapped in the calendar; the same reading as typed dates."""

from dataclasses import replace
from datetime import date

from bot.conversation.answering import outcome, read_field
from bot.conversation.doing import filling
from bot.conversation.saying import months, questions
from bot.conversation.scene import Scene
from bot.domain.demande import Champ
from bot.domain.message import Reply


def press(scene: Scene, what: str, value: str) -> Reply:
    """Show a month, or take the day."""
    step = scene.pending()
    if step is None or step.name != "periode":
        return questions.prompt(scene)
    if what == "mois" and value == months.CLOSE:
        return replace(questions.prompt(scene), edit=scene.message.message_id)
    if what == "mois":
        return months.show(scene, value)
    if value == months.INERT:
        return Reply(notice=scene.house.words.say("calendrier.touchez"))
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return questions.prompt(scene)
    wanted = next(iter(step.missing(scene.draft)), Champ.DATE_DEBUT)
    reading = read_field(scene, wanted, f"{day:%d/%m/%Y}")
    reply = filling.take(scene, step, outcome(wanted, reading))
    after = scene.pending()
    if wanted is Champ.DATE_DEBUT and after is not None and after.name == "periode" and scene.values.get(wanted):
        scene.lead.clear()
        return months.show(scene, value[:7], lead=reply.text, edit=False)
    return reply
