"""The dates of a sent demande as an iCalendar file; no name, no host, no contact in it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from icalendar import Calendar, Event

from bot.domain.demande import Champ, Demande
from bot.domain.demarches import Demarche
from bot.form.wording import Wording

_EVENTS = {
    "trouver_hote": "hote",
    "trouver_hote_ici": "hote",
    "contacter": "organisme",
    "signer_personne": "signatures",
    "valider": "validation",
    "commencer": "debut",
    "bilan": "bilan",
}
"""Which steps have a day in the calendar, and the word that names it."""


def demande_ics(demande: Demande, demarches: Sequence[Demarche], words: Wording) -> bytes:
    """The calendar: the days to respect, the first day, the last day, the review. Empty of events without dates."""
    calendar = Calendar()
    calendar.add("prodid", "-//immersion-bot//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", words.say("agenda.nom"))
    note = words.say("agenda.note", numero=demande.numero)
    for name, day in _unique(_days(demande, demarches)):
        calendar.add_component(_event(demande, name, day, words.say(f"agenda.{name}"), note))
    return bytes(calendar.to_ical())


def _days(demande: Demande, demarches: Sequence[Demarche]) -> Iterator[tuple[str, date]]:
    for one in demarches:
        if one.code in _EVENTS and one.avant is not None:
            yield _EVENTS[one.code], one.avant
    last = demande.iso_date(Champ.DATE_FIN)
    if last is not None:
        yield "fin", last


def _unique(days: Iterable[tuple[str, date]]) -> list[tuple[str, date]]:
    return sorted(dict.fromkeys(days), key=lambda one: one[1])


def _event(demande: Demande, name: str, day: date, summary: str, note: str) -> Event:
    """A whole-day event, free in the calendar; its identifier stays the same when the file is made again."""
    event = Event()
    event.add("uid", f"{name}-{demande.id}@immersion-bot")
    event.add("dtstamp", demande.envoyee_le)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", note)
    event.add("transp", "TRANSPARENT")
    return event
