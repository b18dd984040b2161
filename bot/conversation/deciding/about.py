"""Words about the question asked, not an answer to it: why, one minute, the same as before, I do not know."""

from bot.conversation import answering
from bot.conversation.answering import Unsure
from bot.conversation.doing import filling, navigate
from bot.conversation.hearing import naming, phrases
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.domain.session import Json
from bot.form import recap
from bot.form.flow import Asking, Step
from bot.reading.outcome import Ask
from bot.reading.plain import plain

_OPEN = frozenset(Asking) - {Asking.CHOICE, Asking.YES_NO}
"""Kinds of question that « oui » and « non » do not answer: a no passes an optional one."""

_OWN_STORY = frozenset({"activites", "amenagements"})


def about_step(scene: Scene) -> Reply | None:
    """What is said about the pending question; None where the text is something else."""
    words = plain(scene.text)
    if scene.session.opened and phrases.ALSO.fullmatch(words):
        return navigate.already_open(scene)
    step = questions.current(scene)
    if step is None:
        return _fine(scene, words) if scene.session.opened else None
    return (
        _wish(scene, step, words)
        or _needed(scene, step, words)
        or _bare(scene, step, words)
        or _fine(scene, words)
        or _same(scene, step, words)
        or _meaning(scene, step, words)
        or _unknown(scene, step, words)
    )


def _wish(scene: Scene, step: Step, words: str) -> Reply | None:
    """No host, send now, keep it as it was, one minute, why: what the person wants done."""
    if phrases.NO_HOST.fullmatch(words) and step.section == "entreprise" and step.name != "lieu":
        scene.say("form.sans_hote")
        return filling.fill(scene, {Champ.HOTE_CONNU: False})
    if phrases.SEND_NOW.fullmatch(words):
        return navigate.send_wish(scene)
    if scene.memory.editing and phrases.KEEP.fullmatch(words) and _unchanged(scene, step):
        return _kept(scene, step)
    if step.name not in _OWN_STORY and phrases.WAIT.fullmatch(words) and not any(char.isdigit() for char in words):
        return scene.reply(scene.house.words.say("form.prenez_votre_temps"))
    if phrases.WHY.fullmatch(words):
        scene.lead.append(scene.house.words.step(step.name, "pourquoi"))
        return questions.prompt(scene)
    return None


def _bare(scene: Scene, step: Step, words: str) -> Reply | None:
    """A yes, a no or a refusal alone, where the question wants a value."""
    if step.asking in _OPEN and phrases.YES_ALONE.fullmatch(words):
        scene.say("form.oui_seul")
        return questions.ask(scene, step, "aide")
    other = _other_refused(scene, step, words)
    if other is not None:
        return other
    if phrases.REFUSES.fullmatch(words):
        return navigate.skip(scene) if step.optional else _unwilling(scene, step)
    return _nothing(scene, step) if step.asking in _OPEN and phrases.NOTHING.fullmatch(words) else None


def _other_refused(scene: Scene, step: Step, words: str) -> Reply | None:
    """« je ne veux pas donner mon téléphone » while the hours are asked: why it is asked, and the hours again."""
    if not (phrases.REFUSES.fullmatch(words) or phrases.NOTHING.fullmatch(words)):
        return None
    named = naming.named_step(scene, words)
    if named is None or named is step or naming.named_by(scene, step, words) or named.name == "identite":
        return None
    scene.say("form.sans_pression")
    scene.lead.append(scene.house.words.step(named.name, "pourquoi"))
    if named.optional:
        scene.say("form.vous_pouvez_passer")
    return questions.prompt(scene)


def _needed(scene: Scene, step: Step, words: str) -> Reply | None:
    """« c'est obligatoire, le téléphone ? »: why it is asked, and whether it can be left out."""
    found = phrases.REQUIRED.fullmatch(words)
    if found is None:
        return None
    named = naming.named_step(scene, found["what"] or found["before"] or "")
    if named is None and (found["what"] or found["before"]):
        return None
    about = named or step
    scene.lead.append(scene.house.words.step(about.name, "pourquoi"))
    scene.say("form.pas_obligatoire" if about.optional else "form.obligatoire")
    return questions.prompt(scene)


def _unchanged(scene: Scene, step: Step) -> bool:
    """Whether the step being changed has an answer already, which these words do not replace."""
    answered = not step.missing(scene.draft) and step.valid(scene.draft)
    return answered and not isinstance(answering.read_step(scene, step, scene.text), answering.Filled)


def _kept(scene: Scene, step: Step) -> Reply:
    """« non merci », « ça va » while changing an answer: it stays."""
    value = recap.step_value(scene.house.words, scene.draft, step)
    scene.remember(course=scene.memory.edited, misread=None)
    scene.say("form.garde_valeur", champ=scene.house.words.step(step.name, "libelle"), valeur=value)
    return questions.prompt(scene)


