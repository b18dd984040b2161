"""« le 14 je viens pas », said after the dates: no question of the form holds it, and whom to tell it is said."""

from dataclasses import replace
from datetime import date

from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.champs import Champ
from bot.domain.texte import folded
from bot.form.flow import Asking, Step
from bot.reading.dates.other_things import aside, of_something_else
from bot.reading.dates.periods import read_period
from bot.reading.outcome import Value

_DAY = re.compile(r"\d{1,2}")
_IF = re.compile(
    r"(?i)^(?:et |ok |bon |alors |donc |euh |ah ){0,3}(?:(?:c['’ ]?est (?:bon|ok|possible)|[çc]a (?:va|marche|passe)|est[- ]ce (?:que )?(?:c['’]est (?:bon|ok|possible))?)\s)?si (?=(?:je|j['’]|on|c['’]est|moi)\b)"
)
"""« si je commence lundi et finis vendredi ? »: a period told as a question."""


_ASKS = re.compile(r"(?i)\b(?:trop|possible|autoris|droit|probl[eè]me|combien|comment|pourquoi|d[ée]lai|faut|pay[ée])")


def told_plainly(scene: Scene, step: Step | None) -> None:
    """Leave a period told as « si je commence… ? » as told; its own question answers whether the law allows it."""
    if step is None or step.asking is not Asking.PERIOD or not _IF.search(scene.text) or _ASKS.search(scene.text):
        return
    bare = _IF.sub("", scene.text).replace("?", " ").strip()
    if isinstance(read_period(bare, scene.context()), Value):
        scene.message = replace(scene.message, text=" ".join(bare.split()))


def said_missed(scene: Scene, step: Step | None) -> bool:
    """Say whom to tell a day of the stay that is missed; True where the message holds nothing else."""
    start, end = (scene.draft.day(champ) for champ in (Champ.DATE_DEBUT, Champ.DATE_FIN))
    if start is None or end is None or "?" in scene.text or (step is not None and step.asking is Asking.PERIOD):
        return False
    told = aside(folded(scene.text))
    days = [int(number) for one in told.missed for number in _DAY.findall(one)[:1]]
    if not days or not of_something_else(folded(scene.text)) or not all(_within(day, start, end) for day in days):
        return False
    scene.say("form.jour_absent", jours=" ; ".join(told.missed))
    return True


def _within(day: int, start: date, end: date) -> bool:
    """Whether a day of that number lies in the stay."""
    return any(
        start.toordinal() <= at <= end.toordinal() and date.fromordinal(at).day == day
        for at in range(start.toordinal(), end.toordinal() + 1)
    )
