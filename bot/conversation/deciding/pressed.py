"""Pressed buttons: `<question>:<value>:<version>`; an old one never answers another question."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation import listed
from bot.conversation.answering import Filled, read_step
from bot.conversation.deciding import confirmations
from bot.conversation.doing import (
    ask,
    can_i,
    checklist,
    filling,
    my_data,
    navigate,
    person,
    pick_day,
    reopening,
    send,
    sent_request,
    stopping,
    transfer,
)
from bot.conversation.hearing.orders import Order
from bot.conversation.saying import documents, questions
from bot.conversation.scene import Scene
from bot.domain.answer import Answer
from bot.domain.message import LASTING, Reply
from bot.domain.turn import RecordFeedback
from bot.form.flow import Asking, Step


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button carried."""

    question: str
    value: str
    version: int


def parse(data: str) -> Pressed | None:
    """The button's parts, or None for what this bot never sent."""
    question, _, rest = data.partition(":")
    value, _, version = rest.rpartition(":")
    if not question or not version.isdecimal() or len(version) > 9:
        return None
    return Pressed(question, value, int(version))


def press(scene: Scene) -> Reply:
    """Do what the button says if it still stands; else say so and show the current question."""
    pressed = parse(scene.message.button)
    if pressed is None:
        return stale(scene, "boutons_perimes.inconnu")
    if pressed.question in LASTING:
        return _anytime(scene, pressed)
    if pressed.version != scene.session.version:
        return _outdated(scene, pressed)
    return _current(scene, pressed)


def stale(scene: Scene, key: str) -> Reply:
    """An explanation in a pop-up and in the message, then where we are."""
    words = scene.house.words
    scene.notice = words.say(key)
    scene.lead.append(words.say(key))
    return questions.prompt(scene)


def _outdated(scene: Scene, pressed: Pressed) -> Reply:
    if pressed.question == "recap" and pressed.value == "envoyer":
        if not scene.session.opened:
            return already_sent(scene)
        scene.remember(reviewed=None)  # the page itself is shown again: what it said is no longer true
        return stale(scene, "boutons_perimes.recap")
    return stale(scene, "boutons_perimes.question")


def already_sent(scene: Scene) -> Reply:
    """The second press on « Envoyer »: nothing is sent again."""
    numero = scene.memory.sent.numero if scene.memory.sent else ""
    key = "boutons_perimes.deja_envoye" if numero else "boutons_perimes.question"
    text = scene.house.words.say(key, numero=numero)
    scene.notice = text
    return scene.reply(text, rows=questions.menu_rows(scene))


def _current(scene: Scene, pressed: Pressed) -> Reply:
    match pressed.question:
        case "recap":
            return _recap(scene, pressed.value)
        case "confirm":
            return confirmations.choose(scene, pressed.value)
        case "choix":
            return confirmations.pick(scene, pressed.value) or stale(scene, "boutons_perimes.question")
        case "nav":
            return navigate.back(scene)
        case "mois" | "jour":
            return pick_day.press(scene, pressed.question, pressed.value)
    step = questions.current(scene)
    if step is None or step.name != pressed.question:
        return stale(scene, "boutons_perimes.question")
    return answer(scene, step, pressed.value)


def answer(scene: Scene, step: Step, value: str) -> Reply:
    """A tapped answer to the pending step."""
    if value == "passer":
        if step.asking is Asking.OFFICE and not step.missing(scene.draft):
            scene.lead.extend(filling.write(scene, dict.fromkeys(step.fields)))
        return navigate.skip(scene)
    if value.startswith("+"):
        page = int(value[1:]) if value[1:].isdecimal() else 0
        return questions.ask(scene, step, page=page)
    if step.asking is Asking.YES_NO:
        return filling.fill(scene, {step.champs[0]: value == "oui"})
    if step.asking is Asking.OFFICE:
        around = scene.draft.offices.candidats
        if not value.isdecimal() or int(value) >= len(around):
            return stale(scene, "boutons_perimes.question")
        return filling.fill(scene, listed.office_values(scene, around[int(value)]))
    known = dict(scene.house.words.choices(step.name))
    if value not in known:
        return stale(scene, "boutons_perimes.question")
    if step.asking is Asking.CHOICE:
        return filling.take(scene, step, Filled({step.champs[0]: value}))
    return filling.take(scene, step, read_step(scene, step, known[value]))


