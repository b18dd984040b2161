"""Signs of life of each part of the program, for the status page and a monitor."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.db.models import Count, Min, Q

from bot.storage.connection import patient, writing
from bot.storage.inbox import ASIDE
from bot.storage.models import Heartbeat, Outgoing, Update

UNWRITTEN = "ecriture"
"""The database takes nothing: read-only, full, or gone."""

failing: dict[str, datetime] = {}
"""What this process cannot do now, and since when. Its next heartbeat tells it; its own status page looks here too."""


def note(code: str, now: datetime, *, well: bool) -> None:
    """Something worked, or did not: the first failure of a row is the one that counts."""
    if well:
        failing.pop(code, None)
    else:
        failing.setdefault(code, now)


def beat(role: str, now: datetime, detail: Mapping[str, Any] | None = None) -> None:
    """`role` (intake, worker, sender, sweeper…) is alive; `detail` holds figures, never content.

    Raises DatabaseError where it cannot be written, and keeps since when.
    """
    try:
        _written(role, now, detail)
    except DatabaseError:
        note(UNWRITTEN, now, well=False)
        raise
    note(UNWRITTEN, now, well=True)


@patient
def _written(role: str, now: datetime, detail: Mapping[str, Any] | None) -> None:
    values = {"at": now, "detail": dict(detail or {})}
    with writing():
        Heartbeat.objects.update_or_create(role=role[:20], defaults=values)


def pages_address() -> str:
    """Where the pages listened when the part that serves them last showed it was alive; empty: nobody knows."""
    detail = Heartbeat.objects.filter(role="web").values_list("detail", flat=True).first() or {}
    return str(detail.get("adresse", ""))


@patient
def queues(now: datetime) -> dict[str, Any]:
    """How much waits and for how many seconds, on both sides, and what could not be delivered."""
    pending = Update.objects.filter(done_at__isnull=True).aggregate(n=Count("id"), oldest=Min("received_at"))
    waiting = Q(etat=Outgoing.Etat.A_ENVOYER)
    out = Outgoing.objects.aggregate(
        n=Count("id", filter=waiting),
        oldest=Min("created_at", filter=waiting),
        failed=Count("id", filter=Q(etat=Outgoing.Etat.NON_REMIS)),
    )
    aside = Update.objects.exclude(error="").filter(error__startswith=ASIDE).count()
    return {
        "a_traiter": pending["n"],
        "a_traiter_secondes": _age(pending["oldest"], now),
        "a_envoyer": out["n"],
        "a_envoyer_secondes": _age(out["oldest"], now),
        "non_remis": out["failed"],
        "mis_de_cote": aside,
    }


def _age(oldest: datetime | None, now: datetime) -> float:
    return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
