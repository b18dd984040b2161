"""« Laura Méric, et le vendredi je ne peux pas »: what surely answers is kept, then the rest of the message is heard."""

from dataclasses import dataclass

from bot.conversation import answering
from bot.conversation.answering import EMAIL, PHONE, Filled
from bot.conversation.deciding import apart, in_turn, whose
from bot.conversation.doing import ask, filling
from bot.conversation.hearing import ear
from bot.conversation.hearing.heard import Act
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.form.flow import Asking, Step
from bot.reading.insisted import without_insisting
from bot.reading.names.bare import bare_name
from bot.reading.names.full_name import name_then_rest
from bot.reading.plain import plain
from bot.reading.spoken import said

_NOT_SO = frozenset({"consentement", "hote_connu"})
"""An agreement is never read in passing; who has found a host tells who, after the yes."""

_OF_A_KIND = frozenset(
    {Asking.DATE, Asking.PLACE, Asking.CHOICE, Asking.YES_NO, Asking.PERIOD, Asking.HOURS, Asking.TRADE}
)
_SENTENCES = re.compile(r"(?<=[.!\n…])\s+(?!\d)")
_TAKEN_UP = re.compile(r"(?:non|nan|enfin|pardon|plutot|ou plutot|en fait|erreur|c est pas|et non)\b")
FEW, LONGEST_STORY, ASKED = 7, 600, 0.3
"""Words of an answer that stands alone; characters; weight from which the rest asks or corrects."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """The answer, what follows it, and whether the answer stands whatever that is."""

    read: Filled
    rest: str
    sure: bool = False


def answered_first(scene: Scene, step: Step | None) -> Reply | None:
    """Keep the part that answers, and hear the rest: asked, corrected, told of other questions; None where it is one thing."""
    if step is None or step.name in _NOT_SO or len(scene.text) > LONGEST_STORY:
        return None
    passed = _passed_and_asked(scene, step)
    if passed is not None:
        return passed
    cut = _cut(scene, step)
    return _then(scene, step, cut) if cut is not None else None


def _passed_and_asked(scene: Scene, step: Step) -> Reply | None:
    """« je sais plus son nom, est-ce que je suis payée ? »: nothing to say here, and a question."""
    found = _ASKED_AFTER.search(scene.text)
    if found is None or not step.optional or not _DOES_NOT_KNOW.match(plain(scene.text[: found.start()])):
        return None
    scene.skip(step)
    return ask.respond(scene, scene.text[found.start() :])


_ASKED_AFTER = re.compile(r"(?i)\b(?:est[- ]ce qu|combien |comment (?:je|on|ça)|pourquoi |qui (?:paye?|signe))")
_DOES_NOT_KNOW = re.compile(
    r"(?:(?:non|euh|bah|ben|la|alors) )*(?:je |j )?(?:ne )?(?:l )?(?:sais|connais|ai|rappelle|souviens) (?:plus|pas)\b"
)


def _cut(scene: Scene, step: Step) -> _Cut | None:
    if step.asking in _OF_A_KIND:
        return _first_sentence(scene, step) or _town(scene, step)
    match step.name:
        case "identite":
            return _name(scene, step)
        case "contact":
            return _ways(scene, step)
        case "conseiller" | "entreprise" | "tuteur" | "signataire":
            return _named(scene, step)
        case "adresse":
            return _street(scene, step)
        case "activites":
            return _tasks(scene, step)
    return None


def _first_sentence(scene: Scene, step: Step) -> _Cut | None:
    """« Decazeville. et si on me trouve rien ils me coupent le rsa »: nothing in the rest takes it back."""
    first, *others = [part for part in _SENTENCES.split(scene.text.strip()) if part.strip()] or [""]
    rest = " ".join(others).strip()
    if not rest or len(first.split()) > FEW or first.endswith("?") or _TAKEN_UP.match(plain(rest)):
        return None
    if step.asking is Asking.TRADE and _ANOTHER.search(plain(rest)):
        return None
    read = answering.read_step(scene, step, without_insisting(first.strip(" .!")))
    return _Cut(read, rest) if isinstance(read, Filled) else None


_ANOTHER = re.compile(r"\b(?:non|nan|plutot|mais|finalement|en fait|ou|pas)\b")
"""Words after which another trade may be meant."""


def _town(scene: Scene, step: Step) -> _Cut | None:
    """« roubaix j'ai déjà vu avec Mme Delattre… »: the town that a long message begins with."""
    found = _TOWN_FIRST.match(scene.text) if step.asking is Asking.PLACE and "?" not in scene.text else None
    if found is None or len(scene.text.split()) <= FEW:
        return None
    if isinstance(answering.read_step(scene, step, scene.text), Filled):
        return None
    read = answering.read_step(scene, step, found["town"])
    return _Cut(read, scene.text[found.end() :].strip(" ,"), sure=True) if isinstance(read, Filled) else None


