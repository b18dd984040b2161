"""Checks that count what the same person asked for before: renewal, the same host, the share of a contract."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TypeAlias

from bot.domain.calendrier import ajoute_mois, jours
from bot.domain.controle import Cas, Controle, Issue, folded
from bot.domain.demande import Champ, Demande, Statut
from bot.domain.orientation import Situation
from bot.domain.session import Json

_CONTRATS = {Situation.SALARIE_INSERTION, Situation.CONTRAT_AIDE}
_DATES = (Champ.DATE_DEBUT, Champ.DATE_FIN)
_UN_AN = 366
_ABANDONNEES = {Statut.REFUSEE, Statut.ANNULEE, Statut.SANS_SUITE}

Periode: TypeAlias = tuple[date, date]


def doublon(cas: Cas) -> Controle | None:
    """The same host and the same days as another demande: one immersion, asked for twice (Code du travail, L5135-4)."""
    if cas.periode is None:
        return None
    pareille = next((one for one in _retenues(cas) if _meme_sejour(one, cas)), None)
    if pareille is None:
        return None
    return cas.controle("doublon", Issue.A_CONFIRMER, "convention_avant_debut", *_DATES, demande=pareille.numero)


def deja_accueilli(cas: Cas) -> Controle | None:
    """An earlier stay in this host, as the person tells it: the body checks renewal and totals (D5135-3 alinéa 2)."""
    if not cas.vrai(Champ.DEJA_ACCUEILLI) or cas.periode is None:
        return None
    champs = (Champ.DEJA_ACCUEILLI, Champ.ACCUEIL_DEBUT, Champ.ACCUEIL_FIN)
    dits = sejours_dits(cas)
    if not dits:
        return cas.controle("deja_accueilli_sans_dates", Issue.A_CONFIRMER, "renouvellements_max", *champs)
    dernier = max(fin for _, fin in dits)
    return cas.controle("deja_accueilli", Issue.A_CONFIRMER, "renouvellements_max", *champs, fin=dernier)


def sejours_dits(cas: Cas) -> list[Periode]:
    """The stays in this host that the person tells; half a pair, or a last day before the first, tells none."""
    debut, fin = cas.jour(Champ.ACCUEIL_DEBUT), cas.jour(Champ.ACCUEIL_FIN)
    told = cas.vrai(Champ.DEJA_ACCUEILLI) and debut is not None and fin is not None
    return [(debut, fin)] if told and debut and fin and debut <= fin and (fin - debut).days < _UN_AN else []


def renouvellement(cas: Cas) -> Controle | None:
    """Same host, object and aims as before: one renewal, if the aims are not reached (D5135-3 alinéa 2)."""
    if cas.periode is None or not any(_hote(cas.answers)):
        return None
    key = _projet(cas.answers)
    pareilles = [one for one in _chez_le_meme_hote(cas) if _projet(one.answers) == key and not _meme_sejour(one, cas)]
    if not pareilles:
        return cas.controle("renouvellement", Issue.EN_ORDRE, "renouvellements_max", *_DATES)
    faites = sum(one.statut is Statut.CONVENTIONNEE for one in pareilles)
    maximum = cas.nombre("renouvellements_max")
    issue = Issue.IMPOSSIBLE if faites > maximum else Issue.A_CONFIRMER
    return cas.controle(
        "renouvellement", issue, "renouvellements_max", *_DATES, Champ.OBJECTIF, demande=pareilles[-1].numero
    )


def conventions_12_mois(cas: Cas) -> Controle | None:
    """At most two conventions, with different objects or aims, in twelve months in one host (D5135-3 alinéa 3)."""
    if cas.periode is None or not any(_hote(cas.answers)):
        return None
    deja = _chez_le_meme_hote(cas)
    projet, maximum = _projet(cas.answers), cas.nombre("conventions_max_12_mois")
    faites = {_projet(one.answers) for one in deja if one.statut is Statut.CONVENTIONNEE} | {projet}
    # What was done of a stay that is only told is not known: it counts for one more object, to be confirmed.
    prevues = len({_projet(one.answers) for one in deja} | {projet}) + len(_dits_recents(cas))
    issue = Issue.EN_ORDRE
    if prevues > maximum:
        issue = Issue.IMPOSSIBLE if len(faites) > maximum else Issue.A_CONFIRMER
    return cas.controle(
        "conventions_12_mois", issue, "conventions_max_12_mois", Champ.ENTREPRISE, Champ.SIRET, compte=prevues
    )


def jours_12_mois(cas: Cas) -> Controle | None:
    """At most 60 days in twelve months in one host, renewals included (Code du travail, D5135-3 alinéa 3)."""
    if cas.periode is None or not any(_hote(cas.answers)):
        return None
    deja = _chez_le_meme_hote(cas)
    maximum = cas.nombre("jours_max_12_mois")
    prevus = _au_plus([*_periodes(deja), *_dits_recents(cas), cas.periode])
    faits = _au_plus([*_periodes(one for one in deja if one.statut is Statut.CONVENTIONNEE), cas.periode])
    if prevus <= maximum:
        return cas.controle("jours_12_mois", Issue.EN_ORDRE, "jours_max_12_mois", *_DATES, compte=prevus)
    issue = Issue.IMPOSSIBLE if faits > maximum else Issue.A_CONFIRMER
    debut, fin = cas.periode
    dernier = fin - timedelta(days=(faits if issue is Issue.IMPOSSIBLE else prevus) - maximum)
    possible = dernier >= debut
    return cas.controle(
        "jours_12_mois" if possible else "jours_12_mois_epuises",
        issue,
        "jours_max_12_mois",
        *_DATES,
        propose={Champ.DATE_FIN: dernier.isoformat()} if possible else None,
        compte=max(prevus, faits),
        **({"dernier": dernier} if possible else {}),
    )


def part_contrat(cas: Cas) -> Controle | None:
    """Insertion or subsidised contract: all immersions together within 25 % of its length (fiche F14102).

    https://www.service-public.fr/particuliers/vosdroits/F14102
    """
    if cas.texte(Champ.SITUATION) not in _CONTRATS or cas.periode is None:
        return None
    champs = (Champ.CONTRAT_DEBUT, Champ.CONTRAT_FIN)
    contrat_debut, contrat_fin = cas.jour(champs[0]), cas.jour(champs[1])
    if contrat_debut is None or contrat_fin is None or contrat_fin < contrat_debut:
        return cas.controle("part_contrat", Issue.A_CONFIRMER, "part_contrat_max", *champs)
    maximum = _longueur((contrat_debut, contrat_fin)) * cas.nombre("part_contrat_max") // 100
    avant = sum(_longueur(one) for one in _periodes(_retenues(cas)) if contrat_debut <= one[0] <= contrat_fin)
    total = avant + _longueur(cas.periode)
    if total <= maximum:
        return cas.controle("part_contrat", Issue.EN_ORDRE, "part_contrat_max", *champs, maximum=maximum, total=total)
    dernier = cas.periode[1] - timedelta(days=total - maximum)
    possible = dernier >= cas.periode[0]
    return cas.controle(
        "part_contrat" if possible else "part_contrat_epuisee",
        Issue.IMPOSSIBLE,
        "part_contrat_max",
        *_DATES,
        *champs,
        propose={Champ.DATE_FIN: dernier.isoformat()} if possible else None,
        maximum=maximum,
        total=total,
        **({"dernier": dernier} if possible else {}),
    )


def _retenues(cas: Cas) -> list[Demande]:
    """Earlier demandes that became, or may still become, a convention; oldest first."""
    return [one for one in cas.earlier if one.statut not in _ABANDONNEES and one.dispositif == "pmsmp"]


def _hote(answers: Mapping[str, Json]) -> tuple[str, str]:
    """The host as it is compared: its SIRET and its name, each empty where it is not known."""
    return str(answers.get(Champ.SIRET) or ""), folded(str(answers.get(Champ.ENTREPRISE) or ""))


def _meme_hote(one: Mapping[str, Json], other: Mapping[str, Json]) -> bool:
    """The same SIRET, or the same name where one SIRET is missing."""
    (siret, nom), (autre_siret, autre_nom) = _hote(one), _hote(other)
    return siret == autre_siret if siret and autre_siret else bool(nom) and nom == autre_nom


def _projet(answers: Mapping[str, Json]) -> tuple[str, str]:
    """The object, and the trade: what is known of the aims."""
    return str(answers.get(Champ.OBJECTIF) or ""), folded(str(answers.get(Champ.METIER) or ""))


def _chez_le_meme_hote(cas: Cas) -> list[Demande]:
    """Earlier demandes in the same host, within twelve months of this one."""
    found = [one for one in _retenues(cas) if _meme_hote(one.answers, cas.answers)]
    if cas.periode is None:
        return []
    debut, fin = cas.periode
    return [
        one
        for one in found
        if any(ajoute_mois(debut, -12) < last and first < ajoute_mois(fin, 12) for first, last in _periodes([one]))
    ]


def _dits_recents(cas: Cas) -> list[Periode]:
    """The stays that the person tells, within twelve months of this one; those that a demande already holds apart."""
    if cas.periode is None:
        return []
    debut, fin = cas.periode
    sues = set(_periodes(_chez_le_meme_hote(cas)))
    return [
        (first, last)
        for first, last in sejours_dits(cas)
        if ajoute_mois(debut, -12) < last and first < ajoute_mois(fin, 12) and (first, last) not in sues
    ]


def _meme_sejour(one: Demande, cas: Cas) -> bool:
    """The same days in the same host, or in no host named yet."""
    same_days = (one.iso_date(Champ.DATE_DEBUT), one.iso_date(Champ.DATE_FIN)) == cas.periode
    unnamed = not any(_hote(one.answers)) and not any(_hote(cas.answers))
    return same_days and (unnamed or _meme_hote(one.answers, cas.answers))


def _periodes(demandes: Iterable[Demande]) -> list[Periode]:
    """The dates of these demandes, where both are known and in order."""
    dated = ((one.iso_date(Champ.DATE_DEBUT), one.iso_date(Champ.DATE_FIN)) for one in demandes)
    return [(debut, fin) for debut, fin in dated if debut and fin and debut <= fin]


def _longueur(periode: Periode) -> int:
    """Calendar days, both ends included."""
    return (periode[1] - periode[0]).days + 1


def _au_plus(periodes: list[Periode]) -> int:
    """The most days that any twelve consecutive months hold; a day of two periods counts once."""
    starts = {debut for debut, _ in periodes} | {ajoute_mois(fin, -12) + timedelta(days=1) for _, fin in periodes}
    days = {day for periode in periodes for day in jours(*periode)}
    years = [(start, ajoute_mois(start, 12)) for start in starts]
    return max(sum(start <= day < end for day in days) for start, end in years)
