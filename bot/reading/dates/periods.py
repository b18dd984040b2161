"""A first and a last day in one message, with the law's limits: ranges, years crossed, durations to confirm."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from bot.domain import regex as re
from bot.domain.calendrier import ajoute_mois, jours_ouvres
from bot.domain.texte import folded as fold
from bot.reading.anew import parts_said, why_cut
from bot.reading.dates.days import MASK, Item, Scan, prepared, scan
from bot.reading.dates.durations import FEW, labelled, lasting, period_value, propose, span_said
from bot.reading.dates.limits import known_day, order, remarks, too_young
from bot.reading.dates.other_things import Aside, aside, of_something_else
from bot.reading.dates.relative import PAST, UNKNOWN, relative, vague, weekday_said
from bot.reading.dates.resolve import next_time, proposal, settle
from bot.reading.dates.single import LONGEST, next_day_of_month
from bot.reading.french import DAYS, PLAIN_MONTHS, day_in_words
from bot.reading.outcome import Ask, ReadContext, Reading, Rejected, Value

_LOOSE = re.compile(
    r"\b(?:conges?|absente?|indispo\w*|ou|entre|vers|environ|alentours?|autour|peut[- ]?etre|ptet|pas|sauf|avant|apres)\b"
)
_FINISH = re.compile(r"\b(?:au|a|o|jusqu\w*|fin\w*|termin\w*)\b")
_DASHED = re.compile(rf"{MASK} ?[->/] ?{MASK}")
_WEEKDAYS = rf"(?:{'|'.join(DAYS)})"
_MONTH_NAMES = "|".join(PLAIN_MONTHS)
CROSSING = 62
"""Beyond this many days, an end that seems to be next year is rather a start and an end swapped."""


def read_period(text: str, ctx: ReadContext) -> Reading:
    """Both days at once; one day alone, a duration alone or a loose period are asked about."""
    if len(text) > LONGEST:
        return Rejected("periode.illisible")
    told = aside(fold(text))
    if told.elsewhere and of_something_else(fold(text)):
        return _of_something_else(text, told, ctx)
    if told.missed or told.weekdays or told.elsewhere:
        return _with_days_missed(_read_whole(_bare_week(told.rest), ctx), told)
    return _read_whole(text, ctx)


def _of_something_else(text: str, told: Aside, ctx: ReadContext) -> Reading:
    """Never taken for the stay; offered where one's own leave may be when the stay is."""
    read = _read(text, ctx) if told.free_then else None
    if isinstance(read, Value) and isinstance(read.value, dict):
        start, end = (date.fromisoformat(str(read.value[name])) for name in ("date_debut", "date_fin"))
        return Ask("periode.autre_chose", proposals=(labelled(start, end),))
    return Ask("periode.autre_chose", proposals=read.proposals if isinstance(read, Ask) else ())


def _bare_week(text: str) -> str:
    """« la semaine du 18 janvier, les 4 jours » is that week: how many days are worked is told by its days."""
    return re.sub(r",? ?\b(?:les )?[1-6] jours?\b", " ", text) if re.search(r"\bsemaines? (?:du|de)\b", text) else text


def _with_days_missed(read: Reading, told: Aside) -> Reading:
    if not isinstance(read, Value) or not told.missed:
        return read
    return Value(
        read.value, (*read.remarks, "remarque.jours_absents"), {**read.params, "absents": " ; ".join(told.missed)}
    )


def _read_whole(text: str, ctx: ReadContext) -> Reading:
    *before, last = parts_said(text)
    again = _said_anew(before[-1], why_cut(last), ctx) if before else None
    return again or _read(_without_asides(text), ctx)


def _without_asides(text: str) -> str:
    """« (avant les vacances) » says no day."""
    return re.sub(r"\([^()\d]*\)", " ", text)


def _said_anew(before: str, last: str, ctx: ReadContext) -> Reading | None:
    """« du 11 au 21 janvier. Correction : jusqu'au 22 »: both days anew, or the one end that the words name."""
    written = prepared(last)
    found = scan(written)
    first = _read(before, ctx)
    if len(found.items) > 1:
        known = first.value if isinstance(first, Value) and isinstance(first.value, dict) else {}
        month = date.fromisoformat(str(known["date_debut"])).month if known and not found.full else 0
        whole = _read(f"{last} {PLAIN_MONTHS[month - 1]}" if month else last, ctx)
        return whole if isinstance(whole, Value) else None
    if len(found.items) != 1 or not isinstance(first, Value) or not isinstance(first.value, dict):
        return None
    start, end = (date.fromisoformat(str(first.value[name])) for name in ("date_debut", "date_fin"))
    item = found.items[0]
    moved = _in_period(item, start, ctx.today)
    if isinstance(moved, date) and item.weekday is None:
        named = weekday_said(found.around)
        moved = moved if named in (None, moved.weekday()) else None
    if not isinstance(moved, date):
        return None
    if _STARTS.search(found.around) and not _ENDS.search(found.around):
        return both(moved, end, ctx) if moved <= end else None
    return both(start, moved, ctx) if moved >= start else None


