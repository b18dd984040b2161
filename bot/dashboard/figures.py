"""The figures of the desk: tables first; plots draw the same numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Sum

from bot.dashboard import workdays
from bot.dashboard.desk import PARIS, Desk
from bot.dashboard.shown import STATUTS
from bot.domain.demande import Statut
from bot.storage.models import Compte, DemandeRow, Lacune

DUREES = {"4": "4 semaines", "12": "12 semaines", "26": "26 semaines", "52": "52 semaines"}

Cells = tuple[str | float, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One figure: its title, the heads of its columns, its lines (label first), and how it is drawn."""

    cle: str
    titre: str
    tetes: tuple[str, ...]
    lignes: tuple[Cells, ...]
    dessin: str = "barres"
    """barres: horizontal bars · empilees: stacked columns over time · liste: words, which no bar helps to read."""
    note: str = ""
    vide: str = "Rien sur cette période."
    """What is said where there is no line."""

    @property
    def cases(self) -> tuple[tuple[tuple[str, str | float], ...], ...]:
        """The lines with each cell under its head: a phone shows one below the other."""
        return tuple(tuple(zip(self.tetes, ligne, strict=True)) for ligne in self.lignes)


@dataclass(frozen=True, slots=True)
class Period:
    """What the figures cover."""

    semaines: str
    organisme: str
    organismes: tuple[str, ...]
    debut: date
    fin: date

    def query(self) -> str:
        """The address's query for this period."""
        return urlencode({"semaines": self.semaines, "organisme": self.organisme})

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the first Monday at midnight in Paris to the end of today."""
        return _midnight(self.debut), _midnight(self.fin + timedelta(days=1))

    @property
    def lundis(self) -> tuple[date, ...]:
        """The Mondays of the period."""
        return tuple(self.debut + timedelta(weeks=number) for number in range(int(self.semaines)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS)


def read_period(query: Mapping[str, str], bodies: tuple[str, ...], desk: Desk) -> Period:
    """The period and body of an address; a value that is not offered is ignored."""
    weeks = query.get("semaines", "12")
    weeks = weeks if weeks in DUREES else "12"
    body = query.get("organisme", "")
    body = body if body in bodies else ""
    monday = desk.today - timedelta(days=desk.today.weekday())
    start = monday - timedelta(weeks=int(weeks) - 1)
    return Period(weeks, body, (body,) if body else bodies, start, desk.today)


def tables(period: Period, desk: Desk) -> tuple[Table, ...]:
    """Every figure, in a constant number of queries."""
    rows = _rows(period)
    kinds = list(rows.values("statut", "metier", "organisme").annotate(nombre=Count("*")).order_by())
    return (
        _per_week(period, rows, desk),
        _outcomes(kinds),
        _signed(kinds, desk),
        *_delays(period, desk),
        _trades(kinds),
        *_questions(period),
    )


def _rows(period: Period) -> Any:
    return DemandeRow.objects.filter(organisme__in=period.organismes, envoyee_jour__range=(period.debut, period.fin))


def _per_week(period: Period, rows: Any, desk: Desk) -> Table:
    """One query whatever the number of weeks: days are counted, and put together here."""
    found: dict[str, Counter[date]] = {}
    for slug, day, number in rows.values_list("organisme", "envoyee_jour").annotate(nombre=Count("*")).order_by():
        found.setdefault(slug, Counter())[day - timedelta(days=day.weekday())] += number
    bodies = sorted(found, key=desk.body_name)
    lines: tuple[Cells, ...] = tuple(
        (f"{day:%d/%m/%Y}", *(found[slug][day] for slug in bodies)) for day in period.lundis
    )
    heads = ("Semaine du", *(desk.body_name(slug) for slug in bodies))
    return Table("semaines", "Demandes reçues par semaine et par organisme", heads, lines if bodies else (), "empilees")


def _outcomes(kinds: Sequence[Mapping[str, Any]]) -> Table:
    found = _summed(kinds, "statut")
    lines = tuple((name, found[statut.value]) for statut, name in STATUTS.items() if found)
    total, signed = sum(found.values()), found[Statut.CONVENTIONNEE.value]
    note = f"{signed} sur {total} ont une convention signée, soit {round(100 * signed / total)} %." if total else ""
    return Table("issues", "Où en sont ces demandes", ("Statut", "Demandes"), lines, note=note)


_LOST = (Statut.REFUSEE, Statut.ANNULEE, Statut.SANS_SUITE)


def _signed(kinds: Sequence[Mapping[str, Any]], desk: Desk) -> Table:
    """What became of the closed demandes of each body."""
    closed: dict[str, Counter[str]] = {}
    for line in kinds:
        if Statut(line["statut"]) in (Statut.CONVENTIONNEE, *_LOST):
            closed.setdefault(line["organisme"], Counter())[line["statut"]] += line["nombre"]
    shown = (Statut.CONVENTIONNEE, *_LOST)
    lines: tuple[Cells, ...] = tuple(
        (desk.body_name(slug), *(closed[slug][statut.value] for statut in shown))
        for slug in sorted(closed, key=desk.body_name)
    )
    heads = ("Organisme", *(STATUTS[statut] for statut in shown))
    return Table(
        "suites",
        "Suites données, par organisme",
        heads,
        lines,
        "tableau",
        vide="Aucune demande close sur cette période.",
    )


def _summed(kinds: Sequence[Mapping[str, Any]], column: str) -> Counter[str]:
    total: Counter[str] = Counter()
    for line in kinds:
        total[line[column]] += line["nombre"]
    return total


_DELAYS = (
    "le jour même",
    "1 jour ouvré",
    "2 jours ouvrés",
    "3 jours ouvrés",
    "4 ou 5 jours ouvrés",
    "plus de 5 jours ouvrés",
)


_STEPS = {
    "prise_jour": ("delais", "Délai avant la prise en charge"),
    "signee_jour": ("signature", "Délai avant la convention signée"),
}


def _delays(period: Period, desk: Desk) -> Iterable[Table]:
    """Working days from sending to the first hand, and to the signature: from the days kept with each demande."""
    rows = _rows(period)
    for column, (key, title) in _STEPS.items():
        told = rows.filter(**{f"{column}__isnull": False}).values_list("envoyee_jour", column)
        pairs = told.annotate(nombre=Count("*")).order_by()
        yield _delay(key, title, {(sent, at): number for sent, at, number in pairs}, desk)


def _delay(key: str, title: str, pairs: Mapping[tuple[date, date], int], desk: Desk) -> Table:
    buckets: Counter[str] = Counter()
    every: Counter[int] = Counter()
    for (sent, at), number in pairs.items():
        days = max(0, workdays.working_days(sent, at, desk.formats.holidays))
        every[days] += number
        buckets[_bucket(days)] += number
    lines = tuple((name, buckets[name]) for name in _DELAYS if buckets)
    half = _median(every)
    note = f"Délai médian : {half} jour{'s' if half > 1 else ''} ouvré{'s' if half > 1 else ''}." if every else ""
    return Table(key, title, ("Délai", "Demandes"), lines, note=note)


def _bucket(days: int) -> str:
    return _DELAYS[days] if days <= 3 else _DELAYS[4] if days <= 5 else _DELAYS[5]


def _median(counts: Counter[int]) -> int:
    half, seen = sum(counts.values()) / 2, 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= half:
            return value
    return 0


def _trades(kinds: Sequence[Mapping[str, Any]]) -> Table:
    """The ten most asked for; trades asked for by fewer than three people stay out: they could name somebody."""
    found = _summed([line for line in kinds if line["metier"]], "metier")
    often = sorted(((name, number) for name, number in found.items() if number >= 3), key=lambda one: (-one[1], one[0]))
    note = "À partir de trois demandes pour un même métier."
    none = "Moins de trois demandes par métier : non affiché, pour ne désigner personne."
    vide = none if found else "Rien sur cette période."
    return Table(
        "metiers", "Métiers les plus demandés", ("Métier", "Demandes"), tuple(often[:10]), note=note, vide=vide
    )


REASONS = {
    "out_of_scope": "hors sujet",
    "not_in_base": "absente de la base",
    "unsafe": "demande dangereuse",
    "opinion": "demande d'opinion",
    "personal_data": "données personnelles",
    "other_language": "autre langue",
}


def _questions(period: Period) -> Iterable[Table]:
    """Questions to the bot, for the whole service: no body owns them."""
    counted = (
        Compte.objects.filter(jour__range=(period.debut, period.fin))
        .values("quoi", "categorie")
        .annotate(total=Sum("nombre"))
        .order_by("-total")
    )
    found: dict[str, list[tuple[str, int]]] = {}
    for line in counted:
        found.setdefault(line["quoi"], []).append((line["categorie"], line["total"]))
    answered = sum(number for _, number in found.get("reponse", ()))
    refused = found.get("refus", [])
    lines: Sequence[Cells] = ([("avec une réponse", answered)] if answered else []) + [
        (f"sans réponse : {REASONS.get(name, name)}", number) for name, number in refused
    ]
    yield Table("questions", "Questions posées au service", ("Question", "Nombre"), tuple(lines))
    opinions = tuple(
        ("utile" if name == "utile" else f"pas utile : {_why(name)}", number) for name, number in found.get("avis", ())
    )
    yield Table("avis", "Avis sur les réponses", ("Avis", "Nombre"), opinions)
    gaps = Lacune.objects.filter(at__range=period.moments).exclude(question="").values("question")
    asked = gaps.annotate(nombre=Count("*"), raisons=F("raison")).order_by("-nombre", "question")[:10]
    yield Table(
        "lacunes",
        "Questions restées sans réponse",
        ("Question", "Nombre"),
        tuple((line["question"], line["nombre"]) for line in asked),
        "liste",
    )


def _why(name: str) -> str:
    return name.removeprefix("inutile").strip() or "sans précision"