def _recap(scene: Scene, value: str) -> Reply:
    if value == "garder":
        return stopping.later(scene)
    if value == "corriger":
        return navigate.correct(scene)
    if value in {"amenagements", "urgence", "suivi_par"}:
        return _line(scene, value)
    if not scene.session.opened or scene.pending() is not None:
        return stale(scene, "boutons_perimes.recap")
    return send.send(scene)


def _line(scene: Scene, name: str) -> Reply:
    """Ask one line again, or for the first time."""
    step = scene.house.flow.step(name)
    if step is not None:
        scene.edit(step)
    return questions.prompt(scene)


def _anytime(scene: Scene, pressed: Pressed) -> Reply:
    if pressed.question in _PASSAGE:
        return _passage(scene, pressed.question, pressed.value)
    if pressed.question == "avis":
        return _feedback(scene, pressed.value)
    if pressed.question == "ordre":
        return (
            navigate.obey_order(scene, Order(pressed.value))
            if pressed.value in set(Order)
            else stale(scene, "boutons_perimes.inconnu")
        )
    if pressed.question == "transfert":
        return transfer.pressed(scene, pressed.value) or stale(scene, "boutons_perimes.inconnu")
    if pressed.question == "fait":
        return checklist.tick(scene, pressed.value) or stale(scene, "boutons_perimes.inconnu")
    if pressed.question == "doc":
        return documents.give(scene, pressed.value) or stale(scene, "boutons_perimes.inconnu")
    action = _MENU.get(pressed.value)
    return action(scene) if action else stale(scene, "boutons_perimes.inconnu")


def _passage(scene: Scene, wanted: str, ref: str) -> Reply:
    """A passage by its name: as an answer, its detail, or its sources."""
    passage = scene.house.answerer.passage(ref)
    if passage is None or not passage.citations:
        return stale(scene, "boutons_perimes.inconnu")
    found = Answer(passage.court, passage.detail, (passage.ref,), passage.citations, stale=passage.stale(scene.today))
    return _PASSAGE[wanted](scene, passage.titre, found)


_PASSAGE: dict[str, Callable[[Scene, str, Answer], Reply]] = {
    "q": ask.say_outcome,
    "d": lambda scene, _, found: ask.detail(scene, found),
    "s": lambda scene, _, found: ask.all_sources(scene, found),
}


def _feedback(scene: Scene, value: str) -> Reply:
    """A thumb is counted once, with its passages; a thumb down offers a person."""
    passages = scene.memory.answered
    if passages:
        scene.effects.append(RecordFeedback(passages, utile=value == "oui"))
    scene.remember(answered=())
    words = scene.house.words
    scene.notice = words.say("avis.merci")
    scene.say("avis.merci" if value == "oui" else "avis.desole")
    if scene.session.opened:
        return questions.prompt(scene)
    names = ("question", "demande") if value == "oui" else ("humain", "question", "demande")
    return scene.reply(rows=tuple((scene.button(words.say(f"menu.{name}"), "menu", name),) for name in names))


_MENU: dict[str, Callable[[Scene], Reply]] = {
    "question": navigate.to_questions,
    "demande": navigate.begin,
    "reprendre": navigate.resume,
    "recommencer": stopping.restart,
    "puisje": can_i.start,
    "demandes": sent_request.status,
    "humain": person.person,
    "donnees": my_data.show,
    "effacer": my_data.ask_erase,
    "rappels": my_data.reminders_on,
    "stop_rappels": my_data.reminders_off,
    "modifier": reopening.ask_change,
    "retirer": sent_request.ask_withdraw,
    "robot": person.back_to_bot,
    "menu": navigate.menu,
}
