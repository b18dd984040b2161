"""The ConventionDraft of Immersion Facilitée, as JSON: what a counsellor would otherwise re-key. Never posted."""

import uuid
from collections.abc import Mapping
from typing import Any

from bot.convention.link import CAMPAIGN, Appellation, address, departement, siret
from bot.domain import regex as re
from bot.domain.calendrier import jours
from bot.domain.demande import Champ, Demande
from bot.domain.reponses import Reponses, Slot
from bot.domain.session import Json

KINDS = frozenset(
    {"pole-emploi", "mission-locale", "operateur-cep", "cap-emploi", "conseil-departemental", "structure-IAE"}
    | {"fonction-publique", "cci", "cma", "chambre-agriculture", "autre", "immersion-facile", "prepa-apprentissage"}
)
"""Its agency kinds; no other value is accepted."""

OBJECTIVES = {
    "decouvrir": "Découvrir un métier ou un secteur d'activité",
    "confirmer": "Confirmer un projet professionnel",
    "recrutement": "Initier une démarche de recrutement",
}

NAMESPACE = uuid.UUID("0d2c1bb4-7f6e-5a53-8a44-4f6c0f1d9b27")

_MARKUP = str.maketrans("<>", "‹›")
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_EMAIL = re.compile(r"(?<![a-z0-9._+-])[a-z0-9._+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"\+\d{6,15}")
_DIGITS = re.compile(r"\d{14}")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_LONGEST_NAME, _LONGEST_ACTIVITIES = 255, 2000


def convention_draft(demande: Demande, agency_kind: str, *, appellation: Appellation | None = None) -> dict[str, Any]:
    """`{"conventionDraft": …}`; a key without a value is left out, as is a kind that is not in its list."""
    answers = demande.answers
    draft = {
        "id": str(uuid.uuid5(NAMESPACE, demande.id)),
        "internshipKind": "immersion",
        "agencyDepartment": departement(answers),
        "agencyKind": agency_kind if agency_kind in KINDS else "",
        "dateStart": _text(answers, Champ.DATE_DEBUT),
        "dateEnd": _text(answers, Champ.DATE_FIN),
        "siret": siret(answers),
        "businessName": _name(answers, Champ.ENTREPRISE),
        "immersionAddress": address(answers),
        "schedule": _schedule(demande),
        "immersionObjective": OBJECTIVES.get(_text(answers, Champ.OBJECTIF), ""),
        "immersionAppellation": _appellation(answers, appellation),
        "immersionActivities": _clean(answers, Champ.ACTIVITES)[:_LONGEST_ACTIVITIES].strip(),
        "establishmentTutor": _tutor(answers),
        "individualProtection": _known(answers, Champ.EQUIPEMENTS),
        "sanitaryPrevention": _known(answers, Champ.SURVEILLANCE_MEDICALE),
        "signatories": _signatories(answers),
        "acquisitionCampaign": CAMPAIGN["mtm_campaign"],
        "acquisitionKeyword": CAMPAIGN["mtm_kwd"],
    }
    return {"conventionDraft": _filled(draft)}


def _schedule(demande: Demande) -> dict[str, Any]:
    """The calendar day by day, where days and hours are known; left out when hours go past midnight."""
    debut, fin = demande.iso_date(Champ.DATE_DEBUT), demande.iso_date(Champ.DATE_FIN)
    told = demande.reponses.hours()
    if debut is None or fin is None:
        return {}
    periods = {name: _periods(told.on(name)) for name in told.days}
    worked = [(day, periods[_DAYS[day.weekday()]]) for day in jours(debut, fin) if _DAYS[day.weekday()] in periods]
    if not worked or not all(periods.values()):
        return {}
    minutes = sum(_minutes(one["end"]) - _minutes(one["start"]) for _, spans in worked for one in spans)
    hours = round(minutes / 60, 2)
    return {
        "totalHours": int(hours) if hours.is_integer() else hours,
        "workedDays": len(worked),
        "isSimple": len(told.groups()) == 1,
        "complexSchedule": [{"date": f"{day}T00:00:00.000Z", "timePeriods": spans} for day, spans in worked],
    }


def _periods(told: tuple[Slot, ...]) -> list[dict[str, str]]:
    """The hours of a day in order, or none where they overlap, or one does not read or passes midnight."""
    pairs = sorted(told)
    flat = [hour for pair in pairs for hour in pair]
    readable = all(start < end for start, end in pairs) and all(map(_CLOCK.fullmatch, flat))
    return [{"start": start, "end": end} for start, end in pairs] if readable and flat == sorted(flat) else []


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _signatories(answers: Mapping[str, Json]) -> dict[str, Any]:
    return {
        "beneficiary": _beneficiary(answers),
        "beneficiaryRepresentative": _person(
            answers, Champ.REPRESENTANT, Champ.REPRESENTANT_EMAIL, Champ.REPRESENTANT_TELEPHONE
        ),
        "beneficiaryCurrentEmployer": _employer(answers),
        "establishmentRepresentative": _signatory(answers),
    }


def _beneficiary(answers: Mapping[str, Json]) -> dict[str, Any]:
    known = _text(answers, Champ.HANDICAP)
    return {
        "firstName": _name(answers, Champ.PRENOM),
        "lastName": _name(answers, Champ.NOM),
        "email": _matching(_EMAIL, answers, Champ.EMAIL),
        "phone": _matching(_PHONE, answers, Champ.TELEPHONE),
        "birthdate": _text(answers, Champ.DATE_NAISSANCE),
        "isRqth": {"oui": True, "non": False}.get(known, ""),
        "emergencyContact": _name(answers, Champ.URGENCE_NOM),
        "emergencyContactPhone": _matching(_PHONE, answers, Champ.URGENCE_TELEPHONE),
    }


def _employer(answers: Mapping[str, Json]) -> dict[str, Any]:
    if answers.get(Champ.SUR_TEMPS_TRAVAIL) is not True:
        return {}
    return {
        "businessName": _name(answers, Champ.EMPLOYEUR),
        "businessSiret": _matching(_DIGITS, answers, Champ.EMPLOYEUR_SIRET),
        "email": _matching(_EMAIL, answers, Champ.EMPLOYEUR_EMAIL),
    }


def _signatory(answers: Mapping[str, Json]) -> dict[str, Any]:
    """Who signs for the host; the name alone of « Paul Durand, gérant », since that form has no place for the rest."""
    return _names(_clean(answers, Champ.SIGNATAIRE).partition(",")[0]) | {
        "email": _matching(_EMAIL, answers, Champ.SIGNATAIRE_EMAIL),
        "phone": _matching(_PHONE, answers, Champ.SIGNATAIRE_TELEPHONE),
    }


def _known(answers: Mapping[str, Json], champ: Champ) -> bool | None:
    """Yes or no, where somebody knows."""
    return {"oui": True, "non": False}.get(_text(answers, champ))


def _tutor(answers: Mapping[str, Json]) -> dict[str, Any]:
    """The tutor; what follows the first comma of « Paul Durand, gérant » is the job."""
    whole = _clean(answers, Champ.TUTEUR)
    name, _, job = whole.partition(",")
    person = _names(name) | {"job": job.strip()[:_LONGEST_NAME]}
    return person | {
        "email": _matching(_EMAIL, answers, Champ.TUTEUR_EMAIL),
        "phone": _matching(_PHONE, answers, Champ.TUTEUR_TELEPHONE),
    }


def _person(answers: Mapping[str, Json], name: Champ, email: Champ, phone: Champ) -> dict[str, Any]:
    return _names(_clean(answers, name)) | {
        "email": _matching(_EMAIL, answers, email),
        "phone": _matching(_PHONE, answers, phone),
    }


def _names(whole: str) -> dict[str, str]:
    first, _, last = whole.strip().partition(" ")
    return {"firstName": first[:_LONGEST_NAME], "lastName": last.strip()[:_LONGEST_NAME]}


def _appellation(answers: Mapping[str, Json], appellation: Appellation | None) -> dict[str, str]:
    if appellation is None:
        return {"appellationLabel": _name(answers, Champ.METIER)}
    return {
        "romeCode": appellation.romeCode,
        "romeLabel": appellation.romeLabel,
        "appellationCode": appellation.appellationCode,
        "appellationLabel": appellation.appellationLabel,
    }


def _text(answers: Mapping[str, Json], champ: str) -> str:
    return Reponses(answers).text(champ)


def _matching(pattern: re.Pattern[str], answers: Mapping[str, Json], champ: str) -> str:
    """The value where that form would take it; else nothing, since one bad value makes it refuse the whole draft."""
    value = _text(answers, champ)
    return value if pattern.fullmatch(value) else ""


def _clean(answers: Mapping[str, Json], champ: str) -> str:
    """Text on one line, its angle brackets replaced: that form refuses any string that holds HTML."""
    return " ".join(_text(answers, champ).translate(_MARKUP).split())


def _name(answers: Mapping[str, Json], champ: str) -> str:
    return _clean(answers, champ)[:_LONGEST_NAME].strip()


def _filled(value: Mapping[str, Any]) -> dict[str, Any]:
    """Without the keys that hold nothing, at every depth; False is something."""
    kept: dict[str, Any] = {}
    for key, one in value.items():
        inner = _filled(one) if isinstance(one, Mapping) else one
        if inner not in ("", {}, None):
            kept[key] = inner
    return kept
