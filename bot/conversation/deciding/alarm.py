"""Whether words are danger, and what comes after an alarm: a denial is believed, a cry never taken for one."""

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation import answering
from bot.conversation.answering import Filled
from bot.conversation.doing import ask, filling
from bot.conversation.hearing import ear
from bot.conversation.saying import helplines, questions
from bot.conversation.scene import House, Scene
from bot.domain import regex as re
from bot.domain.answer import Danger
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.domain.session import Json
from bot.form.flow import Asking
from bot.reading.plain import plain
from bot.reading.spoken import said

SEARCHED = 0.2
"""What the search's confidence adds to the ear's weight of danger (see ear.DANGER): on nine used sets and with danger
from 0.47, 12 of 1,372 calm messages alarm at 0.2 and 22 at 0.3, the same 21 of 25 dangers being heard."""

HARD = 0.33
"""What the ear and the search must say together of a wish to die for a word of support, below `ear.DANGER`: on ten used sets, 5
of 1,722 calm messages get one."""

INTENDED = 0.3
"""Weight of suicide or violence from which no question on insurance calms a message."""

_MEANT = frozenset({"suicide", "violence", "enfance"})
"""What somebody means to do, or has done to them: where the search is sure of it, an accident it is not."""


def in_danger(house: House, text: str) -> str:
    """The category of danger that the ear and the search together hear in these words; empty where they are calm."""
    if any(said(house.spoken, part, "danger.explicite") for part in ear.clauses(text)):
        return "suicide"
    if any(said(house.spoken, part, "danger.coups") for part in ear.clauses(text)):
        return "violence"
    if said(house.spoken, text, "cadre.sans_toit"):
        return ""  # the number for tonight is said by the conversation, which goes on
    found = house.answerer.danger(text)
    heard = ear.danger(text, house.listener)
    asks_cover = ask.is_question(text) and said(house.spoken, text, "cadre.hypothese")
    if asks_cover and found is None and (heard is None or heard.told_apart < INTENDED):
        return ""
    if heard is None:
        return found.categorie if found is not None and found.sure else ""
    if heard.weight + (SEARCHED * found.confidence if found is not None else 0.0) < ear.DANGER:
        return ""
    return _told_of(house, text, heard, found)


def besides(house: House, text: str, category: str) -> tuple[str, ...]:
    """The other dangers that a part of the message surely tells: « il me frappait, des fois je voudrais plus être là »."""
    told: list[str] = []
    for part in ear.clauses(text):
        found = house.answerer.danger(part)
        if said(house.spoken, part, "danger.coups"):
            told.append("violence")
        elif found is not None and found.sure and found.categorie in _MEANT - {CHILD}:
            told.append(found.categorie)
    return tuple(dict.fromkeys(one for one in told if one != category))


def hard_to_bear(house: House, text: str) -> bool:
    """Whether somebody despairs in words that are no alarm: « je suis bonne à rien », among what they answer."""
    if any(said(house.spoken, part, "danger.lourd") for part in ear.clauses(text)):
        return True
    found, heard = house.answerer.danger(text), ear.danger(text, house.listener)
    if heard is None or heard.category != "suicide":
        return False
    return heard.weight + (SEARCHED * found.confidence if found is not None else 0.0) >= HARD


def _told_of(house: House, text: str, heard: ear.Alarm, found: Danger | None) -> str:
    """Which danger it is; an adult near in distress is nobody's child, whoever died or is missed in the message."""
    if found is not None and found.sure and found.categorie in _MEANT and heard.category == "accident":
        named = found.categorie
    else:
        named = heard.either(found.categorie) if found is not None else heard.category
    if named != CHILD or said(house.spoken, text, "danger.mineur"):
        return named
    if found is not None and found.categorie != CHILD:
        return found.categorie
    return heard.but(CHILD)


CHILD = "enfance"


