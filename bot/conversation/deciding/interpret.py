"""What a free text means: an answer, several, a question, both, or nothing we understood."""

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation import answering, listed
from bot.conversation.answering import Filled, Outcome, Refused, Unsure
from bot.conversation.deciding import (
    about,
    after_sending,
    answer_first,
    apart,
    before_the_form,
    beside,
    both_ears,
    days_missed,
    elsewhere,
    figures_first,
    in_turn,
    meant,
    persons,
    policy,
    recap_lines,
    repair,
    tiled,
)
from bot.conversation.doing import ask, filling, navigate, opening, reopening, send, sent_request
from bot.conversation.hearing import ear, naming, phrases
from bot.conversation.hearing.heard import Act, Heard
from bot.conversation.hearing.orders import Order
from bot.conversation.hearing.summary_beside import summary_beside
from bot.conversation.memory import Nothing
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.answer import Answer, Clarify, Emergency, Refus, Refusal, Smalltalk
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.domain.reponses import hours_told
from bot.domain.session import Json
from bot.domain.texte import folded
from bot.form import recap
from bot.form.flow import Asking, Step
from bot.reading.choices.situations import bodies_in
from bot.reading.dates.other_things import aside, of_something_else
from bot.reading.dictated import punctuated
from bot.reading.insisted import without_insisting
from bot.reading.last_figures import ended
from bot.reading.names import reach
from bot.reading.names.bare import bare_name, called
from bot.reading.names.place import UNKNOWN as UNKNOWN_PLACE
from bot.reading.outcome import Ask, Reading, Rejected, Value
from bot.reading.plain import plain
from bot.reading.spelled import written_out
from bot.reading.spoken import said
from bot.reading.story.stated_figures import figures_told

_FREE = frozenset({Asking.TEXT, Asking.NAMES, Asking.DETAILS, Asking.TRADE, Asking.PLACE})
_OWN_WORDS = frozenset({Asking.TEXT, Asking.NAMES, Asking.DETAILS, Asking.PAST, Asking.OFFICE})
_PROJECT = frozenset({Champ.OBJECTIF, Champ.METIER, Champ.LIEU, Champ.ENTREPRISE, Champ.DATE_DEBUT, Champ.DATE_FIN})
_SMALL, _FOREIGN, _CHAT = 5, 4, 12
"""Words: at most of small talk, at least of a sentence in another language, at most of either."""


def interpret(scene: Scene) -> Reply:
    """A text that is neither an order nor a choice: a line's number, an aside, a correction, an answer, a question."""
    told = reach.written(scene.text) if reach.SPOKEN.search(scene.text) else scene.text
    scene.message = replace(scene.message, text=written_out(ended(told), scene.house.spellings).lstrip("?!.… "))
    at_recap = scene.session.opened and questions.current(scene) is None
    laid = tiled.told_in_tiles(scene, None) if at_recap else None
    if laid is not None:
        return laid
    if at_recap:
        scene.message = replace(scene.message, text=recap_lines.canonical(scene.text))
    for handler in (
        _label_of_before,
        recap_lines.several,
        number,
        about.about_step,
        about.for_a_child,
        recap_lines.passed,
    ):
        reply = handler(scene)
        if reply is not None:
            return reply
    rest = summary_beside(scene.text)
    if rest and questions.current(scene) is not None:
        scene.message = replace(scene.message, text=rest)
        reply = _interpreted(scene)
        return navigate.show_summary(scene) if scene.memory.focus == Nothing() else reply
    return _interpreted(scene)


def _interpreted(scene: Scene) -> Reply:
    scene.written = scene.text
    step = questions.current(scene)
    laid = tiled.told_in_tiles(scene, step) if step is not None or not scene.session.opened else None
    if laid is not None:
        return laid
    laid = _dictated_in_tiles(scene, step)
    if laid is not None:
        return laid
    if step is not None and step.asking is Asking.OFFICE and listed.names_office(scene, scene.text):
        return filling.take(scene, step, answering.read_step(scene, step, scene.text))
    scene.message = replace(scene.message, text=_politely_asked(scene))
    step = figures_first.figures_first(scene, step)
    days_missed.told_plainly(scene, step)
    if days_missed.said_missed(scene, step):
        return questions.prompt(scene)
    if step is not None and step.name == "entreprise":
        scene.message = replace(scene.message, text=called(scene.text))
    return _first(scene, step) or _decided(scene, step)


def _dictated_in_tiles(scene: Scene, step: Step | None) -> Reply | None:
    """The message with the marks that dictation leaves out, laid out once more where it has more clauses then."""
    marked = punctuated(scene.text)
    if marked == scene.text:
        return None
    scene.message = replace(scene.message, text=marked)
    return tiled.told_in_tiles(scene, step)


def _first(scene: Scene, step: Step | None) -> Reply | None:
    """What is corrected, told of other questions, or surely answered, before the whole is heard; then the message is narrowed."""
    before = (
        in_turn.corrected_first(scene, step)
        or beside.told_first(scene, step)
        or answer_first.answered_first(scene, step)
    )
    if before is None and step is not None:
        narrowed = bare_name(scene.text) if step.name in _NAMED_ALONE else scene.text
        scene.message = replace(scene.message, text=apart.narrowed(scene, step, narrowed))
    return before


def _decided(scene: Scene, step: Step | None) -> Reply:
    """What the message as heard leads to."""
    heard = policy.heard_now(scene)
    decided = (
        _opening_story(scene, heard)
        or policy.before_reading(scene, heard)
        or _both(scene, heard)
        or repair.correct(scene)
    )
    if decided is None and step is not None:
        decided = answer(scene, step, heard)
    if decided is None:
        decided = at_recap(scene, heard) if scene.session.opened else outside_form(scene, heard)
    before_the_form.keep(scene, heard)
    return decided