def _in_period(item: Item, start: date, today: date) -> date | Ask | Rejected | None:
    """The day told anew, in the month of the start or the next where it names none."""
    if item.month is not None:
        return settle(replace(item, year=item.year or start.year + (item.month < start.month)), today)
    moved = next_day_of_month(item.day, start.replace(day=1))
    if moved is not None and moved < start and not item.weekday:
        moved = next_day_of_month(item.day, start)
    return moved if moved is None or item.weekday in (None, moved.weekday()) else None


_STARTS = re.compile(
    rf"\b(?:debut\w*|commenc\w*|demarr\w*|debut|premier jour|a partir (?:du|de)|des le|a compter du|du|attaque\w*|arriv\w*|entree) (?:le |du |:|c'est |sera |est |au |lundi |mardi |mercredi |jeudi |vendredi ){{0,4}}{MASK}"
)
_ENDS = re.compile(
    rf"\b(?:departs?|fin\w*|termin\w*|dernier jour|jusqu\w*|jusqu'(?:au|a)|arret\w*|au) (?:le |du |:|c'est |sera |est |au |lundi |mardi |mercredi |jeudi |vendredi ){{0,4}}{MASK}"
)
"""Which end a day is, by the words before it."""


def _labelled(found: Scan) -> tuple[Item, Item] | None:
    """« fin le 18 décembre, début le 7 »: the start and the end, in whichever order they are told."""
    starts, ends = _STARTS.search(found.around), _ENDS.search(found.around)
    if starts is None or ends is None or len(found.items) != 2:
        return None
    return found.items if starts.end() < ends.end() else (found.items[1], found.items[0])


def days_told(text: str) -> int:
    """How many days a text writes."""
    return len(scan(prepared(text)).items) if len(text) <= LONGEST else 0


def _row(found: Scan) -> tuple[Item, Item] | None:
    """« les 8, 9 et 10 décembre »: days in a row, the month said once."""
    items, last = found.items, found.items[-1]
    if not re.fullmatch(
        rf"[^{MASK}]*{MASK}(?: ?, ?(?:le )?{MASK})* ?(?:,|et|,? ?et) (?:le )?{MASK}[^{MASK}]*", found.around
    ):
        return None
    if last.month is None or any(item.month not in (None, last.month) for item in items):
        return None
    return (items[0], last) if all(b.day == a.day + 1 for a, b in pairwise(items)) else None


def _read(text: str, ctx: ReadContext) -> Reading:
    written = prepared(text)
    found = scan(written)
    week = re.search(r"\bsemaines? (?P<n>\d{1,2})\b(?! ?(?:jours?|semaines?))", written)
    if week and not found.full:
        return _whole_week(written, ctx)
    if len(found.items) >= 2:
        return _several(found, ctx)
    span = span_said(found.around)
    if found.items:
        return _one(found, span, written, ctx)
    return _none(span, written, ctx)


def _once(found: Scan) -> Scan:
    """« … au 17, le 17 étant un jeudi »: a day told again after the two is no third one."""
    first, last, *more = found.items
    told = {first.day, last.day}
    if not more or any(item.month is not None or item.day not in told for item in more):
        return found
    head, tail = f"{MASK}".join(found.around.split(MASK)[:2]), found.around.split(MASK)[2]
    return Scan((first, last), f"{head}{MASK}{tail}")


