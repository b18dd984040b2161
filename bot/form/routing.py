"""What routing looks at, and which facts are worth a question."""

from dataclasses import replace
from enum import StrEnum
from itertools import product
from typing import Any, TypeVar

from bot.domain.demande import Champ
from bot.domain.orientation import Handicap, Orientation, Profil, Situation, SuiviPar
from bot.form.demande_flow import DECIDING
from bot.form.flow import Draft, Flow
from bot.ports import Router

E = TypeVar("E", bound=StrEnum)


def profil(draft: Draft) -> Profil:
    """What routing looks at, from the answers."""
    return Profil(
        suivi_par=_enum(SuiviPar, draft.text(Champ.SUIVI_PAR)),
        age=draft.age,
        situation=_enum(Situation, draft.text(Champ.SITUATION)),
        handicap=_enum(Handicap, draft.text(Champ.HANDICAP)),
        rsa=draft.flag(Champ.RSA),
        inscrit_france_travail=draft.flag(Champ.INSCRIT_FRANCE_TRAVAIL),
        cadre=draft.flag(Champ.CADRE),
        inaptitude=draft.flag(Champ.INAPTITUDE),
        veut_tester_esat=draft.flag(Champ.VEUT_TESTER_ESAT),
        departement=draft.departement(Champ.COMMUNE) or None,
    )


_NO_JOB = frozenset({Situation.DEMANDEUR_EMPLOI, Situation.SANS_ACTIVITE, Situation.JEUNE_DIPLOME})


_WORKING = frozenset({Situation.SALARIE_PRIVE, Situation.INDEPENDANT, Situation.CONGE_PARENTAL})


_DECIDES: tuple[tuple[Champ, frozenset[Situation]], ...] = (
    (Champ.HANDICAP, frozenset(Situation)),
    (Champ.RSA, _NO_JOB),
    (Champ.INSCRIT_FRANCE_TRAVAIL, _WORKING),
    (Champ.INAPTITUDE, frozenset({Situation.SALARIE_PRIVE, Situation.ARRET_MALADIE})),
)
"""Facts worth a question, and of whom: where a « yes » would change the body, it is asked rather than guessed."""

_AGES = (16, 18, 26, 60)
"""One age of each band of the table; under 16, no row of the table leads to a request here either."""

_FOLLOWED = (SuiviPar.MISSION_LOCALE, SuiviPar.STRUCTURE_IAE, SuiviPar.AUTRE, SuiviPar.AUCUN)


def decisive(router: Router, known: Profil, orientation: Orientation) -> frozenset[str]:
    """The facts not known yet that would send this person elsewhere; none before the situation and the age."""
    if known.suivi_par is None or known.age is None or orientation.dispositif != "pmsmp":
        return frozenset()
    return frozenset(
        champ
        for champ, situations in _DECIDES
        if known.situation in situations
        and getattr(known, champ) is None
        and _door(router.route(_with(known, champ))) != _door(orientation)
    )


def settled(flow: Flow, draft: Draft) -> bool:
    """Whether no answer still to come is asked because it may change the body."""
    return all(step.done(draft) for step in flow.visible(draft) if step.name in DECIDING)


def elsewhere(router: Router, known: Profil, here: Orientation) -> bool:
    """Whether it is another scheme at the same body, whatever the person would answer next."""
    if here.dispositif == "pmsmp":
        return False
    followed = (known.suivi_par,) if known.suivi_par else _FOLLOWED
    situations = (known.situation,) if known.situation else tuple(Situation)
    ages = _AGES if known.age is None else (known.age,)
    rqth = (known.handicap,) if known.handicap else (Handicap.NON, Handicap.OUI)
    found = (
        router.route(replace(known, suivi_par=one, situation=situation, age=age, handicap=handicap))
        for one, situation, age, handicap in product(followed, situations, ages, rqth)
    )
    return all(one.organisme == here.organisme and one.dispositif != "pmsmp" for one in found)


def unfollowed(router: Router, known: Profil) -> Orientation:
    """The body of somebody in this situation whom nobody follows."""
    return router.route(replace(known, suivi_par=SuiviPar.AUCUN))


def _door(orientation: Orientation) -> tuple[str, str]:
    return orientation.organisme, orientation.dispositif


def _with(known: Profil, champ: Champ) -> Profil:
    """The same person, for whom the fact `champ` holds."""
    fact: dict[str, Any] = {champ.value: Handicap.OUI if champ is Champ.HANDICAP else True}
    return replace(known, **fact)


def _enum(kind: type[E], value: str) -> E | None:
    return kind(value) if value in set(kind) else None