def _label_of_before(scene: Scene) -> Reply | None:
    """« Corriger une ligne », « Envoyer à la mission locale » typed where no such button is: no answer to what is asked."""
    step = questions.current(scene)
    words = plain(scene.text)
    if step is None or step.asking not in policy.OWN_WORDS:
        return None
    if words.startswith("envoyer ") and bodies_in(words) and len(words.split()) <= _CHAT:
        return navigate.obey_order(scene, Order.SEND)
    if not scene.house.words.labels_a_button(scene.text):
        return None
    scene.say("boutons_perimes.question")
    return questions.prompt(scene)


def _opening_story(scene: Scene, heard: Heard) -> Reply | None:
    """A wish, or things told by their names, before any form is open: what is stated opens one."""
    if _begins(scene, heard):
        opening.ensure_open(scene)
        values = {**_stated(scene, apart.stated(scene, heard.text, None)), **scene.beside}
        return told(scene, values, {}) if values else navigate.begin(scene)
    wished = _in_a_clause(scene, heard.text, "cadre.souhait") or scene.beside
    if scene.session.opened or "?" in heard.text or not wished:
        return None
    found = scene.house.reader.extract(heard.text, scene.context())
    values = {**_stated(scene, found), **scene.beside}
    return told(scene, values, found) if values and not persons.role(scene, heard) else None


def _begins(scene: Scene, heard: Heard) -> bool:
    """« bon vas-y on fait la demande »: said among other things, nothing being filled nor sent."""
    fresh = not (scene.session.opened or scene.session.answers or scene.dossier.demandes)
    return fresh and _in_a_clause(scene, heard.text, "cadre.commencer") and not persons.role(scene, heard)


def _in_a_clause(scene: Scene, text: str, name: str) -> bool:
    """Whether one of the clauses says it: what the others say takes nothing back."""
    told = (text, *(part for part in ear.clauses(text) if not part.endswith("?")))
    return any(said(scene.house.spoken, part, name) for part in told)


def _politely_asked(scene: Scene) -> str:
    """« la fin, pouvez-vous mettre le 16 ? » is « la fin, le 16 » where something is noted: asked kindly, told all the same."""
    if not scene.session.answers or not _POLITELY.search(scene.text):
        return scene.text
    return _POLITELY.sub("", scene.text).replace("?", "").strip()


_POLITELY = re.compile(
    r"(?i)(?:est[- ]ce (?:que |qu['’]))?(?:pou[rv]+(?:ez|iez)[- ]vous|peux[- ]tu|tu peux|vous pouvez|on peut|peut[- ]on)\s+(?:encore |plut[oô]t |juste )?(?:mettre|noter|[ée]crire)\s{1,3}(?=[\w«])"
)


def _both(scene: Scene, heard: Heard) -> Reply | None:
    """Facts and a question in one message: the facts kept and read back, the question answered, the next one asked."""
    step = questions.current(scene)
    if step is not None and "?" in heard.text and said(scene.house.spoken, heard.text, "cadre.deja_accueilli"):
        _earlier_stay(scene)
        return questions.prompt(scene)
    if not heard.facts or not heard.asked or (step is not None and step.name in {"consentement", "representant"}):
        return None
    if step is not None and len(plain(heard.facts).split()) <= _CHAT:
        inside = apart.take_apart(scene, step, heard.facts)
        read = inside.read if inside else answering.read_step(scene, step, heard.facts)
        heard_well = step.asking not in policy.OWN_WORDS or (
            bool(heard.weights) and not apart.aside(scene, step, inside.text if inside else heard.facts)
        )
        if (
            isinstance(read, Filled)
            and heard_well
            and policy.gate(scene, replace(heard, text=heard.facts), step, read) is None
        ):
            scene.lead.extend(filling.write(scene, {**(inside.others if inside else {}), **read.values}))
            scene.remember(course=filling.course(scene))
            return ask.respond(scene, heard.asked)
    values, asked = policy.told_and_asked(scene, heard)
    if _sent(scene) or not values or (not scene.session.opened and not _opens_with(scene, heard, values)):
        return None
    opening.ensure_open(scene)
    scene.say("form.compris")
    scene.lead.extend(filling.write(scene, dict(values), bare=True))
    scene.remember(course=filling.course(scene))
    # « on fait comment ? » asks nothing without what comes before it.
    return ask.respond(scene, asked if len(plain(asked).split()) >= _FOREIGN else heard.text)


def _opens_with(scene: Scene, heard: Heard, values: Mapping[Champ, Json]) -> bool:
    """Whether what comes with a question opens a request: a trade, or a wish; days alone are often those of something else."""
    return Champ.METIER in values or bool(said(scene.house.spoken, heard.facts, "cadre.souhait") and len(values) > 1)


def number(scene: Scene) -> Reply | None:
    """At the recap, a number edits that line, « 8 : pâtissier » changes it; elsewhere only « ligne 8 » does."""
    shown = scene.memory.numbered or (scene.session.opened and scene.pending() is None)
    told = scene.text.strip()
    found = phrases.LINE.match(told) or (phrases.LINE.match(_BARE_LINE.sub(r"\1 : ", told)) if shown else None)
    scene.remember(numbered=False)
    if found is None or not (shown or (found["named"] and scene.session.opened)):
        return None
    steps = scene.house.flow.visible(scene.draft)
    place = int(found["place"])
    if not 1 <= place <= len(steps):
        if not shown:
            return None
        scene.say("recap.pas_de_ligne", nombre=str(len(steps)))
        return questions.prompt(scene)
    step = steps[place - 1]
    if found["value"] and recap_lines.WRONG.search(plain(found["value"])):
        return questions.prompt(scene) if scene.lead else repair.edit(scene, step)
    read = answering.read_step(scene, step, found["value"]) if found["value"] else None
    if isinstance(read, Filled | Unsure):
        return filling.take(scene, step, read)
    return _other_line(scene, step, found["value"] or "") or repair.edit(scene, step)


