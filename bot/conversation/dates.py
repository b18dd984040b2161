"""A day as people say it, resolved from the day of the message; what is not clear is asked, never invented."""

import re
from calendar import isleap, monthrange
from dataclasses import replace
from datetime import date, timedelta

from bot.conversation.days import MASK, Item, Scan, prepared, scan
from bot.conversation.french import MONTHS, day_in_words, day_number
from bot.conversation.relative import PAST, relative, vague, weekday_said
from bot.conversation.slots import Ask, ReadContext, Reading, Rejected, Value
from bot.domain.calendrier import ajoute_mois, jours_ouvres
from bot.domain.regles import dernier_jour
from bot.domain.session import Json

_HEDGE = re.compile(
    r"\b(?:ou|entre|vers|environ|alentours?|autour|peut[- ]?etre|ptet|ptetre|pas|sauf|apres|avant|a peu pres|sans doute"
    r"|probablement|idealement|semaine|je crois|bof|normalement|au plus (?:tot|tard)|minimum|maximum)\b"
)
DAY = timedelta(days=1)
RECENT = 90
YEAR = 366
FAR = 5 * YEAR
LONGEST = 300


def proposal(day: date) -> tuple[str, Json]:
    """A day to tap: its label in letters, and the ISO date."""
    return day_in_words(day), day.isoformat()


def read_day(field: str, text: str, ctx: ReadContext) -> Reading:
    """The first or last day of the immersion (`field` is date_debut or date_fin)."""
    if len(text) > LONGEST:
        return Rejected("dates.illisible")
    found = scan(prepared(text))
    outcome = _found(field, found, prepared(text), ctx)
    return checked(field, outcome, ctx) if isinstance(outcome, date) else outcome


def _found(field: str, found: Scan, text: str, ctx: ReadContext) -> date | Ask | Rejected:
    if found.full:
        return _single(field, found, ctx)
    start = known_day("date_debut", ctx) if field == "date_fin" else None
    said = _counted(text, found, ctx) if start is None else from_start(text, found, start, ctx)
    if said is not None:
        return said
    if len(found.items) > 3:
        return Rejected("dates.illisible")
    if found.items:
        return _bare(field, found, ctx)
    lasting = re.search(r"(?<!\d)\d{1,3} ?(?:jours?|semaines?|mois)\b", text)
    if lasting and field == "date_debut":
        return Ask("periode.debut_seul")
    return vague(text, ctx.today) or Rejected("dates.illisible")


def _counted(text: str, found: Scan, ctx: ReadContext) -> date | Ask | Rejected | None:
    """A day counted from today, unless it is a weekday with its number: « lundi 30 »."""
    if re.search(r"\b(?:semaine|sem|s) ?\d", text):
        return vague(text, ctx.today)
    month = re.search(r"\bmois (prochain|suivant)\b", text)
    if month and len(found.items) == 1:
        first = ajoute_mois(ctx.today.replace(day=1), 1)
        return settle(Item(found.items[0].day, first.month, first.year), ctx.today)
    numbered = any(item.weekday is not None for item in found.items)
    return None if numbered and not PAST.search(text) else relative(text, ctx.today)


def from_start(text: str, found: Scan, start: date, ctx: ReadContext) -> date | Ask | Rejected | None:
    """The last day said from a start already known: the same day, or a weekday that follows."""
    if re.search(r"\bmeme jour\b", text):
        return start
    if re.search(r"\blendemain\b", text):
        return Ask("dates.confirmer", {"date": day_in_words(start + DAY)}, (proposal(start + DAY),))
    said = _counted(text, found, ctx)
    if isinstance(said, Rejected) or said is None or said in (ctx.today, ctx.today + DAY):
        return said
    if weekday_said(text) is None:
        return Ask("dates.delai", proposals=(proposal(said),)) if isinstance(said, date) and said >= start else said
    coming = start + timedelta(days=((weekday_said(text) or 0) - start.weekday()) % 7)
    last = dernier_jour(start, ctx.regles)
    days = [coming + timedelta(days=7 * n) for n in range(3)]
    return Ask("dates.quel_jour", proposals=tuple(proposal(day) for day in days if day <= last))


def _single(field: str, found: Scan, ctx: ReadContext) -> date | Ask | Rejected:
    """One day expected: several, or one that is hedged, are asked about."""
    items = found.full
    wanted = items[-1] if field.endswith("fin") else items[0]
    if len(found.items) == 1 and wanted.weekday is None:
        wanted = replace(wanted, weekday=weekday_said(found.around))
    outcome = _not_before_start(settle(wanted, ctx.today), field, ctx)
    hedged = _HEDGE.search(found.around)
    if len(found.items) > 1 or hedged:
        days = [day for item in items if isinstance(day := settle(item, ctx.today), date)]
        negated = hedged and hedged.group() in {"pas", "sauf", "apres", "avant"}
        offered = tuple(proposal(day) for day in days) if not negated else ()
        return outcome if isinstance(outcome, Rejected) else Ask("dates.une_seule", proposals=offered[:5])
    return outcome