def _several(found: Scan, ctx: ReadContext) -> Reading:
    found = _once(found)
    row = _row(found) if len(found.items) > 2 else None
    if row is not None:
        found = Scan(row, f"{MASK} , {MASK}")  # offered whole, to be confirmed
    if row is None and (len(found.items) > 2 or re.search(rf"{MASK} ou |{MASK} ?, ?{MASK}", found.around)):
        return Ask("periode.une_seule") if found.full else Rejected("periode.illisible")
    labelled_days = _labelled(found)
    first, last = labelled_days or found.items
    if first.month is None and last.month is None:
        named = {PLAIN_MONTHS.index(name) + 1 for name in re.findall(rf"\b({_MONTH_NAMES})\b", found.around)}
        if len(named) != 1:
            return _months_missing(first, last, ctx)
        first, last = (replace(day, month=next(iter(named))) for day in (first, last))
    paired = pair(first, last, ctx.today)
    if not isinstance(paired, tuple):
        return paired
    start, end = paired
    if last.month is None and end.month != start.month:
        return propose("periode.confirmer", start, end)
    if _LOOSE.search(found.around.replace("jusqu'", "")) or not (labelled_days or _joined(found, start, end)):
        return propose("periode.entre", start, end)
    return both(start, end, ctx)


def _finishes(around: str) -> bool:
    """Whether two days are joined as a first and a last: « # au # », « # fin le # », « #-# »."""
    between = around.partition(MASK)[2].rpartition(MASK)[0]
    return bool(_FINISH.search(between) or _DASHED.search(around))


def _whole_week(text: str, ctx: ReadContext) -> Reading:
    """« semaine 50 »: its five days, to be confirmed."""
    asked = vague(text, ctx.today)
    if asked is None or not asked.proposals or len(re.findall(r"\d+", text)) > 1:
        return Ask("periode.a_preciser")
    monday = date.fromisoformat(str(asked.proposals[0][1]))
    return propose("periode.confirmer", monday, monday + timedelta(days=4))


def _joined(found: Scan, start: date, end: date) -> bool:
    """« au », a dash, « je finis »; or « et » between two days in a row."""
    if _finishes(found.around):
        return True
    return bool(re.search(rf"{MASK} (?:et|&) (?:le )?{MASK}", found.around)) and (end - start).days == 1


def pair(first: Item, last: Item, today: date) -> tuple[date, date] | Ask | Rejected:
    """The two days: a month or a year said once holds for both; reversed ones are offered swapped."""
    if first.month is None:
        return _start_borrows(first, last, today)
    if last.month is None:
        return _end_borrows(first, last, today)
    if last.year and not first.year:
        crosses = (first.month, first.day) > (last.month, last.day) and last.year > today.year
        first = replace(first, year=last.year - (1 if crosses and _short(first, last) else 0))
    start = settle(first, today)
    if not isinstance(start, date):
        return _past_pair(first, last, start, today)
    if not last.year:
        last = replace(
            last, year=start.year + ((last.month or 0, last.day) < (start.month, start.day) and _short(first, last))
        )
    end = settle(last, today)
    if not isinstance(end, date):
        return end
    return (start, end) if end >= start else propose("periode.inversee", end, start)


def _short(first: Item, last: Item) -> bool:
    """Whether the end, taken the year after, comes within two months."""
    months = ((last.month or 0) - (first.month or 0)) % 12
    return months * 31 + last.day - first.day <= CROSSING and not (months == 0 and last.day < first.day)


def _start_borrows(first: Item, last: Item, today: date) -> tuple[date, date] | Ask | Rejected:
    end = settle(last, today)
    if isinstance(end, Ask) and last.year and end.code == "dates.passee":
        return _past_pair(replace(first, month=last.month, year=last.year), last, end, today)
    start = settle(replace(first, month=last.month, year=last.year, alternatives=last.alternatives), today)
    for wrong in (start, end):
        if isinstance(wrong, Rejected):
            return wrong
    if isinstance(start, Ask) and start.code == "dates.faute" and isinstance(end, Ask):
        return _slips(start, end)
    if not isinstance(start, date):
        return _past_pair(replace(first, month=last.month), last, start, today) if not last.year else start
    if not isinstance(end, date):
        return end
    if start > end and first.day < last.day:
        return _past_pair(replace(first, month=last.month), last, Ask("dates.passee"), today)
    if end >= start:
        return start, end
    swapped = propose("periode.inversee", end, start)
    before = settle(replace(first, month=ajoute_mois(end.replace(day=1), -1).month), today)
    crosses = first.day > 24 and last.day < 11 and isinstance(before, date) and 0 < (end - before).days < 32
    return (
        replace(swapped, proposals=(labelled(before, end), *swapped.proposals))
        if crosses and isinstance(before, date)
        else swapped
    )


def _slips(start: Ask, end: Ask) -> Ask:
    """« du 3 au 14 mra »: the pair to confirm."""
    pairs = zip(start.proposals, end.proposals, strict=False)
    return Ask("dates.faute", proposals=tuple(
        labelled(date.fromisoformat(str(one)), date.fromisoformat(str(other))) for (_, one), (_, other) in pairs
    ))  # fmt: skip


