"""A question that holds the figures of a rule is answered by the rule: the form's own checks, on what was told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot.answers.told_figures import Figures, read_figures
from bot.domain.answer import Answer, Question
from bot.domain.calendrier import Feries, ajoute_mois
from bot.domain.controle import Cas, Controle, Issue
from bot.domain.controles_cumul import jours_12_mois, part_contrat
from bot.domain.controles_dates import duree
from bot.domain.controles_horaires import (
    dimanche_mineur,
    heures_jour_mineur,
    heures_semaine,
    heures_semaine_mineur,
    jours_feries_mineur,
    nuit_mineur,
    repos_hebdomadaire,
    repos_hebdomadaire_mineur,
)
from bot.domain.controles_personne import age_minimum
from bot.domain.demande import Champ, Demande, Statut
from bot.domain.fiche import Citation, Passage
from bot.domain.orientation import Situation
from bot.domain.regles import Regles
from bot.domain.session import Json
from bot.errors import ContentError

_HOST = "accueil"
_YOUNG, _OLDEST_ASKED = 10, 25
"""Ages about which somebody asks whether they are old enough."""

_MORNING, _EVENING = "07:30", "20:00"
"""Hours between which nobody asks about the night."""

_STILL_MINOR, _NO_REST = 17, 6
"""The age of a minor who tells none, and the days of a week that leaves no two days of rest."""

_ABOUT: Mapping[str, frozenset[str]] = {
    "age_minimum": frozenset({"mineurs", "beneficiaires", "situations", "alternatives"}),
    "age_atteint": frozenset({"mineurs", "beneficiaires", "situations", "alternatives", "duree", "deroulement"}),
    "duree": frozenset({"duree", "deroulement", "apres", "horaires", "situations"}),
    "duree_totale": frozenset({"duree", "horaires", "deroulement", "apres"}),
    "jours_12_mois": frozenset({"duree", "apres"}),
    "jours_12_mois_epuises": frozenset({"duree", "apres"}),
    "heures_semaine": frozenset({"horaires", "mineurs"}),
    "heures_semaine_mineur": frozenset({"horaires", "mineurs"}),
    "heures_jour_mineur": frozenset({"horaires", "mineurs"}),
    "nuit_mineur": frozenset({"horaires", "mineurs"}),
    "dimanche_mineur": frozenset({"horaires", "mineurs"}),
    "repos_hebdomadaire": frozenset({"horaires"}),
    "repos_hebdomadaire_mineur": frozenset({"horaires", "mineurs"}),
    "jours_feries_mineur": frozenset({"horaires", "mineurs"}),
    "part_contrat": frozenset({"insertion", "situations", "duree"}),
}
"""The fiches to which a question must lead for its figures to be those of the rule."""


_OTHER_AGES = ("alternatives#mini-stage", "alternatives#stage", "alternatives#visite")
"""Passages of schemes that have ages of their own: « 14 ans, en mini-stage » is no immersion refused."""

_ASKS_THE_LENGTH = (
    "duree#maximale",
    "duree#conseillee",
    "duree#deux-mois",
    "duree#faux-chiffres",
    "duree#temps-reduit",
    "horaires#temps-partiel",
    "horaires#regles",
    "situations#",
)
"""Passages for which a length that fits is an answer: « deux semaines au minimum ? », « quinze jours en mars, une autre
ailleurs ? » and « tuteur depuis dix jours » ask something else."""

_OF_A_WEEK = frozenset({"heures_jour_mineur", "heures_semaine", "heures_semaine_mineur", "nuit_mineur"})
_ASKS_THE_HOURS = ("mineurs#horaires", "mineurs#nuit", "horaires#regles", "horaires#semaine", "horaires#nuit")
"""Checks of a timetable, and the passages for which one that is in order is an answer: « 6 h d'affilée, quelle pause ? »
asks something else."""

_GRAVEST = (Issue.IMPOSSIBLE, Issue.A_CONFIRMER, Issue.EN_ORDRE)

_OF_AGE = frozenset({"F-032", "F-033"})
"""Facts of a passage that says from which age: there only, « j'ai 17 ans » is what is asked about."""


