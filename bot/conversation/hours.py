"""Working days and hours in words: slots, weekly hours, and the limits the law sets for adults and minors."""

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.conversation.dates import known_day
from bot.conversation.flow import years_between
from bot.conversation.french import DAYS, digits, fold, nearest
from bot.conversation.slots import Ask, ReadContext, Reading, Rejected, Value
from bot.domain.session import Json

LONGEST = 300
WEEK = DAYS[:5]
FULL_TIME = 35
_DAY = rf"(?:{'|'.join(DAYS)}|lun|mar|mer|jeu|ven|sam|dim)\b\.?"
_RANGE_OF_DAYS = re.compile(rf"(?P<a>{_DAY}) ?(?:au|a|o|-|/|>|jusqu'au|jusqu'a) ?(?P<b>{_DAY})")
_ONE_DAY = re.compile(_DAY)
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
    + r"|(?<![\d,.:-])" + r"(?P<s3>\d{1,2}) ?- ?(?P<e3>\d{1,2})(?![\d.,:h-]| h| ?(?:heures|%|ans|jours?))"
)  # fmt: skip
_WEEKLY = re.compile(
    r"(?P<sign>-)?(?<!\d)(?P<n>\d{1,3})(?:[.,](?P<d>\d))? ?(?:heures?|h) ?(?P<m>\d{2})? ?(?P<per>(?:/|par|la|a la|chaque) ?(?:semaine|sem\b|semaines|hebdo\w*))?(?P<day>(?: ?/|par|chaque)? ?jour\w*)?"
)
_EVERY_DAY = re.compile(r"\b(?:tous les jours|chaque jour|7 ?/ ?7|7 jours sur 7)\b")
_WORKWEEK = re.compile(
    r"\b(?:en semaine|la semaine|jours ouvres|jours de semaine|hors week[- ]?end|sauf (?:le )?week[- ]?ends?)\b"
)
_LOOSE = re.compile(
    r"\b(?:ou|variables?|flexibles?|planning|selon|depend|comme|semaine sur 2|horaires? (?:de )?bureaux?|environ|vers|matins?|matinees?"
    r"|apres[- ]?midis?|journees?|soirs?|nuits?|temps|mi[- ]?temps|quand|sais pas|jsp|peu importe|jours? par|jours/|plus tard|pas encore|a voir|libre|decale\w*|3x8|2x8|normal\w*|classiques?|definir|magasin|boutique|horaires?|salaries)\b"
)
_PRESETS = {"semaine-30": "lundi-vendredi 9h-12h 14h-17h", "semaine-35": "lundi-vendredi 9h-12h 13h-17h"}


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


def read_hours(text: str, ctx: ReadContext) -> Reading:
    """Days and slots, weekly hours counted; what is not said is asked."""
    written = _prepared(_PRESETS.get(text.strip(), text)[: LONGEST + 1])
    if len(written) > LONGEST:
        return Rejected("horaires.illisible")
    days, everyday = _days(written)
    bare, slots = _slots(_without_days(written))
    wrong = next((slot for slot in slots if isinstance(slot, Rejected)), None)
    if wrong is not None:
        total = re.search(r"\bsemaine\b", written) or not days
        return (
            Ask("horaires.par_semaine")
            if total and "h" in written and not re.search(r"h\d\d|:\d\d", written)
            else wrong
        )
    clean = tuple(slot for slot in slots if isinstance(slot, Slot))
    weekly = _weekly(bare)
    if isinstance(weekly, Ask | Rejected):
        return weekly
    if clean:
        return _with_slots(clean, days, weekly, written, ctx, everyday=everyday)
    if weekly is not None:
        return _with_total(weekly, days, written, ctx)
    return _nothing_counted(written, days, everyday=everyday)


def _prepared(text: str) -> str:
    spelled = digits(fold(text))
    spelled = re.sub(r"\bmidi\b(?<!apres-midi)(?<!apres midi)", "12h", spelled)
    spelled = re.sub(r"\bminuit\b", "0h", spelled)
    spelled = re.sub(r"h(?=\d{1,2} ?h)", "h ", spelled)
    return re.sub(r"\b[a-z]{5,9}\b", _slip, re.sub(r"(?<=\d)(?=[a-gi-z])", " ", spelled))


def _slip(found: re.Match[str]) -> str:
    word = found.group()
    near = nearest(word, DAYS) if word not in DAYS else ()
    return near[0] if len(near) == 1 else word


def _full(name: str) -> str:
    return next(day for day in DAYS if day.startswith(name[:3]))


