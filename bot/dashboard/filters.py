"""The queue's filters, as an address carries them: never a name, never a number of a person (ADR 0032)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from bot.domain.demande import CLOS, OUVERTS, Statut
from bot.domain.places import DEPARTEMENTS

A_TRAITER = (Statut.NOUVELLE, Statut.PRISE_EN_CHARGE, Statut.COMPLETEE, Statut.PRETE)
"""A counsellor has the next move; in A_COMPLETER the person has it."""

GROUPS: Mapping[str, tuple[Statut, ...]] = {
    "a-traiter": A_TRAITER,
    "ouvertes": OUVERTS,
    "closes": CLOS,
    "toutes": tuple(Statut),
    "de-cote": OUVERTS,
    **{statut.value: (statut,) for statut in Statut},
}

ATTRIBUTIONS = {"": "tout le monde", "moi": "moi", "personne": "personne"}
DEBUTS = {"": "n'importe quand", "passe": "déjà passé", "3": "3 jours ouvrés ou moins", "5": "5 jours ouvrés ou moins",
          "30": "30 jours ou moins", "sans": "sans date"}  # fmt: skip
TRIS = {"urgence": "date de début", "attente": "attente la plus longue", "recentes": "les plus récentes"}
PAGE = 25

SET_ASIDE: Mapping[str, bool] = {"a-traiter": False, "de-cote": True}
"""Groups that look at whether a demande is set aside until a day; the others show both."""


NO_OFFICE = "sans"
"""The network's own queue: demandes that name no office."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list shows. Each value is one of a closed list, so that an address cannot carry anything else."""

    statut: str = "a-traiter"
    organisme: str = ""
    pour: str = ""
    debut: str = ""
    departement: str = ""
    bureau: str = ""
    """The identifier of a local office, or NO_OFFICE."""
    mineur: bool = False
    tri: str = "urgence"
    page: int = 1

    def query(self, **changes: Any) -> str:
        """The address's query for these filters, changed; defaults are left out."""
        wanted, plain = replace(self, **({"page": 1} | changes)), Filters()
        pairs = {name: getattr(wanted, name) for name in self.__slots__}
        return urlencode({name: _written(value) for name, value in pairs.items() if value != getattr(plain, name)})


def _written(value: Any) -> Any:
    return "oui" if value is True else value


def read_filters(query: Mapping[str, str], bodies: tuple[str, ...], offices: Collection[str] = ()) -> Filters:
    """The filters of an address; a value that is not in its list is ignored. `offices`: those that hold a demande."""

    def one(name: str, allowed: Any, default: str) -> str:
        value = query.get(name, default)
        return value if value in allowed else default

    page = query.get("page", "1")
    return Filters(
        statut=one("statut", GROUPS, "a-traiter"),
        organisme=one("organisme", bodies, ""),
        pour=one("pour", ATTRIBUTIONS, ""),
        debut=one("debut", DEBUTS, ""),
        departement=one("departement", DEPARTEMENTS, ""),
        bureau=one("bureau", {*offices, NO_OFFICE}, ""),
        mineur=query.get("mineur") == "oui",
        tri=one("tri", TRIS, "urgence"),
        page=int(page) if page.isdecimal() and len(page) < 6 and int(page) else 1,
    )


def majority_before(today: date) -> date:
    """Born after this day: under 18 today. 29 February turns 18 on 1 March."""
    try:
        return today.replace(year=today.year - 18)
    except ValueError:
        return today.replace(year=today.year - 18, day=28) + timedelta(days=1)