def _nothing(scene: Scene, step: Step) -> Reply:
    """« non », « rien », « pas encore »: an optional question is passed, another says why it is needed."""
    own = scene.house.words.step(step.name, "ne_sait_pas")
    if own:
        return scene.reply(own, rows=questions.rows(scene, step))
    return navigate.skip(scene) if step.optional else navigate.needed(scene, step)


def _unwilling(scene: Scene, step: Step) -> Reply:
    scene.say("form.sans_pression")
    return navigate.needed(scene, step)


def _fine(scene: Scene, words: str) -> Reply | None:
    """« c'est bon pour les dates »: kept, said, and the next question."""
    found = phrases.FINE.fullmatch(words)
    named = naming.named_step(scene, found["what"]) if found else None
    if named is None:
        return None
    value = recap.step_value(scene.house.words, scene.draft, named)
    if value:
        scene.say("form.garde_valeur", champ=scene.house.words.step(named.name, "libelle"), valeur=value)
    return questions.prompt(scene)


def _same(scene: Scene, step: Step, words: str) -> Reply | None:
    """« idem », « comme avant »: taken where one thing only can be meant, and confirmed; else asked in full."""
    if not phrases.SAME.fullmatch(words) or step.asking in {Asking.YES_NO, Asking.CHOICE}:
        return None
    found = referents(scene, step)
    if len(found) != 1:
        scene.say("form.idem")
        return questions.ask(scene, step, "aide")
    values: dict[str, Json] = {champ.value: value for champ, value in found[0].items()}
    label = ", ".join(recap.shown(scene.house.words, champ, value) for champ, value in found[0].items())
    return filling.unsure(scene, step, Unsure(step.champs[0], Ask("confirmer", {}, ((label, values),))))


def referents(scene: Scene, step: Step) -> list[dict[Champ, Json]]:
    """What « the same » may mean for a step: the home for the place, the last sent request for the rest."""
    sources = [sent.answers for sent in scene.dossier.demandes[-1:]]
    found = [{champ: sent[champ] for champ in step.champs} for sent in sources if all(c in sent for c in step.champs)]
    home = scene.values.get(Champ.COMMUNE)
    if step.champs == (Champ.LIEU,) and home is not None:
        found.insert(0, {Champ.LIEU: home})
    return [one for at, one in enumerate(found) if one not in found[:at]]


def _meaning(scene: Scene, step: Step, words: str) -> Reply | None:
    """« c'est quoi un SIRET ? » on the SIRET question: one sentence, then the question."""
    found = phrases.MEANING.fullmatch(words)
    if found is None:
        return None
    names = [plain(name) for name in scene.house.words.step(step.name, "noms").split(",")]
    if found["what"] and found["what"] not in names:
        return None
    scene.lead.append(scene.house.words.step(step.name, "aide"))
    if step.optional:
        scene.say("form.vous_pouvez_passer")
    return questions.prompt(scene)


def _unknown(scene: Scene, step: Step, words: str) -> Reply | None:
    """« je ne sais pas »: ways on, and never a guess."""
    if not phrases.DONT_KNOW.fullmatch(words) or step.asking is Asking.CHOICE:
        return None
    own = scene.house.words.step(step.name, "ne_sait_pas")
    if own:
        return scene.reply(own, rows=questions.rows(scene, step))
    return navigate.skip(scene)


_WELL_BEGUN = 4
"""Answers of a form that somebody fills for themselves."""
_ASKED_FOR = re.compile(
    r"\b(?:c est|stage|immersion|demande|inscrire|le faire|la faire) (?:est )?pour (?:mon|ma|notre|mes)\b"
)


def for_a_child(scene: Scene) -> Reply | None:
    """An adult asking for a child: nothing on the child is collected."""
    words = plain(scene.text)
    found = phrases.CHILD.fullmatch(words)
    step = questions.current(scene)
    if found is None or (step is not None and step.name in _OWN_STORY):
        return None
    if len(scene.values) >= _WELL_BEGUN and not _ASKED_FOR.search(words):
        return None  # « c'est plus simple pour la garde de ma fille »
    if not found["age"] and (not phrases.ASKS_FOR.fullmatch(words) or "?" in scene.text):
        return None
    age = scene.house.regles.parametre("age_minimum", scene.today)
    young = bool(found["age"]) and int(found["age"]) < age.valeur
    of_age = bool(found["age"]) and scene.house.regles.valeur("age_majorite", scene.today) <= int(found["age"])
    key = "orientation.enfant_trop_jeune" if young else "pour_autrui.autre" if of_age else "orientation.enfant"
    day = scene.house.words.day(age.verifiee_le, weekday=False)
    scene.say(key, age=str(age.valeur), source=age.url, jour=day)
    names = ("question", "humain") if young else ("demande", "question", "humain")
    return scene.reply(
        rows=tuple((scene.button(scene.house.words.say(f"menu.{name}"), "menu", name),) for name in names)
    )
