"""What is told around hours and is none of them: dates, reasons, days that are free, the first days of a stay."""

from bot.domain import regex as re
from bot.reading.french import PLAIN_MONTHS
from bot.reading.hours.hour_words import DAY, named_days

_MONTH = rf"(?:{'|'.join(PLAIN_MONTHS)}|janv|fev|fevr|avr|juil|sept|oct|nov|dec)\b\.?(?: 20\d\d)?"
_DATED = rf"(?:{DAY} )?(?:le )?\d{{1,2}}(?: ?er)?(?! ?(?:h|:)|\d)"
_DATES = re.compile(
    rf"\b(?:du|de|entre le|a partir du|des le) {_DATED}(?: {_MONTH}|/\d{{1,2}}(?:/\d{{2,4}})?)? (?:au|a|jusqu'au|et le) {_DATED}(?: {_MONTH}|/\d{{1,2}}(?:/\d{{2,4}})?)?"
    rf"|(?:\b(?:du|au|le|des|a partir du|jusqu'au) )?(?:{DAY} )?(?<![\d:h])\d{{1,2}}(?: ?er)? (?:au \d{{1,2}} )?{_MONTH}"
)
_REASON = re.compile(
    r"\b(?:parce qu|car (?:je|j'|il|elle|on|mon|ma|mes|le|la)\b|vu qu|puisqu|sinon\b|(?:pour|afin de) (?:recuperer|chercher|aller|amener|emmener|deposer|prendre|attraper|eviter)\b|(?:vu|a cause) (?:de|du|des|l[ae])\b)"
)
_REASON_ENDS = re.compile(r"[.;!?]|, |\bdonc\b|$")
_TWO_CLOCKS = re.compile(r"\d ?(?:h|:)(?: ?\d\d)? ?(?:-|a|/|>|et) ?\d{1,2} ?(?:h|:)")
_FREE = re.compile(
    rf"(?:\bj'ai |\bjai |\bavec |\bgarde |\benfin |\bmais |\bet )?(?<!au )(?:\b(?:le|les) )?(?<!au )(?P<days>{DAY}s?(?:(?: et(?: le)?)? {DAY}s?){{0,2}}) "
    r"(?:(?:je|j'|on|c'est|est|sont|cest|c|il|elle|ils|ne|n'|y|ya|a|ai|toujours|tout|mon|ma|jour|suis|de|en) ?){0,5}"
    r"(?:cours|kine|rdv|rendez vous|a moi|pour moi|libre|ferme\w*|repos|off|conges?|(?:peux|pourrai|travaille|bosse|viens|vais|la|possible|dispo\w*) pas\b|pas (?:la|possible|dispo\w*|libre|travaille\w*|ouvert\w*)|impossible)(?![a-z])"
)
_SOME_DAYS = re.compile(
    r"(?:\b(?:et|mais|sauf|puis) )?(?:\b(?:fini\w*|commenc\w*|termin\w*|arriv\w*) a \d{1,2} ?h ?(?:\d\d)? )?(?:\b(?:pour|pendant) )?\b(?:les?|la) (?:\d )?(?:1 ?ers?|1 ?eres?|premiers?|premieres?|derniers?|dernieres?|deuxieme|2 ?e(?:me)?) (?:\d )?(?:jours?|semaines?)"
    r"(?: (?:a|de|c'est|des|seulement|que|jusqu'a|je|on|elle|il|fini\w*|commenc\w*|ce sera|plutot)){0,4}(?: ?:)?(?: ?\d{1,2} ?(?:h|:) ?(?:\d\d)?(?: ?(?:-|a) ?\d{1,2} ?(?:h|:) ?(?:\d\d)?)?)?"
)


def without_dates(text: str) -> str:
    """A text spelt out without its dates, and the days that name them: « du lundi 7 décembre au vendredi 18 »."""
    return _DATES.sub(" ", text)


def without_reasons(text: str) -> str:
    """Without why the hours are such, and the clock told there: « parce que je dois récupérer les filles à 16h15 »."""
    for found in reversed(list(_REASON.finditer(text))):
        stop = _REASON_ENDS.search(text, found.end())
        end = stop.start() if stop else len(text)
        why = text[found.start() : end]
        if not _TWO_CLOCKS.search(why) and _TWO_CLOCKS.search(text[: found.start()] + text[end:]):
            text = f"{text[: found.start()]} {text[end:]}"
    return text


def free_days(text: str) -> tuple[str, frozenset[str]]:
    """The text without « j'ai le mercredi à moi », « le lundi c'est fermé », and these days."""
    off = {day for found in _FREE.finditer(text) for day in named_days(found["days"])}
    return _FREE.sub(" ", text), frozenset(off)


def some_days_apart(text: str) -> tuple[str, bool]:
    """Without « les deux premiers jours 9h-12h », that no week holds, and whether it was told."""
    apart = _SOME_DAYS.search(text)
    return (_SOME_DAYS.sub(" ", text), True) if apart else (text, False)