def _not_before_start(outcome: date | Ask | Rejected, field: str, ctx: ReadContext) -> date | Ask | Rejected:
    """A past last day whose next year is out of reach of the known start is before that start."""
    start = known_day("date_debut", ctx) if field == "date_fin" else None
    if start is None or not isinstance(outcome, Ask) or outcome.code != "dates.passee":
        return outcome
    later = date.fromisoformat(str(outcome.proposals[0][1])) if outcome.proposals else None
    if later and start <= later <= dernier_jour(start, ctx.regles):
        return outcome
    return Rejected("fin.avant_debut", {"debut": day_in_words(start), "fin": outcome.params.get("date", "")})


def settle(item: Item, today: date) -> date | Ask | Rejected:
    """The day an item names, from `today` on."""
    if item.month is None:
        return _which_month(item, today)
    if item.alternatives:
        days = [next_time(item.day, month, today) for month in item.alternatives]
        return Ask("dates.faute", proposals=tuple(proposal(day) for day in days if day))
    wrong = impossible(item, today)
    if wrong is not None:
        return wrong
    day = date(item.year, item.month, item.day) if item.year else next_time(item.day, item.month, today)
    if day is None:
        return Rejected("dates.illisible")
    return _contradiction(item, day, today) or _out_of_reach(item, day, today) or day


def impossible(item: Item, today: date) -> Rejected | None:
    """A day that no calendar has, with the reason."""
    month = item.month or 0
    if not 1 <= month <= 12:
        return Rejected("dates.mois_impossible", {"mois": str(month), "jour": str(item.day)})
    year = item.year or (today.year if (month, item.day) >= (today.month, today.day) else today.year + 1)
    if not 1 <= year <= 9000:
        return Rejected("dates.illisible")
    last = monthrange(year, month)[1]
    if 1 <= item.day <= last:
        return None
    name = MONTHS[month - 1]
    known = {"jour": str(item.day), "mois": name, "dernier": str(last), "annee": str(year)}
    leap = month == 2 and item.day == 29 and not isleap(year)
    return Rejected("dates.pas_bissextile" if leap else "dates.jour_impossible", known)


def next_time(day: int, month: int, today: date) -> date | None:
    """The first such day from `today` on, or None where the year to come has none."""
    year = today.year if (month, day) >= (today.month, today.day) else today.year + 1
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _which_month(item: Item, today: date) -> Ask | Rejected:
    """« le 12 »: this month or the next, to be chosen."""
    if not 1 <= item.day <= 31:
        return Rejected("dates.illisible")
    days: list[date] = []
    for ahead in range(4):
        first = ajoute_mois(today.replace(day=1), ahead)
        if item.day <= monthrange(first.year, first.month)[1]:
            day = first.replace(day=item.day)
            if day >= today and item.weekday in (None, day.weekday()):
                days.append(day)
    return Ask("dates.quel_mois", {"jour": str(item.day)}, tuple(proposal(day) for day in days[:2]))


def _contradiction(item: Item, day: date, today: date) -> Ask | None:
    """« lundi 3 mars » when the 3rd is a Tuesday: both are offered."""
    if item.weekday is None or item.weekday == day.weekday():
        return None
    near = [day + timedelta(days=shift) for shift in (-3, -2, -1, 1, 2, 3)]
    same = [one for one in near if one.weekday() == item.weekday and one >= today]
    offered = tuple(proposal(one) for one in (*same, day) if one >= today)
    return Ask("dates.contradiction", {"date": f"{day_number(day)} {MONTHS[day.month - 1]} {day.year}",
                                       "jour": day_in_words(day).split()[0]}, offered)  # fmt: skip


def _out_of_reach(item: Item, day: date, today: date) -> Ask | Rejected | None:
    """Past, or so far that a slip is likely."""
    if day < today:
        later = next_time(day.day, day.month, today)
        return Ask("dates.passee", {"date": day_in_words(day)}, (proposal(later),) if later else ())
    if (day - today).days > FAR:
        return Rejected("dates.trop_loin", {"date": day_in_words(day)})
    if item.year and (day - today).days > YEAR:
        return Ask("dates.lointaine", {"date": day_in_words(day)}, (proposal(day),))
    last_year = day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else None
    if item.year is None and last_year and 0 < (today - last_year).days <= RECENT:
        return Ask("dates.passee", {"date": day_in_words(last_year)}, (proposal(day),))
    return None


