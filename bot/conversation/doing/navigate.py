"""Orders: menu, help, back, skip, cancel, restart, summary… They work in any state."""

from collections.abc import Callable
from dataclasses import replace

from bot.conversation.doing import can_i, my_data, opening, own_request, person, returning, send, sent_request
from bot.conversation.doing.filling import undo
from bot.conversation.doing.stopping import cancel, later, open_form, restart
from bot.conversation.hearing.orders import Heard, Order
from bot.conversation.memory import Confirming, Editing, Misread, Nothing, What
from bot.conversation.saying import misunderstood, questions, summary
from bot.conversation.scene import Rows, Scene
from bot.domain import regex as re
from bot.domain.message import Reply
from bot.form import recap
from bot.form.flow import Step
from bot.form.recap import shown
from bot.reading.plain import plain


def obey(scene: Scene, heard: Heard) -> Reply:
    """Carry out an order."""
    return _ORDERS[heard.order](scene)


def obey_order(scene: Scene, order: Order) -> Reply:
    """Carry out an order said in other words."""
    return _ORDERS[order](scene)


def simpler(scene: Scene) -> Reply:
    """The same question in simpler words; the menu where none is asked."""
    return questions.prompt(scene, "aide")


def unknown_answer(scene: Scene) -> Reply:
    """« je ne sais plus »: what to do when one does not know, the question passed where it may be; never a guess."""
    step = scene.pending() if scene.session.opened else None
    if step is None:
        return help_(scene)
    own = scene.house.words.step(step.name, "ne_sait_pas")
    if own and step.optional and _HAS_NOT.search(plain(scene.text)):
        scene.lead.append(own)
        return skip(scene)
    if own:
        return scene.reply(own, rows=questions.rows(scene, step))
    return skip(scene) if step.optional else needed(scene, step)


_HAS_NOT = re.compile(r"\b(?:ai|a|jai|avons) pas\b|\bpas de\b|\bpas (?:le|leur|son) ")
"""« je l'ai pas », « pas de SIRET »: there is nothing to ask again."""


def start(scene: Scene) -> Reply:
    """Who this is, what is kept, and the menu; a draft is never lost by it."""
    if not scene.memory.introduced:
        scene.remember(introduced=True)
        scene.say("accueil.premier", jours=str(scene.house.retention_jours))
        returning.tell_of_model(scene)
    else:
        scene.say("accueil.retour")
    return menu(scene)


def menu(scene: Scene) -> Reply:
    """The six doors; the draft, when there is one, is shown and kept."""
    words = scene.house.words
    _leave_questions(scene)
    if scene.session.answers:
        shown = recap.numbered(words, scene.house.flow, scene.draft, answered_only=True)
        return scene.reply(words.say("accueil.brouillon"), shown, rows=_draft_rows(scene))
    return scene.reply(words.say("accueil.menu"), rows=questions.menu_rows(scene))


def _draft_rows(scene: Scene) -> Rows:
    words = scene.house.words
    names = ("reprendre", "recommencer", "question", "demandes", "humain", "donnees")
    return tuple((scene.button(words.say(f"menu.{name}"), "menu", name),) for name in names)


def _leave_questions(scene: Scene) -> None:
    """Nothing waits any more, and « Puis-je ? » ends; a line being edited stays so."""
    step = scene.memory.editing
    scene.remember(focus=Nothing(), course=Editing(step) if step else Nothing())


def help_(scene: Scene) -> Reply:
    """What can be done, how to go back, stop, reach a person; then the same question."""
    scene.say("aide.texte")
    return questions.prompt(scene)


def unknown(scene: Scene) -> Reply:
    """A command that does not exist: those that do."""
    scene.say("aide.inconnue")
    scene.say("aide.commandes")
    return questions.prompt(scene)


def begin(scene: Scene) -> Reply:
    """Open the form, or go on with it."""
    _leave_questions(scene)
    if scene.session.opened and scene.session.answers:
        return already_open(scene)
    return resume(scene) if scene.session.answers else open_form(scene)


