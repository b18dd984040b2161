"""Checks on days and hours: the week, minors' day, night, Sunday, rest, public holidays."""

from collections.abc import Callable
from datetime import date

from bot.domain.calendrier import JOURS, en_toutes_lettres, jours, jours_locaux
from bot.domain.controle import Cas, Controle, Issue, folded
from bot.domain.demande import Champ
from bot.domain.reponses import Slot, hours_told
from bot.domain.session import Json

_DEROGATIONS = ("boulang", "patiss", "restaura", "cuisin", "hotel", "serveu", "viennois", "traiteur")
_DAY_MINUTES, _SAMEDI = 24 * 60, 5

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
    if heures <= cas.nombre(cle):
        return cas.controle(code, Issue.EN_ORDRE, cle, Champ.HORAIRES, heures=_shown(heures))
    propose = _semaine_de(cas, cas.nombre(cle))
    return cas.controle(code, Issue.IMPOSSIBLE, cle, Champ.HORAIRES, propose=propose, heures=_shown(heures))


def heures_jour_mineur(cas: Cas) -> Controle | None:
    """8 hours a day at most under 18 (aide Immersion Facilitée, « L'immersion pour les mineurs »)."""
    if not cas.mineur:
        return None
    heures = _heures_jour(cas)
    if heures is None:
        return cas.controle("heures_jour_mineur", Issue.A_CONFIRMER, "heures_jour_max_mineur", Champ.HORAIRES)
    cle, maximum = "heures_jour_max_mineur", cas.nombre("heures_jour_max_mineur")
    issue = Issue.EN_ORDRE if heures <= maximum else Issue.IMPOSSIBLE
    propose = _journee_de(cas, 60 * maximum) if issue is Issue.IMPOSSIBLE else None
    return cas.controle("heures_jour_mineur", issue, cle, Champ.HORAIRES, propose=propose, heures=_shown(heures))


def pause_mineur(cas: Cas) -> Controle | None:
    """A break of 30 minutes after 4 h 30 of work under 18 (aide Immersion Facilitée)."""
    journees = _journees(cas)
    if not cas.mineur or not journees:
        return None
    pause, apres = cas.nombre("pause_mineur_minutes"), cas.nombre("pause_apres_minutes_mineur")
    suite = max(fin - debut for plages in journees for debut, fin in _sans_pause(plages, pause))
    issue = Issue.EN_ORDRE if suite <= apres else Issue.A_CONFIRMER
    return cas.controle("pause_mineur", issue, "pause_mineur_minutes", Champ.HORAIRES)


def nuit_mineur(cas: Cas) -> Controle | None:
    """No work from 22 h to 6 h between 16 and 18, exemptions by sector apart (aide Immersion Facilitée)."""
    plages = _plages(cas)
    if not cas.mineur or not plages:
        return None
    issue, cle, propose = Issue.EN_ORDRE, "nuit_debut_mineur", None
    if _la_nuit(cas, plages):
        allowed = _secteur(cas, _DEROGATIONS) and not _en_pleine_nuit(cas, plages)
        issue = Issue.A_CONFIRMER if allowed else Issue.IMPOSSIBLE
        propose = None if allowed else _entre(cas, 60 * cas.nombre("nuit_fin_mineur"), 60 * cas.nombre(cle))
    matin = cas.nombre("nuit_fin_mineur")
    return cas.controle("nuit_mineur", issue, cle, Champ.HORAIRES, propose=propose, matin=matin)


def _en_pleine_nuit(cas: Cas, plages: list[Plage]) -> bool:
    """Before four, or past midnight: no sector has an exemption (Code du travail, R3163-2)."""
    return any(debut < 60 * cas.nombre("nuit_jamais_avant_mineur") or fin > _DAY_MINUTES for debut, fin in plages)


def nuit(cas: Cas) -> Controle | None:
    """At night only where the host's employees lawfully work then (Code du travail, L5135-6)."""
    plages = _plages(cas)
    if cas.mineur or not plages:
        return None
    issue = Issue.A_CONFIRMER if _la_nuit(cas, plages) else Issue.EN_ORDRE
    return cas.controle("nuit", issue, "regles_des_salaries", Champ.HORAIRES)


def dimanche(cas: Cas) -> Controle | None:
    """On Sunday only where the host's employees lawfully work then (Code du travail, L5135-6)."""
    return None if cas.mineur else _dimanche(cas, "dimanche", "regles_des_salaries")


def dimanche_mineur(cas: Cas) -> Controle | None:
    """Under 18, Sunday is a day of rest but in a few sectors (Code du travail, L3164-2 and L3164-3)."""
    return _dimanche(cas, "dimanche_mineur", "dimanche_mineur") if cas.mineur else None


def _dimanche(cas: Cas, code: str, cle: str) -> Controle | None:
    semaine = _jours(cas)
    if not semaine:
        return None
    issue = Issue.A_CONFIRMER if "dimanche" in semaine else Issue.EN_ORDRE
    return cas.controle(code, issue, cle, Champ.HORAIRES)


