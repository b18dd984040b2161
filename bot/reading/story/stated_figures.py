"""Figures that say by their shape what they are, wherever they stand in a message: a SIRET, a period, hours, a street."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.reading.names.street import PLAIN_WAY, street_alone

LONGEST = 1000
"""Characters that are looked at."""

_WEEKDAY = r"(?:lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?)"
_MONTH = r"(?:janv(?:ier)?|f[ée]v(?:rier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|ao[uû]t|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|d[ée]c(?:embre)?)\b\.?"
_DAY = rf"(?:{_WEEKDAY}\s)?(?:le\s)?\d{{1,2}}(?:er)?"
_SLASHED = rf"(?:{_WEEKDAY}\s)?\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?"
_DATED = rf"(?:{_DAY}\s{_MONTH}(?:\s20\d\d)?|{_SLASHED})"
_PERIOD = re.compile(
    rf"(?i)(?<!\w)(?:(?:du|de|entre le|[àa] partir du)\s(?:{_DATED}|{_DAY})|\d{{1,2}})\s(?:au|jusqu['’ ]?au|[àa]|et le)\s{_DATED}(?!\w)"
)
_BEGINS_ENDS = re.compile(
    rf"(?i)\b(?:commenc\w{{1,5}}|d[ée]but\w{{0,4}}|d[ée]marr\w{{1,5}})\s(?:le\s|au\s|du\s)?(?P<start>{_DATED})[\s,]{{1,3}}(?:et\s)?(?:[çc]a\s|je\s|on\s|se\s|jusqu['’]?\s?)?(?:fini\w{{0,4}}|termin\w{{1,5}}|fin|au)\s(?:le\s|au\s)?(?P<end>{_DATED})(?!\w)"
)
_CLOCK = r"(?:\d{1,2}\s?(?:heures?|h|:)\s?(?:\d{2})?|midi)(?!\w)"
_RANGE = rf"(?:de\s)?{_CLOCK}\s?(?:-|–|[àa]|/|jusqu['’][àa]|(?<=h)\s(?=\d{{1,2}}h))\s?{_CLOCK}"
_DAYS = rf"(?:(?:du|le|les|tous les)\s)?{_WEEKDAY}(?:(?:\s(?:au|[àa]|et)|,)\s{_WEEKDAY}){{0,5}}"
_HOURS = re.compile(
    rf"(?i)(?<![\w/])(?:{_DAYS},?\s)?{_RANGE}(?:[\s,]{{1,3}}(?:et\s|puis\s|/\s?)?{_RANGE}){{0,3}}(?:,?\s{_DAYS})?(?!\w)"
)
_SIRET = re.compile(
    r"(?i)(?:\b(?:et\s)?(?:le\s|son\s)?(?:n°\s?|num[ée]ro\s)?(?:de\s)?siret\b\s?(?:c['’ ]?est|est|:)?\s?)?(?<!\d)\d(?:[ .]?\d){13}(?!\s?\d)"
)
_STREET = re.compile(
    rf"(?i)(?<!\bde la )(?<!\bde l['’])(?<!\bdu )(?<!\bdes )(?<!\bla )(?<!\ble )\b(?:(?:au|[àa])\s)?(?:\d{{1,4}}(?:\s?(?:bis|ter))?,?\s{{1,2}})?(?:{PLAIN_WAY})\s(?:[^,;.\n!?]){{2,80}}(?:,\s\d{{5}}\s[\w'’ -]{{2,40}})?"
)


@dataclass(frozen=True, slots=True)
class ToldFigures:
    """A field, the words that tell it, and where they stand."""

    champ: Champ
    words: str
    start: int
    end: int


_SHAPES = (
    (Champ.SIRET, _SIRET),
    (Champ.DATE_DEBUT, _PERIOD),
    (Champ.HORAIRES, _HOURS),
    (Champ.ADRESSE, _STREET),
)


def figures_told(text: str) -> Iterator[ToldFigures]:
    """Each field whose shape the text has once; DATE_DEBUT stands for the whole period, in words."""
    shown = text[:LONGEST]
    for champ, shape in _SHAPES:
        found = list(shape.finditer(shown))
        if champ is Champ.HORAIRES and found:
            start, end = _week_around(shown, found[0].start(), found[-1].end())
            yield ToldFigures(champ, shown[start:end].strip(), start, end)
        elif champ is Champ.DATE_DEBUT and not found and (both := _BEGINS_ENDS.search(shown)):
            yield ToldFigures(champ, f"du {both['start']} au {both['end']}", both.start(), both.end())
        elif len(found) == 1:
            told = street_alone(found[0].group()) if champ is Champ.ADRESSE else found[0].group()
            yield ToldFigures(champ, told.strip(), found[0].start(), found[0].start() + len(told))


def _week_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The hours told with the clauses beside them that tell days, halves of days or breaks: « …, le vendredi que le matin »."""
    after = _NEXT.match(text, end)
    while after is not None and _OF_A_WEEK.search(after.group()) and not _DATED_DAY.search(after.group()):
        end = after.end()
        after = _NEXT.match(text, end)
    before = [one.end() for one in _STOPS.finditer(text, 0, start)]
    head = text[(before or [0])[-1] : start]
    if _OF_A_WEEK.search(head) and not _DATED_DAY.search(head):
        start -= len(head)
    elif not head.strip() and len(before) > 1 and _ONLY_DAYS.fullmatch(text[before[-2] : start]):
        start = before[-2]
    return start, end


_NEXT = re.compile(r"[^.!?;,\n]{1,120}|\s?,[^.!?;,\n]{1,120}")
_STOPS = re.compile(r"[.!?;,\n]")
_OF_A_WEEK = re.compile(
    rf"(?i)\b{_WEEKDAY}|\b(?:matins?|matin[ée]es?|apr[èe]s[- ]?midi|aprem|pauses?|coupure|manger|repas|tous les jours|tlj|sauf|les autres jours)\b"
)
_DATED_DAY = re.compile(rf"(?i)\b{_DATED}|\b{_WEEKDAY}\s\d{{1,2}}(?!\s?(?:h|:|-|\d))")
_ONLY_DAYS = re.compile(rf"(?i)[^\d]{{0,20}}\b(?:sauf|pas|{_DAYS})[^\d]{{0,60}}")