def _end_borrows(first: Item, last: Item, today: date) -> tuple[date, date] | Ask | Rejected:
    start = settle(first, today)
    if not isinstance(start, date):
        return start
    month = start if last.day >= start.day else ajoute_mois(start.replace(day=1), 1)
    if not 1 <= last.day <= monthrange(month.year, month.month)[1]:
        return Rejected("periode.illisible")
    end = settle(replace(last, month=month.month, year=month.year), today)
    return (start, end) if isinstance(end, date) else end


def _past_pair(first: Item, last: Item, why: Ask | Rejected, today: date) -> Ask | Rejected:
    """A past period: the same days, the year that comes."""
    if isinstance(why, Rejected) or why.code != "dates.passee":
        return why
    start = next_time(first.day, first.month or 0, today)
    end = next_time(last.day, last.month or 0, start or today) if last.month else None
    if start is None or end is None or (end - start).days > CROSSING:
        return Ask("periode.passee")
    return propose("periode.passee", start, end)


def _months_missing(first: Item, last: Item, ctx: ReadContext) -> Reading:
    """« du 7 au 18 »: this month or the next."""
    pairs: list[tuple[date, date]] = []
    for ahead in range(3):
        month = ajoute_mois(ctx.today.replace(day=1), ahead)
        after = month if last.day >= first.day else ajoute_mois(month, 1)
        fits = (
            first.day <= monthrange(month.year, month.month)[1] and last.day <= monthrange(after.year, after.month)[1]
        )
        if fits and first.day and last.day and month.replace(day=first.day) >= ctx.today:
            pairs.append((month.replace(day=first.day), after.replace(day=last.day)))
    if not pairs:
        return Rejected("periode.illisible")
    return Ask("periode.quel_mois", proposals=tuple(labelled(*days) for days in pairs[:2]))


def both(start: date, end: date, ctx: ReadContext) -> Reading:
    """The two days, if the law allows them (Code du travail, D5135-3; 16 years at the start)."""
    wrong = order("periode", start, end, ctx) or too_young(start, ctx)
    if wrong:
        return wrong
    codes, params = remarks((start, end), ctx, starts=True)
    days, working = (end - start).days + 1, jours_ouvres(start, end, ctx.formats.holidays)
    counted = {"calendaires": str(days), "ouvres": str(working)}
    return Value(period_value(start, end), (_length(days, working), *codes), {**params, **counted})


def _length(days: int, working: int) -> str:
    """The remark whose plurals fit."""
    if days == 1:
        return "remarque.duree_un_jour"
    return "remarque.duree" if working > 1 else "remarque.duree_peu_ouvree"


_ONE_DAY = re.compile(r"\b(?:une|1|la|un) (?:seule? )?jour(?:nee)?\b(?! (?:par|sur|de|d'|a|et|ou|chaque))")


def _one(found: Scan, span: tuple[int, str] | None, text: str, ctx: ReadContext) -> Reading:
    item = found.items[0]
    start = settle(item, ctx.today)
    if not isinstance(start, date):
        return start
    if re.search(r"\bsemaines? (?:du |de )", text) and span is None:
        monday = start - timedelta(days=start.weekday())
        if re.search(r"\b(?:du )?lundi (?:au|a|jusqu'au) vendredi\b", text) and not _LOOSE.search(found.around):
            return both(monday, monday + timedelta(days=4), ctx)
        return propose("periode.confirmer", monday, monday + timedelta(days=4))
    if _ONE_DAY.search(text) and not _LOOSE.search(found.around):
        return both(start, start, ctx)
    if span is not None:
        asked = lasting(start, *span, ctx)
        loose = isinstance(asked, Ask) and _LOOSE.search(found.around)
        return Ask("periode.a_preciser") if loose else asked
    if re.search(rf"\bjusqu\w* {MASK}|\bjusqu'(?:au |a )?{MASK}|\bavant (?:le )?{MASK}", found.around):
        return Ask("periode.debut_manquant", {"fin": day_in_words(start)})
    return Ask("periode.fin_manquante", {"debut": day_in_words(start)})