def week_end(cas: Cas) -> Controle | None:
    """Every Saturday and Sunday worked, by its date: as the host's employees do (Code du travail, L5135-6)."""
    if cas.periode is None or not _jours(cas):
        return None
    worked = [day for day in _travailles(cas) if day.weekday() >= _SAMEDI]
    issue = Issue.A_CONFIRMER if worked else Issue.EN_ORDRE
    return cas.controle("week_end", issue, "regles_des_salaries", Champ.HORAIRES, liste=_liste(worked))


def repos_hebdomadaire(cas: Cas) -> Controle | None:
    """The employees' weekly rest applies: not seven days a week (Code du travail, L5135-6)."""
    semaine = _jours(cas)
    if cas.mineur or not semaine:
        return None
    issue = Issue.IMPOSSIBLE if len(semaine) == len(JOURS) else Issue.EN_ORDRE
    propose = _sur(cas, frozenset(JOURS[:-1])) if issue is Issue.IMPOSSIBLE else None
    return cas.controle("repos_hebdomadaire", issue, "regles_des_salaries", Champ.HORAIRES, propose=propose)


def repos_hebdomadaire_mineur(cas: Cas) -> Controle | None:
    """Two days of rest in a row each week under 18 (aide Immersion Facilitée)."""
    semaine = _jours(cas)
    if not cas.mineur or not semaine:
        return None
    cle = "repos_hebdomadaire_mineur"
    suite = cas.nombre(cle)
    # The week-end first among equals: it costs nobody a working day.
    repos = [frozenset(JOURS[(first + n) % 7] for n in range(suite)) for first in (5, 6, 0, 1, 2, 3, 4)]
    perdu = min(repos, key=lambda free: len(free & semaine))
    issue = Issue.IMPOSSIBLE if perdu & semaine else Issue.EN_ORDRE
    propose = _sur(cas, semaine - perdu) if issue is Issue.IMPOSSIBLE else None
    return cas.controle(cle, issue, cle, Champ.HORAIRES, propose=propose)


def repos_quotidien_mineur(cas: Cas) -> Controle | None:
    """12 hours of rest in a row between two days under 18 (aide Immersion Facilitée)."""
    suites = _nuits(cas)
    if not cas.mineur or not suites:
        return None
    cle, premier = "repos_quotidien_mineur", min(debut for _, debut in suites)
    repos = 60 * cas.nombre(cle)
    tard = premier + _DAY_MINUTES - repos
    issue = Issue.EN_ORDRE if all(fin <= debut + _DAY_MINUTES - repos for fin, debut in suites) else Issue.IMPOSSIBLE
    propose = _entre(cas, premier, tard) if issue is Issue.IMPOSSIBLE else None
    return cas.controle(cle, issue, cle, Champ.HORAIRES, propose=propose)


def jours_feries(cas: Cas) -> Controle | None:
    """On a public holiday only as the host's employees do (Code du travail, L5135-6); some départements have more."""
    return None if cas.mineur else _feries(cas, "jours_feries", "regles_des_salaries")


def jours_feries_mineur(cas: Cas) -> Controle | None:
    """Under 18, no work on public holidays but in a few sectors (Code du travail, L3164-6 and L3164-8)."""
    return _feries(cas, "jours_feries_mineur", "feries_mineur") if cas.mineur else None


def _feries(cas: Cas, code: str, cle: str) -> Controle | None:
    if cas.periode is None:
        return None
    closed = [day for day in _travailles(cas) if day in cas.feries(day.year) or day in _locaux(cas, day.year)]
    if not closed:
        return cas.controle(code, Issue.EN_ORDRE, cle, Champ.DATE_DEBUT)
    return cas.controle(code, Issue.A_CONFIRMER, cle, Champ.DATE_DEBUT, ferie=closed[0], liste=_liste(closed))


def _travailles(cas: Cas) -> list[date]:
    """The days of the stay that are worked: all of them where the days of the week are not told."""
    told = _jours(cas)
    return [day for day in jours(*cas.periode) if not told or JOURS[day.weekday()] in told] if cas.periode else []


def _liste(days: list[date]) -> str:
    return ", ".join(en_toutes_lettres(day) for day in days)


def _secteur(cas: Cas, words: tuple[str, ...]) -> bool:
    trade = folded(f"{cas.texte(Champ.METIER)} {cas.texte(Champ.ENTREPRISE)}")
    return any(word in trade for word in words)


def _locaux(cas: Cas, year: int) -> tuple[date, ...]:
    return jours_locaux(cas.departement(Champ.LIEU) or cas.departement(Champ.COMMUNE), year, cas.feries)


def _heures(cas: Cas) -> float | None:
    """Hours a week, as told; None where they are not."""
    value = cas.answers.get(Champ.HORAIRES)
    heures = value.get("heures_semaine") if isinstance(value, dict) else None
    return float(heures) if isinstance(heures, int | float) and not isinstance(heures, bool) else None


def _heures_jour(cas: Cas) -> float | None:
    """Hours of the longest day: by the clock, else the week's share of each day."""
    journees = _journees(cas)
    if journees:
        return max(_minutes_de(plages) for plages in journees) / 60
    heures, semaine = _heures(cas), _jours(cas)
    return heures / len(semaine) if heures is not None and semaine else None


