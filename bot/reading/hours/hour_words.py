"""Days and hours as they are written: slots, weekdays, hours a week."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import regex as re
from bot.domain.session import Json
from bot.domain.texte import folded as fold
from bot.reading.french import DAYS, digits, nearest
from bot.reading.outcome import Ask, Rejected

WEEK = DAYS[:5]
DAY = rf"\b(?:{'|'.join(DAYS)}|lun|mar|mer|jeu|ven|sam|dim)\b\.?"
"""A day of the week, or its three letters."""
RANGE_OF_DAYS = re.compile(rf"(?P<a>{DAY}) ?(?:au|a|o|-|/|>|jusqu'au|jusqu'a) ?(?P<b>{DAY})")
_ONE_DAY = re.compile(DAY)
_MINUTES = (
    r" ?(?:heures?|h|:)(?:(?P<{0}m>\d{{2}})(?!\d| ?(?:heures?|h|:))"
    r"| (?P<{0}n>\d{{2}})(?!\d| ?(?:heures?|h|:)| ?[-/>] ?\d| a \d))?"
)
_CLOCK = r"(?P<{0}>\d{{1,2}})(?!\d)" + _MINUTES
_BARE = r"(?P<{0}>\d{{1,2}})(?!\d)(?:" + _MINUTES + ")?"
_SLOT = re.compile(
    r"(?<![\d,.])(?:de |entre )?" + _BARE.format("s") + r" ?(?:-|/|>|a|o|au|jusqu'a|et) ?" + _CLOCK.format("e")
    + r"|(?<![\d,.])" + _CLOCK.format("s1") + " " + _CLOCK.format("e1")
    + r"|(?<![\d,.])de " + _BARE.format("s2") + r" ?(?:a|-) ?" + _BARE.format("e2") + r"(?!\d| ?(?:%|ans))"
    + r"|(?<![\d,.:-])" + r"(?P<s3>\d{1,2}) ?- ?(?P<e3>\d{1,2})(?![\d:h-]|[.,]\d| h| ?(?:heures|%|ans|jours?))"
)  # fmt: skip
_WEEKLY = re.compile(
    r"(?P<sign>-)?(?<!\d)(?P<n>\d{1,3})(?:[.,](?P<d>\d))? ?(?:heures?|h) ?(?P<m>\d{2})? ?(?P<per>(?:/|par|la|a la|chaque) ?(?:semaine|sem\b|semaines|hebdo\w*))?(?P<day>(?: ?/|par|chaque)? ?jour\w*)?"
)
_EVERY_DAY = re.compile(r"\b(?:tous les jours|chaque jour|7 ?/ ?7|7 jours sur 7)\b")
_WORKWEEK = re.compile(
    r"\b(?:en semaine|la semaine|jours ouvres|jours de semaine|hors week[- ]?end|sauf (?:le )?week[- ]?ends?)\b"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a day, in minutes from midnight; an end before the start is the next morning."""

    start: int
    end: int

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start + (0 if self.end > self.start else 24 * 60)

    @property
    def overnight(self) -> bool:
        """Whether it goes past midnight."""
        return self.end < self.start

    def written(self) -> list[Json]:
        """["09:00", "12:00"]."""
        return [f"{minute // 60:02d}:{minute % 60:02d}" for minute in (self.start, self.end)]


def spelled_out(text: str) -> str:
    """Folded, in figures, noon and midnight as hours, weekdays spelt right."""
    spelled = re.sub(r"\bpr\b", "pour", digits(fold(text)))
    spelled = _ON_THE_CLOCK.sub(_afternoon, spelled)
    spelled = re.sub(r"\b(\d{1,2}) h (\d{2})\b(?! ?(?:h|:|heures?))", r"\1h\2", spelled)  # « 9 h 30 », as it is printed
    spelled = re.sub(r"\bmidi et demie?\b", "12h30", spelled)
    spelled = re.sub(r"\b(\d{1,2}) ?(?:h|heures?) ?et demie?\b", r"\1h30", spelled)
    spelled = re.sub(r"\b(\d{1,2}) ?(?:h|heures?) ?et quart\b", r"\1h15", spelled)
    spelled = re.sub(r"\b(\d{1,2}) ?(?:h|heures?) ?moins (?:le )?quart\b", lambda at: f"{int(at[1]) - 1}h45", spelled)
    spelled = re.sub(r"\btlj\b", "tous les jours", re.sub(r"\b(?:w[ .-]?e|week ?end)s?\b", "week-end", spelled))
    spelled = re.sub(r"\bmidi\b(?<!apres-midi)(?<!apres midi)", "12h", spelled)
    spelled = re.sub(r"\bminuit\b", "0h", spelled)
    spelled = _FROM_TO.sub(r"\1-\2", spelled)
    spelled = _FIRST_AND_LAST.sub(r"\1 au \2", spelled)
    spelled = _BARE_SPAN.sub(r"\1h-\2h", spelled)
    spelled = _EXCEPTED.sub("sauf le ", spelled)
    spelled = re.sub(r"h(?=\d{1,2} ?h)", "h ", spelled)
    return re.sub(r"\b[a-z]{5,9}\b", _slip, re.sub(r"(?<=\d)(?=[a-gi-z])", " ", spelled))