@dataclass(frozen=True, slots=True)
class Found:
    """A check's outcome on what was told, under the name of its sentence, with what the sentence is filled with."""

    code: str
    controle: Controle
    params: Mapping[str, str]


@dataclass(frozen=True)
class Computer:
    """Answers from figures; immutable."""

    regles: Regles
    sentences: Mapping[str, str]
    """By `<code>:<outcome>`."""
    feries: Feries

    def answer(self, question: Question, passages: Sequence[Passage]) -> Answer | None:
        """The computed answer, None where the question has no figure of a rule; `passages`: those it leads to."""
        fiches = {one.ref.partition("#")[0] for one in passages}
        figures = read_figures(question.text, question.today)
        minor = figures.minor or (figures.age is None and figures.born is None and "mineur" in question.publics)
        try:
            every = self._found(figures, question.today, minor=minor)
            found = [
                one
                for one in every
                if fiches & _ABOUT[one.code] and self._matters(one, figures, passages[0], question.today)
            ]
        except ContentError:  # figures of a day before the first rule: nothing to compute
            return None
        # What makes it impossible is said first, whatever else is in order.
        for one in sorted(found, key=lambda one: _GRAVEST.index(one.controle.issue)):
            said = self.sentences.get(f"{one.code}:{one.controle.issue.value}")
            if said:
                return _answer(one, said, passages)
        return None

    def _matters(self, one: Found, told: Figures, first: Passage, today: date) -> bool:
        """Whether a check says something: one that is in order is no answer to a question that is not about it."""
        if one.code == "age_minimum" and first.ref.startswith(_OTHER_AGES):
            return False
        if one.controle.issue is not Issue.EN_ORDRE:
            return True
        if told.week.slots and one.code in _OF_A_WEEK and not first.ref.startswith(_ASKS_THE_HOURS):
            return False
        if one.code == "duree_totale" and not first.ref.startswith(_ASKS_THE_LENGTH):
            return False
        adult = told.age is not None and told.age >= self.regles.valeur("age_majorite", today)
        if one.code == "age_minimum" and (adult or not _OF_AGE & set(first.faits)):
            return False
        return first.ref.partition("#")[0] in _ABOUT[one.code]

    def _found(self, told: Figures, today: date, *, minor: bool) -> Iterator[Found]:
        """Yield the checks that the figures decide, the most particular first."""
        young = minor or (told.age is not None and told.age < self.regles.valeur("age_majorite", today))
        whole = replace(told, minor=young)
        for compute in (
            _done,
            _contract,
            _night,
            _holiday,
            _sunday,
            _week,
            _day,
            _rest,
            _period,
            _whole,
            _age,
        ):
            found = compute(self._cas, whole, today)
            if found:
                yield found

    def _cas(self, answers: Mapping[str, Json], today: date, earlier: Sequence[Demande] = ()) -> Cas:
        return Cas(answers, today, self.regles, self.feries, earlier)


_MakeCas = Callable[..., Cas]


def _answer(found: Found, said: str, passages: Sequence[Passage]) -> Answer:
    first, rule = passages[0], found.controle
    # What an article says is in the sentence already.
    params = {**rule.params, **found.params, "article": rule.article.partition(" (")[0]}
    citation = Citation(rule.article, rule.url, rule.verifiee_le, rule.article)
    named = next((one for one in first.citations if one.url == rule.url), None)
    if named:
        citation = Citation(named.titre, rule.url, rule.verifiee_le, rule.article, named.mention)
    others = tuple(one for one in first.citations if one.url != rule.url)
    return Answer(
        court=said.format(**params),
        detail=first.court,
        passages=(first.ref,),
        citations=(citation, *others),
        computed=f"{found.code}:{rule.issue.value}",
    )


def _named(found: Controle | None, params: Mapping[str, str]) -> Found | None:
    return Found(found.code, found, params) if found else None


