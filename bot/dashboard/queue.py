"""The queue: what needs somebody first, found by filters and one search box, in a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import Case, Count, DateField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from bot.dashboard import law, shown, workdays
from bot.dashboard.desk import PARIS, Desk
from bot.dashboard.filters import GROUPS, NO_OFFICE, PAGE, SET_ASIDE, Filters, majority_before
from bot.dashboard.portee import Portee
from bot.dashboard.seeking import search
from bot.domain.demande import CLOS, OUVERTS, Champ, Statut
from bot.storage.models import DemandeRow, HandoffRow


@dataclass(frozen=True, slots=True)
class Urgency:
    """How near the start is: a code for the colour, words for everybody."""

    code: str
    texte: str


@dataclass(frozen=True, slots=True)
class Line:
    """One demande in the list."""

    row: Any
    nom: str
    statut: str
    organisme: str
    urgence: Urgency
    attente: str
    alertes: tuple[law.Alert, ...]
    commune: str = ""
    fil: Any = None
    """The open thread with the person, if there is one."""
    a_ecrit: bool = False
    rappel: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the list: its lines, how many there are in all, and per status."""

    lignes: tuple[Line, ...]
    total: int
    pages: int
    par_statut: Mapping[str, int]


def filtered(
    filters: Filters, bodies: Sequence[str], user: str, mots: Sequence[str], desk: Desk, *, portee: Portee
) -> Any:
    """The demandes that the filters leave, whatever their status: the counts per status need them all."""
    wanted = [filters.organisme] if filters.organisme else bodies
    rows: QuerySet[Any] = portee.rows(DemandeRow.objects.filter(organisme__in=wanted))
    if filters.pour:
        rows = rows.filter(pris_par=user if filters.pour == "moi" else "")
    if filters.departement:
        rows = rows.filter(departement=filters.departement)
    if filters.bureau:
        rows = rows.filter(bureau="" if filters.bureau == NO_OFFICE else filters.bureau)
    if filters.mineur:
        rows = rows.filter(date_naissance__gt=majority_before(desk.today))
    rows = _starting(rows, filters.debut, desk)
    return search(rows, mots)


def offices(bodies: Sequence[str], portee: Portee) -> Mapping[str, str]:
    """The local offices in sight that hold a demande of these bodies, by identifier, with their names."""
    rows = portee.rows(DemandeRow.objects.filter(organisme__in=bodies))
    found = rows.exclude(bureau="").values_list("bureau", "bureau_nom")
    return dict(sorted(found.distinct(), key=lambda one: one[1]))


def _starting(rows: Any, debut: str, desk: Desk) -> Any:
    today = desk.today
    if debut == "sans":
        return rows.filter(date_debut=None)
    if debut == "passe":
        return rows.filter(date_debut__lt=today)
    if debut == "30":
        return rows.filter(date_debut__range=(today, today + timedelta(days=30)))
    if debut:
        return rows.filter(date_debut__range=(today, workdays.after(today, int(debut), desk.formats.holidays)))
    return rows


_NO_START = Value(date.max, output_field=DateField())

_ORDERS: Mapping[str, tuple[str, ...]] = {
    "urgence": ("rang", "debut", "envoyee_le", "pk"),
    "attente": ("rang", "envoyee_le", "pk"),
    "recentes": ("rang", "-envoyee_le", "pk"),
}
"""What the list is sorted by: the last makes it one order, in which every demande has a place."""


def in_group(rows: Any, group: str, desk: Desk) -> Any:
    """The rows of one tab."""
    rows = rows.filter(statut__in=GROUPS[group])
    if group not in SET_ASIDE:
        return rows
    later = Q(rappel_le__gt=desk.today)
    return rows.filter(later) if SET_ASIDE[group] else rows.exclude(later)


def ordered(rows: Any, filters: Filters, bodies: Sequence[str], desk: Desk) -> Any:
    """People in danger first, then what was to be taken up again by today, then as asked; by identifier in the end."""
    return _ranked(rows, bodies, desk).order_by(*_ORDERS[filters.tri])