_BARE_LINE = re.compile(
    r"^(\d{1,2})\s(?=[^\W\d_]{2})(?!(?i:jours?|semaines?|mois|ans?|heures?|h\b|fois|rue|avenue|place|personnes?|bis|ter|janv|f[ée]v|mars|avr|mai|juin|juil|ao|sept|oct|nov|d[ée]c))"
)
"""« 7 Madame Vidal », under the numbered summary."""


def _other_line(scene: Scene, step: Step, text: str) -> Reply | None:
    """« 7 : cuisinier » where line 7 is the aim: the trade is meant, and offered."""
    if not text:
        return None
    scene.message = replace(scene.message, text=text)
    return elsewhere.put(scene, step)


def answer(scene: Scene, step: Step, heard: Heard) -> Reply:
    """A text while `step` is pending."""
    asks = ask.is_question(scene.text) and not answering.surely_told(scene, step, scene.text)
    inside = apart.take_apart(scene, step, scene.text) if not asks and not policy.refutes(scene.text) else None
    if inside is not None and step.asking is Asking.TRADE:
        return _inside(scene, heard, step, inside)
    if said(scene.house.spoken, scene.text, "cadre.deja_accueilli"):
        _earlier_stay(scene)
    told_it = _with_aside(scene, step, scene.text) or (
        several(scene, step, heard) if not asks and not _drowned(heard) else None
    )
    if told_it is not None:
        return told_it
    wonders = heard.sounds(Act.QUESTION) > heard.sounds(Act.ANSWER) and len(scene.text.split()) > _SMALL
    if asks and (step.asking in _FREE or wonders or ask.opens_question(scene.text)):
        filling.keep_beside(scene)
        return ask.respond(scene, scene.text)
    return _inside(scene, heard, step, inside) if inside else _whole(scene, step, heard, asks=asks)


def _inside(scene: Scene, heard: Heard, step: Step, inside: apart.Apart) -> Reply:
    """One clause answers: kept alone; what the others state of the form is kept with it, and read back."""
    if step.asking in policy.OWN_WORDS and heard.weights:
        alone = replace(heard, text=inside.text, weights=scene.house.listener.listen(inside.text), parts=())
        other = policy.gate(scene, alone, step, inside.read)
        if other is not None:
            return other
    asked = _asked_beside(scene.text, inside.text)
    if asked and isinstance(inside.read, Filled):
        return _kept_then_asked(scene, {**inside.read.values, **inside.others}, asked)
    if inside.others and isinstance(inside.read, Filled):
        return filling.fill(scene, {**inside.read.values, **inside.others}, inside.read.remarks)
    return filling.take(scene, step, inside.read)


def _whole(scene: Scene, step: Step, heard: Heard, *, asks: bool) -> Reply:
    """The message as one answer, or as what else it is."""
    if step.asking is Asking.PERIOD and (off := aside(folded(scene.text)).weekdays):
        scene.remember(hours_begun=f"sauf {off}")  # said with the dates, it counts when the hours are told
    read = meant.meant(heard, step, _with_before(scene, step, _answer_alone(scene, step, scene.text)))
    read = _town_told(scene, step, read)
    placed = (step.asking is Asking.PLACE and isinstance(read, Filled)) or answering.surely_named(step, read)
    other = (_smalltalk(scene, step) if _chats(heard) and not placed else None) or policy.gate(scene, heard, step, read)
    if other is not None:
        return other
    astray = not asks and (_astray(read) or elsewhere.wrong_shape(scene, step))
    moved = elsewhere.put(scene, step) if astray and step.asking is not Asking.DETAILS else None
    if moved is not None:
        return moved
    if isinstance(read, Refused) or (asks and not isinstance(read, Filled)):
        other = _digression(scene, asks=asks) or policy.refused(scene, heard, step) or both_ears.offered(scene)
        return other or filling.take(scene, step, read)
    asked = _asked_beside(scene.text) if step.asking in {Asking.YES_NO, Asking.CHOICE} else ""
    if asked and isinstance(read, Filled):
        return _kept_then_asked(scene, read.values, asked)
    return filling.take(scene, step, read)


def _asked_beside(text: str, answer: str = "") -> str:
    """The clauses that ask, beside one that answers; empty where the whole message is one question."""
    parts = ear.clauses(text)
    asked = [part for part in parts if part.endswith("?") and part not in answer]
    return " ".join(asked) if len(asked) < len(parts) else ""


def _kept_then_asked(scene: Scene, values: Mapping[Champ, Json], asked: str) -> Reply:
    scene.lead.extend(filling.write(scene, values))
    scene.remember(course=filling.course(scene))
    return ask.respond(scene, asked)


def _town_told(scene: Scene, step: Step, read: Outcome) -> Outcome:
    """« là on est à Beauvais jusqu'à Noël », where a town is asked: the one that the sentence tells."""
    moving = said(scene.house.spoken, scene.text, "cadre.demenage")
    if step.asking is not Asking.PLACE or not _astray(read) or "?" in scene.text or moving:
        return read
    told = apart.stated(scene, scene.text, step).get(step.champs[0])
    return Filled({step.champs[0]: told.value}) if isinstance(told, Value) else read