_FIRST_AND_LAST = re.compile(rf"\b(lun|mar)\b\.? (ven|sam)\b\.?(?! ?(?:,|et|/)? ?{DAY})")
"""« lun ven 8h-16h »: the first and the last day of a week."""

_BARE_SPAN = re.compile(
    r"(?<!\d)(?:de|entre) (\d{1,2}) (?:a|et) (\d{1,2})(?![\dh:/])(?! ?(?:h|heure|min|jour|semaine|mois|an|eur|janv|fev|mars|avr|mai|juin|juil|aou|sep|oct|nov|dec))"
)
"""« de 8 à 12 »."""

_EXCEPTED = re.compile(
    rf"\b(?:a l'exception|exception faite|en dehors|mis a part|a part|hormis|excepte|hors|a l'exclusion)(?: (?:du|de|des|d'|le|les|l'))? (?=(?:{DAY}|week-end))"
)
"""« à l'exception du jeudi »."""

_FROM_TO = re.compile(
    r"\b(?:je |on |ca )?(?:commence|demarre|attaque|arrive|embauche|debute|debut|ouverture)\w* (?:a |vers |: ?)?(\d{1,2} ?(?:h|heures?) ?(?:\d{2})?)[ ,]*(?:et |puis )?(?:je |on |ca )?"
    r"(?:finis?|fini[tr]|termine|sors|repars|debauche|fin|fermeture)\w* (?:a |vers |: ?)?(\d{1,2} ?(?:h|heures?) ?(?:\d{2})?)"
)
"""« je commence à 7h30 je finis à 12h30 »."""

_ON_THE_CLOCK = re.compile(
    r"(?P<at>(?<!\d)(?P<hour>\d{1,2}) ?(?:h|heures?)(?: ?\d{2})?)(?:,? (?:du (?P<morning>mat(?:in)?)\b|(?:de l'|l'|de |d')?(?P<later>apr[e]?s?[- ]?midi|aprem|apm|du soir|soir)\b|du soir\b|piles?\b))"
)
"""« 4h du mat », « 5h de l'après-midi »."""


def _afternoon(found: re.Match[str]) -> str:
    hour = int(found["hour"])
    if found["later"] and 1 <= hour < 12:
        return re.sub(r"^\d+", str(hour + 12), found["at"])
    return found["at"]


def _slip(found: re.Match[str]) -> str:
    word = found.group()
    near = nearest(word, DAYS) if word not in DAYS else ()
    return near[0] if len(near) == 1 else word


def _full(name: str) -> str:
    return next(day for day in DAYS if day.startswith(name[:3]))


_OFF = re.compile(
    r"\b(?:j'ai|jai|j ai|je (?:garde|dois|suis|fais|peux|travaille|bosse|viens|vais)|pas|ferme[es]*|fermeture|repos|off|conges?|cours|ecole|rdv|rendez|formation|mort|impossible|indisponible|absente?|jamais|libere)\b"
)
"""What is said of a day that is not worked: « le mercredi j'ai les enfants », « ya pas le mercredi »."""


def days_off(text: str) -> tuple[str, frozenset[str]]:
    """The days told of in a clause of their own as not worked, and the text without those clauses."""
    off: set[str] = set()
    kept: list[str] = []
    for piece in re.split(r"([.;,(!]\s|[.;,(!]$|\b(?:mais|car|parce que?|vu que)\b)", text):
        named = named_days(piece)
        if (
            named
            and not re.search(r"\d|\b(?:matin|apres[- ]?midi|aprem)", piece)
            and _OFF.search(piece)
            and not _WORKS.search(piece)
        ):
            off |= named
        else:
            kept.append(piece)
    return "".join(kept), frozenset(off)


_WORKS = re.compile(
    r"\b(?:je (?:travaille|bosse|viens|fais|peux|vais|suis)|j'ai)\b(?!.{0,60}\bpas\b)(?=.{0,60}\b(?:du|de|que|seulement|la|dispo\w*|libre|present\w*)\b)"
)


def days_said(text: str) -> tuple[tuple[str, ...], bool]:
    """The days said, in the order of the week, and whether « tous les jours » leaves it open."""
    kept, left_out = _left_out(re.sub(r"\b(?:jamais|pas|hormis|excepte) (?=(?:le |les )?" + DAY + ")", "sauf ", text))
    base = named_days(kept)
    if _WORKWEEK.search(text):
        base = base or set(WEEK)
        left_out = re.sub(r"week[- ]?ends?", "", left_out)
    elif re.search(r"\bweek[- ]?ends?\b", kept):
        base |= {"samedi", "dimanche"}
    everyday = bool(_EVERY_DAY.search(kept)) and not base
    excluded = named_days(left_out)
    if excluded and not base:
        base = set(DAYS[:6]) if everyday and "dimanche" in excluded and "samedi" not in excluded else set(WEEK)
        everyday = False
    return tuple(day for day in DAYS if day in base - excluded), everyday


