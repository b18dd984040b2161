"""Public bodies that receive demandes, and how to reach them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a body: only what a source backs; empty where nothing does."""

    telephone: str = ""
    site: str = ""
    annuaire: str = ""
    """Where to find the local office."""
    note: str = ""
    source: str = ""
    verifie_le: date | None = None


@dataclass(frozen=True, slots=True)
class Bureau:
    """A local office: listed by hand in organismes.yaml, or imported from the public directory."""

    nom: str
    departements: frozenset[str]
    telephone: str = ""
    email: str = ""
    adresse: str = ""
    horaires: str = ""
    id: str = ""
    """Stable from one import to the next: `mission-locale:69091S00`."""
    reseau: str = ""
    """The slug of its body in organismes.yaml."""
    autres_noms: tuple[str, ...] = ()
    code_postal: str = ""
    commune: str = ""
    code_insee: str = ""
    url: str = ""
    communes: frozenset[str] = frozenset()
    """Insee codes of the communes that it serves, where the directory says so."""

    @property
    def departement(self) -> str:
        """Its département, or the first where it covers several."""
        return min(self.departements, default="")


@dataclass(frozen=True, slots=True)
class Organisme:
    """A body: `peut_conventionner` for a PMSMP; `agency_kind` is Immersion Facilitée's enum value or empty."""

    slug: str
    nom: str
    contact: Contact
    peut_conventionner: bool
    agency_kind: str = ""
    bureaux: tuple[Bureau, ...] = ()
    ferme_le: date | None = None


@dataclass(frozen=True, slots=True)
class Entreprise:
    """A host as the public register knows it: `ouverte` is False once it has ceased."""

    siret: str
    nom: str
    adresse: str
    ouverte: bool
    categorie: str = ""
    """Its legal category (Insee, four digits), empty where the register does not give it."""
