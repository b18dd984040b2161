"""What a free text means: an answer, several, a question, both, or nothing we understood."""

import re

from bot.conversation import answering, control, digress, filling, opening, questions, repair, review
from bot.conversation.answering import Filled, Refused
from bot.conversation.flow import Asking, Step
from bot.conversation.plain import plain
from bot.conversation.scene import Scene
from bot.conversation.slots import Ask, Rejected, Value
from bot.domain.answer import Answer, Emergency, Smalltalk
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.domain.session import Json

_FREE = frozenset({Asking.TEXT, Asking.NAMES, Asking.DETAILS, Asking.TRADE, Asking.PLACE})
_OWN_WORDS = frozenset({Asking.TEXT, Asking.NAMES, Asking.DETAILS})
_SEND = re.compile(
    r"(?:oui |ok |c est bon |parfait |d accord |vous pouvez |tu peux |je confirme )*(?:envo(?:ie|ies|ye|yez|yer)|j envoie|transmett(?:ez|re)|valid(?:e|er|ez))(?: la| ma| le| tout)?(?: demande)?(?: svp| merci)?|oui|ok|d accord|c est bon|parfait|je confirme|ouais"
)
_WHY = re.compile(
    r"(?:mais |et )?(?:pourquoi|a quoi (?:ca|cela) sert|c est pour quoi faire|ca sert a quoi|en quoi)\b.*(?:demand|besoin|sert|savoir|question|ca|cela|faire)?.*"
)
_ASKED_WHY = re.compile(
    r".*(?:demand\w*|besoin|sert|voulez|vouloir|utile|question)\b.*|pourquoi|pourquoi (?:ca|cela)|pour quoi faire"
)
_REFUSES = re.compile(
    r"(?:non )?(?:(?:ca|cela) (?:ne )?vous regarde pas|c est (?:prive|personnel|mon probleme|ma vie)|je (?:ne )?(?:veux|souhaite|prefere) pas (?:vous )?(?:le |la |les )?(?:dire|donner|repondre)(?: .*)?|pas vos (?:affaires|oignons)|occupez vous .*|mele toi .*)"
)
_WAIT = re.compile(
    r"(?:attend(?:s|ez)?|(?:une|deux|cinq|\d+) ?(?:minutes?|secondes?|min|sec|instants?)|un instant|je (?:vais )?(?:demande|demander|regarde|regarder|verifie|verifier|reviens)|je dois (?:demander|regarder|verifier)|laissez moi (?:une minute|reflechir|regarder|demander|le temps))(?: (?:svp|je|j|s il|deux|une|a|au|le|la|mes|mon|ma|avec|et|pour|de|que|me|vais|dois|demande|demander|regarde|reflechis|cherche|reviens|tout|de suite)\b.*)?"
)
_NO_HOST = re.compile(
    r"(?:je |j )?(?:ne )?(?:connais|ai|trouve) (?:pas|aucune?)(?: encore)?(?: trouve)?(?: d| de)? ?(?:entreprise|employeur|patron|lieu|structure|boite|endroit)s?|(?:pas|aucune) (?:encore )?(?:d )?entreprise|je (?:n )?en connais (?:pas|aucune)|je cherche(?: encore)?(?: une entreprise)?|pas encore"
)
_DONT_KNOW = re.compile(
    r"(?:euh |bah |ben )*(?:je |j )?(?:ne |n )?(?:sais|c|sait) (?:pas|plus|rien)(?: encore| trop| du tout)?|(?:aucune|pas d) idee|jsp|chais pas|je (?:n )?ai pas(?: encore)? (?:choisi|decide)|ne sais pas|nsp"
)
_ALSO = re.compile(
    r"(?:et |sinon |au fait )?(?:je (?:veux|voudrais|souhaite|peux)|est ce que je peux|puis je) (?:aussi|egalement|en plus) (?:faire |avoir |demander )?(?:une? |un )?(?:autre )?(?:stage|immersion|demande|pmsmp)\b.*|(?:je veux|je voudrais)(?: faire)? une (?:autre|deuxieme|seconde) (?:demande|immersion)"
)
_CHILD = re.compile(
    r".*\b(?:pour|de) (?:mon|ma|notre|mes) (?:fils|fille|enfant|enfants|petit fils|petite fille|neveu|niece|frere|soeur|ado)\b(?:.*?\b(?P<age>\d{1,2}) ?ans?)?.*"
)
_ASIDE = re.compile(
    r"^(?P<answer>[^?]{1,80}?)(?:[,;.!]\s*|\s+)(?:et\s+)?(?:au fait|sinon|mais|d['’]ailleurs|par contre|et)?[\s,]*(?P<question>(?:et\s+)?(?:est[- ]ce|c['’ ]est|combien|comment|quand|qui|que|quel|pourquoi|o[uù]|il faut|on|je|y a).*\?)\s*$",
    re.IGNORECASE,
)


