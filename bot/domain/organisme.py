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
    """A local office that a deployment lists."""

    nom: str
    departements: frozenset[str]
    telephone: str = ""
    email: str = ""
    adresse: str = ""
    horaires: str = ""


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
