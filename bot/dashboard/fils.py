"""Threads: one a person and a body, named after the person, those who wait first, what was heard of a danger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from bot.dashboard.desk import PARIS, Desk
from bot.dashboard.dossier import Said, recent, said
from bot.dashboard.health import span
from bot.dashboard.history import told
from bot.dashboard.portee import Portee
from bot.domain.demande import Role
from bot.storage.models import DemandeRow, EvenementRow, HandoffRow, RelayedMessage
from bot.storage.records import event_of

PAGE = 25
EXCERPT = 90
LATEST, LETTERS = 100, 20_000
"""How many messages a thread shows at once, and how many letters of them; the older ones are a link away."""

TABS: Mapping[str, str] = {"a-repondre": "À répondre", "en-cours": "En cours", "terminees": "Terminées"}

DANGERS: Mapping[str, str] = {
    "suicide": "pense au suicide",
    "accident": "parle d'un accident",
    "violence": "parle de violences",
    "enfance": "parle d'un enfant en danger",
    "danger": "se dit en danger",
}
"""What was heard, as the desk says it: never the words themselves."""

_WAITS = Q(closed_at=None) & (Q(attend_depuis__isnull=False) | Q(taken_at=None) | Q(danger__gt="", danger_vu_at=None))
_FILTERS: Mapping[str, Q] = {
    "a-repondre": _WAITS,
    "en-cours": Q(closed_at=None) & ~_WAITS,
    "terminees": Q(closed_at__isnull=False),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thread in the list."""

    row: Any
    nom: str
    organisme: str
    danger: str
    attend: str
    """How long the person has waited; empty when it is their turn."""
    dernier: str
    dernier_de: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of threads, and how many are in each tab."""

    lignes: tuple[Line, ...]
    par_onglet: Mapping[str, int]
    pages: int


def listing(tab: str, number: int, bodies: Sequence[str], desk: Desk, portee: Portee) -> Listing:
    """One page of a tab: danger first, then the urgent, then those who wait longest."""
    rows: Any = portee.threads(HandoffRow.objects.filter(organisme__in=bodies))
    counts = rows.aggregate(**{name.replace("-", "_"): Count("pk", filter=one) for name, one in _FILTERS.items()})
    total = counts[tab.replace("-", "_")]
    start = (number - 1) * PAGE
    if tab == "terminees":
        order: tuple[Any, ...] = (F("closed_at").desc(), "-pk")
    else:
        order = ("-unread", "-urgent", Coalesce("attend_depuis", "opened_at"), "pk")
    unread = Q(danger__gt="", danger_vu_at=None)
    ids = list(
        rows.filter(_FILTERS[tab])
        .annotate(unread=unread)
        .order_by(*order)
        .values_list("pk", flat=True)[start : start + PAGE]
    )
    return Listing(
        lines(ids, bodies, desk),
        {name: counts[name.replace("-", "_")] for name in TABS},
        max(1, -(-total // PAGE)),
    )


def lines(ids: Sequence[int], bodies: Sequence[str], desk: Desk) -> tuple[Line, ...]:
    """What the list says of these threads, in three queries."""
    last = RelayedMessage.objects.filter(chat=OuterRef("chat"), organisme=OuterRef("organisme")).order_by("-at", "-id")
    found = HandoffRow.objects.filter(pk__in=ids).annotate(
        auteur=Subquery(last.values("auteur")[:1]), texte=Subquery(last.values("texte")[:1])
    )
    known = {row.pk: row for row in found}
    names = names_of(known.values(), bodies)
    return tuple(_line(known[pk], names[pk], desk) for pk in ids if pk in known)


def _line(row: Any, nom: str, desk: Desk) -> Line:
    since = row.attend_depuis or (row.opened_at if row.taken_at is None else None)
    text = " ".join((row.texte or "").split())
    author = "la personne" if row.auteur == Role.PERSONNE else row.auteur or ""
    return Line(
        row=row,
        nom=nom,
        organisme=desk.body_name(row.organisme),
        danger=danger(row),
        attend=span(desk.clock.now() - since) if since and row.closed_at is None else "",
        dernier=text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1]}…",
        dernier_de=author,
    )


def names_of(rows: Iterable[Any], bodies: Sequence[str]) -> Mapping[int, str]:
    """The person of each thread, by pk: from the last demande that one may see, else from the draft, else nobody."""
    threads = list(rows)
    # By chat alone, and sorted here: otherwise the database walks through the bodies' whole queues.
    sent = DemandeRow.objects.filter(chat__in={row.chat for row in threads})
    known = [row for row in sent.only("chat", "answers", "organisme", "envoyee_le") if row.organisme in bodies]
    told_names = {row.chat: _name(row.answers) for row in sorted(known, key=lambda one: one.envoyee_le)}
    return {row.pk: told_names.get(row.chat) or _drafted(row.brouillon) for row in threads}


def _name(answers: Mapping[str, Any]) -> str:
    return f"{answers.get('prenom') or ''} {answers.get('nom') or ''}".strip()


def _drafted(draft: Any) -> str:
    known = draft if isinstance(draft, dict) else {}
    place = known.get("commune") or known.get("lieu")
    where = str(place.get("departement") or "") if isinstance(place, dict) else ""
    return _name(known) or f"Personne sans demande{f', {where}' if where else ''}"


def danger(row: Any) -> str:
    """What was heard, when, and what was answered; empty where nothing was."""
    if not row.danger:
        return ""
    heard = DANGERS.get(row.danger, "se dit en danger")
    when = f"{row.danger_at.astimezone(PARIS):%d/%m à %H:%M}" if row.danger_at else ""
    said_back = f"le {row.danger_dit} lui a été donné" if row.danger_dit else "les numéros d'urgence lui ont été donnés"
    return f"A écrit qu'elle {heard}, le {when} ; {said_back}."


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing in a thread: words, or something that happened to a demande."""

    at: datetime
    dit: Said | None
    fait: str = ""
    numero: str = ""


def pieces(
    row: Any, bodies: Sequence[str], desk: Desk, portee: Portee, *, everything: bool = False
) -> tuple[tuple[Piece, ...], int]:
    """Messages and what happened meanwhile, oldest first; and how many older messages are left out."""
    limit = None if everything else LATEST
    found = said(row.chat, row.organisme, latest=limit)
    kept = found if everything else recent(found, LETTERS)
    words = [Piece(one.at, one) for one in kept]
    left = 0
    if len(found) == limit or len(kept) < len(found):
        left = RelayedMessage.objects.filter(chat=row.chat, organisme=row.organisme).count() - len(kept)
    kinds = ("envoyee", "statut", "transferee", "modifiee")
    events = EvenementRow.objects.filter(demande__chat=row.chat, demande__organisme__in=bodies, quoi__in=kinds)
    events = portee.rows(events, "demande__")
    facts = [_fact(one, desk) for one in events.select_related("demande").order_by("-id")[:LATEST]]
    if left and words:
        facts = [one for one in facts if one.at >= words[0].at]
    return tuple(sorted([*words, *facts], key=lambda one: one.at)), left


def _fact(row: Any, desk: Desk) -> Piece:
    event = event_of(row)
    return Piece(event.at, None, told(event, desk), row.demande.numero)
