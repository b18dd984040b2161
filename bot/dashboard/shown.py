"""Values as a counsellor reads, copies and exports them."""

from collections.abc import Mapping
from datetime import date

from bot.domain.champs import Champ, Kind, of_kind
from bot.domain.demande import Statut
from bot.domain.reponses import Slot, hours_told
from bot.domain.session import Json
from bot.form.wording import Wording

DATES = of_kind(Kind.DATE)
PHONES = of_kind(Kind.PHONE)
EMAILS = of_kind(Kind.EMAIL)
SIRETS = of_kind(Kind.SIRET)
PLACES = of_kind(Kind.PLACE)
BOOLEANS = of_kind(Kind.YES_NO)
CHOICES: dict[Champ, Mapping[str, str]] = {
    Champ.OBJECTIF: {
        "decouvrir": "Découvrir un métier ou un secteur d'activité",
        "confirmer": "Confirmer un projet professionnel",
        "recrutement": "Initier une démarche de recrutement",
    },
    Champ.HANDICAP: {"oui": "Oui", "non": "Non", "non-precise": "Ne souhaite pas le dire"},
    Champ.SUIVI_PAR: {
        "france-travail": "France Travail",
        "mission-locale": "Mission locale",
        "cap-emploi": "Cap emploi",
        "conseil-departemental": "Conseil départemental",
        "structure-iae": "Structure d'insertion (IAE)",
        "operateur-cep": "Conseil en évolution professionnelle",
        "autre": "Un autre organisme",
        "aucun": "Personne",
        "ne-sait-pas": "Ne sait pas",
    },
    Champ.SITUATION: {
        "demandeur-emploi": "Demandeur d'emploi",
        "sans-activite": "Sans activité",
        "etudiant": "Étudiant",
        "lyceen": "Collégien ou lycéen",
        "alternant": "Apprenti ou alternant",
        "stagiaire-formation": "Stagiaire de la formation professionnelle",
        "jeune-diplome": "Jeune diplômé",
        "salarie-prive": "Salarié du privé",
        "salarie-insertion": "Salarié en insertion",
        "salarie-etti": "Intérimaire d'insertion (ETTI)",
        "contrat-aide": "En contrat aidé",
        "fonctionnaire": "Fonctionnaire",
        "contractuel-public": "Contractuel du public",
        "independant": "Indépendant",
        "esat": "Travailleur en ESAT",
        "entreprise-adaptee": "Salarié d'une entreprise adaptée",
        "retraite": "Retraité",
        "conge-parental": "En congé parental",
        "arret-maladie": "En arrêt maladie",
        "csp": "En contrat de sécurisation professionnelle",
    },
}

CHOICES |= {champ: {"oui": "Oui", "non": "Non", "ne-sait-pas": "Ne sait pas"} for champ in of_kind(Kind.IF_KNOWN)}

STATUTS: Mapping[Statut, str] = {
    Statut.NOUVELLE: "Nouvelle",
    Statut.PRISE_EN_CHARGE: "Prise en charge",
    Statut.A_COMPLETER: "À compléter",
    Statut.COMPLETEE: "Complétée",
    Statut.PRETE: "Prête à conventionner",
    Statut.CONVENTIONNEE: "Conventionnée",
    Statut.REFUSEE: "Refusée",
    Statut.ANNULEE: "Annulée",
    Statut.SANS_SUITE: "Sans suite",
}

DISPOSITIFS: Mapping[str, str] = {
    "pmsmp": "Immersion professionnelle (PMSMP)",
    "stage-etudiant": "Stage étudiant",
    "stage-observation": "Stage d'observation",
    "mini-stage": "Mini-stage",
    "immersion-fonction-publique": "Immersion dans la fonction publique",
    "mispe": "Mise en situation en ESAT (MISPE)",
    "aucun": "Aucun dispositif",
}


def shown(champ: Champ, value: Json) -> str:
    """The value in French, whole: empty where nothing is known. It is also what is copied and exported."""
    match value:
        case None:
            return ""
        case bool():
            return "Oui" if value else "Non"
        case dict() if "heures_semaine" in value:
            return _hours(value)
        case dict() if "nom" in value:
            code = value.get("code_postal") or value.get("departement")
            return f"{value['nom']} ({code})" if code else str(value["nom"])
    return _text(champ, str(value))


def _text(champ: Champ, value: str) -> str:
    if champ in DATES:
        return french_date(value)
    if champ in PHONES:
        return phone(value)
    if champ in SIRETS and len(value) == 14:
        return f"{value[:3]} {value[3:6]} {value[6:9]} {value[9:]}"
    return CHOICES.get(champ, {}).get(value, value)


def within(label: str) -> str:
    """A label inside a sentence: its first letter is small, unless it begins an acronym."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def french_date(value: str) -> str:
    """JJ/MM/AAAA, as the official forms want it; anything else as it is."""
    try:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    except ValueError:
        return value


def phone(value: str) -> str:
    """A French number as it is said: 06 12 34 56 78; others in international form."""
    if value.startswith("+33") and len(value) == 12:
        return _pairs(f"0{value[3:]}")
    if value[1:4] in _OVERSEAS and len(value) == 13:
        return _pairs(f"0{value[4:]}")
    return value


_OVERSEAS = frozenset({"262", "590", "594", "596"})
"""Réunion and Mayotte, Guadeloupe, Guyane, Martinique: dialled with a 0, like anywhere in France."""


def _pairs(digits: str) -> str:
    return " ".join(digits[start : start + 2] for start in range(0, len(digits), 2))


def clock_time(text: str) -> str:
    """« 9 h », « 13 h 30 »; anything else as it is."""
    hour, colon, minute = text.partition(":")
    if not colon or not hour.isdecimal() or not minute.isdecimal():
        return text
    return f"{int(hour)} h" if int(minute) == 0 else f"{int(hour)} h {minute}"


def _hours(value: Mapping[str, Json]) -> str:
    told = hours_told(dict(value))
    parts = [f"{told.week:g} h par semaine".replace(".", ",")] if told.week is not None else []
    groups = told.groups()
    if len(groups) > 1:
        parts.extend(f"{_days(list(days))} : {_clocks(slots)}" for days, slots in groups)
    else:
        parts.extend(part for part in (_days(list(told.days)), _clocks(told.slots)) if part)
    return " ; ".join(parts)


def _clocks(slots: tuple[Slot, ...]) -> str:
    return " et ".join(" à ".join(clock_time(hour) for hour in slot) for slot in slots)


_WEEK = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def _days(days: list[str]) -> str:
    """« du lundi au vendredi » where they follow each other."""
    ranks = [_WEEK.index(day) for day in days if day in _WEEK]
    run = len(ranks) == len(days) > 2 and ranks == list(range(ranks[0], ranks[0] + len(ranks)))
    return f"du {days[0]} au {days[-1]}" if run else ", ".join(days)


def author(name: str, words: Wording) -> str:  # noqa: ARG001
    """Who did it, as the history says it."""
    return {"personne": "la personne", "systeme": "le service automatique"}.get(name, name)
