"""A demande: what a person asks for, where it goes, and the life it has on a counsellor's desk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.champs import Champ as Champ  # noqa: PLC0414 - a demande is read with its fields
from bot.domain.reponses import Reponses
from bot.domain.session import Json


class Statut(StrEnum):
    """Where a demande stands on the desk."""

    NOUVELLE = "nouvelle"
    PRISE_EN_CHARGE = "prise-en-charge"
    A_COMPLETER = "a-completer"
    COMPLETEE = "completee"
    PRETE = "prete-a-conventionner"
    CONVENTIONNEE = "conventionnee"
    REFUSEE = "refusee"
    ANNULEE = "annulee"
    SANS_SUITE = "sans-suite"


class Role(StrEnum):
    """What a member of a body may do; `personne` is the applicant, `systeme` a scheduled task."""

    LECTURE = "lecture"
    CONSEILLER = "conseiller"
    VALIDEUR = "valideur"
    RESPONSABLE = "responsable"
    PERSONNE = "personne"
    SYSTEME = "systeme"


@dataclass(frozen=True, slots=True)
class Transition:
    """An allowed change of status: who may make it, and whether a reason must be given."""

    source: Statut
    target: Statut
    roles: frozenset[Role]
    motif: bool = False


_TRAITANT = frozenset({Role.CONSEILLER, Role.VALIDEUR, Role.RESPONSABLE})
_VALIDANT = frozenset({Role.VALIDEUR, Role.RESPONSABLE})
_PERSONNE = frozenset({Role.PERSONNE})

OUVERTS = (Statut.NOUVELLE, Statut.PRISE_EN_CHARGE, Statut.A_COMPLETER, Statut.COMPLETEE, Statut.PRETE)
"""Statuses in which somebody still has something to do."""

CLOS = (Statut.CONVENTIONNEE, Statut.REFUSEE, Statut.ANNULEE, Statut.SANS_SUITE)
"""Final statuses."""

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Statut.NOUVELLE, Statut.PRISE_EN_CHARGE, _TRAITANT),
    Transition(Statut.PRISE_EN_CHARGE, Statut.A_COMPLETER, _TRAITANT, motif=True),
    Transition(Statut.COMPLETEE, Statut.A_COMPLETER, _TRAITANT, motif=True),
    Transition(Statut.PRETE, Statut.A_COMPLETER, _TRAITANT, motif=True),
    Transition(Statut.A_COMPLETER, Statut.COMPLETEE, _PERSONNE | _TRAITANT),
    Transition(Statut.PRISE_EN_CHARGE, Statut.PRETE, _TRAITANT),
    Transition(Statut.COMPLETEE, Statut.PRETE, _TRAITANT),
    Transition(Statut.PRETE, Statut.CONVENTIONNEE, _VALIDANT),
    *(Transition(source, Statut.REFUSEE, _TRAITANT, motif=True) for source in OUVERTS),
    *(Transition(source, Statut.SANS_SUITE, _TRAITANT | {Role.SYSTEME}, motif=True) for source in OUVERTS),
    *(Transition(source, Statut.ANNULEE, _PERSONNE | _TRAITANT, motif=True) for source in OUVERTS),
    Transition(Statut.CONVENTIONNEE, Statut.ANNULEE, _VALIDANT, motif=True),
    *(Transition(source, Statut.PRISE_EN_CHARGE, _VALIDANT, motif=True) for source in CLOS),
)


def transition(source: Statut, target: Statut) -> Transition | None:
    """The row of the table for this change, or None where the table has none."""
    return next((row for row in TRANSITIONS if (row.source, row.target) == (source, target)), None)


@dataclass(frozen=True, slots=True)
class Changement:
    """One field changed after sending: what it was, what it is (None: absent)."""

    champ: str
    avant: Json
    apres: Json


@dataclass(frozen=True, slots=True)
class Evenement:
    """Something that happened to a demande; never edited. `auteur` is a user name, or a `Role` value."""

    at: datetime
    auteur: str
    quoi: str
    """envoyee | statut | modifiee | transferee | attribuee | rappel | annulation | note | message | effacee …"""
    motif: str = ""
    de: str = ""
    vers: str = ""
    changements: tuple[Changement, ...] = ()


@dataclass(frozen=True, slots=True)
class Demande:
    """A sent request. `answers` are canonical values by `Champ`; `orientation` explains the body."""

    id: str
    """UUID, opaque; the human reference is `numero`."""
    numero: str
    chat: int
    organisme: str
    answers: Mapping[str, Json]
    envoyee_le: datetime
    statut: Statut = Statut.NOUVELLE
    version: int = 1
    dispositif: str = "pmsmp"
    orientation: Mapping[str, Json] = field(default_factory=dict)
    """{"regle", "motif", "motif_conseiller", "alternatives", "missing"}."""
    a_completer: tuple[str, ...] = ()
    """The fields a counsellor asked for, while `statut` is A_COMPLETER."""
    evenements: tuple[Evenement, ...] = ()

    @property
    def reponses(self) -> Reponses:
        """The answers, typed."""
        return Reponses(self.answers)

    def iso_date(self, champ: Champ) -> date | None:
        """The date stored under `champ`, or None."""
        return self.reponses.day(champ)
