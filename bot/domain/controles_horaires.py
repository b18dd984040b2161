"""Checks on days and hours: the week, minors' day, night, Sunday, rest, public holidays."""

from datetime import date

from bot.domain.calendrier import jours, jours_locaux
from bot.domain.controle import Cas, Controle, Issue, folded
from bot.domain.demande import Champ

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_DEROGATIONS = ("boulang", "patiss", "restaura", "cuisin", "hotel", "serveu", "viennois", "traiteur")
_DAY_MINUTES = 24 * 60

Plage = tuple[int, int]


def heures_semaine(cas: Cas) -> Controle | None:
    """48 hours a week at most (Immersion Facilitée; the employees' limits apply, Code du travail L5135-6)."""
    if cas.mineur:
        return None
    return _semaine(cas, "heures_semaine", "heures_semaine_max")


def heures_semaine_mineur(cas: Cas) -> Controle | None:
    """35 hours a week at most under 18 (aide Immersion Facilitée, « L'immersion pour les mineurs »)."""
    return _semaine(cas, "heures_semaine_mineur", "heures_semaine_max_mineur") if cas.mineur else None


def _semaine(cas: Cas, code: str, cle: str) -> Controle:
    heures = _heures(cas)
    if heures is None:
        return cas.controle(code, Issue.A_CONFIRMER, cle, Champ.HORAIRES)
    issue = Issue.EN_ORDRE if heures <= cas.nombre(cle) else Issue.IMPOSSIBLE
    return cas.controle(code, issue, cle, Champ.HORAIRES, heures=_shown(heures))


def heures_jour_mineur(cas: Cas) -> Controle | None:
    """8 hours a day at most under 18 (aide Immersion Facilitée, « L'immersion pour les mineurs »)."""
    if not cas.mineur:
        return None
    heures = _heures_jour(cas)
    if heures is None:
        return cas.controle("heures_jour_mineur", Issue.A_CONFIRMER, "heures_jour_max_mineur", Champ.HORAIRES)
    issue = Issue.EN_ORDRE if heures <= cas.nombre("heures_jour_max_mineur") else Issue.IMPOSSIBLE
    return cas.controle("heures_jour_mineur", issue, "heures_jour_max_mineur", Champ.HORAIRES, heures=_shown(heures))


def pause_mineur(cas: Cas) -> Controle | None:
    """A break of 30 minutes after 4 h 30 of work under 18 (aide Immersion Facilitée)."""
    plages = _plages(cas)
    if not cas.mineur or not plages:
        return None
    pause, apres = cas.nombre("pause_mineur_minutes"), cas.nombre("pause_apres_minutes_mineur")
    suite = max(fin - debut for debut, fin in _sans_pause(plages, pause))
    issue = Issue.EN_ORDRE if suite <= apres else Issue.A_CONFIRMER
    return cas.controle("pause_mineur", issue, "pause_mineur_minutes", Champ.HORAIRES)


def nuit_mineur(cas: Cas) -> Controle | None:
    """No work from 22 h to 6 h between 16 and 18, exemptions by sector apart (aide Immersion Facilitée)."""
    plages = _plages(cas)
    if not cas.mineur or not plages:
        return None
    issue = Issue.EN_ORDRE
    if _la_nuit(cas, plages):
        trade = folded(f"{cas.texte(Champ.METIER)} {cas.texte(Champ.ENTREPRISE)}")
        issue = Issue.A_CONFIRMER if any(word in trade for word in _DEROGATIONS) else Issue.IMPOSSIBLE
    return cas.controle("nuit_mineur", issue, "nuit_debut_mineur", Champ.HORAIRES, matin=cas.nombre("nuit_fin_mineur"))


def nuit(cas: Cas) -> Controle | None:
    """At night only where the host's employees lawfully work then (Code du travail, L5135-6)."""
    plages = _plages(cas)
    if cas.mineur or not plages:
        return None
    issue = Issue.A_CONFIRMER if _la_nuit(cas, plages) else Issue.EN_ORDRE
    return cas.controle("nuit", issue, "regles_des_salaries", Champ.HORAIRES)


def dimanche(cas: Cas) -> Controle | None:
    """On Sunday only where the host's employees lawfully work then (Code du travail, L5135-6)."""
    semaine = _jours(cas)
    if not semaine:
        return None
    issue = Issue.A_CONFIRMER if "dimanche" in semaine else Issue.EN_ORDRE
    return cas.controle("dimanche", issue, "regles_des_salaries", Champ.HORAIRES)


def repos_hebdomadaire(cas: Cas) -> Controle | None:
    """The employees' weekly rest applies: not seven days a week (Code du travail, L5135-6)."""
    semaine = _jours(cas)
    if cas.mineur or not semaine:
        return None
    issue = Issue.IMPOSSIBLE if len(semaine) == len(JOURS) else Issue.EN_ORDRE
    return cas.controle("repos_hebdomadaire", issue, "regles_des_salaries", Champ.HORAIRES)