_TOWN_FIRST = re.compile(
    r"(?P<town>[^\W\d_][\w'’-]{0,40}(?: [\w'’-]{1,40}){0,3}?)(?=,\s|\s(?:et|mais|j['’]|je|on|la|le|c['’]est)\b)"
)


def _name(scene: Scene, step: Step) -> _Cut | None:
    """« Laura Méric je l'ai mis juste au-dessus », « c'est Lina Roche, et le repas c'est payé ? »."""
    name, rest = name_then_rest(scene.text)
    first, *others = ear.clauses(scene.text) or ("",)
    if not name and others and "?" not in first:
        name, rest = without_insisting(first), scene.text[scene.text.find(first) + len(first) :]
        if not said(scene.house.spoken, rest, "cadre.souhait") and not _asks(scene, rest):
            return None
    read = answering.read_step(scene, step, name) if name and rest.strip(" .!,;") else None
    whole = isinstance(read, Filled) and {Champ.PRENOM, Champ.NOM} <= set(read.values)
    return _Cut(read, rest.strip(" ,;."), sure=True) if isinstance(read, Filled) and whole else None


def _named(scene: Scene, step: Step) -> _Cut | None:
    """« ma formatrice c'est Sabrina. et pour le lieu… »: the name, then another subject."""
    first, *others = in_turn.parts(scene.text) or ("",)
    rest = scene.text[scene.text.find(first) + len(first) :].strip(" ,;.")
    if not others or "?" in first or len(first.split()) > FEW:
        return None
    else_told = _OF_ELSE.match(plain(rest)) or _unlike(scene, step, rest)
    if not (else_told or (_asks(scene, rest) and not _NUMBERS.search(rest))):
        return None
    read = answering.read_step(scene, step, bare_name(first))
    return _Cut(read, rest, sure=True) if isinstance(read, Filled) else None


_NUMBERS = re.compile(r"\S@\S|\d[\s.]?\d[\s.]?\d[\s.]?\d")
"""How to reach somebody is part of who they are."""

_OF_ELSE = re.compile(
    r"(?:et |mais |sinon |par contre )*(?:pour|par contre|sinon|concernant|du coup|est ce|combien|comment|ca) "
)


def _street(scene: Scene, step: Step) -> _Cut | None:
    """« 18 bd Michelet, Marseille mais en vrai ce sera sur les chantiers, c'est grave ? »: the street, then what is asked."""
    first, *others = _STREET_ENDS.split(scene.text, maxsplit=1)
    rest = " ".join(others)
    if not rest or not answering.STREET.search(first) or not (_asks(scene, rest) or _NUMBERS.search(rest)):
        return None
    read = answering.read_step(scene, step, bare_name(first.strip(" ,;.")))
    return _Cut(read, rest, sure=True) if isinstance(read, Filled) else None


_STREET_ENDS = re.compile(r"(?i)[\s,.]{1,3}(?:mais|sinon|par contre|et du coup|du coup|au fait|est[- ]ce)\s|[.!]\s")


def _ways(scene: Scene, step: Step) -> _Cut | None:
    """« kevin@exemple.fr, le foyer l'a fait »: an address and a number are one's own where nobody else is named."""
    found = [one for shape in (EMAIL, PHONE) for one in shape.finditer(scene.text)]
    kinds = {one.re for one in found}
    if not found or len(kinds) != len(found) or "?" in scene.text:
        return None
    if any(whose.owner(scene, scene.text, one.start()) not in {"", "moi"} for one in found):
        return None
    rest = scene.text
    for one in found:
        rest = rest.replace(one.group(), " ")
    read = answering.read_step(scene, step, " ".join(one.group().strip() for one in found))
    told = " ".join(rest.split()).strip(" ,;.")
    return _Cut(read, told, sure=True) if isinstance(read, Filled) and len(told.split()) > 1 else None