def _left_out(text: str) -> tuple[str, str]:
    """The text without its exceptions, and these: the days that follow « sauf », no further."""
    left_out = " ".join(found.group() for found in _EXCEPT.finditer(text))
    return _EXCEPT.sub(" ", text), left_out


_EXCEPT = re.compile(
    rf"\bsauf (?:le |les |du )?(?:week[- ]?ends?|{DAY}s?(?! ?(?:au|a|-) ?{DAY}))(?:(?: ?, ?| et (?:le |les )?| ou (?:le )?| ni (?:le )?| )(?:week[- ]?ends?|{DAY}s?)(?! ?(?:au|a|-) ?{DAY})){{0,4}}"
)


def named_days(text: str) -> set[str]:
    """The days that a text names, ranges filled in."""
    found: set[str] = set()
    for match in RANGE_OF_DAYS.finditer(text):
        first, last = DAYS.index(_full(match["a"])), DAYS.index(_full(match["b"]))
        found |= {DAYS[at % 7] for at in range(first, last + 1 + (7 if last < first else 0))}
    return found | {_full(match.group()) for match in _ONE_DAY.finditer(RANGE_OF_DAYS.sub(" ", text))}


def without_days(text: str) -> str:
    """The text with « @ » for each day or range of days."""
    return _ONE_DAY.sub(" @ ", RANGE_OF_DAYS.sub(" @ ", text))


def slots_said(text: str) -> tuple[str, list[Slot | Rejected]]:
    """The slots, and the text without them."""
    slots: list[Slot | Rejected] = []
    slots.extend(slot_of(found) for found in slots_matched(text))
    return _SLOT.sub(" ", text), slots


def slots_matched(text: str) -> Iterator[re.Match[str]]:
    """Where a text tells a slot."""
    return _SLOT.finditer(text)


def slot_of(found: re.Match[str]) -> Slot | Rejected:
    """The slot that a match tells."""
    parts = found.groupdict()
    start, end = (
        minute_of_clock(_first(parts, name), _first(parts, f"{name}{{}}m") or _first(parts, f"{name}{{}}n"))
        for name in "se"
    )
    if start is None or end is None or start == end:
        return Rejected("horaires.heure_impossible")
    return Slot(start, end)


def _first(parts: dict[str, str | None], name: str) -> str | None:
    """The hour or the minutes, whichever way the slot was written."""
    names = [name.format(way) if "{" in name else f"{name}{way}" for way in ("", "1", "2", "3")]
    return next((value for one in names if (value := parts.get(one))), None)


def minute_of_clock(hour: str | None, minute: str | None) -> int | None:
    """Minutes from midnight; None where no clock shows it."""
    total = int(hour or 0) * 60 + int(minute or 0)
    return total if int(minute or 0) < 60 and total <= 24 * 60 else None


def weekly_hours(text: str) -> float | Ask | Rejected | None:
    """Hours said as a number: weekly, or a day's (negative) when « par jour » follows."""
    found = _WEEKLY.search(text)
    if found is None:
        return None
    hours = int(found["n"]) + int(found["d"] or 0) / 10 + int(found["m"] or 0) / 60
    if found["sign"] or hours == 0:
        return Rejected("horaires.nombre_impossible")
    if found["day"]:
        return -hours
    if re.search(r"\b(?:max\w*|moins de|plus de|au moins|minimum|jusqu'a|environ|entre)\b", text):
        return Ask("horaires.par_semaine")
    clear = found["per"] or hours > 24 or re.search(r"\b(?:temps|hebdo\w*)\b", text)
    return hours if clear else hours / 1000


_ONE_HALF = re.compile(rf"\b{DAY} (?:juste |seulement )?(?:le )?(?:matin\w*|apres[- ]?midi|aprem)\b(?! (?:de |:)?\d)")
"""« … et vendredi matin », beside two slots a day."""

_HALF_DAY = re.compile(
    rf"(?:sauf|mais)\b[^.;]{{0,12}}?\b{DAY}[^.;]{{0,24}}?\b(?:matin\w*|apres[- ]?midi|aprem|midi|demi)\b"
    rf"|\b{DAY}s? ?(?:c'est |ce sera )?(?:seulement|juste|uniquement|que|jusqu'a|je finis|on finit|fin) "
)
"""One day that is not like the others: « le vendredi seulement le matin », « sauf vendredi après-midi »."""


def differ_by_day(text: str) -> bool:
    """Different slots for different days: « lundi 9h-12h, mardi 14h-17h »."""
    if _HALF_DAY.search(text) or (len(_SLOT.findall(text)) > 1 and _ONE_HALF.search(text)):
        return True
    named = without_days(text.partition("sauf")[0])
    kinds = re.sub(r"[^@#]+", "", _SLOT.sub("#", named))
    if len(re.sub(r"(.)\1+", r"\1", kinds)) <= 2:
        return False
    groups = {tuple(_SLOT.findall(part)) for part in re.split(r"@[^#\d]*", named) if _SLOT.search(part)}
    return len(groups) > 1