def _days(text: str) -> tuple[tuple[str, ...], bool]:
    """The days said, in the order of the week, and whether « tous les jours » leaves it open."""
    kept, _, left_out = text.partition("sauf")
    base = _named(kept)
    if _WORKWEEK.search(text):
        base = base or set(WEEK)
        left_out = re.sub(r"week[- ]?ends?", "", left_out)
    elif re.search(r"\bweek[- ]?ends?\b", kept):
        base |= {"samedi", "dimanche"}
    everyday = bool(_EVERY_DAY.search(kept)) and not base
    excluded = _named(left_out)
    if excluded and not base:
        base = set(DAYS[:6]) if everyday and excluded <= {"dimanche"} else set(WEEK)
        everyday = False
    return tuple(day for day in DAYS if day in base - excluded), everyday


def _named(text: str) -> set[str]:
    found: set[str] = set()
    for match in _RANGE_OF_DAYS.finditer(text):
        first, last = DAYS.index(_full(match["a"])), DAYS.index(_full(match["b"]))
        found |= {DAYS[at % 7] for at in range(first, last + 1 + (7 if last < first else 0))}
    return found | {_full(match.group()) for match in _ONE_DAY.finditer(_RANGE_OF_DAYS.sub(" ", text))}


def _without_days(text: str) -> str:
    return _ONE_DAY.sub(" @ ", _RANGE_OF_DAYS.sub(" @ ", text))


def _slots(text: str) -> tuple[str, list[Slot | Rejected]]:
    """The slots, and the text without them."""
    slots: list[Slot | Rejected] = []
    for found in _SLOT.finditer(text):
        parts = found.groupdict()
        start, end = (
            _minutes(_first(parts, name), _first(parts, f"{name}{{}}m") or _first(parts, f"{name}{{}}n"))
            for name in "se"
        )
        if start is None or end is None or start == end:
            slots.append(Rejected("horaires.heure_impossible"))
        else:
            slots.append(Slot(start, end))
    return _SLOT.sub(" ", text), slots


def _first(parts: dict[str, str | None], name: str) -> str | None:
    """The hour or the minutes, whichever way the slot was written."""
    names = [name.format(way) if "{" in name else f"{name}{way}" for way in ("", "1", "2", "3")]
    return next((value for one in names if (value := parts.get(one))), None)


def _minutes(hour: str | None, minute: str | None) -> int | None:
    total = int(hour or 0) * 60 + int(minute or 0)
    return total if int(minute or 0) < 60 and total <= 24 * 60 else None


def _weekly(text: str) -> float | Ask | Rejected | None:
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


def _with_total(weekly: float, days: tuple[str, ...], text: str, ctx: ReadContext) -> Reading:
    """« 35h », « 7h par jour du lundi au vendredi »."""
    if weekly < 0:
        if not days or -weekly > 24:
            return Ask("horaires.quels_jours")
        return judged(-weekly * len(days), days, (), ctx, daily=-weekly)
    if weekly < 1:
        return Ask("horaires.par_semaine") if not days else Ask("horaires.quelles_heures")
    if _LOOSE.search(text.replace("temps plein", "").replace("plein temps", "")):
        return Ask("horaires.quels_jours")
    return judged(weekly, days, (), ctx)


def _with_slots(
    slots: tuple[Slot, ...], days: tuple[str, ...], weekly: float | None, text: str, ctx: ReadContext, *,
    everyday: bool,
) -> Reading:  # fmt: skip
    if re.search(r"\bou\b|semaine sur 2|\bvers\b|environ", text):
        return Ask("horaires.un_seul")
    if len(slots) == 1 and re.search(r"\b(?:pause|coupure)\b", text):
        return Ask("horaires.pause")
    if _alternating(text):
        return Ask("horaires.par_jour")
    ordered = tuple(sorted(set(slots), key=lambda slot: slot.start))
    if any(slot.minutes > 15 * 60 or (slot.overnight and slot.start < 15 * 60) for slot in ordered if slot.overnight):
        return Ask("horaires.inversees")
    if any(left.end > right.start for left, right in pairwise(ordered)):
        return Rejected("horaires.chevauchement")
    daily = sum(slot.minutes for slot in ordered) / 60
    if everyday or not days:
        guess = judged(daily * 5, WEEK, ordered, ctx, daily=daily)
        counted = re.search(r"\d ?(?:jours?|j)\b", text)
        shown = (_label(guess.value),) if isinstance(guess, Value) and not counted else ()
        return Ask("horaires.quels_jours", proposals=shown)
    total = daily * len(days)
    if isinstance(weekly, float) and weekly >= 1 and abs(weekly - total) > 0.01:
        return Ask("horaires.desaccord", {"dit": _number(weekly), "compte": _number(total)})
    return judged(total, days, ordered, ctx, daily=daily)