def number(scene: Scene) -> Reply | None:
    """At the recap, a number edits that line; anywhere else it is an answer."""
    shown = scene.memory("numeros") or (scene.session.opened and scene.pending() is None)
    digits = plain(scene.text).removeprefix("numero ").removeprefix("ligne ").removeprefix("le ")
    scene.remember(numeros=None)
    if not shown or not digits.isdecimal() or len(digits) > 2:
        return None
    steps = scene.house.flow.visible(scene.draft)
    place = int(digits)
    if not 1 <= place <= len(steps):
        scene.say("recap.pas_de_ligne", nombre=str(len(steps)))
        return questions.prompt(scene)
    return repair.edit(scene, steps[place - 1])


def about_step(scene: Scene) -> Reply | None:
    """Why you ask, what the word means, no wish to say, one minute, I do not know."""
    words = plain(scene.text)
    if scene.session.opened and _ALSO.fullmatch(words):
        return control.already_open(scene)
    step = questions.current(scene)
    if step is None:
        return None
    if _NO_HOST.fullmatch(words) and step.section == "entreprise" and step.name != "lieu":
        scene.say("form.sans_hote")
        return filling.fill(scene, {Champ.HOTE_CONNU: False})
    if _WAIT.fullmatch(words):
        return scene.reply(scene.house.words.say("form.prenez_votre_temps"))
    if _WHY.fullmatch(words) and _ASKED_WHY.fullmatch(words):
        scene.lead.append(scene.house.words.step(step.name, "pourquoi"))
        return questions.prompt(scene)
    if _REFUSES.fullmatch(words):
        return control.skip(scene) if step.optional else _unwilling(scene, step)
    return _meaning(scene, step, words) or _unknown_answer(scene, step, words)


def _unwilling(scene: Scene, step: Step) -> Reply:
    scene.say("form.sans_pression")
    return control.needed(scene, step)


def _meaning(scene: Scene, step: Step, words: str) -> Reply | None:
    """« c'est quoi un SIRET ? » on the SIRET question: one sentence, then the question."""
    found = re.fullmatch(
        r"(?:c est quoi|qu est ce qu(?: un| une|e c est)|que veut dire|ca veut dire quoi|c koi)(?: un| une| le| la| l| les| ca| d)* ?(?P<what>.*)",
        words,
    )
    if found is None:
        return None
    names = [plain(name) for name in scene.house.words.step(step.name, "noms").split(",")]
    if found["what"] and found["what"] not in names:
        return None
    scene.lead.append(scene.house.words.step(step.name, "aide"))
    if step.optional:
        scene.say("form.vous_pouvez_passer")
    return questions.prompt(scene)


def _unknown_answer(scene: Scene, step: Step, words: str) -> Reply | None:
    """« je ne sais pas »: ways on, and never a guess."""
    if not _DONT_KNOW.fullmatch(words) or step.asking is Asking.CHOICE:
        return None
    own = scene.house.words.step(step.name, "ne_sait_pas")
    if own:
        scene.remember(asked=step.name)
        return scene.reply(own, rows=questions.rows(scene, step))
    return control.skip(scene)


def for_a_child(scene: Scene) -> Reply | None:
    """An adult asking for a child: nothing on the child is collected."""
    found = _CHILD.fullmatch(plain(scene.text))
    if found is None or not found["age"]:
        return None
    age = scene.house.regles.parametre("age_minimum", scene.today)
    words = scene.house.words
    key = "orientation.enfant_trop_jeune" if int(found["age"]) < age.valeur else "orientation.enfant"
    scene.say(key, age=str(age.valeur), source=age.url, jour=words.day(age.verifiee_le, weekday=False))
    rows = tuple((scene.button(words.say(f"menu.{name}"), "menu", name),) for name in ("question", "humain"))
    return scene.reply(rows=rows)


def interpret(scene: Scene) -> Reply:
    """A text that is neither an order nor a choice: a line's number, an aside, a correction, an answer, a question."""
    for handler in (number, about_step, for_a_child, repair.correct):
        reply = handler(scene)
        if reply is not None:
            return reply
    step = questions.current(scene)
    if step is not None:
        return answer(scene, step)
    return at_recap(scene) if scene.session.opened else outside_form(scene)


def answer(scene: Scene, step: Step) -> Reply:
    """A text while `step` is pending."""
    text = scene.text
    mixed = _with_aside(scene, step, text)
    if mixed is not None:
        return mixed
    asks = digress.is_question(text)
    if not asks:
        told = several(scene, step)
        if told is not None:
            return told
    if asks and step.asking in _FREE:
        return digress.respond(scene, text)
    chat = _smalltalk(scene, step)
    if chat is not None:
        return chat
    read = answering.read_step(scene, step, text)
    if isinstance(read, Refused) or (asks and not isinstance(read, Filled)):
        return _digression(scene, asks=asks) or filling.take(scene, step, read)
    return filling.take(scene, step, read)


