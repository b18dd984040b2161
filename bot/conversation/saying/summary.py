"""Everything is answered: the numbered recap, and what can be done with it."""

from bot.conversation.saying import law
from bot.conversation.saying.doors import where
from bot.conversation.scene import Rows, Scene
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.form import recap


def summary(scene: Scene) -> Reply:
    """The numbered recap, where it will go and why, and what can be done with it."""
    words, draft = scene.house.words, scene.draft
    scene.remember(reviewed=scene.session.version)
    orientation = draft.orientation
    goes = where(scene, orientation) if orientation else ""
    stops = law.blocking(scene)
    return scene.reply(
        f"*{words.say('recap.titre')}*",
        recap.numbered(words, scene.house.flow, draft),
        goes,
        "\n".join(law.remarks(scene)),
        words.say("recap.a_corriger") if stops else words.say("recap.invite"),
        rows=summary_rows(scene, sendable=not stops),
    )


def brief(scene: Scene) -> Reply:
    """The summary was shown before: what may be done now, the page on a button."""
    words = scene.house.words
    scene.remember(reviewed=scene.session.version)
    stops = law.blocking(scene)
    orientation = scene.draft.orientation
    goes = where(scene, orientation) if orientation else ""
    again = (scene.button(words.say("boutons.revoir"), "ordre", "resume"),)
    rows = summary_rows(scene, sendable=not stops)
    return scene.reply(
        words.say("recap.bref"),
        goes,
        "\n".join(law.remarks(scene)),
        words.say("recap.a_corriger") if stops else "",
        rows=(rows[0], again, *rows[1:])[:6],
    )


def summary_rows(scene: Scene, *, sendable: bool = True) -> Rows:
    """Send, correct, add: bound to this version of the draft."""
    words = scene.house.words
    names = ("envoyer", "corriger") if sendable else ("corriger",)
    rows = [(scene.button(words.say(f"boutons.{name}"), "recap", name),) for name in names]
    for champ, name in ((Champ.AMENAGEMENTS, "amenagements"), (Champ.URGENCE_NOM, "urgence")):
        if not scene.draft.has(champ):
            rows.append((scene.button(words.say(f"boutons.{name}"), "recap", name),))
    rows.append((scene.button(words.say("boutons.plus_tard"), "recap", "garder"),))
    return tuple(rows)
