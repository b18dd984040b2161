"""Who works in a body: who may be given a demande, who is away, who covers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.dashboard.desk import TRIAGE
from bot.dashboard.models import Membership
from bot.dashboard.rights import TRAITER
from bot.domain.demande import Role

_ACTING = [role.value for role in TRAITER]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may act in a body; `absent` says until when, and who covers."""

    nom: str
    absent: str


def acting(organismes: Iterable[str]) -> Sequence[Any]:
    """The memberships of those who may act in these bodies, with what they prefer: one query."""
    rows = Membership.objects.filter(organisme__in=set(organismes), role__in=_ACTING, user__is_active=True)
    return list(rows.select_related("user__preference__remplacant").order_by("user__username"))


def preference(user: Any) -> Any:
    """What this member prefers, or None where nothing was chosen."""
    return getattr(user, "preference", None)


def away(user: Any, today: date) -> bool:
    """Whether this member said to be away today."""
    known = preference(user)
    return bool(known and known.absent_du and known.absent_du <= today <= (known.absent_au or known.absent_du))


def cover(user: Any) -> Any | None:
    """Who covers this member, or None."""
    known = preference(user)
    return known.remplacant if known else None


def serving(rows: Iterable[Any], bureau: str) -> list[Any]:
    """Those of these memberships who see what this office receives; all of them where it is served by nobody."""
    known = list(rows)
    return [row for row in known if not bureau or not row.bureaux or bureau in row.bureaux] or known


def team(organisme: str, bureau: str, today: date) -> tuple[Colleague, ...]:
    """The people who may be given something of this office of a body, those away marked."""
    rows = serving(acting([organisme]), bureau)
    return tuple(Colleague(row.user.get_username(), _absence(row.user, today)) for row in rows)


def _absence(user: Any, today: date) -> str:
    if not away(user, today):
        return ""
    until, instead = preference(user).absent_au, cover(user)
    said = f"absent jusqu'au {until:%d/%m}" if until else "absent"
    return f"{said}, remplacé par {instead.get_username()}" if instead else said


def colleagues(organisme: str, bureau: str, roles: Mapping[str, Role], user: str) -> frozenset[str]:
    """The names a demande of this office of a body may be given to; in the triage queue, oneself alone."""
    if organisme == TRIAGE and TRIAGE not in roles:
        return frozenset({user})
    return frozenset(row.user.get_username() for row in serving(acting([organisme]), bureau))
