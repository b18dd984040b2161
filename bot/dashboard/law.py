"""What the law checks say of a demande: short flags for the list, sentences with their article for the page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from bot.dashboard.desk import Desk
from bot.dashboard.form import LABELS, minor_at_start
from bot.dashboard.shown import shown
from bot.domain.controles import Controle, Issue, controler
from bot.domain.demande import CLOS, Champ, Demande, Statut
from bot.storage.models import DemandeRow
from bot.storage.records import demande_of

FLAGS: Mapping[str, str] = {
    "naissance": "Date de naissance à vérifier",
    "age_minimum": "Moins de 16 ans",
    "ordre_dates": "Dates à préciser",
    "date_passee": "Début passé",
    "duree": "Trop longue",
    "delai": "Début trop proche",
    "jours_12_mois": "Plus de 60 jours en 12 mois",
    "jours_12_mois_epuises": "Plus de 60 jours en 12 mois",
    "conventions_12_mois": "Plus de 2 conventions en 12 mois",
    "renouvellement": "Renouvellement",
    "part_contrat": "Plus de 25 % du contrat",
    "part_contrat_epuisee": "Plus de 25 % du contrat",
    "contrat_fini": "Contrat de travail à vérifier",
    "objectif": "Objet à préciser",
    "usages_interdits": "Usage interdit possible",
    "hote_distinct": "Accueil chez son employeur",
    "representant": "Représentant légal manquant",
    "employeur": "Accord de l'employeur",
    "contractuel_public": "Règles des contractuels",
    "contractuel_prive": "Contractuel : hors temps de travail",
    "arret_maladie": "Arrêt de travail",
    "heures_semaine": "Trop d'heures",
    "heures_semaine_mineur": "Trop d'heures (mineur)",
    "heures_jour_mineur": "Journée trop longue (mineur)",
    "pause_mineur": "Pause (mineur)",
    "nuit_mineur": "Nuit (mineur)",
    "nuit": "Travail de nuit",
    "dimanche": "Dimanche",
    "repos_quotidien_mineur": "Repos (mineur)",
    "repos_hebdomadaire": "Repos",
    "repos_hebdomadaire_mineur": "Repos (mineur)",
    "signataires_distincts": "Coordonnées en double",
}
"""Checks that deserve a flag in the list. Advice that concerns nearly everybody stays on the demande's page."""

ISSUES: Mapping[Issue, str] = {
    Issue.IMPOSSIBLE: "Impossible",
    Issue.A_CONFIRMER: "À confirmer",
    Issue.EN_ORDRE: "En ordre",
}


@dataclass(frozen=True, slots=True)
class Alert:
    """A flag: `grave` is what forbids, the rest is to be checked."""

    code: str
    texte: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One check with its sentence, where the rule is written, and what would be in order."""

    code: str
    issue: str
    mention: str
    texte: str
    article: str
    url: str
    propose: str


def earlier_of(rows: Sequence[Any]) -> Sequence[Any]:
    """Other demandes of the people on a page, by chat, e-mail or name with birth date: one query for the page."""
    if not rows:
        return ()
    same = Q(chat__in={row.chat for row in rows}) | Q(email__in={row.email for row in rows if row.email})
    same |= Q(nom_recherche__in={row.nom_recherche for row in rows if row.nom_recherche})
    return list(DemandeRow.objects.filter(same).order_by("envoyee_le")[:500])


def others_of(row: Any, found: Iterable[Any]) -> list[Any]:
    """Those of one person, this demande left out."""
    return [one for one in found if one.pk != row.pk and _same_person(row, one)]


def _same_person(row: Any, one: Any) -> bool:
    named = bool(row.nom_recherche) and row.nom_recherche == one.nom_recherche
    return bool(
        one.chat == row.chat
        or (row.email and one.email == row.email)
        or (named and row.date_naissance is not None and row.date_naissance == one.date_naissance)
    )


def twins(row: Any, others: Iterable[Any]) -> list[Any]:
    """Open demandes that may be this one sent twice: same person, and dates that overlap or are not known."""
    return [one for one in others if Statut(one.statut) not in CLOS and _overlap(row, one)]


def _overlap(row: Any, one: Any) -> bool:
    if None in (row.date_debut, row.date_fin, one.date_debut, one.date_fin):
        return True
    return bool(row.date_debut <= one.date_fin and one.date_debut <= row.date_fin)


def alerts(row: Any, desk: Desk, found: Sequence[Any]) -> tuple[Alert, ...]:
    """The flags of a line, the gravest first; a closed demande has none."""
    if Statut(row.statut) in CLOS:
        return ()
    others = others_of(row, found)
    minor = minor_at_start(row.answers, desk.today, desk.regles.valeur("age_majorite", desk.today))
    flags = [
        Alert(one.code, FLAGS[one.code], one.issue is Issue.IMPOSSIBLE)
        for one in _controls(row, desk, others)
        if one.issue is not Issue.EN_ORDRE and one.code in FLAGS
    ]
    double = [Alert("doublon", "Doublon possible")] if twins(row, others) else []
    return (*([Alert("mineur", "Mineur")] if minor else ()), *double, *flags)


def _controls(row: Any, desk: Desk, others: Sequence[Any]) -> tuple[Controle, ...]:
    return controler(
        row.answers,
        today=desk.today,
        regles=desk.regles,
        holidays=desk.formats.holidays,
        earlier=[_earlier(row, one) for one in others],
    )


def _earlier(row: Any, one: Any) -> Demande:
    """The limits of the law count every body's demandes; only their own body, and office, knows their numbers."""
    demande = demande_of(one, ())
    if one.organisme != row.organisme:
        return replace(demande, numero="d'un autre organisme")
    return demande if one.bureau in ("", row.bureau) else replace(demande, numero="d'un autre bureau")


def controls(row: Any, desk: Desk, found: Sequence[Any]) -> tuple[Controle, ...]:
    """Every check of a demande, as the documents take them."""
    return _controls(row, desk, others_of(row, found))


def checks(found: Sequence[Controle], desk: Desk) -> tuple[Check, ...]:
    """Every check in words."""
    return tuple(_check(one, desk) for one in found)


def _check(one: Controle, desk: Desk) -> Check:
    key = f"controle.{one.code}.{one.issue.value}"
    said = desk.words.say(key, **one.params) if desk.words.has(key) else FLAGS.get(one.code, one.code)
    proposals = [
        f"{LABELS[champ]} : {shown(champ, value)}" for champ, value in one.propose.items() if champ in set(Champ)
    ]
    return Check(one.code, one.issue.value, ISSUES[one.issue], said, one.article, one.url, " ; ".join(proposals))
