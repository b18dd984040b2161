"""The pending question as a message: progress, question, example, and at most six buttons."""

from collections.abc import Sequence

from bot.conversation import listed
from bot.conversation.memory import Choosing
from bot.conversation.saying import door_news, doors, months, summary, verdict
from bot.conversation.scene import Rows, Scene
from bot.domain.demande import Champ
from bot.domain.message import Button, Reply
from bot.domain.session import Json
from bot.form import recap
from bot.form.demande_flow import DECIDING
from bot.form.flow import Asking, Step

BUTTONS = 6

PRIVATE = frozenset({"handicap", "rsa", "inaptitude", "veut_tester_esat", "consentement", "amenagements"})
"""Questions without an example: nobody is shown what to answer on their health, their means or their consent."""


def prompt(scene: Scene, variant: str = "question") -> Reply:
    """What the person is asked now: a step, the recap, or the menu when no form is open."""
    if not scene.session.opened:
        return scene.reply("" if scene.lead else scene.house.words.say("accueil.menu"), rows=menu_rows(scene))
    if scene.offered is not None:
        return _offer_again(scene, scene.offered)
    if scene.memory.can_i:
        wanted = verdict.pending(scene)
        return ask(scene, wanted, variant) if wanted and not scene.draft.too_young else verdict.verdict(scene)
    step = scene.pending()
    door = doors.wrong_door(scene)
    if door and not scene.memory.editing:
        return door
    if step is not None:
        if not scene.memory.editing:
            scene.lead.append(door_news.news(scene))
        return ask(scene, step, variant)
    return summary.summary(scene) if scene.memory.reviewed is None else summary.brief(scene)


def offer(scene: Scene, champ: Champ, sentence: str, values: Sequence[tuple[str, Json]]) -> Reply:
    """Values to tap, and nothing written yet; asked again after a digression."""
    offered = Choosing(champ, tuple(values), sentence)
    scene.remember(focus=offered)
    return _offer_again(scene, offered)


def _offer_again(scene: Scene, offered: Choosing) -> Reply:
    rows = tuple((scene.button(label, "choix", str(at)),) for at, (label, _) in enumerate(offered.values))
    return scene.reply(offered.sentence, rows=rows)


def current(scene: Scene) -> Step | None:
    """The question that waits for an answer, if any."""
    if not scene.session.opened:
        return None
    return verdict.pending(scene) if scene.memory.can_i else scene.pending()


def ask(scene: Scene, step: Step, variant: str = "question", page: int = 0) -> Reply:
    """The question of `step`, with its current value when it is being changed."""
    return scene.reply(question_text(scene, step, variant), rows=rows(scene, step, page))


def question_text(scene: Scene, step: Step, variant: str = "question") -> str:
    """Progress, current value, question and example."""
    words, draft = scene.house.words, scene.draft
    place, total = scene.house.flow.progress(step)
    head = words.say("form.etape", rang=str(place), total=str(total), section=words.say(f"sections.{step.section}"))
    value = recap.step_value(words, draft, step)
    complete = not step.missing(draft) or step.optional
    current = words.say("form.actuel", valeur=value) if value and complete else _age_said(scene, step)
    if value and not step.missing(draft) and not step.valid(draft) and step.asking is Asking.PERIOD:
        current = words.say("form.dates_passees")
    asked = next((champ for champ in scene.wanted() if champ in step.fields), None)
    current = _sent_value(scene, asked) or current
    key = "question" if variant not in {"aide", "mineur"} else variant
    partial = step.missing(draft)
    names = [f"question_{partial[0]}"] if partial and len(partial) < len(step.champs) else []
    names = [f"question_{champ}" for champ in scene.wanted() if champ in step.also] or names
    if draft.minor:
        names.append("question_mineur")
    sentence = words.first(*(f"demande.{step.name}.{name}" for name in (*names, key, "question")))
    alone = asked or (partial[0] if names and partial else None)
    example = words.first(f"demande.{step.name}.exemple_{alone}" if alone else "", f"demande.{step.name}.exemple")
    shown = words.say("form.exemple", exemple=example) if example and step.name not in PRIVATE else ""
    free = _free(scene, step)
    return "\n".join(part for part in (head, current, f"*{sentence}*", shown, free) if part)


