"""« Ce qu'il vous reste à faire »: who, in which order, by when, once a request is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from bot.domain.calendrier import Feries, recule
from bot.domain.controle import Cas
from bot.domain.demande import Champ
from bot.domain.regles import Regles
from bot.domain.session import Json

_RECHERCHE = "https://immersion-facile.beta.gouv.fr/recherche"
_PREPARER = (Champ.METIER, Champ.ENTREPRISE, Champ.SIRET, Champ.ADRESSE, Champ.TUTEUR, Champ.HORAIRES, Champ.ACTIVITES)
_HOTE = frozenset({Champ.ENTREPRISE, Champ.SIRET, Champ.ADRESSE, Champ.TUTEUR})


@dataclass(frozen=True, slots=True)
class Demarche:
    """One thing to do: its code (words `demarche.<code>`), by when, and what to have ready.

    `avant` is the last day, None where no date is known; `vite` says that this day has come.
    """

    code: str
    avant: date | None = None
    vite: bool = False
    champs: tuple[Champ, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)


def demarches(
    answers: Mapping[str, Json],
    organisme: str,
    dispositif: str,
    *,
    today: date,
    regles: Regles,
    holidays: Feries,
) -> tuple[Demarche, ...]:
    """What is left to do, in order; empty where the scheme is not a PMSMP or no body is named.

    The convention is signed by all and validated before the first day (Code du travail, L5135-4), so days are
    counted back from the start, in working days.
    """
    if dispositif != "pmsmp" or organisme in {"", "a-confirmer"}:
        return ()
    cas = Cas(answers, today, regles, holidays)
    conseille, court = cas.nombre("delai_conseille_jours_ouvres"), cas.nombre("delai_court_jours_ouvres")
    before = [_hote(cas, conseille), _preparer(cas, conseille), _due(cas, "contacter", conseille)]
    signers = [_due(cas, f"signer_{who}", court) for who in _signataires(cas)]
    after = [_due(cas, "valider", 1), Demarche("commencer", cas.debut), Demarche("bilan", cas.fin)]
    return tuple(one for one in (*before, *signers, *after) if one is not None)


def recherche(lieu: str) -> str:
    """Immersion Facilitée's search page, with the place to look around and nothing about the person."""
    return f"{_RECHERCHE}?place={quote(lieu, safe='')}" if lieu else _RECHERCHE


def manquants(answers: Mapping[str, Json]) -> tuple[Champ, ...]:
    """What a convention needs and the request does not say yet; the host's own fields only once it is known."""
    known = answers.get(Champ.HOTE_CONNU) is not False
    return tuple(champ for champ in _PREPARER if not answers.get(champ) and (known or champ not in _HOTE))


def _hote(cas: Cas, days: int) -> Demarche | None:
    if cas.answers.get(Champ.HOTE_CONNU) is not False or cas.texte(Champ.ENTREPRISE):
        return None
    lieu, metier = cas.place(Champ.LIEU, Champ.COMMUNE), cas.texte(Champ.METIER)
    code = "trouver_hote_ici" if lieu and metier else "trouver_hote"
    return _due(cas, code, days, lien=recherche(lieu), lieu=lieu, metier=metier)


def _preparer(cas: Cas, days: int) -> Demarche | None:
    champs = manquants(cas.answers)
    return _due(cas, "preparer", days, champs) if champs else None


def _signataires(cas: Cas) -> tuple[str, ...]:
    """Who signs before the body, in order (Code du travail, L5135-4 and D5135-1)."""
    who = ["personne"]
    if cas.mineur:
        who.append("representant")
    who.append("hote")
    if cas.vrai(Champ.SUR_TEMPS_TRAVAIL):
        who.append("employeur")
    return tuple(who)


def _due(cas: Cas, code: str, days: int, champs: tuple[Champ, ...] = (), **params: str) -> Demarche:
    """A thing to do `days` working days before the start; today at the latest where that day is past."""
    if cas.debut is None:
        return Demarche(code, None, champs=champs, params=params)
    day = recule(cas.debut, days, cas.feries)
    return Demarche(code, max(day, cas.today), day <= cas.today, champs, params)
