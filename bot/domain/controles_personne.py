"""Checks on the person: age, representative, employer's signature, situation, contradictions."""

from datetime import date, timedelta

from bot.domain.calendrier import ajoute_mois, avance, jours_ouvres
from bot.domain.controle import Cas, Controle, Issue
from bot.domain.demande import CLOS, Champ, Statut
from bot.domain.hote import hote_public
from bot.domain.orientation import EMPLOYED, Situation, SuiviPar
from bot.domain.session import Json


def naissance(cas: Cas) -> Controle | None:
    """A birth date that a living person may have: 120 years at most (Immersion Facilitée's own limit)."""
    age = cas.age
    if age is None:
        return cas.controle("naissance", Issue.A_CONFIRMER, "age_maximum", Champ.DATE_NAISSANCE)
    issue = Issue.EN_ORDRE if 0 <= age <= cas.nombre("age_maximum") else Issue.IMPOSSIBLE
    return cas.controle("naissance", issue, "age_maximum", Champ.DATE_NAISSANCE)


def age_minimum(cas: Cas) -> Controle | None:
    """16 on the first day, for a convention made online (règle d'Immersion Facilitée)."""
    age = cas.age
    if age is None or age < 0:
        return None
    if age >= cas.nombre("age_minimum"):
        return cas.controle("age_minimum", Issue.EN_ORDRE, "age_minimum", Champ.DATE_NAISSANCE, age=age)
    naissance_, debut = cas.jour(Champ.DATE_NAISSANCE), cas.debut
    assez = ajoute_mois(naissance_, 12 * cas.nombre("age_minimum")) if naissance_ else None
    # The person asks for a date, not for a birthday years away.
    proche = assez is not None and debut is not None and assez <= ajoute_mois(debut, 12)
    return cas.controle(
        "age_minimum", Issue.IMPOSSIBLE, "age_minimum", Champ.DATE_NAISSANCE, Champ.DATE_DEBUT,
        propose=_decale(cas, assez) if proche and assez else None, age=age,
        **({"premier": assez} if proche and assez else {}),
    )  # fmt: skip


def _decale(cas: Cas, debut: date) -> dict[Champ, Json]:
    """The same length, from another first day."""
    moved: dict[Champ, Json] = {Champ.DATE_DEBUT: debut.isoformat()}
    if cas.periode:
        moved[Champ.DATE_FIN] = (debut + (cas.periode[1] - cas.periode[0])).isoformat()
    return moved


def representant(cas: Cas) -> Controle | None:
    """Under 18 on the first day, a legal representative signs (règle d'Immersion Facilitée, 28/10/2023)."""
    if not cas.mineur:
        return None
    champs = (Champ.REPRESENTANT, Champ.REPRESENTANT_EMAIL, Champ.REPRESENTANT_TELEPHONE)
    reachable = Issue.EN_ORDRE if cas.texte(champs[1]) or cas.texte(champs[2]) else Issue.A_CONFIRMER
    issue = reachable if cas.texte(champs[0]) else Issue.IMPOSSIBLE
    return cas.controle("representant", issue, "representant_legal", *champs)


def travaux_mineur(cas: Cas) -> Controle | None:
    """Dangerous work stays closed to minors (Code du travail, L4153-8 and D4153-15): the host confirms."""
    if not cas.mineur or not cas.texte(Champ.METIER):
        return None
    return cas.controle("travaux_mineur", Issue.A_CONFIRMER, "travaux_interdits_mineur", Champ.METIER, Champ.ACTIVITES)


def employeur(cas: Cas) -> Controle | None:
    """On the usual working time, the employer agrees and signs too (Code du travail, D5135-1)."""
    if cas.texte(Champ.SITUATION) not in EMPLOYED:
        return None
    champs = (Champ.SUR_TEMPS_TRAVAIL, Champ.EMPLOYEUR, Champ.EMPLOYEUR_EMAIL)
    on_time = cas.answers.get(Champ.SUR_TEMPS_TRAVAIL)
    settled = on_time is False or (on_time is True and cas.texte(champs[1]) and cas.texte(champs[2]))
    issue = Issue.EN_ORDRE if settled else Issue.A_CONFIRMER
    return cas.controle("employeur", issue, "signature_employeur", *champs)


def arret_maladie(cas: Cas) -> Controle | None:
    """On sick leave: a doctor agrees, the outings are allowed (aide Immersion Facilitée, arrêt maladie)."""
    if cas.texte(Champ.SITUATION) != Situation.ARRET_MALADIE:
        return None
    return cas.controle("arret_maladie", Issue.A_CONFIRMER, "accord_arret_maladie", Champ.SITUATION)


