"""The fields of a demande: one row each, with everything that the form, the desk, the page and the checks ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Champ(StrEnum):
    """The fields of a demande, by slot name, in the order of the dialogue; `FIELDS` says what each holds."""

    SUIVI_PAR = "suivi_par"
    CONSEILLER = "conseiller"
    SITUATION = "situation"
    DATE_NAISSANCE = "date_naissance"
    COMMUNE = "commune"
    BUREAU = "bureau"
    BUREAU_ID = "bureau_id"
    HANDICAP = "handicap"
    RSA = "rsa"
    INSCRIT_FRANCE_TRAVAIL = "inscrit_france_travail"
    CADRE = "cadre"
    INAPTITUDE = "inaptitude"
    VEUT_TESTER_ESAT = "veut_tester_esat"
    OBJECTIF = "objectif"
    METIER = "metier"
    APPELLATION = "appellation"
    APPELLATION_CODE = "appellation_code"
    LIEU = "lieu"
    HOTE_CONNU = "hote_connu"
    ENTREPRISE = "entreprise"
    SIRET = "siret"
    HOTE_PUBLIC = "hote_public"
    HOTE_CATEGORIE = "hote_categorie"
    ADRESSE = "adresse"
    TUTEUR = "tuteur"
    TUTEUR_EMAIL = "tuteur_email"
    TUTEUR_TELEPHONE = "tuteur_telephone"
    DATE_DEBUT = "date_debut"
    DATE_FIN = "date_fin"
    HORAIRES = "horaires"
    ACTIVITES = "activites"
    PRENOM = "prenom"
    NOM = "nom"
    EMAIL = "email"
    TELEPHONE = "telephone"
    REPRESENTANT = "representant"
    REPRESENTANT_EMAIL = "representant_email"
    REPRESENTANT_TELEPHONE = "representant_telephone"
    SUR_TEMPS_TRAVAIL = "sur_temps_travail"
    EMPLOYEUR = "employeur"
    EMPLOYEUR_SIRET = "employeur_siret"
    EMPLOYEUR_EMAIL = "employeur_email"
    CONTRAT_DEBUT = "contrat_debut"
    CONTRAT_FIN = "contrat_fin"
    URGENCE_NOM = "urgence_nom"
    URGENCE_TELEPHONE = "urgence_telephone"
    AMENAGEMENTS = "amenagements"
    DEJA_ACCUEILLI = "deja_accueilli"
    ACCUEIL_DEBUT = "accueil_debut"
    ACCUEIL_FIN = "accueil_fin"
    SIGNATAIRE = "signataire"
    SIGNATAIRE_EMAIL = "signataire_email"
    SIGNATAIRE_TELEPHONE = "signataire_telephone"
    EQUIPEMENTS = "equipements"
    EQUIPEMENTS_PRECISION = "equipements_precision"
    SURVEILLANCE_MEDICALE = "surveillance_medicale"
    CONSENTEMENT = "consentement"


class Kind(StrEnum):
    """What a field holds, and in which stored form."""

    DATE = "date"
    """ISO day."""
    TEXT = "texte"
    NAME = "nom"
    """Text without figures: somebody's name."""
    YES_NO = "oui_non"
    """bool."""
    IF_KNOWN = "oui_non_inconnu"
    """One of `IF_KNOWN`: yes, no, or nobody knows yet."""
    CHOICE = "choix"
    """One of the values that prompts/demande.yaml labels under `choix`."""
    PLACE = "lieu"
    """{"nom", "code_postal" | None, "departement" | None}."""
    PHONE = "telephone"
    """E.164."""
    EMAIL = "email"
    SIRET = "siret"
    """14 digits."""
    HOURS = "horaires"
    """{"heures_semaine": number, "jours": ["lundi"…], "plages": [["09:00", "12:00"]…]}.

    And "par_jour": {"vendredi": [["08:00", "12:00"]]} where some days have other slots."""
    TRADE = "metier"
    """The trade's label."""
    CODE = "code"
    """The identifier of an entry of an imported list: kept with its name, never read aloud."""


class Who(StrEnum):
    """Whose datum it is."""

    PERSON = "personne"
    HOST = "accueil"
    TUTOR = "tuteur"
    SIGNATORY = "signataire"
    """Who signs for the host."""
    EMPLOYER = "employeur"
    REPRESENTATIVE = "representant"
    EMERGENCY = "urgence"