def _drowned(heard: Heard) -> bool:
    """Whether a problem, a question or a complaint covers what the message may state."""
    loud = max(heard.sounds(act) for act in (Act.PROBLEM, Act.QUESTION, Act.COMPLAINT))
    return loud >= policy.CLEAR and loud > heard.sounds(Act.ANSWER)


def _answer_alone(scene: Scene, step: Step, text: str) -> str:
    """The answer without what is said around it: an earlier stay is told its rule, « pas X, plutôt Y » is Y."""
    if step.name == "entreprise" and said(scene.house.spoken, text, "cadre.deja_accueilli"):
        first = ear.clauses(text)[0]
        return first if not said(scene.house.spoken, first, "cadre.deja_accueilli") else text
    if step.asking in {Asking.PERIOD, Asking.HOURS, Asking.PLACE}:
        return _figures_alone(scene, step, text)
    again = answering.MENDED.split(text)
    rereads = (
        step.asking in {Asking.NAMES, Asking.DETAILS} or step.name == "activites"
    )  # whose reader hears what is said anew
    if step.asking in _OWN_WORDS and not rereads and len(again) > 1 and _name_again(again[-1]):
        return answering.introduced(again[-1])
    text = (_HEDGED.sub("", text) or text) if step.asking in _OWN_WORDS and not rereads else text
    if step.asking in _OWN_WORDS and step.name not in {"activites", *_NAMED_ALONE}:
        text = without_insisting(_MERELY.sub("", text)).strip() or text
    if step.asking is Asking.NAMES:
        return _NICKNAMED.sub("", text).strip() or text
    if step.name == "adresse":
        text = _numbered(text)
    if step.name in _NAMED_ALONE:
        called = _CALLED.match(text.strip())
        text = _GUESSED.sub("", (_BESIDE if step.name == "entreprise" else _FORGOTTEN).sub("", text)) or text
        told = _SAID_BESIDE.search(text) if step.name == "adresse" else None
        text = text[: told.start()] if told and not any(map(str.isdigit, told.group())) else text
        name = called["name"].strip() if called else _TOLD_AROUND.split(text, maxsplit=1)[0].strip(" ,;")
        elsewhere_told = answering.STREET.search(text) and not answering.STREET.search(name)
        return _STOP.sub("", name if any(char.isalnum() for char in name) and not elsewhere_told else text)
    return _trade_alone(scene, text) if step.asking is Asking.TRADE else text


def _figures_alone(scene: Scene, step: Step, text: str) -> str:
    """Dates, hours or a town without the days taken by something else, or what the town is near to."""
    if step.asking is Asking.PERIOD:
        return text if of_something_else(folded(text)) else _whole_period(_free_days(scene, text))
    if step.asking is Asking.HOURS:
        return _hours_alone(scene, step, text)
    return _NEAR.sub("", text).strip(" ,") or text


def _hours_alone(scene: Scene, step: Step, text: str) -> str:
    """The hours in a message that says something else besides, where it is not read whole."""
    told = [one.words for one in figures_told(text) if one.champ is Champ.HORAIRES]
    if not told or isinstance(answering.read_step(scene, step, text), Filled):
        return text
    rest = text.replace(told[0], " ")
    alone = not _OF_HOURS.search(plain(rest)) and isinstance(answering.read_step(scene, step, told[0]), Filled)
    return told[0] if alone else text


_OF_HOURS = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|matin|midi|soir|pause|heures?|sauf|mais|pas|ou|non|enfin|\d{1,2}h)\b"
)
"""Words left beside hours by which they are read whole, or not at all."""


def _trade_alone(scene: Scene, text: str) -> str:
    """The trade in a message that tells one: the first clause that is known, or what is meant instead."""
    named = apart.trade_in(scene, text)
    if named:
        return named
    text = (
        re.sub(r"(?i)^(?:plut[oô]t|non|enfin)\s{1,3}|(?<!\s)\s+plut[oô]t\W{0,9}$", "", text.strip()).strip(" .,;")
        or text
    )
    parts = ear.clauses(text)
    if parts and parts[0] != text and scene.house.reader.knows_trade(parts[0]):
        return parts[0]
    instead = _INSTEAD.search(text)
    meant = instead["new"].strip(" .,;!") if instead else ""
    for word in ("plutôt", "plutot"):
        meant = meant.removesuffix(word).strip(" ,")
    return meant or repair.rather(text) or text


def _name_again(text: str) -> bool:
    """Whether what follows « euh non pardon » is a whole name or address, not a piece of one."""
    return len(text.split()) > 1 or bool(re.match(r"[A-ZÉÈ]", text.strip()))


_CODED = re.compile(r"(?<!\d)\d{5}(?!\d)")


def _whole_period(text: str) -> str:
    """« je pose une semaine, du 14 au 18 décembre », « genre 8 9 10 décembre »: the first and the last day, alone."""
    if _SOME_OF_IT.search(plain(text)) or _AGAIN.search(plain(text)):
        return text
    told = [one.words for one in figures_told(text) if one.champ is Champ.DATE_DEBUT]
    if told:
        return told[0]
    begun = _FROM_TO.sub(r"du \g<start> au \g<end>", text)
    listed = _IN_A_ROW.search(begun)
    days = [int(day) for day in re.findall(r"\d{1,2}", listed["days"])] if listed else []
    if listed and len(days) > 1 and days == list(range(days[0], days[0] + len(days))):
        return f"{begun[: listed.start()]} du {days[0]} au {days[-1]} {begun[listed.end('days') :]}"
    return begun


