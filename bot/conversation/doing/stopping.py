"""Stopping, setting aside, beginning again: asked before anything is lost."""

from dataclasses import replace

from bot.conversation.doing import filling, opening
from bot.conversation.memory import Confirming, Nothing, What
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain.message import Reply


def cancel(scene: Scene) -> Reply:
    """Three ways to stop; the request itself is never cancelled by one word."""
    words = scene.house.words
    if not scene.session.answers and not scene.session.opened:
        scene.remember(course=Nothing())
        scene.say("form.rien_a_annuler")
        return scene.reply(rows=questions.menu_rows(scene))
    return confirm(scene, What.STOP, words.say("form.annuler"), ("continuer", "garder", "supprimer"))


def confirm(scene: Scene, what: What, text: str, choices: tuple[str, ...]) -> Reply:
    """Ask before doing something that cannot be undone."""
    words = scene.house.words
    scene.remember(focus=Confirming(what))
    rows = tuple((scene.button(words.say(f"boutons.{name}"), "confirm", name),) for name in choices)
    return scene.reply(text, rows=rows)


def restart(scene: Scene) -> Reply:
    """Begin again: the draft stays until the person confirms."""
    if not scene.session.answers:
        return open_form(scene)
    return confirm(scene, What.RESTART, scene.house.words.say("form.recommencer"), ("oui_recommencer", "continuer"))


def later(scene: Scene) -> Reply:
    """Keep the draft and stop asking."""
    if not scene.session.answers:
        return questions.prompt(scene)
    return keep(scene)


def keep(scene: Scene) -> Reply:
    """The draft is kept, the form is closed until the person comes back."""
    words = scene.house.words
    scene.session = replace(scene.session, opened=False, version=scene.session.version + 1)
    scene.remember(focus=Nothing(), course=scene.memory.edited)
    names = ["reprendre", "question"] + (["rappels"] if scene.memory.reminders is None else [])
    rows = tuple((scene.button(words.say(f"menu.{name}"), "menu", name),) for name in names)
    return scene.reply(words.say("form.garde", jours=str(scene.house.retention_jours)), rows=rows)


def open_form(scene: Scene) -> Reply:
    """An empty draft, with a token that names the demande it will become."""
    opening.ensure_open(scene)
    scene.say("form.debut")
    if scene.beside:
        scene.say("form.compris")
        scene.lead.extend(filling.write(scene, {}, bare=True))
    return questions.prompt(scene)