def _tasks(scene: Scene, step: Step) -> _Cut | None:
    """« tondre, tailler. mais du coup je peux monter sur le toit ou pas »: what one will do, then something else."""
    for found in _TURNS.finditer(scene.text):
        first, rest = scene.text[: found.start()].strip(" ,;.!"), scene.text[found.end() :].strip(" ,;")
        if not first or "?" in first or len(plain(first).split()) < LEAST_TASKS or apart.aside(scene, step, first):
            continue
        if not (_asks(scene, rest) or _told_of_others(scene, step, rest) or _unlike(scene, step, rest)):
            continue
        if _weighs(scene, step, rest) > _weighs(scene, step, first):
            continue
        read = answering.read_step(scene, step, first)
        if isinstance(read, Filled):
            return _Cut(read, rest, sure=True)
    return None


LEAST_ASKED = 5
"""Words of a question that is understood without what comes before it."""

LEAST_TASKS = 2
"""Words of a list of tasks."""

_TURNS = re.compile(
    r"(?i)(?<=[.!\n…])\s+|(?<!\s)\s*,?\s(?:(?:ah|euh|bon|ok)[\s,]+)?(?:et|mais|sinon|par contre|du coup|en fait|au fait)\s(?=(?:du coup|sinon|en fait|au fait|est[- ]ce|je|j['’]|vous|tu|on|il|elle|le (?:lundi|mardi|mercredi|jeudi|vendredi|samedi)|c['’]est|faut|pour (?:le|la|les|mon))\b)"
)


def _weighs(scene: Scene, step: Step, part: str) -> float:
    return scene.house.listener.listen(part).get(f"{Act.ANSWER}/{step.name}", 0.0)


def _unlike(scene: Scene, step: Step, rest: str) -> bool:
    """Whether the rest sounds like something said to us rather than like what one will do."""
    weights = scene.house.listener.listen(rest)
    loud = max(weights.get(act, 0.0) for act in (Act.COMPLAINT, Act.CORRECTION, Act.PROBLEM, Act.SMALLTALK))
    return loud >= ASKED and loud > _weighs(scene, step, rest)


def _asks(scene: Scene, rest: str) -> bool:
    weights = scene.house.listener.listen(rest)
    return ask.is_question(rest) or ear.asks(rest, weights) or weights.get(Act.PROBLEM, 0.0) >= ASKED


def _told_of_others(scene: Scene, step: Step, rest: str) -> bool:
    return bool(apart.others_told(scene, step, tuple(ear.clauses(rest))))


def _then(scene: Scene, step: Step, cut: _Cut) -> Reply | None:
    """The answer written, then what the rest asks, corrects, or tells of other questions; None where it does neither."""
    rest = cut.rest
    why = said(scene.house.spoken, rest, "cadre.pourquoi")
    asking = [part for part in ear.clauses(rest) if _asks(scene, part)]
    asks = bool(asking) or _asks(scene, rest)
    corrects = scene.house.listener.listen(rest).get(Act.CORRECTION, 0.0) >= ASKED and not why
    if corrects and not cut.sure:
        return None
    told = tuple(part for part in ear.clauses(rest) if part not in asking)
    stated = apart.others_told(scene, step, told) if not why else {}
    if not (cut.sure or asks or why or stated):
        return None
    scene.lead.extend(filling.write(scene, {**stated, **cut.read.values}))
    if cut.sure:
        in_turn.corrected_in(scene, rest)
    scene.remember(course=filling.course(scene))
    if why:
        scene.lead.append(scene.house.words.step(step.name, "pourquoi"))
    elif asks:
        alone = " ".join(asking)
        return ask.respond(scene, alone if stated and len(alone.split()) >= LEAST_ASKED else rest)
    return questions.prompt(scene)