_SOME_OF_IT = re.compile(r"\bentre\b|\b\d{1,2} jours?\b|\b(?:ou|sauf|soit)\b")
"""Words that say that the stay is a part of the days told, or one of two."""

_AGAIN = re.compile(r"\b(?:enfin|non|pardon|plutot|jusqu)\b")
"""« 14 au 24 décembre, enfin non, jusqu'au 23 »: taken up again by the reader of the whole."""

_FROM_TO = re.compile(
    r"(?i)\b(?:je |j['’]?)?(?:commence\w*|d[ée]but\w*|d[ée]marre\w*)\s(?:le\s)?(?P<start>[\w ]{1,40}?\d[\w ]{0,20}?)(?:\set|,)?\s(?:je |j['’]?|on )?(?:fini\w*|termin\w+|jusqu['’ ]?[àa]u?|fin)\s(?:le\s)?(?P<end>[\w ]{1,40})"
)
_IN_A_ROW = re.compile(
    r"(?<!\d)(?P<days>\d{1,2}(?:\s?(?:,|et|puis|\s)\s?\d{1,2}){1,6})(?=\s(?:janv|f[ée]v|mars|avr|mai|juin|juil|ao|sept|oct|nov|d[ée]c))"
)


def _free_days(scene: Scene, text: str) -> str:
    """« j'ai une mission du 30 au 4, disons du 8 au 12 »: the days that are taken are not those asked for."""
    told = [part for part in ear.clauses(text) if any(char.isdigit() for char in part)]
    free = [part for part in told if not said(scene.house.spoken, part, "dates.prise")]
    return " ".join(free) if free and len(free) < len(told) else text


_NEAR = re.compile(
    r"(?i)(?<=\w{3})[\s,(]+(?:juste |c['’]est |qui est )?(?:à c[ôo]t[ée] de|a cot[eé] de|pr[èe]s de|pas loin de|[àa] \d+ ?(?:km|min\w*) de|au[- ]dessus de|en[- ]dessous de|dans la banlieue de)\b.*$"
)
"""« Lucé à côté de Chartres » is Lucé."""

_HEDGED = re.compile(
    r"(?i)(?<![\s,;(])[\s,;(]+(?:je (?:crois|pense)(?: bien)?|il me semble|sauf erreur|si je me (?:souviens|rappelle) bien|normalement|a priori|un truc comme [çc]a|de m[ée]moire)[\s.!)]*$"
)
"""« Madame Petit je crois »: how sure one is, after a name."""

_BESIDE = re.compile(
    r"(?i)(?<=\w{3})\s+(?:juste )?(?:à c[ôo]t[ée] d|en face d|pr[èe]s d|derri[èe]re l|au bout d).*$|(?<=\w{3}),\s(?:une?|des|deux|trois|quatre|\d+)\s(?:toute |tout |tr[èe]s )?(?:petite?|grande?|personnes?|salari|maison|bo[îi]te|entreprise|structure)[^,]*(?:,\s.*)?$"
)
"""« Atelier du Bois à côté du Lidl »: where a firm is, after its name."""


_STOP = re.compile(r"(?<=[^\W\d_]{4})\.$")
"""The stop of a sentence; « S.A. » keeps its own."""


def _numbered(text: str) -> str:
    """« rue de la Source, le numéro je crois 14 » is « 14 rue de la Source »."""
    found = _NUMBER_AFTER.search(text)
    return f"{found['number']} {text[: found.start()].strip(' ,')}" if found and not text[:1].isdigit() else text


_NUMBER_AFTER = re.compile(
    r"(?i)[\s,]{1,3}(?:le |au |c['’]est (?:le |au )?)?(?:num[ée]ro|n°) (?:(?:je crois|je pense|c['’]est|je dirais)\s){0,2}(?P<number>\d{1,4}(?: ?(?:bis|ter))?)\b\W{0,3}$"
)

_FORGOTTEN = re.compile(
    r"(?i)(?<=\w{3})[\s,]{1,2}(?:mais )?(?:le |la |l['’])(?:num[ée]ro|rue|nom|code)\b[\w ]{0,20} (?:je |j['’]).*$"
)
"""« zone des Prés, le numéro je l'ai plus »: what one has forgotten, after what one knows."""

_MERELY = re.compile(
    r"(?i)^(?:(?:non|nn|nan|juste|mais|bah|ben|simplement|seulement)[\s,]{1,3}){1,4}(?=(?:m\.|mme|mr|madame|monsieur|(?-i:[A-ZÉÈ])))"
)
"""« non juste madame Pascale »."""

_NICKNAMED = re.compile(
    r"(?i)(?<![\s,;(])[\s,;(]{1,4}(?:mais|sinon|enfin|et)?\s?(?:tt|tous?|toute?s?|on|les gens|mes \w+|ici)\b[^,;]{0,25}\bm['’ ]?(?:app?el+e\w*|surnomm\w*|dit|dis)\b.*$"
)
"""« Camara Fatoumata mais tout le monde m'appelle Fatou »: how one is called, after one's name."""

_GUESSED = re.compile(
    r"(?i)^(?:(?:aucune id[ée]e|chai pas|jsp|j['’ ]?sais pas(?: trop)?|je (?:ne )?sais pas(?: trop)?|euh|bah|ben)[\s,.]{1,3})+(?:c['’ ]?est |cest |c )?"
)
"""« aucune idée c le dépôt de Laon »: how sure one is, before what one knows."""