def unheard(scene: Scene) -> Mapping[Champ, Json]:
    """The choice that the message answers the question with: never a word of it, and never a consent."""
    step = questions.current(scene)
    if step is None or step.asking not in _CLOSED or step.name == "consentement":
        return {}
    read = (answering.read_step(scene, step, part) for part in (scene.text, *ear.clauses(scene.text)))
    return next((one.values for one in read if isinstance(one, Filled)), {})


_CLOSED = frozenset({Asking.CHOICE, Asking.YES_NO})


def denied(scene: Scene) -> bool:
    """« mais il y a pas d'enfant », « j'ai juste dit que… »: the very subject of the alarm is denied, in so many words.

    Not believed where the rest of the message is danger: a second cry is a cry.
    """
    if not scene.memory.alarmed or not any(_denies(scene, part) for part in (scene.text, *ear.clauses(scene.text))):
        return False
    rest = _rest(scene)
    if len(plain(rest).split()) > TORN:
        return not in_danger(scene.house, rest)
    found = scene.house.answerer.danger(rest) if rest else None
    return found is None or not found.sure


TORN = 4
"""Words: « j'ai les gosses », torn from its sentence, is a cry only where the words themselves are sure."""


def _denies(scene: Scene, part: str) -> bool:
    category = scene.memory.danger or "suicide"
    return bool(said(scene.house.spoken, part, "apres_danger.dement", f"apres_danger.dement_{category}"))


def _rest(scene: Scene) -> str:
    """What the message says besides the denial."""
    return " ".join(part for part in ear.clauses(scene.text) if not _denies(scene, part) and not _only_surprised(part))


def _only_surprised(part: str) -> bool:
    return _SURPRISED.fullmatch(plain(part)) is not None


_SURPRISED = re.compile(
    r"(?:(?:quoi|hein|non|nan|nn|mais|oui|ouais|ah|oh|euh|mdr+|lol|ptdr|bah|ben|ok|bon|pardon|comment|attendez|attends|stop|wow|wtf) ?){1,8}"
)


def gone_on(scene: Scene) -> Reply | None:
    """Believed, with the number said once more; then what else the message says, or the choice that the alarm lost."""
    category = scene.memory.danger or "suicide"
    lost = _lost(scene)
    scene.say("urgence.dementi", numero=helplines.number(scene, category))
    scene.remember(alarmed=False, danger="", unheard={})
    rest = _explained(scene)
    step = questions.current(scene)
    read = answering.read_step(scene, step, rest) if rest and step is not None and step.asking in _CLOSED else None
    if isinstance(read, Filled):
        return filling.fill(scene, read.values, read.remarks)
    if _asks(rest) or len(plain(rest).split()) >= A_STORY:
        scene.message = replace(scene.message, text=rest)
        return None
    if lost:
        return filling.fill(scene, lost)
    if scene.session.opened:
        scene.say("urgence.redire")
    return questions.prompt(scene)


A_STORY = 14
"""Words besides the denial, from which they are heard as a message of their own."""


def _lost(scene: Scene) -> Mapping[Champ, Json]:
    step = questions.current(scene)
    return {champ: value for champ, value in scene.memory.unheard.items() if step is not None and champ in step.fields}


def _asks(rest: str) -> bool:
    return "?" in rest and ask.opens_question(rest)


def _explained(scene: Scene) -> str:
    """The rest of the message, and what comes after « j'ai dit que »."""
    explained = (_AFTER_SAID.search(part) for part in ear.clauses(scene.text))
    return " ".join(filter(None, (_rest(scene), *(found["meant"] for found in explained if found)))).strip()


_AFTER_SAID = re.compile(
    r"(?i)\b(?:dis|dit|disais|r[ée]pondu|voulais dire|veux dire|parle|parlais)\s+(?:juste\s+|seulement\s+|simplement\s+)?(?:que?\s+|qu['’]|de\s+)?(?P<meant>\S.{0,200})"
)
