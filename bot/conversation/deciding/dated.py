"""Dates corrected from anywhere: which end is meant, and the day, in the month that is known."""

from datetime import date, timedelta

from bot.conversation import answering
from bot.conversation.answering import Refused
from bot.conversation.doing import filling
from bot.conversation.hearing.heard import Act, Heard
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.domain.texte import folded
from bot.form.flow import Step
from bot.reading.dates.other_things import of_something_else
from bot.reading.dates.periods import days_told
from bot.reading.french import DAYS
from bot.reading.plain import plain
from bot.reading.spoken import said

CORRECTS, READS_AS = 0.2, 0.25
ENDS = (Champ.DATE_DEBUT, Champ.DATE_FIN)
_BARE = re.compile(
    r"\ble (?P<day>\d{1,2})(?:er)?\b(?! ?(?:h|heures?|jours?|\d|janv|fev|mars|avr|mai|juin|juil|aou|sept|oct|nov|dec))"
)
_NAMED_DAY = re.compile(rf"\b(?P<name>{'|'.join(DAYS)})\b(?: (?P<day>\d{{1,2}})\b(?! ?h))?")


_DENIED = re.compile(
    r"\b(?:et )?(?:pas|plus|au lieu) (?:le |du )?\d{1,2}(?:er)?\b(?! ?h)(?: (?:janv|fev|mars|avr|mai|juin|juil|aou|sept|oct|nov|dec)\w*)?"
)
"""« …, pas le 18 »: the day it is not."""


_WHICH_DAY = re.compile(r"(?i)\b(?:1er|premier|dernier) jour\b")


def which_end(scene: Scene, text: str) -> Champ | None:
    """The start or the end, where the words say which."""
    name = said(scene.house.spoken, text, "dates.fin", "dates.debut")
    return {"dates.fin": Champ.DATE_FIN, "dates.debut": Champ.DATE_DEBUT}.get(name)


def correct(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """Act on a date that is told again; None where the text tells none."""
    if of_something_else(folded(heard.text)):
        return None
    champ = which_end(scene, heard.text)
    owner = scene.house.flow.step_of(Champ.DATE_DEBUT)
    if champ is None or owner is None or not _told_again(scene, heard, champ, step, asked=step is owner):
        return None
    known = scene.draft.day(champ)
    if step is owner and known is None and days_told(heard.text) > 1:
        return None
    day = _day(scene, champ, heard.text, known)
    if day is None or (known is None and champ is Champ.DATE_DEBUT):
        return None
    if known is None and asks_both(heard.text) and _offered_start(scene) is None:
        return None
    offered = _offered_start(scene) if champ is Champ.DATE_FIN else None
    if offered is not None:
        return filling.take(scene, owner, answering.read_step(scene, owner, f"du {offered:%d/%m/%Y} au {day:%d/%m/%Y}"))
    read = answering.outcome(champ, answering.read_field(scene, champ, f"{day:%d/%m/%Y}"))
    if isinstance(read, Refused) and heard.sounds(Act.CORRECTION) < CORRECTS and step is not owner:
        return None
    return filling.take(scene, owner, read)


def asks_both(text: str) -> bool:
    """Whether a text tells two days: a period, read as one."""
    return (
        len(
            re.findall(
                r"(?i)\b\d{1,2}(?:er)?\b(?= ?(?:/|janv|f[ée]v|mars|avr|mai|juin|juil|ao[ûu]t|sept|oct|nov|d[ée]c))",
                text,
            )
        )
        > 1
    )


def _told_again(scene: Scene, heard: Heard, champ: Champ, step: Step | None, *, asked: bool) -> bool:
    """Whether a date is told: corrected from anywhere, or answered where the dates are asked and nothing covers it."""
    if "?" in heard.text or not scene.session.opened or (scene.draft.day(champ) is None and not asked):
        return False
    if not asked:
        if (
            step is not None
            and heard.reads_as(step.name) >= READS_AS
            and not any(char.isdigit() for char in heard.text)
        ):
            return False  # « poser des fenêtres le jeudi », where one tells what one will do
        return heard.sounds(Act.CORRECTION) >= max(CORRECTS, heard.sounds(Act.ANSWER) / 2)
    return max(heard.sounds(Act.PROBLEM), heard.sounds(Act.QUESTION)) <= heard.sounds(Act.ANSWER)


def _offered_start(scene: Scene) -> date | None:
    """The start kept in a period that was refused for its end and offered again, shortened."""
    waiting = scene.offered
    for _, value in waiting.values if waiting else ():
        start = value.get(Champ.DATE_DEBUT.value) if isinstance(value, dict) else None
        if isinstance(start, str):
            return date.fromisoformat(start)
    return None


def _day(scene: Scene, champ: Champ, text: str, known: date | None) -> date | None:
    """The day told: written in full, a bare number in the month known, a weekday of the same week."""
    words = _DENIED.sub(" ", plain(text))
    near = known or scene.draft.day(Champ.DATE_DEBUT)
    number = _BARE.search(words) or _NAMED_DAY.search(words)
    if number is not None and near is not None:
        found = number.groupdict()
        if found.get("day"):
            return _in_month(near, int(found["day"]), champ, scene)
        if found.get("name") and not re.search(r"\d", words):
            return near + timedelta(days=DAYS.index(found["name"]) - near.weekday())
    reading = answering.read_field(scene, champ, _only_date(_WHICH_DAY.sub(" ", text)))
    value = getattr(reading, "value", None)
    return date.fromisoformat(value) if isinstance(value, str) else None


def _only_date(text: str) -> str:
    found = re.search(r"(?i)(?:le |au )?(?:(?<!\w)\w+di |dimanche )?\d{1,2}(?:er)?[ /.-]\w+(?:[ /.-]\d{2,4})?", text)
    return found.group() if found else text


def _in_month(near: date, day: int, champ: Champ, scene: Scene) -> date | None:
    """The day of that number nearest after the start, or in the month of the old value."""
    start = scene.draft.day(Champ.DATE_DEBUT)
    for months in (0, 1):
        year, month = near.year + (near.month + months - 1) // 12, (near.month + months - 1) % 12 + 1
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if champ is Champ.DATE_DEBUT or start is None or found >= start:
            return found
    return None
