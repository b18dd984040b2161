"""The queue: what needs somebody first, found by filters and one search box, in a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from bot.dashboard import law, shown, workdays
from bot.dashboard.desk import PARIS, Desk
from bot.dashboard.filters import GROUPS, PAGE, Filters, majority_before
from bot.domain.demande import CLOS, Statut
from bot.storage.models import DemandeRow
from bot.storage.records import folded


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


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the list: its lines, how many there are in all, and per status."""

    lignes: tuple[Line, ...]
    total: int
    pages: int
    par_statut: Mapping[str, int]


def search(rows: Any, text: str) -> Any:
    """Rows where each word is found in a name, a SIRET, an e-mail address, a number or a trade, accents aside."""
    trades = list(rows.order_by().values_list("metier", flat=True).distinct()[:5000])
    for word in text.split()[:8]:
        rows = rows.filter(_anywhere(word, trades))
    return rows


def _anywhere(word: str, trades: Sequence[str]) -> Q:
    bare = folded(word)
    found = Q(numero__icontains=word) | Q(email__icontains=word)
    if bare:
        found |= Q(nom_recherche__contains=bare) | Q(metier__in=[one for one in trades if bare in folded(one)])
    digits = "".join(char for char in word if char.isdigit())
    return found | Q(siret__startswith=digits) if len(digits) >= 3 else found


def joined_digits(text: str) -> str:
    """A SIRET typed with spaces is one word."""
    squeezed = "".join(text.split())
    return squeezed if squeezed.isdecimal() and len(squeezed) in (9, 14) else text


def filtered(filters: Filters, bodies: Sequence[str], user: str, text: str, desk: Desk) -> Any:
    """The demandes that the filters leave, whatever their status: the counts per status need them all."""
    rows: QuerySet[Any] = DemandeRow.objects.filter(organisme__in=[filters.organisme] if filters.organisme else bodies)
    if filters.pour:
        rows = rows.filter(pris_par=user if filters.pour == "moi" else "")
    if filters.departement:
        rows = rows.filter(departement=filters.departement)
    if filters.mineur:
        rows = rows.filter(date_naissance__gt=majority_before(desk.today))
    rows = _starting(rows, filters.debut, desk)
    return search(rows, joined_digits(text)) if text else rows


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


_ORDERS: Mapping[str, tuple[Any, ...]] = {
    "urgence": (F("date_debut").asc(nulls_last=True), "envoyee_le"),
    "attente": ("envoyee_le",),
    "recentes": ("-envoyee_le",),
}


def open_queue(filters: Filters, bodies: Sequence[str], user: str, text: str, desk: Desk) -> Queue:
    """One page of the list. Identifiers are sorted first: whole rows are read for one page only."""
    rows = filtered(filters, bodies, user, text, desk)
    counts = {
        Statut(line["statut"]): line["nombre"] for line in rows.values("statut").annotate(nombre=Count("*")).order_by()
    }
    wanted = GROUPS[filters.statut]
    total = sum(counts.get(statut, 0) for statut in wanted)
    start = (filters.page - 1) * PAGE
    ids = list(
        rows.filter(statut__in=wanted)
        .order_by(*_ORDERS[filters.tri], "pk")
        .values_list("pk", flat=True)[start : start + PAGE]
    )
    found = DemandeRow.objects.in_bulk(ids)
    page = [found[pk] for pk in ids if pk in found]
    earlier = law.earlier_of(page)
    return Queue(
        tuple(line(row, desk, earlier) for row in page),
        total,
        max(1, -(-total // PAGE)),
        {name: sum(counts.get(statut, 0) for statut in group) for name, group in GROUPS.items()},
    )


def line(row: Any, desk: Desk, earlier: Sequence[Any]) -> Line:
    """What the list says of a demande."""
    answers = row.answers
    name = f"{answers.get('prenom') or ''} {answers.get('nom') or ''}".strip()
    return Line(
        row=row,
        nom=name or "Nom non donné",
        statut=shown.STATUTS[Statut(row.statut)],
        organisme=desk.body_name(row.organisme),
        urgence=urgency(row.date_debut, row.statut, desk),
        attente=waiting(row.envoyee_le, desk),
        alertes=law.alerts(row, desk, earlier),
    )


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