_SAID_BESIDE = re.compile(
    r"(?i)(?<=\w{3})\s(?:(?:mais )?(?:je|j['’ ]ai|jai|on|tu|vous)\s.*|tout (?:court|simplement)|voil[àa]|quoi|point)$"
)
"""« 14 rue de Lannoy 59100 Roubaix je l'ai mis avec l'autre »: what is told after an address."""

_NAMED_ALONE = frozenset({"entreprise", "adresse", "conseiller"})
_TOLD_AROUND = re.compile(
    r"[,;]\s*(?:mais|les|ça|ca|c['’]est|j['’]|j ai|je|mon|ma|il|elle|on|ils|qui|à part|a part|sauf|faut|donc|par contre|le siret|le num[ée]ro)\b",
    re.IGNORECASE,
)
"""Where a name or an address ends, and something else is told."""

_INSTEAD = re.compile(
    r"\bnon\b[\s,.:;!]*(?:enfin|s[ée]rieux|s[ée]rieusement|en fait|plut[oô]t|pardon)[\s,:]*(?P<new>.+)$", re.IGNORECASE
)

_CALLED = re.compile(
    r"(?i)^(?:je crois (?:que )?|je pense (?:que )?|il me semble (?:que )?|euh )*(?:ça|ca|elle|il|la boîte|l['’]entreprise) s['’ ]appelle\s+"
    r"(?P<name>.+?)(?:,|\s+(?:mais|enfin|je crois|il me semble|pas s[ûu]re?)\b.*|$)"
)


def _earlier_stay(scene: Scene) -> None:
    """Two conventions and sixty days over twelve months with one host (Code du travail, D5135-3)."""
    days = scene.house.regles.parametre("jours_max_12_mois", scene.today)
    count = scene.house.regles.valeur("conventions_max_12_mois", scene.today)
    day = scene.house.words.day(days.verifiee_le, weekday=False)
    scene.say(
        "form.deja_accueilli",
        conventions=str(count),
        jours=str(days.valeur),
        article=days.article,
        url=days.url,
        jour=day,
    )


def _with_before(scene: Scene, step: Step, text: str) -> Outcome:
    """The reading of a text; days and hours given in two messages, or over the week known, add up."""
    read = answering.read_step(scene, step, text)
    if step.asking is not Asking.HOURS:
        return read
    before = scene.memory.hours_begun
    scene.remember(hours_begun="")
    week = hours_told(scene.values.get(Champ.HORAIRES))
    told_so_far = recap.shown(scene.house.words, Champ.HORAIRES, scene.values.get(Champ.HORAIRES))
    known = "" if week.by_day else told_so_far.partition(";")[2]
    counted = _slots_before(scene, step, read, before)
    if counted is not None:
        return counted
    for other in (before, known.rpartition(";")[2]):
        joined = (f"{other} {text}", f"{text} {other}") if other.strip() else ()
        tried = (answering.read_step(scene, step, one) for one in joined) if not isinstance(read, Filled) else ()
        found = next((one for one in tried if isinstance(one, Filled)), None)
        if found is not None:
            return found
    if not isinstance(read, Filled) and len(text.split()) <= _CHAT:
        scene.remember(hours_begun=text)
    return read


def _slots_before(scene: Scene, step: Step, read: Outcome, before: str) -> Outcome | None:
    """« 9h 16h », then « ça fait 6 h par jour du lundi au vendredi »: the slots told first, where they make that week."""
    week = hours_told(read.values.get(Champ.HORAIRES)) if isinstance(read, Filled) else None
    if week is None or week.slots or not week.days or not before:
        return None
    whole = answering.read_step(scene, step, f"{', '.join(week.days)} {before}")
    same = isinstance(whole, Filled) and hours_told(whole.values.get(Champ.HORAIRES)).week == week.week
    return whole if same else None


def _astray(read: Outcome) -> bool:
    """Whether a text does not answer the question asked: refused, or a place that exists nowhere."""
    return isinstance(read, Refused) or (isinstance(read, Unsure) and read.ask.code == UNKNOWN_PLACE)


def _digression(scene: Scene, *, asks: bool) -> Reply | None:
    """A question without its mark: only where the base truly answers it."""
    if not asks and _yes_or_no(scene.text):
        return None
    outcome = ask.ask_base(scene, scene.text)
    foreign = isinstance(outcome, Refusal) and outcome.reason is Refus.OTHER_LANGUAGE and len(scene.text.split()) > 2
    if (
        asks
        or foreign
        or isinstance(outcome, Emergency | Smalltalk)
        or (isinstance(outcome, Answer) and _may_ask(scene))
    ):
        return ask.say_outcome(scene, scene.text, outcome)
    return None


def _yes_or_no(text: str) -> bool:
    words = plain(text)
    return bool(phrases.YES_ALONE.fullmatch(words) or phrases.NOTHING.fullmatch(words))


def _may_ask(scene: Scene) -> bool:
    """A statement asks the base nothing: only a question's words, or what follows up on one (« et pour… »), do."""
    return ask.asks_inside(scene.text) or phrases.ELLIPTIC.match(plain(scene.text)) is not None


def _chats(heard: Heard) -> bool:
    """Whether the ear leaves room for small talk: « Chez Momo » answers, whatever it resembles."""
    return (
        not heard.weights or heard.sounds(Act.SMALLTALK) + heard.sounds(Act.COMPLAINT) >= heard.sounds(Act.ANSWER) / 2
    )


def _smalltalk(scene: Scene, step: Step) -> Reply | None:
    """« merci », « il fait beau »: not a trade, not a company."""
    size = len(plain(scene.text).split())
    if step.asking not in _FREE or size > _CHAT:
        return None
    outcome = ask.ask_base(scene, scene.text)
    if size >= _FOREIGN and isinstance(outcome, Refusal) and outcome.reason is Refus.OTHER_LANGUAGE:
        return ask.say_outcome(scene, scene.text, outcome)
    if size > _SMALL:
        return None
    return ask.say_outcome(scene, scene.text, outcome) if isinstance(outcome, Smalltalk) else None


