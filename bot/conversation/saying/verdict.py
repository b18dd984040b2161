"""« Puis-je ? »: three to five questions that end in yes, no, or what is missing."""

from bot.conversation.memory import Nothing
from bot.conversation.saying import doors, law
from bot.conversation.scene import Rows, Scene
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.domain.puisje import Verdict, decider
from bot.form.flow import Step

STEPS = ("suivi_par", "situation", "date_naissance", "inscrit_france_travail", "rsa", "cadre", "inaptitude",
         "veut_tester_esat")  # fmt: skip
"""The questions that decide; the routing ones are asked only where the orientation needs them."""


def pending(scene: Scene) -> Step | None:
    """The first of these questions still to answer."""
    draft = scene.draft
    visible = [step for step in scene.house.flow.visible(draft) if step.name in STEPS]
    return next((step for step in visible if not step.done(draft)), None)


def verdict(scene: Scene) -> Reply:
    """Yes, no, or who can say; the rules quoted with their source; nothing is sent."""
    scene.remember(course=Nothing())
    door = doors.wrong_door(scene)
    if door is not None:
        return door
    found = decider(
        law.applying(scene),
        scene.draft.orientation,
        today=scene.today,
        regles=scene.house.regles,
        holidays=scene.house.formats.holidays,
        earlier=scene.dossier.demandes,
    )
    words = scene.house.words
    rows: Rows = tuple((scene.button(words.say(f"menu.{name}"), "menu", name),) for name in ("reprendre", "question"))
    return scene.reply(*_answer(scene, found), *_reasons(scene, found), rows=rows)


def _answer(scene: Scene, found: Verdict) -> list[str]:
    words, orientation = scene.house.words, scene.draft.orientation
    where = doors.where(scene, orientation) if orientation else ""
    match found.reponse:
        case "oui":
            return [f"*{words.say('puisje.oui')}*", where]
        case "non":
            return [f"*{words.say('puisje.non')}*", *(f"- {law.sentence(words, one)}" for one in found.obstacles)]
    missing = ", ".join(law.label(words, Champ(name)) for name in found.manquants if name in set(Champ))
    said = words.say("puisje.presque", champs=missing) if missing else words.say("puisje.demander")
    return [said, where]


def _reasons(scene: Scene, found: Verdict) -> list[str]:
    """What must be met, then the rules, each with its article, its address and the day it was checked."""
    words = scene.house.words
    conditions = [f"- {law.sentence(words, one)}" for one in found.conditions]
    quoted = [
        words.say(
            "puisje.citee",
            texte=words.say(f"puisje.regle.{one.cle}"),
            article=one.article,
            url=one.url,
            jour=words.day(one.verifiee_le, weekday=False),
        )
        for one in found.regles
    ]
    shown = ["\n".join([words.say("puisje.condition"), *conditions])] if conditions else []
    return [*shown, "\n".join([words.say("puisje.regles"), *quoted])]