def _alternating(text: str) -> bool:
    """Different slots for different days: « lundi 9h-12h, mardi 14h-17h »."""
    named = _without_days(text.partition("sauf")[0])
    kinds = re.sub(r"[^@#]+", "", _SLOT.sub("#", named))
    if len(re.sub(r"(.)\1+", r"\1", kinds)) <= 2:
        return False
    groups = {tuple(_SLOT.findall(part)) for part in re.split(r"@[^#\d]*", named) if _SLOT.search(part)}
    return len(groups) > 1


def judged(
    total: float, days: tuple[str, ...], slots: tuple[Slot, ...], ctx: ReadContext, *, daily: float | None = None
) -> Reading:
    """The value within the limits: 48 h a week, and for a minor 35 h, 8 h a day, no night, two days of rest."""
    rules, params = ctx.regles, {"heures": _number(total)}
    young = _minor(ctx)
    most = rules.valeur("heures_semaine_max_mineur" if young else "heures_semaine_max", ctx.today)
    if total > most:
        return Rejected("horaires.trop_mineur" if young else "horaires.trop", {**params, "maximum": str(most)})
    if young:
        wrong = _for_a_minor(days, slots, daily, ctx)
        if wrong:
            return wrong
    value: dict[str, Json] = {
        "heures_semaine": int(total) if float(total).is_integer() else round(total, 2),
        "jours": list(days),
        "plages": [slot.written() for slot in slots],
    }
    return Value(value, ("remarque.dimanche",) if "dimanche" in days else (), params)


def _for_a_minor(
    days: tuple[str, ...], slots: tuple[Slot, ...], daily: float | None, ctx: ReadContext
) -> Rejected | None:
    rules = ctx.regles
    longest = rules.valeur("heures_jour_max_mineur", ctx.today)
    if daily is not None and daily > longest:
        return Rejected("horaires.jour_mineur", {"heures": _number(daily), "maximum": str(longest)})
    night, morning = (rules.valeur(name, ctx.today) for name in ("nuit_debut_mineur", "nuit_fin_mineur"))
    if any(slot.overnight or slot.start < morning * 60 or slot.end > night * 60 for slot in slots):
        return Rejected("horaires.nuit_mineur", {"nuit": str(night), "matin": str(morning)})
    rest = rules.valeur("repos_hebdomadaire_mineur", ctx.today)
    return Rejected("horaires.repos_mineur", {"jours": str(rest)}) if len(days) > 7 - rest else None


def _minor(ctx: ReadContext) -> bool:
    born = known_day("date_naissance", ctx)
    start = known_day("date_debut", ctx) or ctx.today
    return born is not None and years_between(born, start) < ctx.regles.valeur("age_majorite", ctx.today)


def _nothing_counted(text: str, days: tuple[str, ...], *, everyday: bool) -> Reading:
    """Neither slots nor a number of hours."""
    half = re.search(r"\bmi[- ]?temps\b", text)
    if half or re.search(r"\b(?:temps (?:plein|complet)|plein temps|complet)\b", text):
        hours = FULL_TIME / 2 if half else float(FULL_TIME)
        value: dict[str, Json] = {"heures_semaine": hours if half else FULL_TIME, "jours": list(days), "plages": []}
        return Ask("horaires.temps", {"heures": _number(hours)}, (_label(value),))
    number = re.fullmatch(r"(\d{1,2})", text)
    if number and 1 <= int(number[1]) <= 48:
        return Ask(
            "horaires.par_semaine", proposals=(_label({"heures_semaine": int(number[1]), "jours": [], "plages": []}),)
        )
    if days or everyday or "sauf" in text:
        return Ask("horaires.quelles_heures")
    return (
        Ask("horaires.preciser")
        if _LOOSE.search(text) or re.fullmatch(r"\d ?j(?:ours?)?", text)
        else Rejected("horaires.illisible")
    )


def _number(hours: float) -> str:
    return f"{round(hours, 2):g}".replace(".", ",")


def _label(value: Json) -> tuple[str, Json]:
    """« 30 h : lundi, mardi…, 09:00-12:00 », to tap."""
    known = value if isinstance(value, dict) else {}
    days, slots = known.get("jours"), known.get("plages")
    hours = known.get("heures_semaine")
    parts = [f"{_number(float(hours)) if isinstance(hours, int | float) else ''} h"]
    if isinstance(days, list) and days:
        parts.append(", ".join(str(day) for day in days))
    if isinstance(slots, list) and slots:
        parts.append(", ".join("-".join(str(hour) for hour in slot) for slot in slots if isinstance(slot, list)))
    return " ; ".join(parts), value