def _ranked(rows: Any, bodies: Sequence[str], desk: Desk) -> Any:
    alarms = HandoffRow.objects.filter(organisme__in=bodies, closed_at=None, danger__gt="", danger_vu_at=None)
    first = Case(
        When(chat__in=list(alarms.values_list("chat", flat=True)[:500]), then=0),
        When(rappel_le__lte=desk.today, statut__in=OUVERTS, then=1),
        default=2,
        output_field=IntegerField(),
    )
    return rows.alias(rang=first, debut=Coalesce("date_debut", _NO_START))


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the list: from a demande that is in it or not, to another, or past its end."""

    inside: bool
    to: Any = None


def neighbour(rows: Any, pk: Any, filters: Filters, bodies: Sequence[str], desk: Desk, *, forward: bool) -> Step:
    """The demande after this one in the order of the list, or before it; where it has left the list, the first.

    The place is found by what the list is sorted by, never by reading the list.
    """
    ranked, order = _ranked(rows, bodies, desk), _ORDERS[filters.tri]
    names = [name.removeprefix("-") for name in order]
    here = ranked.annotate(rang=F("rang"), debut=F("debut")).filter(pk=pk).values_list(*names).first()
    if here is None:
        return Step(inside=False, to=ranked.order_by(*order).values_list("pk", flat=True).first())
    if not forward:
        order = tuple(name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in order)
    beyond = ranked.filter(_beyond(order, dict(zip(names, here, strict=True)))).order_by(*order)
    return Step(inside=True, to=beyond.values_list("pk", flat=True).first())


def _beyond(order: Sequence[str], here: Mapping[str, Any]) -> Q:
    """What comes after `here` in this order: farther by a column, the same by those before it."""
    found, same = Q(), Q()
    for column in order:
        name = column.removeprefix("-")
        found |= same & Q(**{f"{name}__{'lt' if column.startswith('-') else 'gt'}": here[name]})
        same &= Q(**{name: here[name]})
    return found


def open_queue(
    filters: Filters, bodies: Sequence[str], user: str, mots: Sequence[str], desk: Desk, *, portee: Portee
) -> Queue:
    """One page of the list. Identifiers are sorted first: whole rows are read for one page only."""
    rows = filtered(filters, bodies, user, mots, desk, portee=portee)
    counts, ids = (_sought if mots else _counted_apart)(rows, filters, bodies, desk)
    total = _counted(counts, filters.statut)
    found = DemandeRow.objects.in_bulk(ids)
    page = [found[pk] for pk in ids if pk in found]
    earlier = law.earlier_of(page)
    threads = _threads(page, bodies)
    return Queue(
        tuple(line(row, desk, earlier, threads.get((row.chat, row.organisme))) for row in page),
        total,
        max(1, -(-total // PAGE)),
        {name: _counted(counts, name) for name in GROUPS},
    )


_Counts = Mapping[tuple[Statut, bool], int]
"""How many demandes by status, and whether they are set aside."""


def _counted_apart(rows: Any, filters: Filters, bodies: Sequence[str], desk: Desk) -> tuple[_Counts, list[Any]]:
    """How many of each kind, then the identifiers of the page: an index tells both."""
    later = Count("pk", filter=Q(rappel_le__gt=desk.today))
    counts: dict[tuple[Statut, bool], int] = {}
    # By status alone: to group by two things takes twice as long.
    for statut, every, aside in rows.values_list("statut").annotate(tous=Count("*"), later=later).order_by():
        counts |= {(Statut(statut), False): every - aside, (Statut(statut), True): aside}
    wanted = ordered(in_group(rows, filters.statut, desk), filters, bodies, desk)
    return counts, list(wanted.values_list("pk", flat=True)[_page(filters)])


_LOOKED_THROUGH = """
WITH trouvees (pk, statut, aside, rang, debut, envoyee_le) AS ({found}),
montrees AS (SELECT * FROM trouvees WHERE {wanted} ORDER BY {order} LIMIT %s OFFSET %s)
SELECT statut, aside, COUNT(*), NULL FROM trouvees GROUP BY statut, aside
UNION ALL SELECT NULL, NULL, ROW_NUMBER() OVER (ORDER BY {order}), pk FROM montrees
"""
"""How many of each kind and the page, from one look through the texts: what was found is read twice, not sought twice."""


def _sought(rows: Any, filters: Filters, bodies: Sequence[str], desk: Desk) -> tuple[_Counts, list[Any]]:
    """The same where words are searched for: no index knows them, and a word of every demande takes long to find."""
    later = Case(When(rappel_le__gt=desk.today, then=1), default=0, output_field=IntegerField())
    told = _ranked(rows, bodies, desk).annotate(rang=F("rang"), debut=F("debut"), aside=later)
    columns = told.values_list("pk", "statut", "aside", "rang", "debut", "envoyee_le")
    found, params = columns.order_by().query.sql_with_params()
    kinds = sorted(_kinds(filters.statut))
    sql = _LOOKED_THROUGH.format(
        found=found,
        wanted=" OR ".join(["(statut = %s AND aside = %s)"] * len(kinds)),
        order=", ".join(f"{one[1:]} DESC" if one.startswith("-") else one for one in _ORDERS[filters.tri]),
    )
    shown = _page(filters)
    with connections[rows.db].cursor() as cursor:
        wanted = (part for statut, aside in kinds for part in (statut.value, int(aside)))
        cursor.execute(sql, [*params, *wanted, PAGE, shown.start])
        lines = cursor.fetchall()
    counts = {(Statut(statut), bool(aside)): number for statut, aside, number, pk in lines if pk is None}
    page = sorted((place, pk) for _, _, place, pk in lines if pk is not None)
    return counts, [pk if isinstance(pk, UUID) else UUID(pk) for _, pk in page]


def _page(filters: Filters) -> slice:
    return slice((filters.page - 1) * PAGE, filters.page * PAGE)


def _kinds(group: str) -> frozenset[tuple[Statut, bool]]:
    """What a tab shows: statuses, and whether they are set aside."""
    aside = (SET_ASIDE[group],) if group in SET_ASIDE else (False, True)
    return frozenset((statut, later) for statut in GROUPS[group] for later in aside)


def _counted(counts: _Counts, group: str) -> int:
    return sum(counts.get(kind, 0) for kind in _kinds(group))


def _threads(page: Sequence[Any], bodies: Sequence[str]) -> Mapping[tuple[int, str], Any]:
    """The open threads of the people on a page."""
    chats = {row.chat for row in page}
    rows = HandoffRow.objects.filter(chat__in=chats, organisme__in=bodies, closed_at=None).order_by("opened_at")
    return {(row.chat, row.organisme): row for row in rows}


def line(row: Any, desk: Desk, earlier: Sequence[Any], thread: Any = None) -> Line:
    """What the list says of a demande."""
    answers = row.answers
    name = f"{answers.get('prenom') or ''} {answers.get('nom') or ''}".strip()
    return Line(
        row=row,
        nom=name or "Nom non donné",
        statut=shown.STATUTS[Statut(row.statut)],
        organisme=desk.body_name(row.organisme),
        urgence=urgency(row.date_debut, row.statut, desk),
        attente=since(waiting(row.envoyee_le, desk)),
        alertes=law.alerts(row, desk, earlier),
        commune=_town(answers.get(Champ.COMMUNE)),
        fil=thread,
        a_ecrit=thread is not None and (thread.attend_depuis is not None or thread.taken_at is None),
        rappel=_reminder(row.rappel_le, desk),
    )


def _town(place: object) -> str:
    return str(place.get("nom") or "") if isinstance(place, dict) else ""


def _reminder(day: date | None, desk: Desk) -> str:
    if day is None:
        return ""
    if day > desk.today:
        return f"De côté jusqu'au {day:%d/%m}"
    return "Rappel pour aujourd'hui" if day == desk.today else f"Rappel du {day:%d/%m}"


def urgency(start: date | None, statut: str, desk: Desk) -> Urgency:
    """How near the start is, in working days; a closed demande is never urgent."""
    if start is None:
        return Urgency("sans", "Sans date")
    if Statut(statut) in CLOS:
        return Urgency("clos", f"{start:%d/%m/%Y}")
    days = workdays.working_days(desk.today, start, desk.formats.holidays)
    if start < desk.today:
        return Urgency("passe", "Début passé")
    if days == 0:
        return Urgency("tout-de-suite", "Aujourd'hui" if start == desk.today else "Ce week-end")
    code = "tout-de-suite" if days <= _short(desk) else "proche" if days <= _advised(desk) else "normal"
    return Urgency(code, f"Dans {days} jour{'s' if days > 1 else ''} ouvré{'s' if days > 1 else ''}")


def _short(desk: Desk) -> int:
    return desk.regles.valeur("delai_court_jours_ouvres", desk.today)


def _advised(desk: Desk) -> int:
    return desk.regles.valeur("delai_conseille_jours_ouvres", desk.today)


def waiting(since: datetime, desk: Desk) -> str:
    """How long ago, as one says it."""
    days = (desk.today - since.astimezone(PARIS).date()).days
    if days <= 0:
        return "aujourd'hui"
    return "hier" if days == 1 else f"{days} jours"


def since(span: str) -> str:
    """« il y a 3 jours », « hier »."""
    return f"il y a {span}" if span[:1].isdigit() else span