def _with_aside(scene: Scene, step: Step, text: str) -> Reply | None:
    """« oui, et au fait c'est payé ? »: the answer is stored and the question answered."""
    found = phrases.ASIDE.match(text.strip())
    if (
        found is None
        or step.asking in _OWN_WORDS
        or step.name == "consentement"
        or plain(found["answer"]).startswith(("je ", "j "))
    ):
        return None
    read = answering.read_step(scene, step, found["answer"])
    if not isinstance(read, Filled) or ask.is_question(found["answer"]):
        return None
    scene.lead.extend(filling.write(scene, read.values))
    scene.remember(course=filling.course(scene))
    return ask.respond(scene, found["question"])


def several(scene: Scene, step: Step | None, heard: Heard | None = None) -> Reply | None:
    """A paragraph that states several fields: all read back, the rest asked; only a correction replaces an answer."""
    if step is not None and step.asking in _OWN_WORDS and step.name != "conseiller":
        return None
    if len(scene.text.split()) < 3 and not answering.EMAIL.search(scene.text):
        return None
    found = apart.stated(scene, scene.text, step)
    if heard is not None and heard.weights and heard.sounds(Act.CORRECTION) < max(REPLACES, heard.sounds(Act.ANSWER)):
        found = {champ: one for champ, one in found.items() if scene.values.get(champ) is None}
    found = {champ: one for champ, one in found.items() if scene.values.get(champ) is None or champ in _REPLACED}
    found = {champ: one for champ, one in found.items() if _applies(scene, champ)}
    values = _stated(scene, found)
    others = [champ for champ in (*values, *_doubtful(found)) if step is None or champ not in step.fields]
    if not others or (step is not None and len(values) < 2 and _reads(scene, step)):
        return None
    return told(scene, values, found, step)


def _applies(scene: Scene, champ: Champ) -> bool:
    """Whether the form asks for this field of this person: a town told is no place to look in, once there is a host."""
    return (
        champ is not Champ.LIEU or scene.values.get(Champ.HOTE_CONNU) is not True or scene.values.get(champ) is not None
    )


_REPLACED = frozenset(
    {
        Champ.DATE_DEBUT,
        Champ.DATE_FIN,
        Champ.HORAIRES,
        Champ.EMAIL,
        Champ.TELEPHONE,
        Champ.SIRET,
        Champ.DATE_NAISSANCE,
        Champ.SUIVI_PAR,
        Champ.SITUATION,
        Champ.OBJECTIF,
    }
)
"""Fields that a paragraph may replace; a name of a firm, a trade or a town takes a correction of its own."""

REPLACES = 0.3
"""Weight of a correction from which what a paragraph states takes the place of an answer."""


def _stated(scene: Scene, found: Mapping[Champ, Reading]) -> dict[Champ, Json]:
    """What is clearly stated."""
    values = {champ: one.value for champ, one in found.items() if isinstance(one, Value)}
    birth = found.get(Champ.DATE_NAISSANCE)
    if isinstance(birth, Rejected) and birth.code == filling.TOO_YOUNG:
        born = filling.old_enough_soon(scene, birth, values.get(Champ.DATE_DEBUT))
        values |= {Champ.DATE_NAISSANCE: born} if born else {}
    return values


def _doubtful(found: Mapping[Champ, Reading]) -> dict[Champ, Ask]:
    """What is stated and needs a choice."""
    return {champ: one for champ, one in found.items() if isinstance(one, Ask) and one.proposals}


def _reads(scene: Scene, step: Step) -> bool:
    return isinstance(answering.read_step(scene, step, scene.text), Filled)


def told(scene: Scene, values: dict[Champ, Json], found: Mapping[Champ, Reading], step: Step | None = None) -> Reply:
    """Write what is clear, say what is doubtful, ask the first missing."""
    if not scene.session.opened and not values:
        scene.say("form.debut")
    elif not scene.session.opened:
        values = tiled.with_people(scene, values)
    opening.ensure_open(scene)
    if values:
        scene.say("form.compris")
        scene.lead.extend(filling.write(scene, values, bare=True))
    aged = elsewhere.note_age(scene, found.get(Champ.DATE_NAISSANCE))
    if aged:
        scene.say("form.age_note", age=aged)
    remarks = [(code, one.params) for one in found.values() if isinstance(one, Value) for code in one.remarks]
    refused = [
        (one.code, one.params) for champ, one in found.items() if isinstance(one, Rejected) and champ not in values
    ]
    said = [scene.house.words.reading(code, params) for code, params in (*remarks, *refused[:2])]
    scene.lead.extend(text for text in dict.fromkeys(said) if text)
    scene.remember(course=scene.memory.edited)
    return _ask_back(scene, found, step) or questions.prompt(scene)


def _ask_back(scene: Scene, found: Mapping[Champ, Reading], step: Step | None) -> Reply | None:
    """The first thing stated that needs a choice; else a near answer to the pending question."""
    for champ, one in _doubtful(found).items():
        owner = scene.house.flow.step_of(champ)
        later = step is not None and owner is not step and step.asking is Asking.PLACE and scene.pending() is step
        if owner is not None and scene.values.get(champ) is None and not later:
            return filling.unsure(scene, owner, Unsure(champ, one))
    if step is None or scene.pending() is not step or (step.asking is Asking.PERIOD and Champ.HORAIRES in found):
        return None
    near = answering.read_step(scene, step, scene.text)
    return filling.unsure(scene, step, near) if isinstance(near, Unsure) and near.ask.proposals else None


