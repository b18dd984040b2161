"""Who receives what: a person's situation in, one body out, with the rule that decided."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SuiviPar(StrEnum):
    """Who already follows the person."""

    FRANCE_TRAVAIL = "france-travail"
    MISSION_LOCALE = "mission-locale"
    CAP_EMPLOI = "cap-emploi"
    CONSEIL_DEPARTEMENTAL = "conseil-departemental"
    STRUCTURE_IAE = "structure-iae"
    OPERATEUR_CEP = "operateur-cep"
    AUTRE = "autre"
    AUCUN = "aucun"
    NE_SAIT_PAS = "ne-sait-pas"


class Situation(StrEnum):
    """What the person does today."""

    DEMANDEUR_EMPLOI = "demandeur-emploi"
    SANS_ACTIVITE = "sans-activite"
    ETUDIANT = "etudiant"
    LYCEEN = "lyceen"
    ALTERNANT = "alternant"
    STAGIAIRE_FORMATION = "stagiaire-formation"
    JEUNE_DIPLOME = "jeune-diplome"
    SALARIE_PRIVE = "salarie-prive"
    SALARIE_INSERTION = "salarie-insertion"
    SALARIE_ETTI = "salarie-etti"
    CONTRAT_AIDE = "contrat-aide"
    FONCTIONNAIRE = "fonctionnaire"
    CONTRACTUEL_PUBLIC = "contractuel-public"
    INDEPENDANT = "independant"
    ESAT = "esat"
    ENTREPRISE_ADAPTEE = "entreprise-adaptee"
    RETRAITE = "retraite"
    CONGE_PARENTAL = "conge-parental"
    ARRET_MALADIE = "arret-maladie"
    CSP = "csp"


EMPLOYED = frozenset(
    {
        Situation.SALARIE_PRIVE,
        Situation.SALARIE_INSERTION,
        Situation.SALARIE_ETTI,
        Situation.CONTRAT_AIDE,
        Situation.CONTRACTUEL_PUBLIC,
        Situation.FONCTIONNAIRE,
        Situation.ENTREPRISE_ADAPTEE,
        Situation.ALTERNANT,
    }
)
"""Situations with an employer, whose agreement counts on working time (Code du travail, D5135-1)."""


class Handicap(StrEnum):
    """Whether the person says they have a recognised disability; never asked twice, never a condition."""

    OUI = "oui"
    NON = "non"
    NON_PRECISE = "non-precise"


@dataclass(frozen=True, slots=True)
class Profil:
    """What routing looks at; None where it is not known. `age` is in whole years at the start."""

    suivi_par: SuiviPar | None = None
    age: int | None = None
    situation: Situation | None = None
    handicap: Handicap | None = None
    rsa: bool | None = None
    inscrit_france_travail: bool | None = None
    cadre: bool | None = None
    inaptitude: bool | None = None
    veut_tester_esat: bool | None = None
    departement: str | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another door, and why."""

    organisme: str
    motif: str


@dataclass(frozen=True, slots=True)
class Lien:
    """A source by title and address, and the day somebody here read it."""

    titre: str
    url: str
    verifiee_le: date | None = None


@dataclass(frozen=True, slots=True)
class Orientation:
    """One body, the rule that gave it, one sentence for the person and one for the counsellor."""

    organisme: str
    dispositif: str
    regle: str
    motif: str
    motif_conseiller: str = ""
    alternatives: tuple[Alternative, ...] = ()
    sources: tuple[Lien, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ages:
    """Whole years, both ends included; None leaves an end open. `unknown` matches an age nobody knows."""

    low: int | None = None
    high: int | None = None
    unknown: bool = False

    def holds(self, age: int | None) -> bool:
        """Whether `age` is within."""
        if age is None or self.unknown:
            return self.unknown and age is None
        return (self.low is None or age >= self.low) and (self.high is None or age <= self.high)


@dataclass(frozen=True, slots=True)
class Condition:
    """What a row asks of a profile; a field left out asks nothing. None in `situations` means unknown."""

    ages: Ages | None = None
    situations: frozenset[Situation | None] | None = None
    suivi_par: frozenset[SuiviPar] | None = None
    handicap: frozenset[Handicap] | None = None
    booleens: tuple[tuple[str, bool], ...] = ()

    def holds(self, profil: Profil) -> bool:
        """Whether every asked thing is known and true of `profil`."""
        return (
            (self.ages is None or self.ages.holds(profil.age))
            and (self.situations is None or profil.situation in self.situations)
            and (self.suivi_par is None or profil.suivi_par in self.suivi_par)
            and (self.handicap is None or profil.handicap in self.handicap)
            and all(getattr(profil, name) is value for name, value in self.booleens)
        )


SUIVI = "suivi"
"""In a row: the body that follows the person."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """One row of the table: a condition, and what it decides."""

    id: str
    quand: Condition
    organisme: str
    dispositif: str
    motif: str
    motif_conseiller: str
    alternatives: tuple[Alternative, ...]
    sources: tuple[Lien, ...]
    demander: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRouter:
    """The `Router` port: the first row that holds decides; the last one holds for everybody."""

    lignes: tuple[Ligne, ...]
    suivi_autre: str = ""
    """Said first to a person followed by a structure that may hold a delegation (L5135-2, 5°)."""

    def route(self, profil: Profil) -> Orientation:
        """The body for `profil`; total, since the last row asks nothing."""
        ligne = next(row for row in self.lignes if row.quand.holds(profil))
        organisme = str(profil.suivi_par) if ligne.organisme == SUIVI else ligne.organisme
        autre = self.suivi_autre if profil.suivi_par is SuiviPar.AUTRE and ligne.dispositif == "pmsmp" else ""
        return Orientation(
            organisme=organisme,
            dispositif=ligne.dispositif,
            regle=ligne.id,
            motif=f"{autre} {ligne.motif}".strip(),
            motif_conseiller=ligne.motif_conseiller,
            alternatives=tuple(door for door in ligne.alternatives if door.organisme != organisme),
            sources=ligne.sources,
            missing=tuple(name for name in ligne.demander if getattr(profil, name) in (None, "ne-sait-pas")),
        )
