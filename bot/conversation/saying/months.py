"""A month to tap a day in, edited in place: seven columns, one row a week; the same reading as typed dates."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from bot.conversation.scene import Scene
from bot.domain.calendrier import avance
from bot.domain.demande import Champ
from bot.domain.message import Button, Reply

AHEAD_MONTHS = 12
SOON, CLOSE = "proche", "fermer"
"""Instead of a month: the first week in which a convention can be ready; back to the question."""

INERT = ""
"""The day of what is no day: a heading, a blank."""

_BLANK = "\u00b7"
_SATURDAY = 5


def show(scene: Scene, month: str, lead: str = "", *, edit: bool = True) -> Reply:
    """The month named « 2026-12 », from the week in which days can be tapped; the months around; the way back."""
    words, soon = scene.house.words, _sensible(scene)
    # Of a week that lies on two months, the month with most of its days: a grid of one day shows nothing.
    first = (soon + timedelta(days=3 - soon.weekday())).replace(day=1) if month == SOON else _first_day(scene, month)
    begins = soon if month == SOON else _from(scene)
    # Nearer days are one tap away: the whole month instead of its sensible weeks.
    nearer = first <= _from(scene) < begins - timedelta(days=begins.weekday())
    rows = (_around(scene, first, nearer=nearer), _weekdays(scene), *_weeks(scene, first, begins), _way_back(scene))
    key = "calendrier.fin" if scene.values.get(Champ.DATE_DEBUT) else "calendrier.debut"
    text = words.say(key, mois=words.month(first))
    target = scene.message.message_id if edit and scene.message.button else None
    return scene.reply(lead, text, _legend(scene, first), rows=rows, edit=target)


def _weeks(scene: Scene, first: date, begins: date) -> Iterator[tuple[Button, ...]]:
    """Seven buttons a week; a day that is past, or of another month, is a blank."""
    for week in calendar.Calendar().monthdatescalendar(first.year, first.month):
        open_days = [day for day in week if day.month == first.month and day >= _from(scene)]
        if open_days and week[-1] >= begins:
            yield tuple(_day(scene, day) if day in open_days else _inert(scene, _BLANK) for day in week)


def _day(scene: Scene, day: date) -> Button:
    """Its number; between brackets at the week-end, with a star on a public holiday."""
    label = f"({day.day})" if day.weekday() >= _SATURDAY else str(day.day)
    starred = f"{day.day}*" if day in scene.house.formats.holidays(day.year) else label
    return scene.button(starred, "jour", day.isoformat())


def _inert(scene: Scene, label: str) -> Button:
    return scene.button(label, "jour", INERT)


def _weekdays(scene: Scene) -> tuple[Button, ...]:
    return tuple(_inert(scene, letter) for letter in scene.house.words.say("calendrier.initiales").split())


def _legend(scene: Scene, first: date) -> str:
    """What the brackets and the stars mean; the holidays of the month by their names."""
    words, known = scene.house.words, scene.house.formats.holidays(first.year)
    named = [
        words.say("calendrier.ferie", jour=str(day.day), nom=name)
        for day, name in sorted(known.items())
        if day.month == first.month and day >= _from(scene)
    ]
    holidays = words.say("calendrier.feries", liste=", ".join(named)) if named else ""
    return " ".join(part for part in (words.say("calendrier.legende"), holidays) if part)


def _from(scene: Scene) -> date:
    start = scene.values.get(Champ.DATE_DEBUT)
    return max(scene.today, date.fromisoformat(start)) if isinstance(start, str) else scene.today


def _sensible(scene: Scene) -> date:
    """The first working day after the delay that signatures take; from the start on, for the end."""
    if scene.values.get(Champ.DATE_DEBUT):
        return _from(scene)
    days = scene.house.regles.valeur("delai_court_jours_ouvres", scene.today)
    return avance(scene.today, days + 1, scene.house.formats.holidays)


def _around(scene: Scene, first: date, *, nearer: bool) -> tuple[Button, ...]:
    """« ‹ déc. 2026 › »: always three, so that nothing moves under the finger."""
    words = scene.house.words
    before, after = first - timedelta(days=1), first + timedelta(days=32)
    this = scene.today.year * 12 + scene.today.month
    earlier = first if nearer else before
    back = earlier.year * 12 + earlier.month >= this
    on = after.year * 12 + after.month - this <= AHEAD_MONTHS
    return (
        scene.button("‹", "mois", f"{earlier:%Y-%m}") if back else _inert(scene, _BLANK),
        _inert(scene, words.month(first, short=True)),
        scene.button("›", "mois", f"{after:%Y-%m}") if on else _inert(scene, _BLANK),
    )


def _way_back(scene: Scene) -> tuple[Button, ...]:
    return (scene.button(scene.house.words.say("boutons.retour"), "mois", CLOSE),)


def _first_day(scene: Scene, month: str) -> date:
    """The first of the month named « 2026-03 », or of this month where that is no month within reach."""
    year, _, number = month.partition("-")
    this = scene.today.year * 12 + scene.today.month
    if len(year) == 4 and year.isdecimal() and number.isdecimal() and 1 <= int(number) <= 12:
        ahead = int(year) * 12 + int(number) - this
        return date(int(year), int(number), 1) if 0 <= ahead <= AHEAD_MONTHS else scene.today.replace(day=1)
    return scene.today.replace(day=1)
