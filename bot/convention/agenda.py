"""A sent demande as an iCalendar file: one tentative event for the stay, an alarm for each day that matters before."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from bot.convention.link import address
from bot.convention.sheet import value_text
from bot.domain.demande import CLOS, Champ, Demande, Statut
from bot.domain.demarches import Demarche
from bot.form.wording import Wording

_ALARMS = {
    "trouver_hote": "hote",
    "trouver_hote_ici": "hote",
    "contacter": "organisme",
    "signer_personne": "signatures",
    "valider": "validation",
    "commencer": "debut",
    "bilan": "bilan",
}
"""Which steps ring, and the word that names each."""

_PARIS = ZoneInfo("Europe/Paris")
_MORNING = time(9)


def demande_ics(demande: Demande, demarches: Sequence[Demarche], words: Wording) -> bytes:
    """The calendar: the stay with its place and hours, and what to do before; empty where no date is known.

    Neither the person, nor the host, nor a contact is named: calendars are shared. Tentative until the convention is
    made, cancelled when the demande is.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//immersion-bot//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", words.say("agenda.nom"))
    debut, fin = demande.iso_date(Champ.DATE_DEBUT), demande.iso_date(Champ.DATE_FIN)
    if debut is not None and fin is not None and debut <= fin:
        calendar.add_component(_stay(demande, (debut, fin), demarches, words))
    return bytes(calendar.to_ical())


def _stay(demande: Demande, days: tuple[date, date], demarches: Sequence[Demarche], words: Wording) -> Event:
    """A whole-day event; its identifier stays the same and its sequence grows when the file is made again."""
    event = Event()
    event.add("uid", f"sejour-{demande.id}@immersion-bot")
    event.add("dtstamp", max((one.at for one in demande.evenements), default=demande.envoyee_le).astimezone(UTC))
    event.add("sequence", demande.version)
    event.add("dtstart", days[0])
    event.add("dtend", days[1] + timedelta(days=1))
    event.add("summary", words.say("agenda.sejour" if demande.statut is Statut.CONVENTIONNEE else "agenda.a_confirmer"))
    event.add("status", _status(demande.statut))
    event.add("description", "\n".join(_notes(demande, demarches, words)))
    place = _place(demande)
    if place:
        event.add("location", place)
    event.add("transp", "OPAQUE")
    for name, day in _ringing(demarches):
        event.add_component(_alarm(day, words.say(f"agenda.{name}")))
    return event


def _status(statut: Statut) -> str:
    if statut is Statut.CONVENTIONNEE:
        return "CONFIRMED"
    return "CANCELLED" if statut in CLOS else "TENTATIVE"


def _notes(demande: Demande, demarches: Sequence[Demarche], words: Wording) -> Iterator[str]:
    """The number, the hours, then the days that ring: the list stays readable where alarms are not taken over."""
    yield words.say("agenda.note", numero=demande.numero)
    hours = value_text(words, Champ.HORAIRES, demande.answers.get(Champ.HORAIRES))
    if hours:
        yield words.say("agenda.horaires", horaires=hours)
    for name, day in _ringing(demarches):
        yield words.say("agenda.ligne", jour=words.day(day), quoi=words.say(f"agenda.{name}"))


def _place(demande: Demande) -> str:
    """The street address, if nothing in it names somebody; else the commune."""
    street = address(demande.answers)
    if street:
        return street
    place = demande.answers.get(Champ.LIEU)
    parts = [place.get("code_postal"), place.get("nom")] if isinstance(place, dict) else []
    return " ".join(part for part in parts if isinstance(part, str) and part)


def _ringing(demarches: Sequence[Demarche]) -> list[tuple[str, date]]:
    days = ((_ALARMS[one.code], one.avant) for one in demarches if one.code in _ALARMS and one.avant is not None)
    return sorted(dict.fromkeys(days), key=lambda one: one[1])


def _alarm(day: date, text: str) -> Alarm:
    """Rings at nine that morning, in Paris; absolute times are in UTC (RFC 5545)."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", datetime.combine(day, _MORNING, _PARIS).astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
    return alarm