def at_recap(scene: Scene, heard: Heard) -> Reply:
    """Everything is answered: send, correct, add, or ask."""
    words = plain(scene.text)
    if phrases.SEND.fullmatch(words):
        return send.send(scene)
    dated = elsewhere.other_dates(scene) if elsewhere.is_date(scene.text) else None
    if dated is not None:
        return dated
    if phrases.NO_ALONE.fullmatch(words):
        scene.say("form.refus_accord")
        return navigate.correct(scene)
    if _agrees(scene) or (said(scene.house.spoken, scene.text, "cadre.tout_est_bon") and not _changes(scene, heard)):
        return _agreed(scene)
    step = naming.named_step(scene, words)
    if step is not None and len(words.split()) <= 4:
        return repair.edit(scene, step)
    told_more = several(scene, None, heard) if not ask.is_question(scene.text) else None
    if told_more is not None:
        return told_more
    return ask.respond(scene, scene.text)


def _agreed(scene: Scene) -> Reply:
    """The agreement is noted, nothing of what was reviewed changes, and whether to send now is asked."""
    if scene.values.get(Champ.CONSENTEMENT) is not True and scene.memory.reviewed == scene.session.version:
        scene.lead.extend(filling.write(scene, {Champ.CONSENTEMENT: True}))
        scene.remember(reviewed=scene.session.version)
    return send.ask_sending(scene)


def _changes(scene: Scene, heard: Heard) -> bool:
    """Whether something is still asked or put right: nothing is sent on such words."""
    held_back = said(scene.house.spoken, scene.text, "cadre.sauf_que") or _TO_CHANGE.search(plain(scene.text))
    return "?" in scene.text or bool(held_back) or heard.sounds(Act.CORRECTION) >= REPLACES


_TO_CHANGE = re.compile(r"\b(?:enlev|corrig|chang|rempla|modif|supprim|rajout|rectif|il faut (?!envoyer)|faudrait)\w*")


def _agrees(scene: Scene) -> bool:
    """« oui d'accord » under the summary: whether to send is asked."""
    read = scene.house.reader.read("oui_non", scene.text, scene.context())
    return isinstance(read, Value) and read.value is True and "?" not in scene.text


def outside_form(scene: Scene, heard: Heard) -> Reply:
    """No form open: a story opens it, a short « stage » is asked about, the rest is a question."""
    changed = after_sending.corrected(scene, heard)
    if changed is not None:
        return changed
    if after_sending.given_up(scene):
        return sent_request.ask_withdraw(scene)
    if after_sending.mistaken(scene):
        return reopening.ask_change(scene)
    if plain(scene.text) in phrases.STAGE:
        return _which_stage(scene)
    come = _come_for_it(scene)
    if come is not None:
        return come
    if ask.is_question(scene.text):
        return ask.respond(scene, scene.text)
    return _story_or_question(scene)


def _come_for_it(scene: Scene) -> Reply | None:
    """« je cherche un stage », « ma conseillère m'a dit de venir ici », by somebody new: the form, or which of the three."""
    new = not (scene.session.answers or scene.dossier.demandes)
    words = plain(scene.text).split()
    long = len(words) > _VAGUE
    if not new or not said(scene.house.spoken, scene.text, "cadre.vient_pour") or (long and "?" in scene.text):
        return None
    found = scene.house.reader.extract(scene.text, scene.context())
    values = _stated(scene, found)
    if values or _doubtful(found):
        return told(scene, values, found)
    vague = not long and not {"stage", "stages"}.isdisjoint(words)
    return _which_stage(scene) if vague and not phrases.NAMED.search(" ".join(words)) else navigate.begin(scene)


_VAGUE = 8
"""Words of a message in which « stage » may still be any of the three."""


def _sent(scene: Scene) -> bool:
    """Whether a request is under way and no form is open: what is told then opens no other one by itself."""
    return not scene.session.opened and not scene.session.answers and sent_request.latest_open(scene) is not None


def _story_or_question(scene: Scene) -> Reply:
    """« je suis au chômage et j'aimerais savoir comment ça marche » asks; « …découvrir boulanger à Lyon » tells."""
    asked_inside = ask.asks_inside(scene.text)
    outcome = ask.ask_base(scene, scene.text) if asked_inside else None
    if isinstance(outcome, Answer | Clarify | Emergency):
        return ask.say_outcome(scene, scene.text, outcome)
    found = scene.house.reader.extract(scene.text, scene.context())
    values, doubts = _stated(scene, found), _doubtful(found)
    asked_for = bool(said(scene.house.spoken, scene.text, "cadre.souhait"))
    wishes = _wishes(scene) or (bool(values) and asked_for)
    if _sent(scene) and not wishes:
        return ask.respond(scene, scene.text)
    if len(scene.text.split()) >= 3 and (len(values) > 1 or _PROJECT & {*values, *doubts} or wishes):
        return told(scene, values, found)
    if scene.session.answers:
        scene.say("form.brouillon_garde")
    return ask.respond(scene, scene.text)


def _wishes(scene: Scene) -> bool:
    return phrases.WISH.fullmatch(plain(scene.text)) is not None


def _which_stage(scene: Scene) -> Reply:
    words = scene.house.words
    names = ("demande", "puisje", "question")
    rows = tuple((scene.button(words.say(f"menu.{name}"), "menu", name),) for name in names)
    return scene.reply(words.say("accueil.quel_stage"), rows=rows)