def _bare(field: str, found: Scan, ctx: ReadContext) -> date | Ask | Rejected:
    """A day without its month; the last day may borrow that of a known start."""
    if len(found.items) == 2:
        first, second = found.items
        # « 20 11 » may be the 20th of November: proposed, never taken.
        guess = settle(Item(first.day, second.day), ctx.today) if found.around.strip() == f"{MASK} {MASK}" else None
        return Ask("dates.une_seule", proposals=(proposal(guess),) if isinstance(guess, date) else ())
    item = found.items[-1]
    start = known_day("date_debut", ctx)
    if field != "date_fin" or start is None or _HEDGE.search(found.around):
        return _which_month(item, ctx.today)
    day = next_day_of_month(item.day, start)
    if day is None or item.weekday not in (None, day.weekday()):
        return _which_month(item, ctx.today)
    if day.month == start.month:
        return day
    return Ask("dates.confirmer", {"date": day_in_words(day)}, (proposal(day),))


def next_day_of_month(day: int, start: date) -> date | None:
    """The first such day of a month from `start` on, within a month of it."""
    for ahead in (0, 1):
        first = ajoute_mois(start.replace(day=1), ahead)
        if 1 <= day <= monthrange(first.year, first.month)[1] and first.replace(day=day) >= start:
            return first.replace(day=day)
    return None


def known_day(name: str, ctx: ReadContext) -> date | None:
    """A date the form already knows."""
    value = ctx.answers.get(name)
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def checked(field: str, day: date, ctx: ReadContext) -> Reading:
    """The day, if the law and what the form knows allow it."""
    start = day if field == "date_debut" else known_day("date_debut", ctx)
    end = day if field == "date_fin" else known_day("date_fin", ctx)
    if day < ctx.today:
        return Rejected("dates.deja_passee", {"date": day_in_words(day)})
    wrong = order(field, start, end, ctx) or (too_young(day, ctx) if field == "date_debut" else None)
    return wrong or Value(day.isoformat(), *remarks((day,), ctx, starts=field == "date_debut"))


def order(field: str, start: date | None, end: date | None, ctx: ReadContext) -> Rejected | None:
    """The end not before the start, and within a month (Code du travail, D5135-3)."""
    if start is None or end is None:
        return None
    known = {"debut": day_in_words(start), "fin": day_in_words(end)}
    if end < start:
        return Rejected("fin.avant_debut" if field == "date_fin" else "fin.debut_apres", known)
    last = dernier_jour(start, ctx.regles)
    return Rejected("fin.trop_longue", {**known, "dernier": day_in_words(last)}) if end > last else None


def too_young(start: date, ctx: ReadContext) -> Rejected | None:
    """Under the minimum age on the first day."""
    born = known_day("date_naissance", ctx)
    minimum = ctx.regles.valeur("age_minimum", ctx.today)
    if born is None or _years(born, start) >= minimum:
        return None
    return Rejected("naissance.trop_jeune", {"age": str(minimum), "date": day_in_words(start)})


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def remarks(days: tuple[date, ...], ctx: ReadContext, *, starts: bool) -> tuple[tuple[str, ...], dict[str, str]]:
    """What is said with a value: a weekend, a public holiday, a start too near for signatures."""
    codes: list[str] = []
    params: dict[str, str] = {}
    weekend = [day_in_words(day) for day in days if day.weekday() >= 5]
    if weekend:
        codes.append("remarque.weekend")
        params["weekend"] = ", ".join(weekend)
    span = [days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)]
    holidays = [f"{day_in_words(day)} ({name})" for day in span if (name := ctx.formats.holidays(day.year).get(day))]
    if holidays:
        codes.append("remarque.ferie")
        params["feries"] = ", ".join(holidays)
    short = ctx.regles.valeur("delai_conseille_jours_ouvres", ctx.today)
    if starts and jours_ouvres(ctx.today, days[0], ctx.formats.holidays) <= short:
        codes.append("remarque.urgent")
    return tuple(codes), params


def read_contract_day(field: str, text: str, ctx: ReadContext) -> Reading:
    """A date of an employment contract: the past is welcome, the year must be said."""
    found = scan(prepared(text)) if len(text) <= LONGEST else Scan((), "")
    if not found.full:
        return vague(prepared(text[:LONGEST]), ctx.today) or Rejected("dates.illisible")
    item = found.full[0]
    wrong = impossible(item, ctx.today)
    if wrong or len(found.items) > 1 or item.year is None or item.month is None or item.alternatives:
        return wrong or Ask("dates.avec_annee")
    day = date(item.year, item.month, item.day)
    start = known_day("contrat_debut", ctx)
    if field == "contrat_fin" and start and day < start:
        return Rejected("fin.avant_debut", {"debut": day_in_words(start), "fin": day_in_words(day)})
    if field == "contrat_fin" and day < ctx.today:
        return Ask("dates.contrat_fini", {"date": day_in_words(day)}, (proposal(day),))
    if abs((day - ctx.today).days) > 60 * YEAR:
        return Rejected("dates.trop_loin", {"date": day_in_words(day)})
    return Value(day.isoformat())
