"""One place decides what a message leads to, once it has been heard: read the table from top to bottom."""

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation import answering
from bot.conversation.answering import EMAIL, PHONE, SIRET, Filled, Outcome, Unsure
from bot.conversation.deciding import apart, beside, both_ears, contrast, dated, persons, repair, tiled
from bot.conversation.deciding.clauses.host import host_named_last
from bot.conversation.doing import ask, filling, navigate, own_request, person, stopping
from bot.conversation.hearing import ear, naming
from bot.conversation.hearing.heard import Act, Heard, reads_as
from bot.conversation.hearing.orders import Order
from bot.conversation.saying import helplines, questions
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.answer import Answer, Clarify
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.domain.orientation import Handicap, Situation
from bot.domain.reponses import hours_told
from bot.domain.session import Json
from bot.domain.texte import folded
from bot.form.flow import Asking, Step
from bot.reading.choices.situations import bodies_in
from bot.reading.dates.other_things import of_something_else
from bot.reading.hours.days_off import days_off
from bot.reading.names.bare import bare_name
from bot.reading.outcome import Ask, Value
from bot.reading.plain import plain
from bot.reading.spoken import said

OWN_WORDS = frozenset({Asking.TEXT, Asking.NAMES, Asking.DETAILS, Asking.TRADE, Asking.OFFICE})
"""Questions that would take any words: these are stored only where they read as an answer to that question."""

READS_AS, READS_WELL, DROWNED = 0.25, 0.3, 0.12
"""Weights: of words that read as an answer to this question; of one that nothing else covers; by how much another act
must pass it."""

WONDERED, VEXED, CLEAR = 0.2, 0.2, 0.3
"""Weights from which a message that answers nothing is taken for a complaint, small talk, a doubt…"""

SHORT = 4
"""Words: a bare name is an answer wherever a name is asked, whatever it sounds like."""


def heard_now(scene: Scene) -> Heard:
    """The message as the ears hear it in this state."""
    house = scene.house
    heard = ear.hear(scene.text, house.listener, house.spoken, lambda part: _tells_health(scene, part))
    return both_ears.merged(scene, heard)


def _tells_health(scene: Scene, part: str) -> bool:
    return scene.house.reader.sensitive(part, scene.context()) == "sante"


def before_reading(scene: Scene, heard: Heard) -> Reply | None:
    """What comes before the answer to a question: one's own request, somebody else, orders, dates and people corrected."""
    step = questions.current(scene)
    for rule in (
        _without_a_roof, _of_another, _set_against, _place_again, _language, _robot, _why, _lost, _named_again, _declined, _yes_or_no, _no_first, _asked_again, _passed_on, _own_request, _two_bodies, _somebody_else, _host, _off_work, _forbidden_use, _for_later, _tasks_shortened, _hours_again, _removed,
        day_off, _ordered, _doubted, _not_yet_followed, _two_followers, _length, _dates, _people, _renamed, _moved, _employed, _broken_off, _left_school, _host_lost, _host_found, _number, _line,
        _stated_problem,
    ):  # fmt: skip
        reply = rule(scene, heard, step)
        if reply is not None:
            return reply
    return None


