"""What routing looks at, and which facts are worth a question."""

from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from bot.domain.demande import Champ
from bot.domain.orientation import Handicap, Orientation, Profil, Situation, SuiviPar
from bot.form.flow import Draft
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


_DECIDES = (
    (Champ.RSA, _NO_JOB),
    (Champ.INSCRIT_FRANCE_TRAVAIL, _WORKING),
    (Champ.INAPTITUDE, frozenset({Situation.SALARIE_PRIVE, Situation.ARRET_MALADIE})),
)
"""Facts worth a question, and of whom: where a « yes » would change the body, it is asked rather than guessed."""


def decisive(router: Router, known: Profil, orientation: Orientation) -> frozenset[str]:
    """The facts not known yet that would send this person elsewhere; none before the situation and the age."""
    if known.suivi_par is None or known.age is None or orientation.dispositif != "pmsmp":
        return frozenset()
    return frozenset(
        champ
        for champ, situations in _DECIDES
        if known.situation in situations
        and getattr(known, champ) is None
        and router.route(_with(known, champ)).organisme != orientation.organisme
    )


def _with(known: Profil, champ: Champ) -> Profil:
    """The same person, for whom the fact `champ` (a yes or no one) holds."""
    fact: dict[str, Any] = {champ.value: True}
    return replace(known, **fact)


def _enum(kind: type[E], value: str) -> E | None:
    return kind(value) if value in set(kind) else None
