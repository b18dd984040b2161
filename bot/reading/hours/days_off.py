"""Days taken out of a week that is noted: « le mercredi je peux pas », « enlevez le mercredi »."""

from bot.domain import regex as re

WEEK = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
LONGEST = 400
"""Characters that are looked at."""

_DAY = rf"(?:{'|'.join(WEEK)})"
_OFF = re.compile(
    rf"(?i)(?:(?<![\s,;(])[\s,;(]{{1,4}}(?:mais|et)?\s?)?(?:\b(?:sauf|pas|plus|pas (?:travailler|bosser|venir|l[àa])|sans|hors|hormis|enlev\w{{1,3}}|retir\w{{1,3}}|supprim\w{{1,3}}|moins)\s(?:(?:de|le|les|du)\s){{0,2}}(?P<without>{_DAY})s?\b"
    rf"|\b(?:le\s|les\s)?(?P<busy>{_DAY})s?\s(?:(?!{_DAY})[^,.;:\d]){{0,25}}?(?:peux pas|pourrai pas|pas (?:dispo\w*|possible|l[àa]|libre)|impossible|(?:de |mon )repos|(?:c['’]est )?ferm[ée]))[^,.;:\d]{{0,60}}"
)


def days_off(text: str) -> tuple[str, ...]:
    """The days that the text takes out, in the order of the week."""
    said = {(found["without"] or found["busy"]).lower() for found in _OFF.finditer(text[:LONGEST])}
    return tuple(day for day in WEEK if day in said)