def _without_a_roof(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« je dors dans ma voiture »: the number for tonight, and the message goes on."""
    if step is not None and step.name != "activites" and said(scene.house.spoken, heard.text, "cadre.sans_toit"):
        scene.say("form.sans_toit")
    return None


def _of_another(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« mon cousin est à la mission locale », where the person's own life is asked: nothing noted, asked again."""
    if step is None or step.name not in apart.OF_ONESELF or "?" in heard.text:
        return None
    words = plain(heard.text)
    if _ANOTHER_IS.match(words) is None or _ME.search(words):
        return None
    scene.say("form.autre_que_soi")
    return questions.prompt(scene)


_ANOTHER_IS = re.compile(
    r"(?:mon|ma) (?:cousine?|frere|soeur|mari|femme|copain|copine|pote|amie?|fils|fille|pere|mere|conjointe?|voisine?) (?:est|a|va|il est|elle est|il a|elle a|y est|etait)\b(?! (?:m|dit))"
)
_ME = re.compile(r"\b(?:je|j|moi|jsuis|chui|chuis|jai|me|m)\b")


def _why(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« et ça vous avance à quoi ? »: why it is asked, then the question."""
    if step is None or not said(scene.house.spoken, heard.text, "cadre.pourquoi"):
        return None
    scene.lead.append(scene.house.words.step(step.name, "pourquoi"))
    return questions.prompt(scene)


def _place_again(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« non, Miradoux dans le Gers »: the place of the immersion that was misread, whatever is asked meanwhile."""
    if step is None or step.name in {"commune", "lieu"} or not refutes(heard.text) or "?" in heard.text:
        return None
    return _place_meant(scene, heard)


def _robot(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« vous êtes un robot ? je donne pas mon nom à une machine »: said frankly, and a way to a person."""
    if not said(scene.house.spoken, heard.text, "cadre.robot"):
        return None
    scene.say("politesse.robot")
    wanted = step is None and said(scene.house.spoken, heard.text, "cadre.quelqu_un")
    return person.person(scene) if wanted else questions.prompt(scene)


def _language(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« je ne parle pas bien français, on peut en anglais ? »: said plainly, and the question again."""
    if not said(scene.house.spoken, heard.text, "cadre.langue"):
        return None
    if step is not None and step.asking in OWN_WORDS and "?" not in heard.text:
        return None
    scene.say("form.langue")
    return questions.prompt(scene)


def _lost(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« j'y pige que dalle »: simpler words."""
    if step is None or not said(scene.house.spoken, heard.text, "cadre.perdu"):
        return None
    return complained(scene)


def _set_against(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« vous avez mis 1994, c'est 1978 »: what is right is told beside what is noted."""
    del heard
    return contrast.correct(scene, step)


def _not_yet_followed(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« je compte m'inscrire à France Travail demain »: nobody follows them yet."""
    if step is None or step.name != "suivi_par" or "?" in heard.text:
        return None
    if not said(scene.house.spoken, heard.text, "cadre.pas_encore_suivi"):
        return None
    return filling.fill(scene, {**_told_after(scene, step, heard.text), Champ.SUIVI_PAR: "aucun"})


def _two_followers(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """Two bodies named as following the person: which one, and nothing noted."""
    bodies = bodies_in(_NEITHER.sub(" ", plain(heard.text)))
    if step is None or step.name != "suivi_par" or "?" in heard.text or len(bodies) < 2:
        return None
    if heard.sounds(Act.CORRECTION) >= CLEAR:
        return None
    scene.say("form.doute")
    return questions.prompt(scene)


_NEITHER = re.compile(
    r"\b(?:ni|pas)(?: (?:a|la|le|l|de|par|avec|chez))* (?:france travail|pole emploi|mission locale|cap emploi|le departement)\b"
)
"""« ni France Travail ni mission locale: un cabinet de conseil »."""


def _for_later(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« laisse, garde pour plus tard »: the draft is kept, whatever is asked."""
    kept = step is not None and "?" not in heard.text and _KEEP_IT.search(plain(heard.text)) is not None
    return navigate.obey_order(scene, Order.LATER) if kept else None


_KEEP_IT = re.compile(
    r"\b(?:garde[rz]?|mets|mettez|laisse[rz]?)(?: (?:la|le|ca|tout|moi|mon|ma|dossier|demande|brouillon)){0,3} (?:pour plus tard|de cote)\b"
)


def _tasks_shortened(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« enlevez la phrase sur le congé »: the part of the activities that speaks of it leaves them."""
    known = scene.values.get(Champ.ACTIVITES)
    found = _WITHOUT_PART.search(heard.text)
    if not isinstance(known, str) or found is None or (step is not None and step.name == "activites"):
        return None
    about = {word[:SHORT] for word in plain(found["what"]).split() if len(word) >= SHORT}
    parts = ear.clauses(known)
    kept = [part for part in parts if not about & {word[:SHORT] for word in plain(part).split()}]
    if not about or not kept or len(kept) == len(parts):
        return None
    return filling.fill(scene, {Champ.ACTIVITES: ", ".join(part.strip(" .") for part in kept)})


_WITHOUT_PART = re.compile(
    r"(?i)\b(?:enlev|retir|supprim|efface)\w*\s(?:la phrase|le passage|ce qui|le truc|la partie|le mot|les mots|la question|le bout)\s(?:(?:parle |est )?(?:sur|de|du|d['’]|des|avec)\s?)?(?:le |la |les |l['’])?(?P<what>[^.;!?]{3,60})"
)


def _hours_again(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« lundi mardi jeudi de 7h à 14h », where activities are asked: the hours once more, no task."""
    owner = scene.house.flow.step_of(Champ.HORAIRES)
    if step is None or step.name != "activites" or owner is None or "?" in heard.text:
        return None
    if _ONLY_HOURS.fullmatch(plain(heard.text)) is None or not any(char.isdigit() for char in heard.text):
        return None
    read = answering.read_step(scene, owner, heard.text)
    if not isinstance(read, Filled):
        return None
    return filling.fill(scene, read.values) if scene.values.get(Champ.HORAIRES) is not None else None


_ONLY_HOURS = re.compile(
    r"(?:(?:non|nan|mais|bah|les|le|du|de|des|d|au|a|et|puis|l|c est|horaires?|heures?|jours?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|matin|midi|soir|apres midi|pause|sauf|pas|tous|\d{1,2}h?\d{0,2}|h)(?: |$))+"
)


def _number(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """A SIRET alone, while something else is asked, or at the summary: it replaces the one noted, which is shown."""
    found = SIRET.fullmatch(heard.text.strip()) or _SIRET_TOLD.fullmatch(heard.text.strip(" .!"))
    reviewed = step is None and scene.session.opened and scene.values.get(Champ.HOTE_CONNU) is True
    if found is None or (step is not None and step.name == "siret"):
        return None
    if scene.values.get(Champ.SIRET) is None and not reviewed:
        return None
    owner = scene.house.flow.step_of(Champ.SIRET)
    if owner is None:
        return None
    return filling.take(
        scene,
        owner,
        answering.outcome(
            Champ.SIRET,
            answering.read_field(scene, Champ.SIRET, found["number"] if found.re is _SIRET_TOLD else found.group()),
        ),
    )


_SIRET_TOLD = re.compile(r"(?i)(?:\w+['’ ]){0,3}siret\s(?:c['’ ]?est|est|:)\s(?P<number>(?:\d[\s.]?){13}\d)")
"""« leur siret c'est 346… »."""


def _declined(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« je ne souhaite pas le dire »: passed where it may be, else why it is needed."""
    short = len(plain(heard.text).split()) <= SHORT
    if step is not None and step.optional and short and said(scene.house.spoken, heard.text, "cadre.pas_la_peine"):
        return navigate.skip(scene)
    if step is not None and step.optional and _passes(heard.text):
        filling.keep_beside(scene)
        return navigate.skip(scene)
    if step is not None and step.optional and _not_at_hand(scene, heard, step):
        return navigate.skip(scene)
    if step is None or not (said(scene.house.spoken, heard.text, "cadre.refuse") or _nobody(step, heard.text)):
        return None
    if step.asking in {Asking.CHOICE, Asking.YES_NO, Asking.DATE, Asking.PLACE}:
        inside = apart.take_apart(scene, step, heard.text)
        if inside is not None and inside.text != heard.text:
            return None
    if step.name == "contact" and (EMAIL.search(heard.text) or PHONE.search(heard.text)):
        return None
    scene.say("form.sans_pression")
    if step.name == "handicap":
        return filling.fill(scene, {Champ.HANDICAP: Handicap.NON_PRECISE.value})
    return navigate.skip(scene)


def _not_at_hand(scene: Scene, heard: Heard, step: Step) -> bool:
    """« je l'ai pas, je dois demander au patron », where a number or a name is asked: nothing is told of it."""
    text = heard.text
    if step.name not in _ASKED_AROUND or "?" in text or len(text.split()) > LONGEST_PASS:
        return False
    named = any(char.isdigit() for char in text) or "@" in text or _NAMED.search(text) is not None
    return not named and bool(said(scene.house.spoken, text, "cadre.pas_en_main"))


_ASKED_AROUND = frozenset({"siret", "tuteur", "conseiller"})
"""What one often has to ask somebody for."""
_NAMED = re.compile(r"(?<!^)(?<![.!?] )\b[A-ZÉÈ]\w")


def _passes(text: str) -> bool:
    """« Passer, je lui demanderai », « je l'ai pas, je passe »: nothing to say now, whatever the reason."""
    words = plain(text)
    if "?" in text or len(words.split()) > LONGEST_PASS or any(char.isdigit() for char in text):
        return False
    return _PASSES.match(words) is not None or (
        _HAS_NOT.match(words) is not None and _LATER_ON.search(words) is not None
    )


LONGEST_PASS = 16
"""Words of a message that passes a question and says why."""

_PASSES = re.compile(
    r"(?:(?:non|bah|ben|euh|bon|ok|alors|la) ){0,5}(?:(?:je |on )?passe[rz]?|laisse[rz]? (?:vide|tomber))(?: (?:cette|la) question)?(?: |$)(?!chez|au|a |le |la |les |par |mon |ma )"
)
_HAS_NOT = re.compile(
    r"(?:(?:non|bah|ben|euh|bon|mais|ah) ){0,5}(?:(?:je|j|on) (?:ne |n )?(?:(?:l|en|le|la|les) )?(?:ai|connais|sais|trouve|retrouve) (?:pas|plus|rien)|(?:je |j )?(?:ai )?(?:pas|aucune?) (?:de |d |le |la |ce |encore )?\w+)\b"
)
_LATER_ON = re.compile(
    r"\b(?:je|on) (?:passe|(?:lui |leur |le |la |les |l |vous )?(?:demand\w+|verr\w+|regard\w+|cherch\w+|donner\w+|dir\w+|appeller\w*|appel\w+))\b|\b(?:plus tard|passer|sur moi|sous la main|la sur|pour l instant|pour le moment)\b"
)


def _nobody(step: Step, text: str) -> bool:
    """« Non merci, je ne souhaite déranger personne », where a person may be named or not."""
    named = any(char.isdigit() for char in text) or _NAMED.search(text)
    return step.optional and step.asking is Asking.DETAILS and _NOBODY.match(plain(text)) is not None and not named


_NOBODY = re.compile(
    r"(?:non|nan) (?:merci|personne|aucun\w*)\b|(?:personne|aucun\w*)\b(?! (?:a|à) (?:prevenir|contacter))"
)


def _yes_or_no(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« oui je le touche depuis janvier », at a question of yes or no: the word of the first clause, or the last, answers."""
    if step is None or step.asking is not Asking.YES_NO or step.name in {"hote_connu", "consentement"}:
        return None
    if "?" in heard.text:
        return _word_and_question(scene, heard, step)
    told = _plain_word(scene, heard.text)
    if told is None:
        words = plain(heard.text)
        back = _FIRST_WORD.match(words) and _TAKEN_BACK.search(words)
        return filling.take(scene, step, Unsure(step.champs[0], Ask("oui_non.hesitation"))) if back else None
    return filling.fill(scene, {**_told_after(scene, step, heard.text), step.champs[0]: told})


def _told_after(scene: Scene, step: Step, text: str) -> Mapping[Champ, Json]:
    """What the clauses after the first state of other questions: « oui depuis 2022, et je suis inscrite aussi »."""
    return apart.others_told(scene, step, tuple(ear.clauses(text)[1:]))


def _word_and_question(scene: Scene, heard: Heard, step: Step) -> Reply | None:
    """« non jsuis pas inscrit, faut une lettre ? »: the word is kept and the question answered."""
    first, *_ = ear.clauses(heard.text) or ("",)
    told = _plain_word(scene, first) if _FIRST_WORD.match(plain(first)) else None
    if told is None or (first.rstrip().endswith("?") and len(first.split()) <= SHORT):
        return None
    scene.lead.extend(filling.write(scene, {step.champs[0]: told}))
    scene.remember(course=filling.course(scene))
    return ask.respond(scene, heard.text)


def _plain_word(scene: Scene, text: str) -> bool | None:
    """The yes or the no of a message that says more; None where it hesitates or takes it back."""
    first, *others = [plain(part) for part in ear.clauses(text)] or [plain(text)]
    closed = [found for part in others if (found := _SO.fullmatch(part))]
    if closed:
        return closed[-1]["yes"] is not None
    found = _FIRST_WORD.match(plain(text)) or _NOT_YET.match(plain(text)) or _LAST_WORD.fullmatch(first)
    if found is None or said(scene.house.spoken, first, "cadre.doute") or _BUT.search(first):
        return None
    told = found.groupdict().get("yes") is not None
    return None if told and _TAKEN_BACK.search(plain(text)) else told


_SO = re.compile(
    r"(?:donc|alors|du coup|bref) (?:c est )?(?:(?P<yes>oui|ouais)|non|nan)(?: (?:pour l instant|pour le moment|du coup|quoi))?"
)
_LAST_WORD = re.compile(r"(?:depuis|il y a|en|a|bah|ben|euh|ca)\b[ \w]{0,30} (?:(?P<yes>oui|ouais|ui)|non|nan)")
_TAKEN_BACK = re.compile(
    r"\b(?:mais|enfin|ou|et) (?:pas|plus|non|nan|jamais|rien)\b|\bplus maintenant\b|\b(?:radie\w*|suspendu\w*|annule\w*)\b"
)
"""A yes that the next clause takes back."""

_NOT_YET = re.compile(r"(?:non |nan )?(?:pas encore+|toujours pas)\b(?= \w)")
_FIRST_WORD = re.compile(
    r"(?:(?:ben|bah|bein|euh|alors|bon|ah|oh|eh) )*(?:(?P<yes>ou+i+|ouais+|ouai|ui|yes)|no+n+|nan|nn)\b(?! (?:et non|merci|pardon|attend\w*|en fait|finalement|c est))(?= \w)"
)
_BUT = re.compile(r"\b(?:mais|enfin|ou|combien|comment|pourquoi|est ce)\b")


def _no_first(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« non, grâce à Dieu », « ben oui, depuis 2021 » at a choice that the word is one of: the first word answers."""
    if step is None or step.asking is not Asking.CHOICE or "?" in heard.text:
        return None
    found = _FIRST_WORD.match(plain(heard.text))
    word = "oui" if found and found["yes"] else "non"
    if found is None or word not in dict(scene.house.words.choices(step.name)) or _BUT.search(plain(heard.text)):
        return None
    return filling.fill(scene, {**_told_after(scene, step, heard.text), step.champs[0]: word})


def _stated_problem(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """A question or a problem without its mark: what the base answers, at once; the question that waits comes again."""
    if not scene.session.opened and not heard.weights:
        return None
    text = heard.text
    if step is not None and "?" not in text and _answers_it(scene, heard, step):
        return None
    loud = max(heard.sounds(Act.QUESTION), heard.sounds(Act.PROBLEM))
    wondered = said(scene.house.spoken, text, "cadre.demande")
    answers = heard.answers(step.name) if step is not None else 0.0
    if "?" in text or loud < (WONDERED if wondered else CLEAR) or loud < answers + DROWNED / 2:
        return None
    if not wondered and heard.sounds(Act.ANSWER) >= loud:
        return None
    return answered(scene, heard)


def _answers_it(scene: Scene, heard: Heard, step: Step) -> bool:
    """Whether the message, or one clause of it, reads as the answer: by its own reader, or as the ear knows answers."""
    if step.asking in OWN_WORDS:
        return heard.reads_as(step.name) >= READS_AS
    if isinstance(answering.read_step(scene, step, heard.text), Filled):
        return True
    inside = apart.take_apart(scene, step, heard.text) if step.asking in _FIGURES else None
    return inside is not None and isinstance(inside.read, Filled)


_FIGURES = frozenset({Asking.DATE, Asking.PERIOD, Asking.HOURS, Asking.PLACE})
"""Answers in figures or names of places: whatever is told around one, it is no problem that covers it."""


def _passed_on(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« dites à mon conseiller que… », once sent: a counsellor is offered, nothing goes before a yes."""
    if step is not None or scene.session.opened or not scene.dossier.demandes:
        return None
    return person.person(scene) if said(scene.house.spoken, heard.text, "cadre.transmettre") else None


def _asked_again(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« vous m'avez demandé quoi au juste ? »: the question, once more."""
    return (
        navigate.repeat(scene) if step is not None and said(scene.house.spoken, heard.text, "cadre.redemande") else None
    )


def _two_bodies(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """The same request to a second body, or elsewhere after a refusal: one at a time."""
    if step is not None or not said(scene.house.spoken, heard.text, "cadre.ailleurs"):
        return None
    if not (scene.session.answers or scene.dossier.demandes):
        return None
    scene.say("form.un_seul_organisme")
    return questions.prompt(scene)


def _host(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« oui, Verrerie du Lac, siret … », « rien de concret pour l'instant »: at the question on the host."""
    if step is None or step.name != "hote_connu":
        return None
    if "?" in heard.text:
        return _host_and_question(scene, heard)
    if (
        _says_no_host(heard.text)
        or _NOT_YET.match(plain(heard.text))
        or said(scene.house.spoken, heard.text, "cadre.aucun_hote")
    ):
        return filling.fill(scene, {Champ.HOTE_CONNU: False})
    if Champ.ENTREPRISE in scene.beside:
        return filling.fill(scene, {Champ.HOTE_CONNU: True})
    named = _YES_THEN.match(heard.text.strip())
    return filling.fill(scene, _host_told(scene, named)) if named else None


def _host_and_question(scene: Scene, heard: Heard) -> Reply | None:
    """« oui, le cabinet Chastang. Doit-elle fournir une assurance ? »: the host is kept, and the question answered."""
    named = _YES_THEN.match(heard.facts.strip()) if heard.asked else None
    if named is None:
        return None
    scene.lead.extend(filling.write(scene, _host_told(scene, named)))
    scene.remember(course=filling.course(scene))
    return ask.respond(scene, heard.asked)


def _host_told(scene: Scene, named: re.Match[str]) -> dict[Champ, Json]:
    """What follows the yes: a SIRET, a street, a name."""
    values: dict[Champ, Json] = {Champ.HOTE_CONNU: True}
    number = SIRET.search(named["rest"])
    read = answering.read_field(scene, Champ.SIRET, number.group()) if number else None
    if isinstance(read, Value):
        values[Champ.SIRET] = read.value
    rest = re.sub(r"(?i)\b(?:n°|num[ée]ro)?\s*(?:de )?siret\b\s*:?", " ", SIRET.sub(" ", named["rest"])).strip(" ,;:.-")
    rest = _FOUND_ONE.sub("", rest)
    street = next((part for part in ear.clauses(rest) if answering.STREET.search(part)), "")
    where = answering.read_field(scene, Champ.ADRESSE, street) if street else None
    if isinstance(where, Value):
        values[Champ.ADRESSE] = where.value
        rest = rest.replace(street, " ").strip(" ,;:.-")
    name = bare_name(_host_name(rest))
    named_so = re.search(r"[A-ZÉÈ]", name) or (_IN_TOWN.fullmatch(plain(name)) and not _ANY_PLACE.match(plain(name)))
    if name and len(name.split()) <= LONGEST_NAME and named_so and not _TELLS.match(plain(name)):
        values[Champ.ENTREPRISE] = name
    return values


def _host_name(rest: str) -> str:
    """The name in what follows the yes, without what is told of it; the last one where the first said no after all."""
    told = _IN_THE_END.split(rest)[-1]
    first, *others = re.split(r"\s?[,;!…]\s|\.{1,3}(?:\s|$)", _AND_NO.sub("", told).strip(" ,;.!"))
    if others and _FOUND_SO.fullmatch(plain(first)):
        first, *others = others  # « oui j'ai trouvé, la clinique des Colimaçons »
    if others and not re.search(r"[A-ZÉÈ]", first) and re.match(r"[A-ZÉÈ][\w'’]{1,30}\s[A-ZÉÈ]", others[0]):
        first = others[0]  # « c'est le garage de mon voisin, Rid Moto »
    if others and re.match(r"(?i)une?\s", first) and re.match(r"[A-ZÉÈ][\w'’]+\s\w", others[0]):
        first = others[0]  # « une boulangerie aux Sablons, Le Fournil de David »
    bare = re.sub(r"(?i)^(?:c['’ ]est |ce sera |chez |avec |à la |au |la (?=[A-ZÉÈ]))+", "", first)
    return _SAID_YES.sub("", bare).strip(" ,;.")


_FOUND_SO = re.compile(r"(?:mi|j|je|g|moi|on)?(?: \w+){0,2} ?(?:trouve\w*|ai un\w?|oui|c est bon|deja)")
_IN_THE_END = re.compile(r"(?i)\b(?:ah non|finalement)\b.{0,80}\b(?:du coup|à la place|donc plutôt|mais)\s")
_AND_NO = re.compile(r"(?i)^(?:et non|et oui|enfin)\b[\s,]*")
_SAID_YES = re.compile(
    r"(?i)\s(?:(?:qui |il |elle |ils )?(?:m['’]|l['’])?(?:a|ont) (?:dit|accept|r[ée]pondu|donn)\w*|et (?:le|la|mon|ma|son|sa|c['’ ]?est|il|elle|on|je|que)\b|(?:est|sont) (?:d['’]accord|ok|partante?s?)|veu(?:t|lent)|(?:me )?prend|m['’]attend|mais|sauf que|par contre)\b.*$"
)


def _says_no_host(text: str) -> bool:
    """« non j'ai demandé partout »: no host; « non, cuisinier » contradicts something else."""
    words = plain(text)
    first = _FIRST_WORD.match(words)
    return first is not None and first["yes"] is None and _SOUGHT.search(words) is not None and not _BUT.search(words)


_SOUGHT = re.compile(r"\b(?:demande\w*|cherche\w*|refus\w*|trouve\w*|repond\w*|appele\w*|dit non|personne|aucun\w*)\b")


_FOUND_ONE = re.compile(r"(?i)^(?:j['’ ]ai|j['’ ]en ai) (?:trouv[ée]e?|une?)\b[\s,:]*")

_ANY_PLACE = re.compile(
    r"(?:une?|deux|mon|ma|mes|des?|le|la|les|l|dans|a|au|pres|par|depuis|quelqu un|hier|bien|presque|j|je|merci|normalement|grace|ca|tout|enfin|il|elle|on|ils|chez (?:une?|mon|ma|le|la|des))\b"
)
"""« oui une boulangerie », « oui chez mon oncle »: found, and no name of a firm."""

_IN_TOWN = re.compile(r"\w+(?: \w+)? (?:a|sur) \w+(?: \w+)?")
"""« bordes a astaffort »: a name without a capital, and its town."""

LONGEST_NAME = 9
_YES_THEN = re.compile(
    r"(?i)^(?:(?:ou+i+|ouais|ouai|yes|ui|si|ok)[\s,.:;!-]{1,4})?(?:(?:[çc]a y est|c['’ ]?est bon|figurez[- ]vous que oui)[\s,.:;!-]{1,4})?"
    r"(?:(?<=\s)|(?:j['’]ai|on a|je l['’]ai|j['’]en ai) trouv[ée]e?s?[\s,.:;!-]{1,4})(?P<rest>\S.*)$"
)
_TELLS = re.compile(r"(?:je|j|il|elle|on|ils|mais|pas|et|enfin|depuis)\b")


def _off_work(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« je poserai des RTT », « sur mes jours de repos »: not on working time, and no employer signs."""
    asked = step is not None and step.name in {"sur_temps_travail", "employeur"}
    known = scene.values.get(Champ.SUR_TEMPS_TRAVAIL) is True
    if not (asked or known) or "?" in heard.text or not said(scene.house.spoken, heard.text, "cadre.hors_travail"):
        return None
    scene.remember(course=scene.memory.edited)
    return filling.fill(scene, {Champ.SUR_TEMPS_TRAVAIL: False})


def _doubted(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """A doubt is no certainty: nothing noted, and the question again where it is the one in doubt."""
    if step is None or "?" in heard.text or not said(scene.house.spoken, heard.text, "cadre.doute"):
        return None
    names_body = scene.house.reader.read("suivi_par", heard.text, scene.context())
    about_body = isinstance(names_body, Value | Ask)
    if step.name != "suivi_par" and not (about_body and step.name == "conseiller"):
        return None
    owner = scene.house.flow.step_of(Champ.SUIVI_PAR)
    if owner is not None and owner is not step:
        scene.edit(owner)
    scene.say("form.doute")
    return questions.prompt(scene)


def _renamed(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« j'ai mal tapé mon nom, c'est Rocher »: the first name or the name, corrected."""
    found = _NAME_AGAIN.search(heard.text)
    if found is None or (step is not None and step.name == "identite") or not scene.session.opened:
        return None
    champ = Champ.NOM if plain(found["which"]) == "nom" else Champ.PRENOM
    if scene.values.get(champ) is None:
        return None
    return filling.fill(scene, {champ: found["name"]})


_NAME_AGAIN = re.compile(
    r"(?i)\bmon (?P<which>nom|pr[ée]nom)(?: de famille)?\b[^.!?]{0,30}?\b(?:c['’ ]?est|est|c|s['’]écrit|je (?:le )?r[ée]p[èe]te|toujours)\s+(?P<name>(?-i:[A-ZÉÈ][\w'’-]+))"
)


def _moved(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« j'ai déménagé, maintenant c'est Dreux »: the home, whatever is asked."""
    if not said(scene.house.spoken, heard.text, "cadre.demenage") or scene.values.get(Champ.COMMUNE) is None:
        return None
    if step is not None and step.name == "commune":
        return None
    after = re.split(r"(?i)(?:c['’ ]?est|\bà\b|\ba\b|\bsur\b|habite)\s+", heard.text)[-1]
    read = answering.read_field(scene, Champ.COMMUNE, after.strip(" .!"))
    owner = scene.house.flow.step_of(Champ.COMMUNE)
    if owner is None or not isinstance(read, Value | Ask):
        return None
    return filling.take(scene, owner, answering.outcome(Champ.COMMUNE, read))


def _employed(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« j'ai signé un CDI lundi », « je suis embauchée »: the situation is no longer the one noted."""
    known = scene.values.get(Champ.SITUATION)
    if known is None or (step is not None and step.name == "situation") or "?" in heard.text:
        return None
    if not said(scene.house.spoken, heard.text, "cadre.embauche"):
        return None
    if known == Situation.SALARIE_PRIVE.value:
        return None
    return filling.fill(scene, {Champ.SITUATION: Situation.SALARIE_PRIVE.value})


def _broken_off(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« j'ai cassé mon apprentissage », where the situation is asked: no apprentice any more; what one is now is offered."""
    if step is None or step.name != "situation" or "?" in heard.text:
        return None
    if not said(scene.house.spoken, heard.text, "cadre.rompu"):
        return None
    offered = tuple(("", one.value) for one in (Situation.DEMANDEUR_EMPLOI, Situation.SANS_ACTIVITE))
    return filling.unsure(scene, step, Unsure(Champ.SITUATION, Ask("noter_choix", {}, offered)))


def _left_school(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« j'ai lâché ma licence »: no student any more; what one does now is asked."""
    student = scene.values.get(Champ.SITUATION) in {Situation.ETUDIANT.value, Situation.LYCEEN.value}
    if not student or (step is not None and step.name == "situation") or "?" in heard.text:
        return None
    if not said(scene.house.spoken, heard.text, "cadre.plus_etudiant"):
        return None
    return filling.fill(scene, {Champ.SITUATION: None})


def _host_lost(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« j'ai plus d'entreprise, ils m'ont dit non »: the host is to be found again."""
    del step
    if scene.values.get(Champ.HOTE_CONNU) is not True or "?" in heard.text:
        return None
    if not said(scene.house.spoken, heard.text, "cadre.hote_perdu"):
        return None
    instead = contrast.another_host(scene, heard.text) or _host_told_instead(scene)
    if instead:
        return filling.fill(scene, instead)
    scene.say("form.sans_hote")
    return filling.fill(scene, {Champ.HOTE_CONNU: False})


def _host_told_instead(scene: Scene) -> dict[Champ, Json]:
    """« Moto Passion veut plus de moi, en fait c'est Garage Sud, 14 rue … »: the other one, nothing left of the first."""
    if filling.OF_A_HOST.isdisjoint(scene.beside):
        return {}
    read = answering.read_field(scene, Champ.ENTREPRISE, host_named_last(scene.text))
    if not isinstance(read, Value):
        return {}
    known = (champ for champ in filling.OF_A_HOST if scene.values.get(champ) is not None)
    return {**{champ: None for champ in known if champ not in scene.beside}, Champ.ENTREPRISE: read.value}


_THEIRS = frozenset({"contact", "tuteur"})
"""Labels that say, where somebody else is asked for, who that is: « mon tuteur, c'est mon oncle »."""


def _named_again(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« pour la RQTH c'est non », « 1) mon nom s'écrit Roch 2) date de fin : 17/12 »: each takes its place, and is shown.

    What is left of the message still answers the question asked.
    """
    if of_something_else(folded(heard.text)):
        return None  # « ma conseillère est en vacances jusqu'au 5 »
    if not scene.session.opened or not scene.session.answers:
        return None
    told = {
        champ: value
        for name, values in apart.labelled(scene, heard.text).items()
        if step is None or (name != step.name and not (name in _THEIRS and step.asking is Asking.DETAILS))
        for champ, value in values.items()
        if scene.values.get(champ) is not None and scene.values.get(champ) != value
    }
    if not told or (
        step is not None and step.name in {"activites", "amenagements"} and heard.answers(step.name) >= READS_WELL
    ):
        return None
    rest = answering_sentence(scene, step, heard.text)
    if rest is not None and step is not None:
        scene.lead.extend(filling.write(scene, told))
        return filling.fill(scene, rest.values, rest.remarks)
    return filling.fill(scene, told)


def answering_sentence(scene: Scene, step: Step | None, text: str) -> Filled | None:
    """The one sentence that answers a question of its own kind, among others."""
    if step is None or step.asking in OWN_WORDS:
        return None
    read = [answering.read_step(scene, step, part) for part in ear.sentences(text)]
    found = [one for one in read if isinstance(one, Filled)]
    return found[0] if len(found) == 1 else None


def _host_found(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« ça y est, une boutique vient de dire oui », wherever one is: there is a host after all, with what is told of it."""
    if scene.values.get(Champ.HOTE_CONNU) is not False or "?" in heard.text or not scene.session.opened:
        return None
    if not said(scene.house.spoken, heard.text, "cadre.hote_trouve") or (
        step is not None and step.name == "hote_connu"
    ):
        return None
    told = beside.told_by_name(scene)
    values = {champ: value for champ, value in told.items() if champ in filling.OF_A_HOST}
    values = {**_reached_there(scene, heard.text), **values}
    name = _host_name(_CIVIL.sub("", _FOUND_AT_LAST.split(heard.text)[-1].strip(" ,.!")))
    if re.search(r"[A-ZÉÈ]\w", name) and len(name.split()) <= LONGEST_NAME and not _TELLS.match(plain(name)):
        values.setdefault(Champ.ENTREPRISE, name)
    return filling.fill(scene, {**values, Champ.HOTE_CONNU: True})


def _reached_there(scene: Scene, text: str) -> dict[Champ, Json]:
    """« …, Thierry Moreau 06… »: who is named right before the only number, once a host is found."""
    numbers = list(PHONE.finditer(text))
    named = _NAMED_BEFORE.search(text[: numbers[0].start()]) if len(numbers) == 1 else None
    if named is None:
        return {}
    read = {
        Champ.TUTEUR: answering.read_field(scene, Champ.TUTEUR, named["name"]),
        Champ.TUTEUR_TELEPHONE: answering.read_field(scene, Champ.TUTEUR_TELEPHONE, numbers[0].group()),
    }
    return {champ: one.value for champ, one in read.items() if isinstance(one, Value)}


_NAMED_BEFORE = re.compile(
    r"(?:^|[,;.!]\s|c['’]est\s)(?P<name>(?:(?:M\.|Mme|[Mm]onsieur|[Mm]adame)\s)?[A-ZÉÈ][\w'’-]{1,30}(?:\s[A-ZÉÈ][\w'’-]{1,30}){1,2})[\s,:]{1,3}$"
)
_CIVIL = re.compile(
    r"(?i)^(?:c['’ ]?est\s)?(?:m\.|mme|mr|monsieur|madame)\s[\w'’-]{2,30}(?:\s[A-ZÉÈ][\w'’-]{1,30})?[\s,.:]{1,3}"
)
_FOUND_AT_LAST = re.compile(
    r"(?i)\b(?:trouv[ée]e?s?(?: (?:un |mon |le )?(?:patron|employeur|lieu|stage|entreprise))?|dit oui|me prend|m['’]a pris|c['’]est bon)\b[\s!,.:]*(?:c['’ ]?est\s|chez\s)?"
)


def _line(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« la ligne 4 est à revoir », at the summary."""
    found = _LINE.search(plain(heard.text))
    if found is None or step is not None or not scene.session.opened:
        return None
    steps = scene.house.flow.visible(scene.draft)
    place = int(found["place"])
    return repair.edit(scene, steps[place - 1]) if 1 <= place <= len(steps) else None


_LINE = re.compile(r"\b(?:ligne|numero|point) (?P<place>\d{1,2})\b")


def _own_request(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« qui va recevoir ma demande ? », « il me reste quoi ? »: answered from the draft or the request itself."""
    wanted = ear.own_request(heard.text, scene.house.spoken)
    if not wanted or not (wanted == "garde" or scene.session.answers or scene.dossier.demandes):
        return None
    if wanted in own_request.OF_SENT and (scene.session.opened or not scene.dossier.demandes):
        return None
    if step is not None and (heard.answers(step.name) >= READS_WELL or re.search(r"\d{3}", heard.text)):
        return None
    told = step is not None and step.name == "activites" and "?" not in heard.text and _reads(heard, step)
    if told and not _MY_REQUEST.search(plain(heard.text)):
        return None
    return own_request.tell(scene, wanted, naming.named_step(scene, plain(heard.text)))


_MY_REQUEST = re.compile(r"\b(?:demande|dossier|recap\w*|resume|reponses?|infos?|donnees|formulaire)\b")
"""« montrer ma robe », among what one will do, asks to see nothing."""


def _somebody_else(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """Somebody who fills in for another, hosts, or counsels: told what is possible, nothing of the wrong person kept."""
    if step is None and said(scene.house.spoken, heard.text, "personnes.moi") and PHONE.search(heard.text):
        return None  # « j'ai changé de numéro, c'est le … »: one's own, whoever is told of besides
    if step is not None and (step.asking in OWN_WORDS or step.asking is Asking.HOURS):
        another = persons.role(scene, heard) == "roles.autre" and heard.sounds(Act.OTHERS) >= persons.FOR_ANOTHER
        return persons.for_another(scene, heard) if another else None
    return persons.for_another(scene, heard)


def _forbidden_use(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """A replacement or a rush: the rule at once, and nothing noted as an activity (Code du travail, L5135-7)."""
    name = said(scene.house.spoken, heard.text, "usages_interdits.remplacement", "usages_interdits.surcroit")
    if not name or "?" in heard.text or not scene.session.opened:
        return None
    if step is not None and step.name not in {"activites", "objectif", "tuteur", "metier", "entreprise", "adresse"}:
        return None
    rule = scene.house.regles.parametre("usages_interdits", scene.today)
    day = scene.house.words.day(rule.verifiee_le, weekday=False)
    scene.say("form.usage_interdit", article=rule.article, url=rule.url, jour=day)
    return questions.prompt(scene)


def day_off(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« enlevez le mercredi »: the day leaves the hours noted, whatever is asked; the hours of the others stay."""
    known, owner = scene.values.get(Champ.HORAIRES), scene.house.flow.step_of(Champ.HORAIRES)
    off = days_off(heard.text)
    if not off or not isinstance(known, dict) or owner is None or step is owner or "?" in heard.text:
        return None
    week = hours_told(known)
    left = week.without(off)
    if not week.slots or set(off).isdisjoint(week.days) or not left:
        return None
    read = answering.read_step(scene, owner, left)
    return filling.fill(scene, read.values) if isinstance(read, Filled) else None


def _ordered(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """An order in other words; where two are likely, both are offered."""
    if heard.order is None and not heard.likely:
        return None
    if step is not None and heard.answers(step.name) >= READS_WELL:
        return None
    if step is not None and step.asking is Asking.PLACE and _first_reads(scene, step, heard.text):
        return None  # « vire. ya papi qui demande… » is the town of Vire
    own = step is not None and step.asking in OWN_WORDS
    named = heard.order is Order.SKIP and _only_names(scene, heard.text)
    if own and (named or (heard.order in _LOSES and _reads(heard, step))):
        return None
    waits = heard.order is Order.LATER and not said(scene.house.spoken, heard.text, "cadre.plus_tard")
    if waits and scene.session.opened:
        return scene.reply(scene.house.words.say("form.prenez_votre_temps"))
    if heard.order is not None:
        return navigate.obey_order(scene, heard.order)
    names = [order for order in heard.likely if scene.house.words.has(f"ordres.{order.value}")]
    if len(names) < 2:
        return None
    rows = tuple(
        (scene.button(scene.house.words.say(f"ordres.{order.value}"), "ordre", order.value),) for order in names
    )
    return scene.reply(scene.house.words.say("form.quel_ordre"), rows=rows)


def _first_reads(scene: Scene, step: Step, text: str) -> bool:
    """Whether the first clause alone is an answer."""
    parts = ear.clauses(text)
    return bool(parts) and isinstance(answering.read_step(scene, step, parts[0].strip(" .!")), Filled)


def _reads(heard: Heard, step: Step | None) -> bool:
    return step is not None and heard.reads_as(step.name) >= READS_AS


_LOSES = frozenset({Order.ERASE, Order.CANCEL, Order.RESTART, Order.WITHDRAW, Order.LATER})
"""Orders that an answer in one's own words never gives: « je nettoie la machine » erases nothing."""


def _removed(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« enlevez d'abord mon mail »: the value named is taken out, and shown."""
    if not scene.session.opened or "?" in heard.text or not said(scene.house.spoken, heard.text, "cadre.enlever"):
        return None
    words = plain(heard.text)
    champ = next((champ for champ, shape in _REMOVABLE if shape.search(words)), None)
    if champ is None or scene.values.get(champ) is None or (step is not None and champ in step.fields):
        return None
    shape = EMAIL if champ in {Champ.EMAIL, Champ.TUTEUR_EMAIL} else PHONE
    instead = shape.search(heard.text)  # « supprime mon mail, mets … »: another one takes its place
    read = answering.read_field(scene, champ, instead.group()) if instead else None
    return filling.fill(scene, {champ: read.value if isinstance(read, Value) else None})


_REMOVABLE = (
    (Champ.URGENCE_NOM, re.compile(r"\ba prevenir\b")),
    (Champ.TUTEUR_EMAIL, re.compile(r"\b(?:mail|courriel)\b.*\b(?:tut\w+|patron\w*|chef\w*)\b")),
    (Champ.EMAIL, re.compile(r"\bmails?\b|\bcourriel\b")),
    (Champ.TUTEUR_TELEPHONE, re.compile(r"\b(?:numero|tel\w*|portable)\b.*\b(?:tut\w+|patron\w*|chef\w*)\b")),
    (Champ.TELEPHONE, re.compile(r"\b(?:numero|tel\w*|portable)\b")),
)
"""What one may ask to be taken out, and the words that name it."""


def _length(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« on limite à deux jours », once the dates are known."""
    del step
    return repair.shortened(scene, plain(heard.text)) if "?" not in heard.text else None


def _dates(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« on démarre le jeudi 10 en fait », from anywhere: the start or the end, in the month known."""
    return dated.correct(scene, heard, step)


def _people(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """A tutor replaced, a number whose owner is named: all of the person, and nobody else's."""
    return persons.correct(scene, heard, step)


def _surely_answered(scene: Scene, heard: Heard, step: Step, read: Filled) -> bool:
    """Whether no doubt is possible: another kind of question, a trade that is known, a number or an address read."""
    if step.asking not in OWN_WORDS or answering.surely_named(step, read):
        return True
    if step.name == "adresse" and (answering.STREET.search(scene.text) or re.search(r"\b\d{5}\b", scene.text)):
        return heard.loudest[1] < CLEAR
    if _OF_SOMEBODY.match(plain(heard.text)):
        return False
    if step.asking is Asking.TRADE and scene.house.reader.knows_trade(str(read.values.get(Champ.METIER, ""))):
        return True
    return step.asking is Asking.DETAILS and any(champ not in step.champs[:1] for champ in read.values)


_OF_SOMEBODY = re.compile(r"(?:le |c est le |voici le )?(?:numero|num|tel\w*|mail|06|07) (?:de|d) \w+")
"""« le numéro de Tess c'est… »: whose it is is not what was asked."""


def gate(scene: Scene, heard: Heard, step: Step, read: Outcome) -> Reply | None:
    """Before words are stored as the answer to a question that takes any: something else, a doubt, or None to store."""
    if not isinstance(read, Filled) or not heard.weights or _surely_answered(scene, heard, step, read):
        return None
    contradicts = refutes(heard.text)
    placed = _place_meant(scene, heard) if contradicts else None
    if placed is not None:
        return placed
    if said(scene.house.spoken, heard.text, "cadre.anglais") or contradicts:
        return instead(scene, heard, *heard.loudest) or confirm(scene, step, read)
    first = plain(heard.text).partition(" ")[0]
    if step.name == "activites" and said(scene.house.spoken, first, "cadre.faire") and "?" not in heard.text:
        return None
    act, loud = heard.loudest
    if _sure(scene, heard, step) >= READS_AS:
        return None
    if len(plain(heard.text).split()) <= SHORT and loud < CLEAR and heard.sounds(Act.ANSWER) >= READS_AS:
        return None
    if _only_names(scene, heard.text):
        return None
    other = instead(scene, heard, act, loud)
    return other or confirm(scene, step, read)


def _only_names(scene: Scene, text: str) -> bool:
    """A few words without anybody who speaks or does: a name, whatever it sounds like."""
    words = plain(text).split()
    spoken = "?" in text or bool(said(scene.house.spoken, text, "cadre.parle"))
    return 1 < len(words) <= LONGEST_NAME and not spoken


def refutes(text: str) -> bool:
    """Whether a message contradicts what was just said, rather than answer."""
    return _REFUTES.match(plain(text)) is not None


_REFUTES = re.compile(r"(?:non|nan) (?!merci)\w+ .+")
"""« non, Miradoux dans le Gers » answers no free question: it contradicts what was just said."""


def _place_meant(scene: Scene, heard: Heard) -> Reply | None:
    """« non, Miradoux dans le Gers », where the place of the immersion was misread: it is noted there."""
    if scene.values.get(Champ.LIEU) is not None or scene.values.get(Champ.HOTE_CONNU) is True:
        return None
    rest = re.sub(r"(?i)^(?:non|nan)[\s,.:;]+(?:c['’]est |plut[oô]t |pas )?", "", heard.text.strip())
    read = answering.read_field(scene, Champ.LIEU, rest)
    return filling.fill(scene, {Champ.LIEU: read.value}) if isinstance(read, Value) else None


def _sure(scene: Scene, heard: Heard, step: Step) -> float:
    """How much the message, or one of its clauses, reads as an answer to this question."""
    spans = tuple(part.span for part in heard.parts)
    inside = [reads_as(weights, step.name) for weights in scene.house.listener.listen_all(spans)]
    return max(heard.reads_as(step.name), *inside) if inside else heard.reads_as(step.name)


def instead(scene: Scene, heard: Heard, act: Act, loud: float) -> Reply | None:
    """What a message is that answers nothing: a problem, a complaint, small talk, a doubt, somebody else's business."""
    if act in {Act.QUESTION, Act.PROBLEM, Act.OWN_REQUEST} or "?" in heard.text:
        return answered(scene, heard)
    if loud < (VEXED if act is Act.COMPLAINT else CLEAR):
        return None
    match act:
        case Act.COMPLAINT:
            return complained(scene)
        case Act.SMALLTALK:
            return ask.respond_kindly(scene, heard.text)
        case Act.DOUBT if not re.search(r"[A-ZÉÈ]\w+", heard.text[1:]):
            return navigate.unknown_answer(scene)
        case Act.OTHERS:
            return persons.for_another(scene, heard, certain=True)
    return None


def answered(scene: Scene, heard: Heard) -> Reply | None:
    """What the base answers, question mark or not; a problem that it does not know gets a person."""
    text = heard.asked or heard.text
    outcome = ask.ask_base(scene, text)
    if isinstance(outcome, Answer | Clarify):
        return ask.say_outcome(scene, text, outcome)
    if heard.sounds(Act.PROBLEM) >= CLEAR and heard.sounds(Act.PROBLEM) >= heard.sounds(Act.QUESTION):
        scene.say("form.probleme")
        return questions.prompt(scene)
    return ask.say_outcome(scene, text, outcome) if "?" in text else None


def complained(scene: Scene) -> Reply:
    """Acknowledged, then the same question in simpler words, with a way to a person."""
    scene.say("form.plainte")
    return navigate.simpler(scene)


def confirm(scene: Scene, step: Step, read: Filled) -> Reply:
    """What was read, read back: nothing is stored before a yes."""
    return filling.unsure(scene, step, Unsure(step.champs[0], filling.read_back(scene, step, read.values)))


def refused(scene: Scene, heard: Heard, step: Step) -> Reply | None:
    """A text that the question cannot read: what else it may be, before « je n'ai pas reconnu »."""
    del step
    if not heard.weights:
        return None
    act, loud = heard.loudest
    return instead(scene, heard, act, loud) if loud >= heard.sounds(Act.ANSWER) else None


def told_and_asked(scene: Scene, heard: Heard) -> tuple[Mapping[Champ, Json], str]:
    """What a message states besides its question, and the question."""
    if not heard.facts or not heard.asked:
        return {}, ""
    found = apart.stated(scene, heard.facts, questions.current(scene))
    told = {champ: one.value for champ, one in found.items() if isinstance(one, Value)}
    if heard.sounds(Act.CORRECTION) < CLEAR:
        told = {champ: value for champ, value in told.items() if scene.values.get(champ) is None}
    return told, heard.asked


def after_danger(scene: Scene, heard: Heard) -> Reply | None:
    """The message after words of danger, heard with that in mind: a calm sentence, nothing stored, nothing erased."""
    if not scene.memory.alarmed:
        return None
    scene.remember(unheard={})
    if scene.memory.danger == "accident":
        scene.remember(alarmed=False)
        return None
    resumes = said(scene.house.spoken, heard.text, _RESUMES) or heard.order is Order.RESUME
    if "?" in heard.text and not resumes and heard.sounds(Act.DANGER) < CLEAR:
        scene.remember(alarmed=False)
        return None
    words, number = scene.house.words, helplines.number(scene, scene.memory.danger or "suicide")
    rest = " ".join(part for part in ear.clauses(heard.text) if not said(scene.house.spoken, part, _RESUMES))
    reads = _reads_after(scene, heard, rest if resumes else heard.text)
    if resumes or reads:
        scene.remember(alarmed=False)
        scene.say("urgence.reprise", numero=number)
        if resumes and not reads and "?" not in rest:
            scene.say("urgence.redire")
            return questions.prompt(scene)
        scene.message = replace(scene.message, text=rest if resumes else scene.text)
        return None
    rows = [(scene.button(words.say("menu.humain"), "menu", "humain"),)]
    if scene.session.answers:
        rows.insert(0, (scene.button(words.say("menu.reprendre"), "menu", "reprendre"),))
    return scene.reply(words.say("urgence.encore", numero=number), rows=tuple(rows))


_RESUMES = "apres_danger.reprendre"


def _reads_after(scene: Scene, heard: Heard, text: str) -> bool:
    """Whether what is said, once it is said that all is well, answers the question that waited."""
    step = questions.current(scene)
    if step is None or not text:
        return False
    again = heard if text == heard.text else Heard(text, scene.house.listener.listen(text))
    if again.answers(step.name) >= READS_WELL or tiled.tells(scene, step, text):
        return True
    inside = apart.take_apart(scene, step, text) if again.sounds(Act.DANGER) < VEXED else None
    return inside is not None and isinstance(inside.read, Filled)


__all__ = [
    "after_danger",
    "before_reading",
    "confirm",
    "gate",
    "heard_now",
    "person",
    "refused",
    "stopping",
    "told_and_asked",
]
