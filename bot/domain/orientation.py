"""Who receives what: a person's situation in, one body out, with the rule that decided."""

from dataclasses import dataclass
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
    """A source by title and address."""

    titre: str
    url: str


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
