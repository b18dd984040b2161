"""Checks on the dates of one request: order, past, time left before the start, length."""

from datetime import timedelta

from bot.domain.calendrier import ajoute_mois, avance, jours_ouvres
from bot.domain.controle import Cas, Controle, Issue
from bot.domain.demande import Champ
from bot.domain.orientation import Situation
from bot.domain.regles import dernier

_DATES = (Champ.DATE_DEBUT, Champ.DATE_FIN)
_COURT, _CONSEILLE = "delai_court_jours_ouvres", "delai_conseille_jours_ouvres"
"""Rows of regles.yaml; a body may have its own, as `delai_conseille_jours_ouvres_mission_locale`."""


def ordre_dates(cas: Cas) -> Controle | None:
    """The last day comes on or after the first one (Code du travail, L5135-4: the convention states both dates)."""
    if cas.debut is None or cas.fin is None:
        return cas.controle("ordre_dates", Issue.A_CONFIRMER, "duree_max_mois", *_DATES)
    if cas.debut <= cas.fin:
        return cas.controle("ordre_dates", Issue.EN_ORDRE, "duree_max_mois", *_DATES, debut=cas.debut, fin=cas.fin)
    limite = dernier(cas.debut, cas.nombre("duree_max_mois"), cas.nombre("duree_max_ecart_jours"))
    # « Du 14 décembre au 8 janvier » : the year of the end was not said again.
    suivante = ajoute_mois(cas.fin, 12)
    possible = suivante if cas.debut <= suivante <= limite else cas.debut
    return cas.controle(
        "ordre_dates", Issue.IMPOSSIBLE, "duree_max_mois", *_DATES, propose={Champ.DATE_FIN: possible.isoformat()},
        debut=cas.debut, fin=cas.fin, dernier=possible,
    )  # fmt: skip


def date_passee(cas: Cas) -> Controle | None:
    """No convention for days gone by: it is validated before the first day (Code du travail, L5135-4)."""
    if cas.debut is None:
        return None
    issue = Issue.IMPOSSIBLE if cas.debut < cas.today else Issue.EN_ORDRE
    premier = avance(cas.today, cas.nombre(cas.cle_de_organisme(_CONSEILLE)), cas.feries)
    return cas.controle(
        "date_passee",
        issue,
        "convention_avant_debut",
        Champ.DATE_DEBUT,
        propose={Champ.DATE_DEBUT: premier.isoformat()} if issue is Issue.IMPOSSIBLE else None,
        debut=cas.debut,
        premier=premier,
    )


def delai(cas: Cas) -> Controle | None:
    """Signed by all and validated before the first day, else no accident cover (Code du travail, L5135-4).

    Working days are counted after today, the first day of the immersion included.
    """
    if cas.debut is None or cas.debut < cas.today:
        return None
    reste = jours_ouvres(cas.today + timedelta(days=1), cas.debut, cas.feries)
    court, conseille = (cas.nombre(cas.cle_de_organisme(cle)) for cle in (_COURT, _CONSEILLE))
    premier = avance(cas.today, conseille, cas.feries)
    ahead = Issue.A_CONFIRMER if reste < court else Issue.EN_ORDRE
    issue = Issue.IMPOSSIBLE if cas.debut == cas.today else ahead
    propose = {Champ.DATE_DEBUT: premier.isoformat()} if issue is not Issue.EN_ORDRE else None
    return cas.controle(
        "delai", issue, "convention_avant_debut", Champ.DATE_DEBUT, propose=propose, debut=cas.debut, premier=premier,
        reste=reste,
    )  # fmt: skip


