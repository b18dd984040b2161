"""A month to tap a day in, edited in place; the same reading as typed dates."""

import calendar
from datetime import date, timedelta

from bot.conversation.scene import Scene
from bot.domain.demande import Champ
from bot.domain.message import Button, Reply

AHEAD_MONTHS = 12


def show(scene: Scene, month: str, lead: str = "", *, edit: bool = True) -> Reply:
    """The days of one month still to come, five or so a row, and the months around."""
    first = _first_day(scene, month)
    year, number = first.year, first.month
    rows: list[tuple[Button, ...]] = []
    for week in calendar.Calendar().monthdatescalendar(year, number):
        days = [day for day in week if day.month == number and day >= _from(scene)]
        if days:
            rows.append(tuple(scene.button(str(day.day), "jour", day.isoformat()) for day in days))
    words = scene.house.words
    key = "calendrier.fin" if scene.values.get(Champ.DATE_DEBUT) else "calendrier.debut"
    text = words.say(key, mois=words.month(first))
    target = scene.message.message_id if edit and scene.message.button else None
    return scene.reply(lead, text, rows=(*rows, _around(scene, first)), edit=target)


def _from(scene: Scene) -> date:
    start = scene.values.get(Champ.DATE_DEBUT)
    return max(scene.today, date.fromisoformat(start)) if isinstance(start, str) else scene.today


def _around(scene: Scene, first: date) -> tuple[Button, ...]:
    words = scene.house.words
    before, after = first - timedelta(days=1), first + timedelta(days=32)
    row: list[Button] = []
    if (before.year, before.month) >= (scene.today.year, scene.today.month):
        row.append(scene.button(words.month(before), "mois", f"{before:%Y-%m}"))
    if (after.year - scene.today.year) * 12 + after.month - scene.today.month <= AHEAD_MONTHS:
        row.append(scene.button(words.month(after), "mois", f"{after:%Y-%m}"))
    return tuple(row)


def _first_day(scene: Scene, month: str) -> date:
    """The first of the month named « 2026-03 », or of this month where that is no month within reach."""
    year, _, number = month.partition("-")
    this = scene.today.year * 12 + scene.today.month
    if len(year) == 4 and year.isdecimal() and number.isdecimal() and 1 <= int(number) <= 12:
        ahead = int(year) * 12 + int(number) - this
        return date(int(year), int(number), 1) if 0 <= ahead <= AHEAD_MONTHS else scene.today.replace(day=1)
    return scene.today.replace(day=1)
