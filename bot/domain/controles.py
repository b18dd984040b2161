"""The law, checked on a request: every predicate in order, three outcomes each, with its article."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.domain import controles_cumul, controles_dates, controles_horaires, controles_personne, controles_projet
from bot.domain.calendrier import Feries
from bot.domain.controle import Cas, Controle, Issue, Predicat
from bot.domain.demande import Demande
from bot.domain.regles import Regles
from bot.domain.session import Json

PREDICATS: tuple[Predicat, ...] = (
    controles_personne.naissance,
    controles_personne.age_minimum,
    controles_dates.ordre_dates,
    controles_dates.date_passee,
    controles_dates.duree,
    controles_dates.delai,
    controles_dates.delai_conseille,
    controles_dates.delai_arret_maladie,
    controles_dates.delai_fonction_publique,
    controles_cumul.doublon,
    controles_cumul.jours_12_mois,
    controles_cumul.conventions_12_mois,
    controles_cumul.renouvellement,
    controles_cumul.deja_accueilli,
    controles_cumul.part_contrat,
    controles_dates.contrat_fini,
    controles_projet.objectif,
    controles_projet.usages_interdits,
    controles_projet.hote_distinct,
    controles_personne.representant,
    controles_personne.employeur,
    controles_personne.contractuel_public,
    controles_personne.arret_maladie,
    controles_horaires.heures_semaine,
    controles_horaires.heures_semaine_mineur,
    controles_horaires.heures_jour_mineur,
    controles_horaires.pause_mineur,
    controles_horaires.nuit_mineur,
    controles_horaires.nuit,
    controles_horaires.dimanche,
    controles_horaires.dimanche_mineur,
    controles_horaires.repos_hebdomadaire,
    controles_horaires.repos_hebdomadaire_mineur,
    controles_horaires.repos_quotidien_mineur,
    controles_horaires.jours_feries,
    controles_horaires.jours_feries_mineur,
    controles_horaires.week_end,
    controles_personne.travaux_mineur,
    controles_personne.signataires_distincts,
    controles_personne.mission_locale_age,
    controles_personne.situation_age,
    controles_personne.situation_temps,
)
"""Every check, the gravest first."""

_TOUTES = frozenset(Issue)
_SANS_IMPOSSIBLE = frozenset({Issue.EN_ORDRE, Issue.A_CONFIRMER})
_SANS_DOUTE = frozenset({Issue.EN_ORDRE, Issue.IMPOSSIBLE})
_DOUTE = frozenset({Issue.A_CONFIRMER})
_REFUS = frozenset({Issue.IMPOSSIBLE})

ISSUES: Mapping[str, frozenset[Issue]] = {
    "naissance": _TOUTES,
    "age_minimum": _SANS_DOUTE,
    "ordre_dates": _TOUTES,
    "date_passee": _SANS_DOUTE,
    "duree": _SANS_DOUTE,
    "delai": _TOUTES,
    "delai_conseille": _SANS_IMPOSSIBLE,
    "delai_arret_maladie": _SANS_IMPOSSIBLE,
    "delai_fonction_publique": _SANS_IMPOSSIBLE,
    "doublon": _DOUTE,
    "deja_accueilli": _DOUTE,
    "deja_accueilli_sans_dates": _DOUTE,
    "jours_12_mois": _TOUTES,
    "jours_12_mois_epuises": _DOUTE | _REFUS,
    "conventions_12_mois": _TOUTES,
    "renouvellement": _TOUTES,
    "part_contrat": _TOUTES,
    "part_contrat_epuisee": _REFUS,
    "contrat_fini": _SANS_IMPOSSIBLE,
    "objectif": _TOUTES,
    "usages_interdits": frozenset({Issue.EN_ORDRE}),
    "usage_remplacement": _DOUTE,
    "usage_surcroit": _DOUTE,
    "usage_saisonnier": _DOUTE,
    "usage_permanent": _DOUTE,
    "hote_distinct": _TOUTES,
    "representant": _TOUTES,
    "employeur": _SANS_IMPOSSIBLE,
    "contractuel_public": _TOUTES,
    "contractuel_prive": _REFUS,
    "arret_maladie": _DOUTE,
    "heures_semaine": _TOUTES,
    "heures_semaine_mineur": _TOUTES,
    "heures_jour_mineur": _TOUTES,
    "pause_mineur": _SANS_IMPOSSIBLE,
    "nuit_mineur": _TOUTES,
    "nuit": _SANS_IMPOSSIBLE,
    "dimanche": _SANS_IMPOSSIBLE,
    "repos_hebdomadaire": _SANS_DOUTE,
    "repos_hebdomadaire_mineur": _SANS_DOUTE,
    "repos_quotidien_mineur": _SANS_DOUTE,
    "dimanche_mineur": _SANS_IMPOSSIBLE,
    "jours_feries": _SANS_IMPOSSIBLE,
    "jours_feries_mineur": _SANS_IMPOSSIBLE,
    "week_end": _SANS_IMPOSSIBLE,
    "travaux_mineur": _DOUTE,
    "signataires_distincts": _SANS_IMPOSSIBLE,
    "mission_locale_age": _SANS_IMPOSSIBLE,
    "situation_age": _SANS_IMPOSSIBLE,
    "situation_temps": _SANS_IMPOSSIBLE,
}
"""What each code may yield: prompts/controles.yaml has a sentence for each."""

PARAMS = frozenset(
    {"nombre", "debut", "fin", "premier", "reste", "dernier", "ecart", "demande", "compte", "maximum", "total", "age"}
    | {"contrat_debut", "contrat_fin", "heures", "matin", "ferie", "minimum", "trois_ans", "liste"}
)
"""What the sentences may be filled with."""

_RANG = {Issue.IMPOSSIBLE: 0, Issue.A_CONFIRMER: 1, Issue.EN_ORDRE: 2}


def controler(
    answers: Mapping[str, Json],
    *,
    today: date,
    regles: Regles,
    holidays: Feries,
    earlier: Sequence[Demande] = (),
) -> tuple[Controle, ...]:
    """Every check that concerns this request: the impossible first, then what is to confirm, then what is in order.

    `earlier`: the same person's other sent demandes (this one left out). Pure; an answer that does not read as its
    field says is treated as missing.
    """
    cas = Cas(answers, today, regles, holidays, earlier)
    found = [controle for predicat in PREDICATS if (controle := predicat(cas)) is not None]
    return tuple(sorted(found, key=lambda one: _RANG[one.issue]))


__all__ = ["ISSUES", "PARAMS", "PREDICATS", "Cas", "Controle", "Issue", "controler"]