def delai_conseille(cas: Cas) -> Controle | None:
    """A week of working days is what organisms usually need; no text fixes a time limit (beta.gouv.fr)."""
    if cas.debut is None or cas.debut <= cas.today:
        return None
    reste = jours_ouvres(cas.today + timedelta(days=1), cas.debut, cas.feries)
    if reste < cas.nombre(cas.cle_de_organisme(_COURT)):
        return None
    cle = cas.cle_de_organisme(_CONSEILLE)
    issue = Issue.A_CONFIRMER if reste < cas.nombre(cle) else Issue.EN_ORDRE
    return cas.controle("delai_conseille", issue, cle, Champ.DATE_DEBUT, debut=cas.debut, reste=reste)


def delai_arret_maladie(cas: Cas) -> Controle | None:
    """On sick leave, the doctor's agreement and the file take four to six weeks (aide Immersion Facilitée)."""
    if cas.texte(Champ.SITUATION) != Situation.ARRET_MALADIE or cas.debut is None:
        return None
    semaines, longtemps = cas.nombre("dossier_arret_maladie_min"), cas.nombre("dossier_arret_maladie_max")
    premier = avance(cas.today + timedelta(weeks=longtemps, days=-1), 1, cas.feries)
    tot = cas.debut < cas.today + timedelta(weeks=longtemps)
    return cas.controle(
        "delai_arret_maladie", Issue.A_CONFIRMER if tot else Issue.EN_ORDRE, "dossier_arret_maladie_max",
        Champ.DATE_DEBUT, propose={Champ.DATE_DEBUT: premier.isoformat()} if tot else None,
        debut=cas.debut, premier=premier, minimum=semaines,
    )  # fmt: skip


def delai_fonction_publique(cas: Cas) -> Controle | None:
    """A civil servant asks three months before (décret n° 2022-1043, fiche F36642)."""
    if cas.texte(Champ.SITUATION) != Situation.FONCTIONNAIRE or cas.debut is None:
        return None
    plus_tot = ajoute_mois(cas.today, cas.nombre("delai_fonction_publique_mois"))
    premier = avance(plus_tot - timedelta(days=1), 1, cas.feries)
    tot = cas.debut < plus_tot
    return cas.controle(
        "delai_fonction_publique", Issue.A_CONFIRMER if tot else Issue.EN_ORDRE, "delai_fonction_publique_mois",
        Champ.DATE_DEBUT, propose={Champ.DATE_DEBUT: premier.isoformat()} if tot else None,
        debut=cas.debut, premier=premier,
    )  # fmt: skip


def duree(cas: Cas) -> Controle | None:
    """One month date to date, and at most 30 days between the two dates (Code du travail, D5135-3 alinéa 1).

    https://www.service-public.fr/particuliers/vosdroits/F14102
    """
    if cas.periode is None:
        return None
    debut, fin = cas.periode
    ecart = cas.nombre("duree_max_ecart_jours")
    limite = dernier(debut, cas.nombre("duree_max_mois"), ecart)
    if fin <= limite:
        return cas.controle("duree", Issue.EN_ORDRE, "duree_max_mois", *_DATES, debut=debut, fin=fin)
    return cas.controle(
        "duree",
        Issue.IMPOSSIBLE,
        "duree_max_mois",
        *_DATES,
        propose={Champ.DATE_FIN: limite.isoformat()},
        debut=debut,
        fin=fin,
        dernier=limite,
        ecart=ecart,
    )


def contrat_fini(cas: Cas) -> Controle | None:
    """The contract told lasts during the immersion: else the situation is another one (fiche F14102)."""
    contrat_debut, contrat_fin = cas.jour(Champ.CONTRAT_DEBUT), cas.jour(Champ.CONTRAT_FIN)
    if cas.periode is None or contrat_debut is None or contrat_fin is None:
        return None
    inside = contrat_debut <= cas.periode[0] and cas.periode[1] <= contrat_fin
    return cas.controle(
        "contrat_fini",
        Issue.EN_ORDRE if inside else Issue.A_CONFIRMER,
        "part_contrat_max",
        Champ.CONTRAT_DEBUT,
        Champ.CONTRAT_FIN,
        contrat_debut=contrat_debut,
        contrat_fin=contrat_fin,
    )
