"""French as people type it: numbers in letters, names of days and months, slips of the finger."""

from collections.abc import Iterable
from datetime import date

from bot.domain import calendrier
from bot.domain import regex as re

DAYS, MONTHS = calendrier.JOURS, calendrier.MOIS
PLAIN_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
    "decembre",
)  # fmt: skip
_SHORT_MONTHS = {
    "janv": 1, "jan": 1, "fevr": 2, "fev": 2, "mar": 3, "avr": 4, "juil": 7, "jul": 7, "aou": 8, "sept": 9, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
MONTH_NUMBERS = {name: at for at, name in enumerate(PLAIN_MONTHS, 1)} | _SHORT_MONTHS
MONTH = r"(?:" + "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True)) + r")\b\.?"
WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim)\b\.?"

_UNITS = (
    "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix sept", "dix huit", "dix neuf",
)  # fmt: skip
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre vingt"}
_UNIT_WORD = r"(?:jours?|journees?|semaines?|sem|mois|ans?|heures?|h)\b"


def _number_names() -> dict[str, int]:
    """Every number from 0 to 99 but one, as it is written, spaces for hyphens."""
    named = {name: value for value, name in enumerate(_UNITS) if value != 1} | {"quatre vingts": 80}
    for ten, word in _TENS.items():
        named[word] = ten
        for unit in range(1, 20 if ten in (60, 80) else 10):
            named[f"{word} {_UNITS[unit]}"] = ten + unit
            if unit in (1, 11):
                named[f"{word} et {_UNITS[unit]}"] = ten + unit
    return named


_NUMBERS = _number_names()
NUMBER_WORDS = r"(?:" + "|".join(name.replace(" ", "[ -]") for name in sorted(_NUMBERS, key=len, reverse=True)) + r")"
"""A number from 0 to 99 in letters, but one, in folded text."""

NUMBER_NAMES = frozenset(word for name in _NUMBERS for word in name.split()) - {"et"}
"""The words that numbers are made of."""

_NUMBER = re.compile(rf"\b{NUMBER_WORDS}\b")
_ONE = re.compile(rf"\b(?:un|une)\b(?=\s+(?:{_UNIT_WORD}|{MONTH}))")
_FIRST = re.compile(
    rf"\b(?:premier|1 ?ere?|ler)\b(?=\s+{MONTH})|(?<=\bdu )(?:premier|1 ?er)\b|(?<=\ble )1 ?er\b|\b1 ?er\b"
)  # fmt: skip
_GLUED = re.compile(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)")


def digits(folded: str) -> str:
    """Numbers in letters become figures; « sept » after a figure stays the month."""
    text = re.sub(r"\b2 ?main\b|\bdem ?1\b|\b2m1\b", "demain", folded)
    text = re.sub(r"(?<=\d )sept\b|(?<=\d)sept\b|(?<=\ben )sept\b|^sept\.?$", "septembre", text)
    text = re.sub(r"\bdeux[ -]mille\b", "2mille", text)
    text = re.sub(r"\b2mille[ -](?:et[ -])?un\b", "2001", text)
    text = re.sub(r"\bmille[ -]neuf[ -]cents?\b", "19cent", text)
    text = _NUMBER.sub(lambda found: str(_NUMBERS[found.group().replace("-", " ")]), text)
    text = re.sub(r"\b2mille(?:[ -](\d{1,2})\b)?", lambda found: str(2000 + int(found[1] or 0)), text)
    text = re.sub(r"\b19cent(?:[ -](\d{1,2})\b)?", lambda found: str(1900 + int(found[1] or 0)), text)
    return _FIRST.sub("1", _ONE.sub("1", text))


_STUCK = re.compile(
    r"\bj(?=(?:cherche|habite|travaille|bosse|aimerai\w*|voudrai\w*|veu[xt]?|fais|fait|viens|vis|etudie|prepare|touche)\b)"
)


def unstuck(words: str) -> str:
    """« jcherche » is « j cherche »: plain words whose pronoun was typed without its space."""
    return _STUCK.sub("j ", words)


def unglued(folded: str) -> str:
    """« 7decembre » is « 7 decembre »."""
    return " ".join(_GLUED.sub(" ", folded).split())


def distance(left: str, right: str, most: int = 2) -> int:
    """Edit distance, two letters swapped counting for one; `most` + 1 stands for anything beyond `most`."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)


def nearest(word: str, names: Iterable[str], most: int = 1) -> tuple[str, ...]:
    """The names closest to `word`, all at the same distance, none beyond `most`."""
    scored = [(distance(word, name, most), name) for name in names]
    best = min((score for score, _ in scored), default=most + 1)
    return tuple(name for score, name in scored if score == best) if best <= most else ()


def day_in_words(day: date) -> str:
    """« lundi 7 décembre 2026 »."""
    return f"{DAYS[day.weekday()]} {day_number(day)} {MONTHS[day.month - 1]} {day.year}"


def day_number(day: date) -> str:
    """« 1er » for the first, figures for the others."""
    return "1er" if day.day == 1 else str(day.day)


def weekday_number(name: str) -> int:
    """0 for Monday; the first three letters are enough."""
    return next(at for at, day in enumerate(DAYS) if day.startswith(name[:3]))
