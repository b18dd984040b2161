"""A day as people say it, resolved from the day of the message; what is not clear is asked, never invented."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from bot.domain import regex as re
from bot.domain.calendrier import ajoute_mois
from bot.domain.regles import dernier_jour
from bot.domain.texte import folded as fold
from bot.reading.anew import parts_said
from bot.reading.dates.days import MASK, Item, Scan, prepared, scan
from bot.reading.dates.limits import checked, known_day
from bot.reading.dates.other_things import of_something_else
from bot.reading.dates.relative import PAST, relative, vague, weekday_said
from bot.reading.dates.resolve import YEAR, impossible, proposal, settle, which_month
from bot.reading.french import day_in_words
from bot.reading.outcome import Ask, ReadContext, Reading, Rejected, Value

_HEDGE = re.compile(
    r"\b(?:ou|entre|vers|environ|alentours?|autour|peut[- ]?etre|ptet|ptetre|pas|sauf|apres|avant|a peu pres|sans doute"
    r"|probablement|idealement|semaine|je crois|bof|normalement|au plus (?:tot|tard)|minimum|maximum)\b"
)
DAY = timedelta(days=1)
LONGEST = 300


def read_day(field: str, text: str, ctx: ReadContext) -> Reading:
    """The first or last day of the immersion (`field` is date_debut or date_fin)."""
    if len(text) > LONGEST:
        return Rejected("dates.illisible")
    if field in {"date_debut", "date_fin"} and of_something_else(fold(text)):
        return Ask("dates.autre_chose")
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
        return which_month(item, ctx.today)
    day = next_day_of_month(item.day, start)
    if day is None or item.weekday not in (None, day.weekday()):
        return which_month(item, ctx.today)
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


_UNTIL = re.compile(
    rf"\b(?:fin\w*(?: (?:de |du |mon |le |prevue? ){{0,3}}contrat)?|termin\w*|dernier jour|jusqu\w*|jusqu'(?:au|a)|arret\w*|expir\w*|au|a) (?:le |du |:|c'est |sera |est |au ){{0,4}}{MASK}"
)
_SINCE = re.compile(
    rf"\b(?:debut\w*|commenc\w*|demarr\w*|depuis|premier jour|a partir|des|du|sign\w*|embauch\w*) (?:le |du |:|c'est |est |au ){{0,4}}{MASK}"
)


def contract_days(text: str) -> tuple[str, str]:
    """The first and the last day of a contract, as they are to be read; empty where one is not told."""
    if len(text) > LONGEST:
        return text, ""
    *before, last = parts_said(re.sub(r"(?<=\d{4})\s?/\s?(?=\d{1,2}[./])", " au ", text))
    found = scan(prepared(last))
    if before and not _SINCE.search(found.around):
        return text, ""  # one end alone said anew: which one is asked
    days = [item for item in found.items if item.month is not None]
    if len(days) != len(found.items) or not 1 <= len(days) <= 2:
        return text, ""
    written = [_written(item) for item in days]
    until, since = _UNTIL.search(found.around), _SINCE.search(found.around)
    if len(written) == 1:
        return ("", written[0]) if until and not since else (written[0], "")
    swapped = until is not None and since is not None and until.end() < since.end()
    return (written[1], written[0]) if swapped else (written[0], written[1])


def _written(item: Item) -> str:
    return f"{item.day}/{item.month}" + (f"/{item.year}" if item.year else "")


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
