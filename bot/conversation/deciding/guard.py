"""Before anything else: danger, data that must not be kept, floods, edits, other people's words."""

import unicodedata
from dataclasses import replace

from bot.conversation import answering
from bot.conversation.deciding import alarm, both_ears, persons, whose
from bot.conversation.doing import ask, filling
from bot.conversation.hearing import ear
from bot.conversation.hearing.heard import Heard
from bot.conversation.memory import Confirming, Nothing, Pace, What
from bot.conversation.saying import helplines, questions
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.answer import Emergency
from bot.domain.demande import Champ
from bot.domain.message import Kind, Reply
from bot.domain.session import Json
from bot.domain.turn import DeleteIncoming, RaiseAlarm, RecordIncident, RelayToCounsellor
from bot.form.flow import Asking
from bot.reading.dictated import punctuated
from bot.reading.outcome import ReadContext, Value
from bot.reading.plain import plain

A_MINUTE = 150
"""Messages a minute: more than anybody types, fewer than a machine sends."""


def emergency(scene: Scene) -> Reply | None:
    """Somebody may be in danger: the form waits, the numbers are said, only a category is kept."""
    if not scene.text:
        return None
    if alarm.denied(scene):
        return alarm.gone_on(scene)
    category = alarm.in_danger(scene.house, scene.text) or both_ears.danger(scene)
    if not category:
        if scene.message.kind is Kind.TEXT and alarm.hard_to_bear(scene.house, scene.text):
            scene.say("urgence.soutien", numero=scene.house.words.say("urgence.numero_suicide"))
        return None
    scene.lead.clear()
    words = scene.house.words
    scene.remember(urgent=True, alarmed=True, danger=category, focus=Nothing(), unheard=alarm.unheard(scene))
    scene.effects.append(RaiseAlarm(category, helplines.number(scene, category)))
    if scene.dossier.handoff is not None:
        scene.effects.append(RelayToCounsellor(scene.text))
    told = [f"urgences#{one}" for one in (category, *alarm.besides(scene.house, scene.text, category))]
    found = {ref: one for ref in told if (one := scene.house.answerer.passage(ref)) is not None and one.citations}
    if found:
        text = "\n\n".join(one.court for one in found.values())
        sources = tuple(dict.fromkeys(source for one in found.values() for source in one.citations))
        return ask.emergency(scene, Emergency(category, text, tuple(found), sources))
    scene.effects.append(RecordIncident(category))
    rows = ((scene.button(words.say("menu.humain"), "menu", "humain"),),)
    return scene.reply(words.first(f"urgence.{category}", "urgence.danger"), rows=rows)


def flood(scene: Scene) -> Reply | None:
    """Beyond a calm pace, one polite line and no search at all."""
    minute = scene.at.strftime("%Y%m%d%H%M")
    known = scene.memory.pace
    pace = replace(known, messages=known.messages + 1) if known and known.minute == minute else Pace(minute, 1)
    scene.remember(pace=pace)
    if pace.messages <= A_MINUTE:
        return None
    scene.lead.clear()
    return scene.reply(scene.house.words.say("hors_texte.trop_vite"))


def sensitive(scene: Scene) -> Reply | None:
    """Data nobody must send here: not stored, the message deleted, said plainly, asked again."""
    if not scene.text:
        return None
    category, overheard = _category(scene)
    if not category:
        return None
    placed = _placed(scene) if category == "tiers" else None
    if placed is not None:
        return placed
    if scene.message.message_id is not None:
        scene.effects.append(DeleteIncoming(scene.message.message_id))
    scene.effects.append(RecordIncident(category))
    if category == "sante" and ((word := _word_kept(scene)) is not None or _rest(scene)):
        return word
    if category == "tiers" and _without_their_number(scene):
        return None
    return _refused(scene, category, overheard=overheard)


def _placed(scene: Scene) -> Reply | None:
    """A number of somebody whom the form asks for goes to its place."""
    if not scene.session.opened:
        return None
    return persons.correct(scene, Heard(scene.text), questions.current(scene))


def _refused(scene: Scene, category: str, *, overheard: bool) -> Reply:
    """What is said of it, with the answer that stands beside it where there is one."""
    words = scene.house.words
    # A choice in words that the second ear alone hides is asked again: nobody knows what was a doubt.
    known = category == "sante" and not overheard
    closed = (_closed_answer(scene) or _reached(scene)) if known or category == "identifiant" else None
    if closed is not None:
        scene.lead.append(words.say("sensible.sante_reste" if known else "sensible.identifiant"))
        return filling.fill(scene, closed.values, closed.remarks)
    scene.lead.append(words.first(f"sensible.{category}", "sensible.autre"))
    named = _name_beside(scene) if category != "sante" else None
    if named is not None:
        return filling.fill(scene, named.values)
    if category == "sante" and ask.is_question(scene.text):
        return ask.respond(scene, _health_asked(scene))
    return questions.prompt(scene)


