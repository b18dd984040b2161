"""A request in order, small changes to it, and the checks of both."""

from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from bot.content.regles import load_regles
from bot.content.wording import load_wording
from bot.domain.controles import Controle, Issue, controler
from bot.domain.demande import Demande, Statut
from bot.formats import LibraryFormats

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 25)
FORMATS = LibraryFormats()
HORAIRES = {
    "heures_semaine": 30,
    "jours": ["lundi", "mardi", "mercredi", "jeudi", "vendredi"],
    "plages": [["09:00", "12:00"], ["14:00", "17:00"]],
}
ADULTE = {
    "suivi_par": "france-travail",
    "situation": "demandeur-emploi",
    "date_naissance": "2000-05-14",
    "commune": {"nom": "Bron", "code_postal": "69500", "departement": "69"},
    "objectif": "decouvrir",
    "metier": "boulanger",
    "hote_connu": True,
    "entreprise": "Boulangerie du Parc",
    "siret": "73282932000074",
    "adresse": "12 rue des Lilas, 69500 Bron",
    "tuteur": "Paul Durand, gérant",
    "tuteur_email": "paul@exemple.fr",
    "date_debut": "2027-01-11",
    "date_fin": "2027-01-22",
    "horaires": HORAIRES,
    "activites": "voir la fabrication du pain",
    "prenom": "Léa",
    "nom": "Martin",
    "email": "lea@exemple.fr",
    "telephone": "+33612345678",
    "consentement": True,
}
MINEUR = ADULTE | {
    "date_naissance": "2009-06-01",
    "representant": "Claire Martin",
    "representant_telephone": "+33612345679",
}
SALARIE = ADULTE | {
    "situation": "salarie-prive",
    "sur_temps_travail": True,
    "employeur": "Garage Petit",
    "employeur_siret": "55208131766522",
    "employeur_email": "contact@exemple.fr",
}
INSERTION = ADULTE | {
    "situation": "salarie-insertion",
    "sur_temps_travail": False,
    "contrat_debut": "2026-12-01",
    "contrat_fin": "2027-03-10",
}
AGENT = ADULTE | {"situation": "contractuel-public", "sur_temps_travail": False, "entreprise": "Mairie de Bron",
                  "siret": "21690029700015", "hote_categorie": "7210"}  # fmt: skip


@lru_cache(maxsize=1)
def regles():
    return load_regles(ROOT / "knowledge")


@lru_cache(maxsize=1)
def words():
    return load_wording(ROOT / "prompts")


def semaine(**changes):
    return HORAIRES | changes


def sent(statut=Statut.CONVENTIONNEE, **answers):
    """An earlier demande of the same person."""
    return Demande(
        id="6f1c9d2e-4f0b-5d3a-9a53-2f8a1e0b7c11",
        numero="2026-ABC234",
        chat=1,
        organisme="france-travail",
        answers={key: value for key, value in (ADULTE | answers).items() if value is not None},
        envoyee_le=datetime(2026, 9, 1, 9, 0, tzinfo=UTC),
        statut=statut,
    )


def checks(answers, *, earlier=(), today=TODAY) -> dict[str, Controle]:
    """The checks by code."""
    known = {key: value for key, value in answers.items() if value is not None}
    found = controler(known, today=today, regles=regles(), holidays=FORMATS.holidays, earlier=earlier)
    return {one.code: one for one in found}


OK, DOUTE, NON = Issue.EN_ORDRE, Issue.A_CONFIRMER, Issue.IMPOSSIBLE
