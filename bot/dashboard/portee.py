"""Which offices' demandes a member sees: those of one's own offices and of the network's queue; all of them otherwise."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from bot.dashboard.models import Membership
from bot.dashboard.rights import TRAITER
from bot.storage.models import DemandeRow

NETWORK = ""
"""The office of a demande that names none: the network's own queue."""

_ACTING = frozenset(role.value for role in TRAITER)


@dataclass(frozen=True, slots=True)
class Bureaux:
    """The offices that somebody sees in one body: these alone, or all but these."""

    noms: frozenset[str]
    sauf: bool = False

    def sees(self, bureau: str) -> bool:
        """Whether demandes of this office are seen; the network's queue always is."""
        return bureau == NETWORK or (bureau in self.noms) is not self.sauf


@dataclass(frozen=True, slots=True)
class Portee:
    """What one sees in the bodies where one's offices are named; a body that is not here is seen whole."""

    limites: Mapping[str, Bureaux] = field(default_factory=dict)

    def sees(self, organisme: str, bureau: str) -> bool:
        """Whether a demande of this office of this body is seen."""
        return organisme not in self.limites or self.limites[organisme].sees(bureau)

    def rows(self, found: Any, lien: str = "") -> Any:
        """These demandes, or what `lien` (« demande__ ») leads to them from, without those of other offices."""
        for organisme, known in self.limites.items():
            named = Q(**{f"{lien}bureau__in": known.noms})
            seen = ~named if known.sauf else named | Q(**{f"{lien}bureau": NETWORK})
            found = found.filter(~Q(**{f"{lien}organisme": organisme}) | seen)
        return found

    def threads(self, found: Any) -> Any:
        """These threads, without those of people whose last demande to the body is another office's."""
        if not self.limites:
            return found
        last = DemandeRow.objects.filter(chat=OuterRef("chat"), organisme=OuterRef("organisme"))
        office = Subquery(last.order_by("-envoyee_le").values("bureau")[:1])
        return self.rows(found.annotate(bureau=Coalesce(office, Value(NETWORK))))

    def sees_thread(self, row: Any) -> bool:
        """Whether this thread is among those that one sees."""
        return row.organisme not in self.limites or self.sees(row.organisme, office_of(row.chat, row.organisme))


TOUT = Portee()
"""Nobody's offices are named."""


def office_of(chat: int, organisme: str) -> str:
    """The office that this person's last demande to the body names."""
    sent = DemandeRow.objects.filter(chat=chat, organisme=organisme).order_by("-envoyee_le")
    return str(sent.values_list("bureau", flat=True).first() or NETWORK)


def portee_of(memberships: Iterable[Membership]) -> Portee:
    """What somebody with these memberships sees; one query more where offices are named."""
    mine = {row.organisme: frozenset(row.bureaux) for row in memberships if row.bureaux}
    if not mine:
        return TOUT
    everyone = Membership.objects.filter(organisme__in=mine, role__in=_ACTING, user__is_active=True)
    acting: dict[str, list[list[str]]] = {}
    for organisme, bureaux in everyone.values_list("organisme", "bureaux"):
        acting.setdefault(organisme, []).append(bureaux)
    return Portee({slug: _seen(offices, acting.get(slug, ())) for slug, offices in mine.items()})


def _seen(mine: frozenset[str], acting: Collection[list[str]]) -> Bureaux:
    """One's own offices; where nobody acts for the whole network, those that nobody serves too: none is forgotten."""
    if any(not bureaux for bureaux in acting):
        return Bureaux(mine)
    return Bureaux(frozenset().union(*acting) - mine, sauf=True)