def _jours(cas: Cas) -> frozenset[str]:
    value = cas.answers.get(Champ.HORAIRES)
    names = value.get("jours") if isinstance(value, dict) else None
    return frozenset(str(name) for name in names) & frozenset(JOURS) if isinstance(names, list) else frozenset()


def _plages(cas: Cas) -> list[Plage]:
    """The hours of every day, in minutes, whichever day; one that ends before it starts goes past midnight."""
    return sorted({plage for plages in _journees(cas) for plage in plages})


def _journees(cas: Cas) -> list[list[Plage]]:
    """The hours of each kind of day, one kind where all days are alike; empty where none are told."""
    told = hours_told(cas.answers.get(Champ.HORAIRES))
    kinds = [slots for _, slots in told.groups()] or [told.slots]
    return [plages for slots in kinds if (plages := _lues(slots))]


def _lues(slots: tuple[Slot, ...]) -> list[Plage]:
    return sorted(plage for start, end in slots if (plage := _plage(start, end)) is not None)


def _nuits(cas: Cas) -> list[tuple[int, int]]:
    """The end of a day with the start of the next one that is worked; of any day, where days are alike or not told."""
    told = hours_told(cas.answers.get(Champ.HORAIRES))
    if not told.by_day:
        plages = _plages(cas)
        return [(max(fin for _, fin in plages), plages[0][0])] if plages else []
    jours_lus = {nom: plages for nom in told.days if (plages := _lues(told.on(nom)))}
    suites = [(nom, JOURS[(rang + 1) % 7]) for rang, nom in enumerate(JOURS)]
    return [
        (max(fin for _, fin in jours_lus[soir]), jours_lus[matin][0][0])
        for soir, matin in suites
        if soir in jours_lus and matin in jours_lus
    ]


def _minutes_de(plages: list[Plage]) -> int:
    return sum(fin - debut for debut, fin in plages)


def _plage(start: str, end: str) -> Plage | None:
    debut, fin = _minutes(start), _minutes(end)
    if debut is None or fin is None or debut == fin:
        return None
    return debut, fin if fin > debut else fin + _DAY_MINUTES


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


def _semaine_de(cas: Cas, heures: int) -> dict[Champ, Json] | None:
    """The same days and the same start, shortened to a week of so many hours."""
    semaine = _jours(cas)
    if semaine and _plages(cas):
        return _journee_de(cas, 60 * heures // len(semaine))
    told = _horaires(cas)
    return {Champ.HORAIRES: told | {"heures_semaine": heures}} if told else None


def _journee_de(cas: Cas, minutes: int) -> dict[Champ, Json] | None:
    """The same start, the day shortened to so many minutes; the week follows."""

    def shortened(plages: list[Plage]) -> list[Plage]:
        kept, left = [], minutes
        for debut, fin in plages:
            if left > 0:
                kept.append((debut, min(fin, debut + left)))
                left -= fin - debut
        return kept

    return _horaire(cas, _jours(cas), shortened, minutes)


def _entre(cas: Cas, tot: int, tard: int) -> dict[Champ, Json] | None:
    """The part of the day between two times; None where nothing is left of it."""

    def inside(plages: list[Plage]) -> list[Plage]:
        return [(max(debut, tot), min(fin, tard)) for debut, fin in plages if max(debut, tot) < min(fin, tard)]

    return _horaire(cas, _jours(cas), inside, 0) if all(map(inside, _journees(cas))) else None


def _sur(cas: Cas, semaine: frozenset[str]) -> dict[Champ, Json] | None:
    """The same day on fewer days of the week; None where no day is left."""
    minutes = _heures_jour(cas)
    return _horaire(cas, semaine, list, round(60 * minutes)) if semaine and minutes else None


def _horaire(
    cas: Cas, semaine: frozenset[str], change: Callable[[list[Plage]], list[Plage]], minutes: int
) -> dict[Champ, Json] | None:
    """These days, the hours of each changed, with the week that they make; `minutes` a day where no clock is told."""
    told, known = _horaires(cas), hours_told(cas.answers.get(Champ.HORAIRES))
    if not told or not semaine:
        return None
    named = [name for name in JOURS if name in semaine]
    changed: dict[str, Json] = {"jours": list(named), "heures_semaine": len(named) * minutes / 60}
    if _lues(known.slots):
        par_jour = {name: change(_lues(slots)) for name, slots in known.by_day if name in semaine}
        usual = change(_lues(known.slots))
        total = sum(_minutes_de(par_jour.get(name, usual)) for name in named)
        changed |= {"plages": _ecrites(usual), "heures_semaine": total / 60}
        if par_jour:
            changed["par_jour"] = {name: _ecrites(plages) for name, plages in par_jour.items()}
        else:
            told.pop("par_jour", None)
    return {Champ.HORAIRES: told | changed}


def _ecrites(plages: list[Plage]) -> list[Json]:
    return [[_clock(debut), _clock(fin)] for debut, fin in plages]


def _horaires(cas: Cas) -> dict[str, Json]:
    value = cas.answers.get(Champ.HORAIRES)
    return dict(value) if isinstance(value, dict) else {}


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