def contractuel_public(cas: Cas) -> Controle | None:
    """Public contract agents: 2 to 10 working days a year in a public body, 20 over three years.

    In a private host, on their own time only (aide Immersion Facilitée, « agents contractuels »).
    """
    if cas.texte(Champ.SITUATION) != Situation.CONTRACTUEL_PUBLIC or cas.periode is None:
        return None
    cle = "contractuel_public_jours_max"
    if hote_public(cas.answers) is False and cas.vrai(Champ.SUR_TEMPS_TRAVAIL):
        return cas.controle(
            "contractuel_prive", Issue.IMPOSSIBLE, cle, Champ.SUR_TEMPS_TRAVAIL, Champ.ENTREPRISE,
            propose={Champ.SUR_TEMPS_TRAVAIL: False},
        )  # fmt: skip
    total = jours_ouvres(*cas.periode, cas.feries)
    annee, trois_ans = (total + _deja(cas, mois) for mois in (12, 36))
    minimum, sur_trois_ans = cas.nombre("contractuel_public_jours_min"), cas.nombre("contractuel_public_jours_3_ans")
    held = minimum <= total and annee <= cas.nombre(cle) and trois_ans <= sur_trois_ans
    beyond = Issue.IMPOSSIBLE if hote_public(cas.answers) else Issue.A_CONFIRMER
    issue = Issue.EN_ORDRE if held or hote_public(cas.answers) is False else beyond
    reste = min(cas.nombre(cle) - annee + total, sur_trois_ans - trois_ans + total)
    dernier = (
        _jour_ouvre(cas, min(max(total, minimum), reste)) if issue is not Issue.EN_ORDRE and reste >= minimum else None
    )
    return cas.controle(
        "contractuel_public",
        issue,
        cle,
        Champ.DATE_DEBUT,
        Champ.DATE_FIN,
        propose={Champ.DATE_FIN: dernier.isoformat()} if dernier else None,
        total=annee,
        minimum=minimum,
        trois_ans=sur_trois_ans,
        **({"dernier": dernier} if dernier else {}),
    )


def _jour_ouvre(cas: Cas, rang: int) -> date | None:
    """The working day of that rank in the stay, counted from its first day."""
    return avance(cas.debut - timedelta(days=1), rang, cas.feries) if cas.debut else None


def _deja(cas: Cas, mois: int) -> int:
    """Working days of earlier immersions that took place within so many months before this one."""
    if cas.periode is None:
        return 0
    since = ajoute_mois(cas.periode[1], -mois)
    dated = [
        (one.iso_date(Champ.DATE_DEBUT), one.iso_date(Champ.DATE_FIN))
        for one in cas.earlier
        if one.statut is Statut.CONVENTIONNEE or one.statut not in CLOS
    ]
    return sum(jours_ouvres(debut, fin, cas.feries) for debut, fin in dated if debut and fin and fin > since)


def signataires_distincts(cas: Cas) -> Controle | None:
    """Each signatory has an address and a phone of their own (règle d'Immersion Facilitée, signature en ligne)."""
    emails = (
        Champ.EMAIL, Champ.REPRESENTANT_EMAIL, Champ.TUTEUR_EMAIL, Champ.EMPLOYEUR_EMAIL, Champ.SIGNATAIRE_EMAIL,
    )  # fmt: skip
    phones = (Champ.TELEPHONE, Champ.REPRESENTANT_TELEPHONE, Champ.TUTEUR_TELEPHONE, Champ.SIGNATAIRE_TELEPHONE)
    double = next((pair for champs in (emails, phones) if (pair := _double(cas, champs))), None)
    issue = Issue.A_CONFIRMER if double else Issue.EN_ORDRE
    return cas.controle("signataires_distincts", issue, "signataires_distincts", *(double or (Champ.EMAIL,)))


_UNE_PERSONNE = (
    {Champ.TUTEUR_EMAIL, Champ.SIGNATAIRE_EMAIL},
    {Champ.TUTEUR_TELEPHONE, Champ.SIGNATAIRE_TELEPHONE},
)
"""The tutor may sign for the host."""


def _double(cas: Cas, champs: tuple[Champ, ...]) -> tuple[Champ, ...] | None:
    seen: dict[str, Champ] = {}
    for champ in champs:
        value = cas.texte(champ).lower()
        if value and value in seen and {seen[value], champ} not in _UNE_PERSONNE:
            return seen[value], champ
        seen[value] = champ
    return None


def mission_locale_age(cas: Cas) -> Controle | None:
    """A mission locale follows people under 26 (fiche F14102)."""
    if cas.texte(Champ.SUIVI_PAR) != SuiviPar.MISSION_LOCALE or cas.age is None:
        return None
    issue = Issue.EN_ORDRE if cas.age < cas.nombre("age_mission_locale") else Issue.A_CONFIRMER
    return cas.controle("mission_locale_age", issue, "age_mission_locale", Champ.SUIVI_PAR, Champ.DATE_NAISSANCE)


def situation_age(cas: Cas) -> Controle | None:
    """A pupil is not 26, a pensioner is not under 26: one of the two answers is wrong (fiche F14102)."""
    situation, age = cas.texte(Champ.SITUATION), cas.age
    if situation not in {Situation.LYCEEN, Situation.RETRAITE} or age is None:
        return None
    young = age < cas.nombre("age_mission_locale")
    issue = Issue.EN_ORDRE if young == (situation == Situation.LYCEEN) else Issue.A_CONFIRMER
    return cas.controle("situation_age", issue, "age_mission_locale", Champ.SITUATION, Champ.DATE_NAISSANCE, age=age)


def situation_temps(cas: Cas) -> Controle | None:
    """No employer and yet on working time: one of the two answers is wrong (Code du travail, D5135-1)."""
    situation = cas.texte(Champ.SITUATION)
    if not situation or not cas.vrai(Champ.SUR_TEMPS_TRAVAIL):
        return None
    issue = Issue.EN_ORDRE if situation in EMPLOYED else Issue.A_CONFIRMER
    return cas.controle("situation_temps", issue, "signature_employeur", Champ.SITUATION, Champ.SUR_TEMPS_TRAVAIL)