def _none(span: tuple[int, str] | None, text: str, ctx: ReadContext) -> Reading:
    if UNKNOWN.fullmatch(text):
        return Ask("dates.inconnue")
    if re.search(r"\b(?:toute l'annee|1 an\b|un an\b|annee entiere)", text) or _from_month_to_month(text):
        return Rejected("periode.trop_longue")
    start = known_day("date_debut", ctx)
    if span is not None:
        return _duration_only(span, start, text, ctx)
    if re.search(rf"\b{_WEEKDAYS} (?:au|a) {_WEEKDAYS}\b", text):
        monday = ctx.today + timedelta(days=7 - ctx.today.weekday())
        return propose("periode.confirmer", monday, monday + timedelta(days=4))
    whole = re.search(rf"\b(?:tout le mois d[e'] ?|mois entier d[e'] ?|tout )(?P<name>{_MONTH_NAMES})\b", text)
    if whole:
        return _whole_month(PLAIN_MONTHS.index(whole["name"]) + 1, ctx.today)
    if PAST.search(text):
        return Rejected("dates.deja_passe")
    near = relative(text, ctx.today)
    if isinstance(near, date):
        return Ask("periode.fin_manquante", {"debut": day_in_words(near)})
    return (
        near
        or vague(text, ctx.today)
        or (Ask("periode.debut_seul") if FEW.search(text) else Rejected("periode.illisible"))
    )


def _duration_only(span: tuple[int, str], start: date | None, text: str, ctx: ReadContext) -> Reading:
    """« 3 jours »: from the start already known, else the first day is asked."""
    near = relative(text, ctx.today)
    if isinstance(near, Rejected):
        return near
    if near is not None and re.search(r"\b(?:dans|ds|d'ici)\b", text):
        return Ask("periode.fin_manquante", {"debut": day_in_words(near)}) if isinstance(near, date) else near
    if start is None and isinstance(near, date):
        start = near
    if start is not None:
        return lasting(start, *span, ctx)
    longest = {"j": 31, "s": 4, "m": 1, "ouvres": 23}[span[1]]
    return Rejected("periode.trop_longue") if span[0] > longest else Ask("periode.debut_seul")


def _from_month_to_month(text: str) -> bool:
    found = re.search(rf"\b(?P<a>{_MONTH_NAMES}) (?:a|au|jusqu\w*) (?P<b>{_MONTH_NAMES})\b", text)
    if found is None:
        return False
    return (PLAIN_MONTHS.index(found["b"]) - PLAIN_MONTHS.index(found["a"])) % 12 > 1


def _whole_month(month: int, today: date) -> Ask:
    first = date(today.year + (month <= today.month), month, 1)
    return propose("periode.confirmer", first, first.replace(day=monthrange(first.year, month)[1]))


def read_edge(field: str, text: str, ctx: ReadContext) -> Reading | None:
    """The first or the last day of a range typed as one date; None where the text is no range."""
    found = scan(prepared(text)) if len(text) <= LONGEST else Scan((), "")
    if len(found.items) != 2 or not found.full or not _finishes(found.around):
        return None
    whole = read_period(text, ctx)
    if isinstance(whole, Value) and isinstance(whole.value, dict):
        return Value(whole.value[field], whole.remarks, whole.params)
    if isinstance(whole, Rejected) and whole.code == "fin.trop_longue" and field == "date_debut":
        return _start_only(found, whole, ctx)
    return whole


def _start_only(found: Scan, why: Rejected, ctx: ReadContext) -> Reading:
    """Too long a range: the start is kept, and why the end is not is said with it."""
    paired = pair(found.items[0], found.items[1], ctx.today)
    return Value(paired[0].isoformat(), (why.code,), why.params) if isinstance(paired, tuple) else why


def read_end(text: str, ctx: ReadContext) -> Reading | None:
    """A duration as the last day, from the start already known; None where the text is none."""
    if len(text) > LONGEST:
        return None
    written = prepared(text)
    found = scan(written)
    span = span_said(found.around)
    if found.items or span is None:
        return Ask("dates.quel_jour") if not found.items and FEW.search(written) else None
    start = known_day("date_debut", ctx)
    if start is None or re.search(r"\b(?:dans|ds|d'ici)\b", written):
        return None if start else Ask("periode.debut_seul")
    asked = lasting(start, *span, ctx)
    if isinstance(asked, Rejected):
        return asked
    ends = tuple(value["date_fin"] for _, value in asked.proposals if isinstance(value, dict))
    offered = tuple(proposal(date.fromisoformat(str(end))) for end in ends)
    if len(offered) > 1:
        return Ask("dates.quinzaine", {"nombre": str(span[0])}, offered)
    return Ask("dates.confirmer_duree", asked.params, offered)