def _aged(years: int, today: date) -> str:
    """A birth date that gives so many whole years today."""
    return ajoute_mois(today, -12 * years).isoformat()


def _minor_answers(told: Figures, today: date) -> dict[str, Json]:
    return {Champ.DATE_NAISSANCE: _aged(told.age if told.age is not None else _STILL_MINOR, today)}


def _done(cas: _MakeCas, told: Figures, today: date) -> Found | None:
    """Days already done with the same host, and those wished for."""
    wished = _days(told.length) if told.length else 0
    if told.done is None or not wished:
        return None
    start = today + timedelta(days=7)
    last = start - timedelta(days=1)
    before = _earlier(last - timedelta(days=told.done - 1), last)
    answers: dict[str, Json] = {
        Champ.ENTREPRISE: _HOST,
        Champ.DATE_DEBUT: start.isoformat(),
        Champ.DATE_FIN: (start + timedelta(days=wished - 1)).isoformat(),
    }
    found = jours_12_mois(cas(answers, today, (before,)))
    return _named(found, {"deja": str(told.done), "voulus": str(wished)})


def _earlier(start: date, end: date) -> Demande:
    answers: dict[str, Json] = {
        Champ.ENTREPRISE: _HOST,
        Champ.DATE_DEBUT: start.isoformat(),
        Champ.DATE_FIN: end.isoformat(),
    }
    return Demande("", "", 0, "", answers, datetime.min.replace(tzinfo=UTC), Statut.CONVENTIONNEE)


def _contract(cas: _MakeCas, told: Figures, today: date) -> Found | None:
    """The share of an insertion or subsidised contract."""
    if told.contract is None:
        return None
    answers: dict[str, Json] = {
        Champ.SITUATION: Situation.SALARIE_INSERTION.value,
        Champ.CONTRAT_DEBUT: today.isoformat(),
        Champ.CONTRAT_FIN: (ajoute_mois(today, told.contract) - timedelta(days=1)).isoformat(),
        Champ.DATE_DEBUT: today.isoformat(),
        Champ.DATE_FIN: today.isoformat(),
    }
    found = part_contrat(cas(answers, today))
    return _named(found, {"dite": f"{told.contract} mois"})


def _night(cas: _MakeCas, told: Figures, today: date) -> Found | None:
    if not (told.minor and told.slots):
        return None
    slots: Json = [[start, end] for start, end in told.slots]
    answers = {**_minor_answers(told, today), Champ.HORAIRES: {"plages": slots}, Champ.METIER: told.words}
    found = nuit_mineur(cas(answers, today))
    by_day = all(start >= _MORNING and start < end <= _EVENING for start, end in told.slots)
    return None if by_day else _named(found, {})


def _holiday(cas: _MakeCas, told: Figures, today: date) -> Found | None:
    """A day told by its date, for a minor, where it is a public holiday."""
    if not told.minor or told.named_day is None:
        return None
    day = told.named_day.isoformat()
    # The age is that of the day asked about: told today, it would be an adult's months later.
    born = _aged(told.age if told.age is not None else _STILL_MINOR, told.named_day)
    answers: dict[str, Json] = {Champ.DATE_NAISSANCE: born, Champ.DATE_DEBUT: day, Champ.DATE_FIN: day}
    return _named(jours_feries_mineur(cas(answers, today)), {})


def _sunday(cas: _MakeCas, told: Figures, today: date) -> Found | None:
    if not told.minor or "dimanche" not in told.week.days or not told.works_then:
        return None
    return _named(dimanche_mineur(cas({**_minor_answers(told, today), **_timetable(told)}, today)), {})


def _rest(cas: _MakeCas, told: Figures, today: date) -> Found | None:
    """Days of rest, where a week of six or seven days is told."""
    if len(told.week.days) < _NO_REST or not told.works_then:
        return None
    here = cas({**(_minor_answers(told, today) if told.minor else {}), **_timetable(told)}, today)
    return _named(repos_hebdomadaire_mineur(here) if told.minor else repos_hebdomadaire(here), {})


