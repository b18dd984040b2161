"""Working days and hours in words: slots, weekly hours, and the limits the law sets for adults and minors."""

from collections.abc import Mapping
from itertools import pairwise

from bot.domain import regex as re
from bot.domain.calendrier import years_between
from bot.domain.reponses import hours_told
from bot.domain.session import Json
from bot.reading.anew import parts_said, without_refused
from bot.reading.dates.limits import known_day
from bot.reading.hours.beside_hours import free_days, some_days_apart, without_dates, without_reasons
from bot.reading.hours.breaks import Break, breaks_said, untimed_break, worked
from bot.reading.hours.by_day import week_by_day
from bot.reading.hours.hour_words import (
    WEEK,
    Slot,
    days_off,
    days_said,
    differ_by_day,
    slots_said,
    spelled_out,
    weekly_hours,
    without_days,
)
from bot.reading.outcome import Ask, ReadContext, Reading, Rejected, Value

LONGEST = 300
FULL_TIME = 35
BREAKS = (30, 45, 60)
"""Minutes of a break whose length is not told: offered."""

LONG_DAY = 6 * 60
"""Minutes: where days differ, a break told once is that of the days longer than this."""
_LOOSE = re.compile(
    r"\b(?:ou|variables?|flexibles?|planning|selon|depend|comme|semaine sur 2|horaires? (?:de )?bureaux?|environ|vers|matins?|matinees?"
    r"|apres[- ]?midis?|journees?|soirs?|nuits?|temps|mi[- ]?temps|quand|sais pas|jsp|peu importe|jours? par|jours/|plus tard|pas encore|a voir|libre|decale\w*|3x8|2x8|normal\w*|classiques?|definir|magasin|boutique|horaires?|salaries)\b"
)
_PRESETS = {"semaine-30": "lundi-vendredi 9h-12h 14h-17h", "semaine-35": "lundi-vendredi 9h-12h 13h-17h"}


def read_hours(text: str, ctx: ReadContext) -> Reading:
    """Days and slots, weekly hours counted; what is not said is asked."""
    *before, last = parts_said(_PRESETS.get(text.strip(), text)[: LONGEST + 1])
    written = spelled_out(without_refused(last))
    if len(written) > LONGEST:
        return Rejected("horaires.illisible")
    return _read(_completed(written, spelled_out(before[-1])) if before else written, ctx)


def _completed(said: str, before: str) -> str:
    """« du lundi au vendredi 8h-12h, non pardon 9h-12h »: what is not said anew is what was said first."""
    days, everyday = days_said(said)
    if not days and not everyday:
        return f"{' '.join(days_said(before)[0])} {said}"
    return said if re.search(r"\d", said) else f"{said} {without_days(before).replace('@', ' ')}"


def _read(whole: str, ctx: ReadContext) -> Reading:
    """The week told, what is told around it set aside; a break without its length, or days apart, are asked or said."""
    bare, some = some_days_apart(without_reasons(without_dates(whole)))
    bare, breaks = breaks_said(bare)
    bare, untimed = untimed_break(bare)
    read = _week(bare, ctx, breaks)
    if some:
        return _some_days(read)
    if not untimed or breaks or not _one_long_slot(read):
        return read
    lengths = [_week(bare, ctx, (Break(minutes),)) for minutes in BREAKS]
    shown = [_label(one.value) for one in lengths if isinstance(one, Value)]
    shown += [offer for one in lengths if isinstance(one, Ask) for offer in one.proposals]
    return Ask("horaires.pause", proposals=tuple(shown))


def _some_days(read: Reading) -> Reading:
    """Days of the stay that differ are no days of a week: the others are kept, and the adviser is to be told."""
    if isinstance(read, Value):
        return Value(read.value, (*read.remarks, "remarque.jours_a_part"), read.params)
    return Ask("horaires.jours_a_part", read.params, read.proposals) if isinstance(read, Ask) else read


def _one_long_slot(read: Reading) -> bool:
    """Whether a day told is one slot, long enough for a break."""
    if isinstance(read, Ask) and read.code == "horaires.quels_jours":
        value = read.proposals[0][1] if read.proposals else None
    else:
        value = read.value if isinstance(read, Value) else None
    told = hours_told(value)
    return any(len(told.on(day)) == 1 for day in told.days)