class Part(StrEnum):
    """The sections of the official form (Cerfa 13912*05 and its online equivalent), by their titles, in its order."""

    ORGANISME = "Organisme prescripteur et accompagnement"
    BENEFICIAIRE = "Bénéficiaire"
    REPRESENTANT = "Représentant légal"
    EMPLOYEUR = "Employeur actuel"
    URGENCE = "Personne à prévenir en cas d'urgence"
    ACCUEIL = "Structure d'accueil"
    PERIODE = "Période et lieu"
    OBJET = "Objet de l'immersion"
    ACCORD = "Accord de la personne"


IF_KNOWN = ("oui", "non", "ne-sait-pas")
"""The values of a field that holds yes, no, or « nobody knows yet »."""

LONGEST = 255
"""Characters of a free answer, where its row says nothing else."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it holds, of whom, where the official form has it, and its two names.

    `label` is its key in prompts/demande.yaml, the words that the person reads; `official` is what the form calls it.
    """

    champ: Champ
    kind: Kind
    of: Who
    part: Part
    label: str
    official: str
    longest: int = LONGEST


FIELDS: tuple[Field, ...] = (
    Field(Champ.SUIVI_PAR, Kind.CHOICE, Who.PERSON, Part.ORGANISME, "suivi_par.libelle", "Organisme qui suit la personne"),
    Field(Champ.CONSEILLER, Kind.TEXT, Who.PERSON, Part.ORGANISME, "conseiller.libelle", "Conseiller ou structure"),
    Field(Champ.BUREAU, Kind.TEXT, Who.PERSON, Part.ORGANISME, "bureau.libelle", "Bureau"),
    Field(
        Champ.BUREAU_ID, Kind.CODE, Who.PERSON, Part.ORGANISME, "bureau.libelle_bureau_id", "Identifiant du bureau"
    ),
    Field(Champ.NOM, Kind.NAME, Who.PERSON, Part.BENEFICIAIRE, "identite.libelle_nom", "Nom"),
    Field(Champ.PRENOM, Kind.NAME, Who.PERSON, Part.BENEFICIAIRE, "identite.libelle_prenom", "Prénom"),
    Field(
        Champ.DATE_NAISSANCE, Kind.DATE, Who.PERSON, Part.BENEFICIAIRE, "date_naissance.libelle", "Date de naissance"
    ),
    Field(Champ.EMAIL, Kind.EMAIL, Who.PERSON, Part.BENEFICIAIRE, "contact.libelle_email", "Adresse électronique"),
    Field(Champ.TELEPHONE, Kind.PHONE, Who.PERSON, Part.BENEFICIAIRE, "contact.libelle_telephone", "Téléphone"),
    Field(Champ.COMMUNE, Kind.PLACE, Who.PERSON, Part.BENEFICIAIRE, "commune.libelle", "Commune de résidence"),
    Field(
        Champ.SITUATION, Kind.CHOICE, Who.PERSON, Part.BENEFICIAIRE, "situation.libelle",
        "Situation avant l'entrée en immersion",
    ),
    Field(
        Champ.INSCRIT_FRANCE_TRAVAIL, Kind.YES_NO, Who.PERSON, Part.BENEFICIAIRE, "inscrit_france_travail.libelle",
        "Inscription à France Travail",
    ),
    Field(Champ.RSA, Kind.YES_NO, Who.PERSON, Part.BENEFICIAIRE, "rsa.libelle", "Bénéficiaire du RSA"),
    Field(Champ.CADRE, Kind.YES_NO, Who.PERSON, Part.BENEFICIAIRE, "cadre.libelle", "Cadre"),
    Field(
        Champ.INAPTITUDE, Kind.YES_NO, Who.PERSON, Part.BENEFICIAIRE, "inaptitude.libelle",
        "Déclarée inapte à son poste",
    ),
    Field(
        Champ.HANDICAP, Kind.CHOICE, Who.PERSON, Part.BENEFICIAIRE, "handicap.libelle",
        "Reconnaissance de handicap (RQTH)",
    ),
    Field(
        Champ.VEUT_TESTER_ESAT, Kind.YES_NO, Who.PERSON, Part.BENEFICIAIRE, "veut_tester_esat.libelle",
        "Souhaite essayer un ESAT",
    ),
    Field(
        Champ.AMENAGEMENTS, Kind.TEXT, Who.PERSON, Part.BENEFICIAIRE, "amenagements.libelle",
        "Aménagements souhaités", longest=1000,
    ),
    Field(
        Champ.CONTRAT_DEBUT, Kind.DATE, Who.PERSON, Part.BENEFICIAIRE, "contrat.libelle_contrat_debut",
        "Début du contrat de travail",
    ),
    Field(
        Champ.CONTRAT_FIN, Kind.DATE, Who.PERSON, Part.BENEFICIAIRE, "contrat.libelle_contrat_fin",
        "Fin du contrat de travail",
    ),
    Field(
        Champ.REPRESENTANT, Kind.NAME, Who.REPRESENTATIVE, Part.REPRESENTANT, "representant.libelle",
        "Nom et prénom du représentant",
    ),
    Field(
        Champ.REPRESENTANT_EMAIL, Kind.EMAIL, Who.REPRESENTATIVE, Part.REPRESENTANT,
        "representant_email.libelle", "Adresse électronique du représentant",
    ),
    Field(
        Champ.REPRESENTANT_TELEPHONE, Kind.PHONE, Who.REPRESENTATIVE, Part.REPRESENTANT,
        "representant.libelle_representant_telephone", "Téléphone du représentant",
    ),
    Field(
        Champ.SUR_TEMPS_TRAVAIL, Kind.YES_NO, Who.PERSON, Part.EMPLOYEUR, "sur_temps_travail.libelle",
        "Immersion sur le temps de travail",
    ),
    Field(
        Champ.EMPLOYEUR, Kind.TEXT, Who.EMPLOYER, Part.EMPLOYEUR, "employeur.libelle",
        "Raison sociale de l'employeur",
    ),
    Field(
        Champ.EMPLOYEUR_SIRET, Kind.SIRET, Who.EMPLOYER, Part.EMPLOYEUR, "employeur.libelle_employeur_siret",
        "SIRET de l'employeur",
    ),
    Field(
        Champ.EMPLOYEUR_EMAIL, Kind.EMAIL, Who.EMPLOYER, Part.EMPLOYEUR, "employeur.libelle_employeur_email",
        "Adresse électronique de l'employeur",
    ),
    Field(
        Champ.URGENCE_NOM, Kind.NAME, Who.EMERGENCY, Part.URGENCE, "urgence.libelle_urgence_nom",
        "Nom de la personne à prévenir",
    ),
    Field(
        Champ.URGENCE_TELEPHONE, Kind.PHONE, Who.EMERGENCY, Part.URGENCE, "urgence.libelle_urgence_telephone",
        "Téléphone de la personne à prévenir",
    ),
    Field(Champ.HOTE_CONNU, Kind.YES_NO, Who.HOST, Part.ACCUEIL, "hote_connu.libelle", "Structure déjà trouvée"),
    Field(Champ.SIRET, Kind.SIRET, Who.HOST, Part.ACCUEIL, "siret.libelle", "SIRET de la structure"),
    Field(Champ.ENTREPRISE, Kind.TEXT, Who.HOST, Part.ACCUEIL, "entreprise.libelle", "Dénomination"),
    Field(Champ.HOTE_PUBLIC, Kind.YES_NO, Who.HOST, Part.ACCUEIL, "hote_public.libelle", "Structure publique"),
    Field(
        Champ.HOTE_CATEGORIE, Kind.CODE, Who.HOST, Part.ACCUEIL, "hote_public.libelle_hote_categorie",
        "Catégorie juridique (Insee)",
    ),
    Field(Champ.TUTEUR, Kind.TEXT, Who.TUTOR, Part.ACCUEIL, "tuteur.libelle", "Tuteur : nom et fonction"),
    Field(
        Champ.TUTEUR_EMAIL, Kind.EMAIL, Who.TUTOR, Part.ACCUEIL, "tuteur.libelle_tuteur_email",
        "Adresse électronique du tuteur",
    ),
    Field(
        Champ.TUTEUR_TELEPHONE, Kind.PHONE, Who.TUTOR, Part.ACCUEIL, "tuteur.libelle_tuteur_telephone",
        "Téléphone du tuteur",
    ),
    Field(
        Champ.SIGNATAIRE, Kind.TEXT, Who.SIGNATORY, Part.ACCUEIL, "signataire.libelle",
        "Représentant de la structure : nom et fonction",
    ),
    Field(
        Champ.SIGNATAIRE_EMAIL, Kind.EMAIL, Who.SIGNATORY, Part.ACCUEIL, "signataire.libelle_signataire_email",
        "Adresse électronique du représentant de la structure",
    ),
    Field(
        Champ.SIGNATAIRE_TELEPHONE, Kind.PHONE, Who.SIGNATORY, Part.ACCUEIL,
        "signataire.libelle_signataire_telephone", "Téléphone du représentant de la structure",
    ),
    Field(
        Champ.DEJA_ACCUEILLI, Kind.YES_NO, Who.PERSON, Part.ACCUEIL, "deja_accueilli.libelle",
        "Immersion antérieure dans la structure",
    ),
    Field(
        Champ.ACCUEIL_DEBUT, Kind.DATE, Who.PERSON, Part.ACCUEIL, "accueil.libelle_accueil_debut",
        "Début de l'immersion antérieure",
    ),
    Field(
        Champ.ACCUEIL_FIN, Kind.DATE, Who.PERSON, Part.ACCUEIL, "accueil.libelle_accueil_fin",
        "Fin de l'immersion antérieure",
    ),
    Field(Champ.DATE_DEBUT, Kind.DATE, Who.PERSON, Part.PERIODE, "periode.libelle_date_debut", "Date de début"),
    Field(Champ.DATE_FIN, Kind.DATE, Who.PERSON, Part.PERIODE, "periode.libelle_date_fin", "Date de fin"),
    Field(Champ.HORAIRES, Kind.HOURS, Who.PERSON, Part.PERIODE, "horaires.libelle", "Horaires de présence"),
    Field(Champ.ADRESSE, Kind.TEXT, Who.HOST, Part.PERIODE, "adresse.libelle", "Adresse du lieu d'immersion"),
    Field(Champ.LIEU, Kind.PLACE, Who.HOST, Part.PERIODE, "lieu.libelle", "Secteur géographique souhaité"),
    Field(Champ.OBJECTIF, Kind.CHOICE, Who.PERSON, Part.OBJET, "objectif.libelle", "Objet (un seul)"),
    Field(Champ.METIER, Kind.TRADE, Who.PERSON, Part.OBJET, "metier.libelle", "Métier observé"),
    Field(
        Champ.APPELLATION, Kind.TEXT, Who.PERSON, Part.OBJET, "metier.libelle_appellation", "Métier, nom officiel"
    ),
    Field(
        Champ.APPELLATION_CODE, Kind.CODE, Who.PERSON, Part.OBJET, "metier.libelle_appellation_code",
        "Code du métier (appellation ROME)",
    ),
    Field(
        Champ.ACTIVITES, Kind.TEXT, Who.PERSON, Part.OBJET, "activites.libelle", "Activités prévues", longest=2000
    ),
    Field(
        Champ.EQUIPEMENTS, Kind.IF_KNOWN, Who.HOST, Part.OBJET, "precautions.libelle_equipements",
        "Équipement de protection individuelle",
    ),
    Field(
        Champ.EQUIPEMENTS_PRECISION, Kind.TEXT, Who.HOST, Part.OBJET, "precautions.libelle_equipements_precision",
        "Équipement de protection : lequel, et qui le fournit",
    ),
    Field(
        Champ.SURVEILLANCE_MEDICALE, Kind.IF_KNOWN, Who.HOST, Part.OBJET,
        "precautions.libelle_surveillance_medicale", "Mesures de prévention sanitaire, surveillance médicale",
    ),
    Field(
        Champ.CONSENTEMENT, Kind.YES_NO, Who.PERSON, Part.ACCORD, "consentement.libelle",
        "Accord pour transmettre la demande",
    ),
)  # fmt: skip
"""Every field, in the order of the official form. A `Champ` without its row is a KeyError when the program starts."""

_ROWS: Mapping[Champ, Field] = {row.champ: row for row in FIELDS}
BY_CHAMP: Mapping[Champ, Field] = {champ: _ROWS[champ] for champ in Champ}
"""The row of each field."""


def of_kind(*kinds: Kind) -> frozenset[Champ]:
    """The fields that hold one of these kinds."""
    return frozenset(row.champ for row in FIELDS if row.kind in kinds)
