"""Not understood: said differently each time, with a way out at the third."""

from bot.conversation.memory import Misread, Nothing
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain.message import Reply
from bot.form.flow import Step
from bot.reading.outcome import Rejected


def refuse(scene: Scene, step: Step, why: Rejected) -> Reply:
    """Say why, then ask again: 1st rephrased with an example, 2nd with buttons, 3rd pass or a person."""
    failures = count(scene, step)
    known = scene.memory.misread
    said_before = known is not None and known.code == why.code
    scene.remember(misread=Misread(step.name, failures, why.code), focus=Nothing())
    sentence = scene.house.words.reading(why.code, why.params, step.name)
    if failures == 1:
        scene.lead.append(sentence or scene.house.words.say("form.pas_compris_1"))
        return questions.ask(scene, step, "aide")
    if failures == 2:
        scene.say("form.pas_compris_2")
        if sentence and not said_before:
            scene.lead.append(sentence)
        return questions.ask(scene, step)
    return way_out(scene, step, failures)


def count(scene: Scene, step: Step) -> int:
    """How many times in a row this step was not understood, this one included."""
    known = scene.memory.misread
    return known.times + 1 if known and known.step == step.name else 1


def way_out(scene: Scene, step: Step, failures: int, said: str = "") -> Reply:
    """Pass where it can wait, or a person, or another day."""
    words = scene.house.words
    left = step.missing(scene.draft)
    own = f"demande.{step.name}.exemple_{left[0]}" if left and len(left) < len(step.champs) else ""
    example = words.first(own, f"demande.{step.name}.exemple")
    key = said or ("form.pas_compris_3" if failures % 2 else "form.pas_compris_4")
    rows = [(scene.button(words.say("boutons.passer"), step.name, "passer"),)] if step.optional else []
    rows += [
        (scene.button(words.say("menu.humain"), "menu", "humain"),),
        (scene.button(words.say("boutons.plus_tard"), "recap", "garder"),),
    ]
    choices = questions.choice_rows(scene, step)[: questions.BUTTONS - len(rows)]
    text = words.say(key, question=questions.bare_question(scene, step), exemple=example)
    return scene.reply(text, rows=(*choices, *rows))


def nothing_read(scene: Scene) -> Reply:
    """An empty message, or one without a letter."""
    scene.say("form.illisible")
    return questions.prompt(scene)