def _week(whole: str, ctx: ReadContext, breaks: tuple[Break, ...]) -> Reading:
    whole, free = free_days(whole)
    written, off = days_off(whole)
    off |= free
    differing = _by_day(written, off, breaks, ctx)
    if differing is not None:
        return differing
    days, everyday = days_said(written)
    if off and not days:
        days, everyday = WEEK, False
    days = tuple(day for day in days if day not in off)
    bare, slots = slots_said(without_days(written))
    wrong = next((slot for slot in slots if isinstance(slot, Rejected)), None)
    if wrong is not None:
        total = re.search(r"\bsemaine\b", written) or not days
        return (
            Ask("horaires.par_semaine")
            if total and "h" in written and not re.search(r"h\d\d|:\d\d", written)
            else wrong
        )
    clean = tuple(slot for slot in slots if isinstance(slot, Slot))
    weekly = weekly_hours(bare)
    if isinstance(weekly, Ask) and clean:
        weekly = None  # « jusqu'à 12h » beside slots is no number of hours a week
    if isinstance(weekly, Ask | Rejected):
        return weekly
    if clean:
        return _with_slots(clean, days, weekly, written, ctx, everyday=everyday, breaks=breaks)
    if weekly is not None:
        return _with_total(weekly, days, written, ctx)
    return _nothing_counted(written, days, everyday=everyday)


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
    everyday: bool, breaks: tuple[Break, ...] = (),
) -> Reading:  # fmt: skip
    if _UNDECIDED.search(text):
        return Ask("horaires.un_seul")
    if differ_by_day(text):
        return Ask("horaires.par_jour")
    ordered = tuple(sorted(set(slots), key=lambda slot: slot.start))
    if any(slot.minutes > 15 * 60 or (slot.overnight and slot.start < 15 * 60) for slot in ordered if slot.overnight):
        return Ask("horaires.inversees")
    if any(left.end > right.start for left, right in pairwise(ordered)):
        return Rejected("horaires.chevauchement")
    ordered, loose = worked(ordered, breaks)
    daily = (sum(slot.minutes for slot in ordered) - loose) / 60
    if everyday or not days:
        guess = judged(daily * 5, WEEK, ordered, ctx, daily=daily)
        counted = re.search(r"\d ?(?:jours?|j)\b", text)
        shown = (_label(guess.value),) if isinstance(guess, Value) and not counted else ()
        return Ask("horaires.quels_jours", proposals=shown)
    total = daily * len(days)
    if isinstance(weekly, float) and weekly >= 1 and abs(weekly - total) > 0.01:
        return Ask("horaires.desaccord", {"dit": _number(weekly), "compte": _number(total)})
    return judged(total, days, ordered, ctx, daily=daily)


_ADDED = re.compile(r"\b(?:aussi|en plus|egalement)\b")
_UNDECIDED = re.compile(r"\bou\b(?! (?:je|j'|on|il|elle|ca|c'est)\b)|semaine sur 2|\bvers\b|environ")
"""« où je finis », once folded, is no « ou »."""


def _by_day(text: str, off: frozenset[str], breaks: tuple[Break, ...], ctx: ReadContext) -> Reading | None:
    """Each day its own slots; None where all days are alike, or the text does not say clearly which is which."""
    told = None if _UNDECIDED.search(text) else week_by_day(text)
    if told is None:
        return None
    slots_of = {day: slots for day, slots in told.slots.items() if day not in off}
    if len(set(slots_of.values())) < 2:
        return None
    if _ADDED.search(text):
        return Ask("horaires.par_jour")
    bare, _ = slots_said(without_days(text))
    weekly = weekly_hours(bare)
    week: dict[str, tuple[Slot, ...]] = {}
    minutes = 0
    for day, slots in slots_of.items():
        if any(slot.overnight for slot in slots) or any(left.end > right.start for left, right in pairwise(slots)):
            return Ask("horaires.par_jour")
        length = sum(slot.minutes for slot in slots)
        week[day], loose = worked(slots, breaks if length > LONG_DAY else ())
        minutes += sum(slot.minutes for slot in week[day]) - loose
    if isinstance(weekly, float) and weekly >= 1 and abs(weekly - minutes / 60) > 0.01:
        return Ask("horaires.desaccord", {"dit": _number(weekly), "compte": _number(minutes / 60)})
    kinds = list(week.values())
    usual = max(kinds, key=kinds.count)
    by_day = {day: slots for day, slots in week.items() if slots != usual}
    longest = max(sum(slot.minutes for slot in slots) for slots in kinds) / 60
    read = judged(minutes / 60, tuple(week), usual, ctx, daily=longest, by_day=by_day)
    if told.sure or not isinstance(read, Value):
        return read
    return Ask("horaires.jours_a_confirmer", proposals=(_label(read.value),))


def judged(
    total: float, days: tuple[str, ...], slots: tuple[Slot, ...], ctx: ReadContext, *, daily: float | None = None,
    by_day: Mapping[str, tuple[Slot, ...]] | None = None,
) -> Reading:  # fmt: skip
    """The value within the limits: 48 h a week, and for a minor 35 h, 8 h a day, no night, two days of rest."""
    rules, params = ctx.regles, {"heures": _number(total)}
    young = _minor(ctx)
    most = rules.valeur("heures_semaine_max_mineur" if young else "heures_semaine_max", ctx.today)
    if total > most:
        return Rejected("horaires.trop_mineur" if young else "horaires.trop", {**params, "maximum": str(most)})
    if young:
        every = (*slots, *(slot for others in (by_day or {}).values() for slot in others))
        wrong = _for_a_minor(days, every, daily, ctx)
        if wrong:
            return wrong
    value: dict[str, Json] = {
        "heures_semaine": int(total) if float(total).is_integer() else round(total, 2),
        "jours": list(days),
        "plages": [slot.written() for slot in slots],
    }
    if by_day:
        value["par_jour"] = {day: [slot.written() for slot in others] for day, others in by_day.items()}
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
    told = hours_told(value)
    return " ; ".join([f"{_number(told.week or 0)} h", *told.in_words()]), value