def _digression(scene: Scene, *, asks: bool) -> Reply | None:
    """A question without its mark: only where the base truly answers it."""
    outcome = digress.ask_base(scene, scene.text)
    if asks or isinstance(outcome, Answer | Emergency | Smalltalk):
        return digress.say_outcome(scene, scene.text, outcome)
    return None


def _smalltalk(scene: Scene, step: Step) -> Reply | None:
    """« merci », « il fait beau »: not a trade, not a company."""
    if step.asking not in _FREE or len(plain(scene.text).split()) > 5:
        return None
    outcome = digress.ask_base(scene, scene.text)
    return digress.say_outcome(scene, scene.text, outcome) if isinstance(outcome, Smalltalk) else None


def _with_aside(scene: Scene, step: Step, text: str) -> Reply | None:
    """« oui, et au fait c'est payé ? »: the answer is stored and the question answered."""
    found = _ASIDE.match(text.strip())
    if found is None or step.asking in _OWN_WORDS:
        return None
    read = answering.read_step(scene, step, found["answer"])
    if not isinstance(read, Filled) or digress.is_question(found["answer"]):
        return None
    scene.lead.extend(filling.write(scene, read.values))
    return digress.respond(scene, found["question"])


def several(scene: Scene, step: Step | None) -> Reply | None:
    """A paragraph that states several fields: all read back, the rest asked."""
    if step is not None and step.asking in _OWN_WORDS and step.name != "conseiller":
        return None
    if len(scene.text.split()) < 3:
        return None
    found = scene.house.reader.extract(scene.text, scene.context())
    values = {champ: one.value for champ, one in found.items() if isinstance(one, Value)}
    if Champ.ENTREPRISE in values and Champ.HOTE_CONNU not in scene.values:
        values[Champ.HOTE_CONNU] = True
    others = [champ for champ in values if step is None or champ not in step.fields]
    if not others or (step is not None and len(values) < 2 and _reads(scene, step)):
        return None
    return told(scene, values, found)


def _reads(scene: Scene, step: Step) -> bool:
    return isinstance(answering.read_step(scene, step, scene.text), Filled)


def told(scene: Scene, values: dict[Champ, Json], found: object) -> Reply:
    """Write what is clear, say what is doubtful, ask the first missing."""
    opening.ensure_open(scene)
    scene.say("form.compris")
    scene.lead.extend(filling.write(scene, values))
    readings = found if isinstance(found, dict) else {}
    remarks = [(code, one.params) for one in readings.values() if isinstance(one, Value) for code in one.remarks]
    doubts = [(one.code, one.params) for one in readings.values() if isinstance(one, Ask | Rejected)]
    said = [scene.house.words.reading(code, params) for code, params in (*remarks, *doubts[:2])]
    scene.lead.extend(text for text in dict.fromkeys(said) if text)
    scene.remember(edit=None)
    return questions.prompt(scene)


def at_recap(scene: Scene) -> Reply:
    """Everything is answered: send, add, or ask."""
    words = plain(scene.text)
    if _SEND.fullmatch(words):
        return review.send(scene)
    step = repair.named_step(scene, words)
    if step is not None and len(words.split()) <= 4:
        return repair.edit(scene, step)
    told_more = several(scene, None) if not digress.is_question(scene.text) else None
    if told_more is not None:
        return told_more
    return digress.respond(scene, scene.text)


def outside_form(scene: Scene) -> Reply:
    """No form open: a story opens it, a short « stage » is asked about, the rest is a question."""
    words = plain(scene.text)
    from bot.conversation import followup

    if followup.mistaken(scene):
        return followup.ask_change(scene)
    if words in {"stage", "un stage", "immersion", "une immersion", "pmsmp", "je cherche un stage", "stages"}:
        return _which_stage(scene)
    if not digress.is_question(scene.text):
        parked = scene.session.answers
        told_it = several(scene, None)
        if told_it is not None:
            return told_it
        if parked:
            scene.say("form.brouillon_garde")
    return digress.respond(scene, scene.text)


def _which_stage(scene: Scene) -> Reply:
    words = scene.house.words
    rows = (
        (scene.button(words.say("menu.demande"), "menu", "demande"),),
        (scene.button(words.say("menu.puisje"), "menu", "puisje"),),
        (scene.button(words.say("menu.question"), "menu", "question"),),
    )
    return scene.reply(words.say("accueil.quel_stage"), rows=rows)
