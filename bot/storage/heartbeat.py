"""Signs of life of each part of the program, for the status page and a monitor."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q

from bot.storage.connection import patient, writing
from bot.storage.inbox import ASIDE
from bot.storage.models import Heartbeat, Outgoing, Update


@patient
def beat(role: str, now: datetime, detail: Mapping[str, Any] | None = None) -> None:
    """`role` (intake, worker, sender, sweeper…) is alive; `detail` holds figures, never content."""
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
