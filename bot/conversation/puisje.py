"""« Puis-je ? »: three to five questions that end in yes, no, or what is missing."""

from bot.conversation import opening, review
from bot.conversation.flow import Step
from bot.conversation.scene import Rows, Scene
from bot.domain.message import Reply

STEPS = ("suivi_par", "situation", "date_naissance", "inscrit_france_travail", "rsa", "cadre", "inaptitude",
         "veut_tester_esat")


def start(scene: Scene) -> Reply:
    """Begin; what the form already knows is not asked again."""
    from bot.conversation import questions

    opening.ensure_open(scene)
    scene.remember(puisje=True, confirm=None, propose=None, edit=None)
    scene.say("puisje.debut")
    return questions.prompt(scene)


def pending(scene: Scene) -> Step | None:
    """The first of these questions still to answer."""
    draft = scene.draft
    visible = [step for step in scene.house.flow.visible(draft) if step.name in STEPS]
    return next((step for step in visible if not step.done(draft)), None)


def verdict(scene: Scene) -> Reply:
    """Yes, no, or who can say; the rule quoted with its source; nothing is sent."""
    words, draft = scene.house.words, scene.draft
    scene.remember(puisje=None)
    orientation = draft.orientation
    door = review.wrong_door(scene)
    if door is not None or orientation is None:
        return door or scene.reply(words.say("puisje.incertain"))
    decided = orientation.organisme != review.UNDECIDED
    shown = [words.say("puisje.oui" if decided else "puisje.incertain"), review.where(scene, orientation)]
    shown += [words.say("orientation.lien", titre=one.titre, url=one.url) for one in orientation.sources[:2]]
    rows: Rows = tuple((scene.button(words.say(f"menu.{name}"), "menu", name),) for name in ("reprendre", "question"))
    return scene.reply(*shown, rows=rows)