def repos_hebdomadaire_mineur(cas: Cas) -> Controle | None:
    """Two days of rest in a row each week under 18 (aide Immersion Facilitée)."""
    semaine = _jours(cas)
    if not cas.mineur or not semaine:
        return None
    libres = [name not in semaine for name in JOURS]
    suite = cas.nombre("repos_hebdomadaire_mineur")
    rest = any(all(libres[(first + n) % 7] for n in range(suite)) for first in range(7))
    issue = Issue.EN_ORDRE if rest else Issue.IMPOSSIBLE
    return cas.controle("repos_hebdomadaire_mineur", issue, "repos_hebdomadaire_mineur", Champ.HORAIRES)


def repos_quotidien_mineur(cas: Cas) -> Controle | None:
    """12 hours of rest in a row between two days under 18 (aide Immersion Facilitée)."""
    plages = _plages(cas)
    if not cas.mineur or not plages:
        return None
    presence = max(fin for _, fin in plages) - min(debut for debut, _ in plages)
    rest = _DAY_MINUTES - presence
    issue = Issue.EN_ORDRE if rest >= 60 * cas.nombre("repos_quotidien_mineur") else Issue.IMPOSSIBLE
    return cas.controle("repos_quotidien_mineur", issue, "repos_quotidien_mineur", Champ.HORAIRES)


def jours_feries(cas: Cas) -> Controle | None:
    """On a public holiday only as the host's employees do (Code du travail, L5135-6); Alsace and Moselle have more."""
    if cas.periode is None:
        return None
    worked = [day for day in jours(*cas.periode) if not _jours(cas) or JOURS[day.weekday()] in _jours(cas)]
    closed = [day for day in worked if day in cas.feries(day.year) or day in _locaux(cas, day.year)]
    if not closed:
        return cas.controle("jours_feries", Issue.EN_ORDRE, "regles_des_salaries", Champ.DATE_DEBUT)
    return cas.controle("jours_feries", Issue.A_CONFIRMER, "regles_des_salaries", Champ.DATE_DEBUT, ferie=closed[0])


def _locaux(cas: Cas, year: int) -> tuple[date, ...]:
    return jours_locaux(cas.departement(Champ.LIEU) or cas.departement(Champ.COMMUNE), year, cas.feries)


def _heures(cas: Cas) -> float | None:
    """Hours a week, as told; None where they are not."""
    value = cas.answers.get(Champ.HORAIRES)
    heures = value.get("heures_semaine") if isinstance(value, dict) else None
    return float(heures) if isinstance(heures, int | float) and not isinstance(heures, bool) else None


def _heures_jour(cas: Cas) -> float | None:
    """Hours of the longest day: by the clock, else the week's share of each day."""
    plages = _plages(cas)
    if plages:
        return sum(fin - debut for debut, fin in plages) / 60
    heures, semaine = _heures(cas), _jours(cas)
    return heures / len(semaine) if heures is not None and semaine else None


def _jours(cas: Cas) -> frozenset[str]:
    value = cas.answers.get(Champ.HORAIRES)
    names = value.get("jours") if isinstance(value, dict) else None
    return frozenset(str(name) for name in names) & frozenset(JOURS) if isinstance(names, list) else frozenset()


def _plages(cas: Cas) -> list[Plage]:
    """The hours of a day, in minutes; one that ends before it starts goes past midnight."""
    value = cas.answers.get(Champ.HORAIRES)
    told = value.get("plages") if isinstance(value, dict) else None
    found = [_plage(one) for one in told] if isinstance(told, list) else []
    return sorted(plage for plage in found if plage is not None)


def _plage(told: object) -> Plage | None:
    match told:
        case [str() as start, str() as end]:
            debut, fin = _minutes(start), _minutes(end)
            if debut is None or fin is None or debut == fin:
                return None
            return debut, fin if fin > debut else fin + _DAY_MINUTES
    return None


def _minutes(clock: str) -> int | None:
    hours, _, minutes = clock.partition(":")
    if not hours.isdigit() or not (minutes.isdigit() or not minutes):
        return None
    return int(hours) * 60 + int(minutes or 0)


def _sans_pause(plages: list[Plage], pause: int) -> list[Plage]:
    """The stretches of work that no break of `pause` minutes cuts."""
    joined: list[Plage] = []
    for debut, fin in plages:
        if joined and debut - joined[-1][1] < pause:
            joined[-1] = (joined[-1][0], max(fin, joined[-1][1]))
        else:
            joined.append((debut, fin))
    return joined


def _la_nuit(cas: Cas, plages: list[Plage]) -> bool:
    soir, matin = 60 * cas.nombre("nuit_debut_mineur"), 60 * cas.nombre("nuit_fin_mineur")
    return any(debut < matin or fin > soir for debut, fin in plages)


def _shown(heures: float) -> str:
    return f"{heures:.2f}".rstrip("0").rstrip(".").replace(".", ",")