def already_open(scene: Scene) -> Reply:
    """A second request while one is being filled: finish it, or set it aside; never merged."""
    words = scene.house.words
    scene.remember(focus=Confirming(What.ANOTHER))
    rows = tuple((scene.button(words.say(f"boutons.autre_{name}"), "confirm", name),) for name in ("finir", "garder"))
    return scene.reply(words.say("form.autre_demande"), rows=rows)


def resume(scene: Scene) -> Reply:
    """Back to the pending question, what is known shown; « I want to resume » after erasing starts empty."""
    if not scene.session.answers:
        if scene.memory.parked is not None:
            return my_data.unpark(scene, scene.memory.parked)
        scene.say("form.rien_a_reprendre")
        return open_form(scene)
    opening.ensure_open(scene)
    scene.remember(alarmed=False)  # whoever goes on with the form is not told the number at every message
    scene.lead.append(recap.numbered(scene.house.words, scene.house.flow, scene.draft, answered_only=True))
    return questions.prompt(scene)


def show_summary(scene: Scene) -> Reply:
    """The recap at any time: a number edits that line."""
    if not scene.session.answers:
        scene.say("form.rien_encore")
        return questions.prompt(scene)
    if scene.session.opened and scene.pending() is None:
        return summary.summary(scene)
    words = scene.house.words
    scene.remember(numbered=True)
    scene.lead += [
        words.say("recap.titre_provisoire"),
        recap.numbered(words, scene.house.flow, scene.draft),
        words.say("recap.numero"),
    ]
    return questions.prompt(scene)


def how_many(scene: Scene) -> Reply:
    """How many questions are left, and which."""
    words = scene.house.words
    left = scene.house.flow.missing(scene.draft)
    names = ", ".join(words.step(step.name, "libelle") for step in left)
    key = "form.reste" if len(left) > 1 else "form.reste_une" if left else "form.reste_rien"
    scene.say(key, nombre=str(len(left)), liste=names)
    return questions.prompt(scene)


def send_wish(scene: Scene) -> Reply:
    """« envoyez » before the recap: a line being changed is left as it was, what is missing is said and asked."""
    scene.remember(course=Nothing())
    opening.ensure_open(scene)
    if scene.house.flow.missing(scene.draft):
        return how_many(scene)
    return questions.prompt(scene)


def repeat(scene: Scene) -> Reply:
    """The same question in simpler words."""
    if not scene.session.opened:
        return help_(scene)
    scene.say("form.repete")
    step = questions.current(scene)
    if step is not None:
        scene.say("form.question_repetee", champ=scene.house.words.step(step.name, "libelle"))
    return questions.prompt(scene, "aide")


def skip(scene: Scene) -> Reply:
    """Pass an optional question; say why a required one is needed."""
    step = scene.pending() if scene.session.opened else None
    if step is None:
        return help_(scene)
    if step.optional:
        scene.skip(step)
        label = scene.house.words.step(step.name, "libelle")
        kept = [
            shown(scene.house.words, champ, value)
            for champ in step.fields
            if (value := scene.values.get(champ)) is not None
        ]
        if kept:  # passing a line that is filled takes nothing away, and says so
            scene.say("form.passe_garde", champ=label, valeur=", ".join(kept))
        else:
            scene.say("form.passe", champ=label)
        return questions.prompt(scene)
    return needed(scene, step)


def needed(scene: Scene, step: Step) -> Reply:
    """A required question: why, a person, the draft is kept."""
    again = misunderstood.count(scene, step) if _needed_before(scene) else 1
    scene.remember(misread=Misread(step.name, again, _NEEDED))
    if again > 1:
        return misunderstood.way_out(scene, step, again, "" if again % 2 else "form.necessaire_encore")
    scene.lead.append(scene.house.words.step(step.name, "pourquoi"))
    scene.say("form.necessaire")
    return questions.ask(scene, step)


_NEEDED = "necessaire"


