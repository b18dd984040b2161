"""« Puis-je ? »: yes, no, or what is missing, with the rules that say so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from bot.domain.calendrier import Feries
from bot.domain.controles import Cas, Controle, Issue, controler
from bot.domain.demande import Champ, Demande
from bot.domain.orientation import Orientation
from bot.domain.regles import Parametre, Regles
from bot.domain.session import Json

Reponse: TypeAlias = Literal["oui", "non", "manque"]

UNDECIDED = "a-confirmer"
CITEES = ("accompagnement", "duree_max_mois", "convention_avant_debut")
"""The rules quoted with every answer: an organism, a month, a convention first."""

_NECESSAIRES = (Champ.SUIVI_PAR, Champ.SITUATION, Champ.DATE_NAISSANCE)

_CONDITIONS = frozenset(
    {"representant", "employeur", "arret_maladie", "contractuel_public", "part_contrat", "contrat_fini"}
    | {"mission_locale_age", "situation_age", "situation_temps", "delai", "delai_conseille", "hote_distinct"}
    | {"jours_12_mois", "jours_12_mois_epuises", "conventions_12_mois", "renouvellement", "deja_accueilli"}
    | {"deja_accueilli_sans_dates"}
)
"""Checks that tell something before the form is filled; the others only say that an answer is still to come."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer; what makes it impossible; what must be met; what is missing; the rules quoted."""

    reponse: Reponse
    obstacles: tuple[Controle, ...] = ()
    conditions: tuple[Controle, ...] = ()
    manquants: tuple[str, ...] = ()
    regles: tuple[Parametre, ...] = ()


def decider(
    answers: Mapping[str, Json],
    orientation: Orientation | None,
    *,
    today: date,
    regles: Regles,
    holidays: Feries,
    earlier: Sequence[Demande] = (),
) -> Verdict:
    """From three to five answers; a field not asked here is never held against the person."""
    cas = Cas(answers, today, regles, holidays, earlier)
    found = [_later(one) for one in controler(answers, today=today, regles=regles, holidays=holidays, earlier=earlier)]
    obstacles = tuple(one for one in found if one.issue is Issue.IMPOSSIBLE)
    conditions = tuple(one for one in found if one.issue is Issue.A_CONFIRMER and one.code in _CONDITIONS)
    missing = _manquants(cas, orientation)
    rules = tuple(cas.parametre(cle) for cle in CITEES)
    return Verdict(_reponse(orientation, obstacles, missing), obstacles, conditions, missing, rules)


def _reponse(orientation: Orientation | None, obstacles: tuple[Controle, ...], missing: tuple[str, ...]) -> Reponse:
    if obstacles:
        return "non"
    if missing or orientation is None:
        return "manque"
    if orientation.organisme == UNDECIDED:
        return "manque"
    return "oui" if orientation.dispositif == "pmsmp" else "non"


def _manquants(cas: Cas, orientation: Orientation | None) -> tuple[str, ...]:
    asked = orientation.missing if orientation else ()
    return tuple(dict.fromkeys((*(champ for champ in _NECESSAIRES if not cas.texte(champ)), *asked)))


def _later(controle: Controle) -> Controle:
    """The representative is named in the form itself: before it, a signature to plan, not an obstacle."""
    if controle.code == "representant" and controle.issue is Issue.IMPOSSIBLE:
        return replace(controle, issue=Issue.A_CONFIRMER)
    return controle