def _timetable(told: Figures) -> dict[str, Json]:
    days: list[Json] = [*told.week.days]
    return {Champ.HORAIRES: {"jours": days}}


def _week(cas: _MakeCas, told: Figures, today: date) -> Found | None:
    """Hours a week, told as a number or as days and hours."""
    daily, days = told.week.daily, told.week.days
    weekly = told.weekly if told.weekly is not None else daily * len(days) if daily and days else None
    if weekly is None:
        return None
    answers: dict[str, Json] = {Champ.HORAIRES: {"heures_semaine": weekly}}
    if told.minor:
        answers |= _minor_answers(told, today)
    here = cas(answers, today)
    found = heures_semaine_mineur(here) if told.minor else heures_semaine(here)
    return _named(found, {"mineurs": str(here.nombre("heures_semaine_max_mineur"))})


def _day(cas: _MakeCas, told: Figures, today: date) -> Found | None:
    """Hours a day, told as a number or by the clock."""
    daily = told.daily if told.daily is not None else told.week.daily
    if not told.minor or daily is None:
        return None
    horaires: Json = {"heures_semaine": daily, "jours": ["lundi"]}
    found = heures_jour_mineur(cas({**_minor_answers(told, today), Champ.HORAIRES: horaires}, today))
    return _named(found, {})


def _period(cas: _MakeCas, told: Figures, today: date) -> Found | None:
    if told.period is None:
        return None
    start, end = told.period
    here = cas({Champ.DATE_DEBUT: start.isoformat(), Champ.DATE_FIN: end.isoformat()}, today)
    found = duree(here)
    return _named(found, {"ecart": str(here.nombre("duree_max_ecart_jours"))})


def _whole(cas: _MakeCas, told: Figures, today: date) -> Found | None:
    """A length without its dates: decided where every start gives the same outcome."""
    if told.length is None or told.done is not None:
        return None
    count, unit = told.length
    outcomes = set()
    for month in range(12):
        start = ajoute_mois(today.replace(day=1), month)
        answers: dict[str, Json] = {
            Champ.DATE_DEBUT: start.isoformat(),
            Champ.DATE_FIN: _end(start, count, unit).isoformat(),
        }
        found = duree(cas(answers, today))
        outcomes.add(found.issue if found else None)
    if found is None or len(outcomes) > 1:
        return None
    plural = "" if count == 1 or unit == "mois" else "s"
    return Found("duree_totale", found, {"dite": f"{count} {unit}{plural}"})


def _end(start: date, count: int, unit: str) -> date:
    """The last day; a week is told as worked: Monday to Friday."""
    if unit == "mois":
        return ajoute_mois(start, count) - timedelta(days=1)
    if unit == "an":
        return ajoute_mois(start, 12 * count) - timedelta(days=1)
    return start + timedelta(days=count - 1 if unit == "jour" else 7 * count - 3)


def _days(length: tuple[int, str]) -> int:
    """Calendar days of a length."""
    count, unit = length
    return count * {"jour": 1, "semaine": 7, "mois": 30, "an": 365}[unit]


def _age(cas: _MakeCas, told: Figures, today: date) -> Found | None:
    """Old enough on the first day, where the age, or the birthday and the first day, are told."""
    if told.born is None and (told.age is None or not _YOUNG <= told.age <= _OLDEST_ASKED):
        return None
    start = told.period[0] if told.period else told.start
    born = told.born.isoformat() if told.born else _aged(told.age or 0, today)
    answers: dict[str, Json] = {Champ.DATE_NAISSANCE: born}
    if start and told.born:
        answers[Champ.DATE_DEBUT] = start.isoformat()
    here = cas(answers, today)
    found = age_minimum(here)
    if found is None or here.age is None or (start and not told.born):
        return None  # an age told without a birthday says nothing of another day
    code = "age_atteint" if start else "age_minimum"
    return Found(code, found, {"age": str(here.age), **({"debut": f"{start:%d/%m/%Y}"} if start else {})})