def _without_their_number(scene: Scene) -> bool:
    """The clause with somebody else's number or address leaves the message, which says more than that: the rest is heard."""
    text = punctuated(scene.text)
    ways = [way for way in whose.ways_owned(scene, text, None) if way.owner in whose.NOBODY | {""}]
    left = text
    for way in sorted(ways, key=lambda one: one.start, reverse=True):
        begins = max((found.end() for found in _CLAUSE_ENDS.finditer(text, 0, way.start)), default=0)
        stop = _CLAUSE_ENDS.search(text, way.end)
        left = f"{left[:begins]}{left[stop.end() if stop else len(left) :]}"
    if not ways or len(plain(left).split()) < FEWEST_LEFT or scene.house.reader.sensitive(left, _asked(scene)):
        return False
    scene.say("sensible.tiers_numero")
    scene.message = replace(scene.message, text=left.strip(" ,;"))
    return True


_CLAUSE_ENDS = re.compile(r"[.;!?,]\s{1,3}|\n")


def _category(scene: Scene) -> tuple[str, bool]:
    """What must not be kept of the message, empty where all may; and whether the second ear alone heard it."""
    category = scene.house.reader.sensitive(scene.text, _asked(scene))
    if category == "tiers" and persons.lent(scene, scene.text):
        return "", False
    overheard = not category and not _asks_adjustment(scene) and bool(both_ears.health(scene))
    return ("sante" if overheard else category), overheard


def _closed_answer(scene: Scene) -> answering.Filled | None:
    """« en arrêt maladie, burn-out » at a question of choices: the choice is kept, never the words."""
    step = questions.current(scene)
    if step is None or step.asking not in {Asking.CHOICE, Asking.YES_NO}:
        return None
    parts = (scene.text, *ear.clauses(scene.text), scene.text.partition("(")[0], scene.text.split()[0])
    read = (answering.read_step(scene, step, part) for part in parts)
    return next((one for one in read if isinstance(one, answering.Filled)), None)


_YES_OR_NO = re.compile(r"(?:ou+i+|ouais|non|nan)\b")


def _name_beside(scene: Scene) -> answering.Filled | None:
    """« Karim Roussel. sécu 1 95 … » where one's name is asked: the name is kept, no figure is read."""
    step = questions.current(scene)
    if step is None or step.asking is not Asking.NAMES:
        return None
    read = answering.read_step(
        scene, step, " ".join(word for word in scene.text.split() if not any(map(str.isdigit, word)))
    )
    return read if answering.surely_named(step, read) and isinstance(read, answering.Filled) else None


def _reached(scene: Scene) -> answering.Filled | None:
    """« que par SMS, je suis sourde, 06… » where one's ways to be reached are asked: they are kept, nothing else."""
    step = questions.current(scene)
    if step is None or step.name != "contact":
        return None
    found = (shape.search(scene.text) for shape in (answering.EMAIL, answering.PHONE))
    told = " ".join(one.group() for one in found if one)
    read = answering.read_step(scene, step, told) if told else None
    return read if isinstance(read, answering.Filled) else None


def health(scene: Scene) -> Reply | None:
    """Health heard by the ear alone: its clauses are dropped, kindly, and the rest goes on."""
    if not scene.text or scene.message.kind is not Kind.TEXT or (scene.session.opened and _asks_adjustment(scene)):
        return None
    word = _word_kept(scene) if _tells_some(scene) else None
    if word is not None:
        return word
    _rest(scene)
    return None


def _word_kept(scene: Scene) -> Reply | None:
    """« oui pour mon épilepsie » at a question that the first word answers: that word, and nothing else."""
    word = _closed_answer(scene) if _YES_OR_NO.match(plain(scene.text)) else None
    if word is None:
        return None
    scene.lead.append(scene.house.words.say("sensible.sante_reste"))
    return filling.fill(scene, word.values, word.remarks)


def _tells_some(scene: Scene) -> bool:
    return bool(_heard(scene).health)


def _heard(scene: Scene) -> Heard:
    """The message as the built-in ear hears it."""
    house, context = scene.house, scene.context()
    return ear.hear(
        scene.text, house.listener, house.spoken, lambda part: house.reader.sensitive(part, context) == "sante"
    )


def _asks_adjustment(scene: Scene) -> bool:
    step = questions.current(scene)
    return step is not None and step.name == "amenagements"