def _needed_before(scene: Scene) -> bool:
    return scene.memory.misread is not None and scene.memory.misread.code == _NEEDED


def back(scene: Scene) -> Reply:
    """The question before, with its answer; nothing is lost."""
    if not scene.session.opened:
        return menu(scene)
    draft = scene.draft
    if scene.memory.editing and scene.house.flow.pending(draft) is None:
        scene.remember(focus=Nothing(), course=scene.memory.edited)
        return questions.prompt(scene)
    visible = scene.house.flow.visible(draft)
    current = scene.pending()
    place = visible.index(current) if current in visible else len(visible)
    if place == 0:
        scene.say("form.rien_avant")
        return scene.reply(rows=questions.menu_rows(scene))
    step = visible[place - 1]
    scene.edit(step)
    scene.say("form.en_arriere")
    return questions.prompt(scene)


def to_questions(scene: Scene) -> Reply:
    """Leave the form aside and listen to a question."""
    words = scene.house.words
    if scene.session.opened:
        scene.session = replace(scene.session, opened=False, version=scene.session.version + 1)
    _leave_questions(scene)
    kept = words.say("form.garde_question") if scene.session.answers else ""
    names = ("reprendre",) if scene.session.answers else ("demande",)
    rows = tuple((scene.button(words.say(f"menu.{name}"), "menu", name),) for name in names)
    return scene.reply(kept, words.say("accueil.question"), rows=rows)


def send_or_say(scene: Scene) -> Reply:
    """« vous pouvez faire partir le dossier »: sent where the last thing shown offers it, else what is missing."""
    if not scene.session.answers and not scene.session.opened:
        return menu(scene)
    if scene.session.opened and scene.pending() is None and scene.memory.reviewed == scene.session.version:
        return send.send(scene)
    return send_wish(scene)


def undo_or_withdraw(scene: Scene) -> Reply:
    """The last change put back; where nothing is being filled and a request is out, withdrawing it is asked about."""
    if not scene.session.answers and sent_request.latest_open(scene) is not None:
        return sent_request.ask_withdraw(scene)
    return undo(scene)


def copy(scene: Scene) -> Reply:
    """A copy of one's request: its documents once sent, the draft as it stands before."""
    return own_request.tell(scene, "copie")


def left(scene: Scene) -> Reply:
    """« il me reste quoi ? »: the questions of the draft, or the list of the request sent."""
    return own_request.tell(scene, "reste")


_ORDERS: dict[Order, Callable[[Scene], Reply]] = {
    Order.START: start,
    Order.HELP: help_,
    Order.CANCEL: cancel,
    Order.BACK: back,
    Order.SUMMARY: show_summary,
    Order.RESTART: restart,
    Order.MY_DATA: my_data.show,
    Order.ERASE: my_data.ask_erase,
    Order.DEMANDE: begin,
    Order.STATUS: sent_request.status,
    Order.PERSON: person.person,
    Order.SKIP: skip,
    Order.REPEAT: repeat,
    Order.HOW_MANY: how_many,
    Order.RESUME: resume,
    Order.LATER: later,
    Order.QUESTION: to_questions,
    Order.CAN_I: can_i.start,
    Order.UNDO: undo_or_withdraw,
    Order.NO_REMINDERS: my_data.reminders_off,
    Order.REMINDERS: my_data.reminders_on,
    Order.WITHDRAW: sent_request.ask_withdraw,
    Order.BACK_TO_BOT: person.back_to_bot,
    Order.UNKNOWN: unknown,
    Order.SEND: send_or_say,
    Order.COPY: copy,
    Order.LEFT: left,
}


def correct(scene: Scene) -> Reply:
    """Which line? Its number, or its name."""
    words = scene.house.words
    scene.remember(numbered=True)
    return scene.reply(
        recap.numbered(words, scene.house.flow, scene.draft),
        words.say("recap.lequel"),
        rows=((scene.button(words.say("menu.reprendre"), "menu", "reprendre"),),),
    )