def _free(scene: Scene, step: Step) -> str:
    """Why a question on somebody's life is asked, and that nobody has to answer it."""
    if step.name not in DECIDING or not step.optional:
        return ""
    words = scene.house.words
    return f"{words.step(step.name, 'pourquoi')} {words.say('form.libre')}"


def _sent_value(scene: Scene, champ: Champ | None) -> str:
    """What the sent request says of the field that a counsellor asks for, so that one sees what to set right."""
    sent = scene.completed
    value = sent.answers.get(champ) if sent is not None and champ is not None else None
    if champ is None or value is None:
        return ""
    return scene.house.words.say("form.actuel", valeur=recap.shown(scene.house.words, champ, value))


def _age_said(scene: Scene, step: Step) -> str:
    """The age said earlier, at the question on the birth date."""
    said = scene.memory.age_said if step.name == "date_naissance" else ""
    return scene.house.words.say("form.age_dit", age=said) if said else ""


def bare_question(scene: Scene, step: Step) -> str:
    """The question alone, of what is still missing of it."""
    left = step.missing(scene.draft)
    own = f"demande.{step.name}.question_{left[0]}" if left and len(left) < len(step.champs) else ""
    return scene.house.words.first(own, f"demande.{step.name}.question")


def rows(scene: Scene, step: Step, page: int = 0) -> Rows:
    """The buttons of a question; navigation only where there is room."""
    choices = _choices(scene, step, page)
    nav = _navigation(scene, step)
    room = BUTTONS - len(choices)
    wide = step.asking is Asking.YES_NO
    body: Rows = (tuple(choices),) if wide and choices else tuple((choice,) for choice in choices)
    return (*body, tuple(nav[:room])) if nav[:room] else body


def choice_rows(scene: Scene, step: Step) -> Rows:
    """The choices alone, one a row; none for an open question."""
    return tuple((choice,) for choice in _choices(scene, step, 0))


def _navigation(scene: Scene, step: Step) -> list[Button]:
    words = scene.house.words
    skip = words.say("boutons.bureau_inconnu" if step.asking is Asking.OFFICE else "boutons.passer")
    nav = [scene.button(skip, step.name, "passer")] if step.optional else []
    visible = scene.house.flow.visible(scene.draft)
    if visible and visible[0] is not step:
        nav.append(scene.button(words.say("boutons.retour"), "nav", "retour"))
    return nav


def _choices(scene: Scene, step: Step, page: int) -> list[Button]:
    words = scene.house.words
    if step.asking is Asking.YES_NO:
        return [scene.button(words.say("oui"), step.name, "oui"), scene.button(words.say("non"), step.name, "non")]
    if step.asking is Asking.OFFICE:
        around = scene.draft.offices.candidats[: BUTTONS - 1]
        return [scene.button(listed.office_label(scene, one), step.name, str(at)) for at, one in enumerate(around)]
    if step.asking is Asking.PERIOD:
        return [scene.button(words.say("boutons.calendrier"), "mois", months.SOON)]
    choices = words.choices(step.name)
    if len(choices) <= BUTTONS:
        page_choices, more = choices, False
    else:
        page_choices, more = _page(choices, page)
    buttons = [scene.button(label, step.name, value) for value, label in page_choices]
    if more:
        buttons.append(scene.button(words.say("boutons.autre"), step.name, f"+{page + 1}"))
    return buttons


def _page(choices: tuple[tuple[str, str], ...], page: int) -> tuple[tuple[tuple[str, str], ...], bool]:
    size = BUTTONS - 1
    start = page * size
    rest = choices[start:]
    return (rest, False) if len(rest) <= BUTTONS else (rest[:size], True)


def menu_rows(scene: Scene) -> Rows:
    """The six doors of /start; they stay valid whatever the version."""
    words = scene.house.words
    names = ("question", "reprendre" if scene.session.answers else "demande", "puisje", "demandes", "humain", "donnees")
    return tuple((scene.button(words.say(f"menu.{name}"), "menu", name),) for name in names)