def _rest(scene: Scene) -> bool:
    """Keep what the message says besides health; False where nothing is left, or where it would be guesswork.

    Without the words that the second ear alone hides, what is left may say something else: « moi c'est… ».
    """
    heard = _heard(scene)
    left = len(plain(heard.text).split())
    if not heard.health or left < (FEWEST_ASKED if "?" in heard.text else FEWEST_LEFT):
        return False
    if any(span in heard.text for span in both_ears.health(scene)):
        return False
    said_so = scene.house.words.say("sensible.sante_reste")
    if said_so not in scene.lead:
        scene.lead.append(said_so)
    kept = [part for part in ear.clauses(heard.text) if not _to_tell(part)]
    told = ", ".join(kept).strip(" ,")
    asks = _to_tell(scene.text) or ("?" in scene.text and "?" not in heard.text)
    scene.message = replace(scene.message, text=f"{told}. {_health_asked(scene)}" if asks else heard.text)
    return True


def _health_asked(scene: Scene) -> str:
    """What the words on one's health ask, in words that hold none: whether to tell, else whether one may."""
    name = "dire_sante" if _to_tell(scene.text) else "handicap"
    return scene.house.words.say(f"questions.{name}")


def _to_tell(text: str) -> bool:
    """« est-ce que je dois le dire ? », beside a word on one's health: whether the host must know."""
    return _TO_TELL.search(plain(text)) is not None


_TO_TELL = re.compile(
    r"\b(?:dois|doit|faut|faudra|faudrait|oblige\w*|est ce que je|a qui)\b.{0,40}\b(?:dire|dise|parler|parle|prevenir|signaler|annoncer)\b|\b(?:j|je) ?l?e? ?di[st]? (?:a|a la|au) (?:qui|ki|patron)\b"
)


FEWEST_ASKED, FEWEST_LEFT = 4, 2
"""Words that must be left of a message without its health for the rest to be read."""


def _asked(scene: Scene) -> ReadContext:
    """Somebody else's phone is welcome only where the question asks for it."""
    step, context = questions.current(scene), scene.context()
    if step is None:
        return context
    return replace(context, answers={**context.answers, "champ": step.champs[0].value})


def emoji(scene: Scene) -> Reply | None:
    """A thumb answers a yes/no question; any other emoji is acknowledged."""
    text = scene.text
    if not any(unicodedata.category(char) == "So" for char in text):
        return None
    step = scene.pending() if scene.session.opened else None
    if step is not None and step.asking is Asking.YES_NO and text.startswith(("\U0001f44d", "\U0001f44e")):
        return filling.fill(scene, {step.champs[0]: text.startswith("\U0001f44d")})
    if text.startswith("\u2764"):
        scene.say("politesse.merci")
    else:
        scene.say("hors_texte.emoji")
    return questions.prompt(scene)


def edited(scene: Scene) -> Reply | None:
    """An edited message corrects the answer it gave, and never answers the current question."""
    if not scene.message.edited:
        return None
    mine = [name for name, slot in scene.session.answers.items() if slot.message_id == scene.message.message_id]
    if not mine or scene.message.message_id is None:
        return _edited_other(scene)
    champs = [Champ(name) for name in mine]
    values = _reread(scene, champs)
    if not values:
        scene.say("form.edition_illisible")
        return questions.prompt(scene)
    return filling.fill(scene, values)


def _reread(scene: Scene, champs: list[Champ]) -> dict[Champ, Json]:
    step = scene.house.flow.step_of(champs[0])
    read = answering.read_step(scene, step, scene.text) if step else None
    known = dict(read.values) if isinstance(read, answering.Filled) else {}
    if len(champs) > len(known):
        found = scene.house.reader.extract(scene.text, scene.context())
        known |= {champ: one.value for champ, one in found.items() if isinstance(one, Value)}
    return {champ: value for champ, value in known.items() if champ in champs}


def _edited_other(scene: Scene) -> Reply:
    if ask.is_question(scene.text):
        scene.say("form.question_modifiee")
        return ask.respond(scene, scene.text)
    scene.say("form.edition_inconnue")
    return questions.prompt(scene)


def forwarded(scene: Scene) -> Reply | None:
    """Words of somebody else, or through another bot: shown, and asked about before they count."""
    if not (scene.message.forwarded or scene.message.via_bot) or scene.message.kind is not Kind.TEXT:
        return None
    words = scene.house.words
    scene.remember(focus=Confirming(What.FORWARDED, text=scene.text[:300]))
    rows = (tuple(scene.button(words.say(name), "confirm", name) for name in ("oui", "non")),)
    return scene.reply(words.say("hors_texte.transfere", texte=scene.text[:300]), rows=rows)


def as_own(scene: Scene, text: str) -> None:
    """Take the text as the person's own."""
    scene.message = replace(scene.message, text=text, forwarded=False, via_bot=False, kind=Kind.TEXT, button="")
