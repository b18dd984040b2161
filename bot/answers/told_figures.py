"""The figures of a rule in a question: ages, birthdays, periods, lengths, days done, hours, nights, contracts."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.answers.normalise import fold
from bot.answers.told_week import Week, read_week
from bot.domain import regex as re
from bot.domain.calendrier import ajoute_mois

_NUMBERS = {
    word: at
    for at, word in enumerate(
        [
            "zero",
            "un",
            "deux",
            "trois",
            "quatre",
            "cinq",
            "six",
            "sept",
            "huit",
            "neuf",
            "dix",
            "onze",
            "douze",
            "treize",
            "quatorze",
            "quinze",
            "seize",
            "dix-sept",
            "dix-huit",
            "dix-neuf",
            "vingt",
        ]
    )
} | {"une": 1, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "quarante-cinq": 45, "trente-cinq": 35}
_SPELLED = re.compile(r"\b(" + "|".join(sorted((re.escape(word) for word in _NUMBERS), key=len, reverse=True)) + r")\b")
_MONTHS = {
    name: at
    for at, name in enumerate(
        [
            "janvier",
            "fevrier",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "aout",
            "septembre",
            "octobre",
            "novembre",
            "decembre",
        ],
        start=1,
    )
}
_MONTH = "|".join(_MONTHS)
_UNIT = {"jour": 1, "semaine": 7, "mois": 0, "an": 0, "annee": 0}

_SINCE = (
    r"(?! (?:d'|de )(?:experience|metier|boite|anciennete|carriere|service|maison|boulot|travail|mariage|vie|pratique))"
)
"""« quinze ans de métier » is no age."""
_CHILD = (
    r"(?:jeune|fils|fille|enfant|ado|adolescente?|gamine?|garcon|mineure?|eleve|lyceenne?|collegienne?|niece|neveu"
    r"|petite?[- ](?:fils|fille)|frere|soeur|stagiaire|candidate?|personne|quelqu'un|quelqu un)"
)
_AGE = re.compile(
    rf"(?:\bj ?'?ai(?: que| seulement| juste| deja| bientot)?|\bg|\ba|\bai|\bage de|\baurai|\baura|\b{_CHILD}s? (?:de|qui a)|^)"
    rf" ?(\d{{1,2}}) ans\b{_SINCE}"
)
"""« j'ai 16 ans », « g 16 ans », « mon fils de 16 ans »."""
_TURNS = re.compile(
    rf"\b(?:aurai|aura|fete|feterai|fais|fait)\w* (?:mes |ses )?(\d{{1,2}}) ans (?:le|en) (?:(\d{{1,2}})(?:er)? )?({_MONTH})(?: (\d{{4}}))?"
)
_BORN = re.compile(rf"\bnee? le (\d{{1,2}})(?:er)?[ /.-]({_MONTH}|\d{{1,2}})[ /.-](\d{{4}})")
_START = re.compile(
    rf"\b(?:commenc\w+|debut\w*|demarr\w+|a partir d[ue]|des) (?:l[ae]? )?(?:\w+ ){{0,2}}?(?:le )?(\d{{1,2}})(?:er)?[ /.-]({_MONTH}|\d{{1,2}})(?:[ /.-](\d{{4}}))?\b"
)
_NAMED_DAY = re.compile(rf"\b(?:le|pour le|ce) (?:\w+di )?(\d{{1,2}})(?:er)? ({_MONTH})\b|\bnoel\b")
_CHRISTMAS = ("25", "decembre")
_PERIOD = re.compile(
    rf"\bdu (\d{{1,2}})(?:er)?(?:[ /.-]({_MONTH}|\d{{1,2}}))?(?:[ /.-](\d{{4}}))? (?:au|jusqu'?au) (\d{{1,2}})(?:er)?[ /.-]({_MONTH}|\d{{1,2}})(?:[ /.-](\d{{4}}))?\b"
)
_LENGTH = re.compile(
    r"(?<!/)(?<!depuis )(?<!dans )(?<!il y a )(?<!d'ici )(?<!apres )\b(\d{1,3}) (jour|semaine|mois|an|annee)s?\b(?! (?:par|sur|/|avant|apres|de contrat|d'?anciennete))"
)
_STRETCH = re.compile(
    r"\b(?:d'?affilee|de suite|consecuti\w+|sans interruption|a la suite|d'?un coup|en continu|pendant|durant|dure\w*|duree|immersion de|stage de|pmsmp de|reste\w*|faire|rester)\b"
)
_YEARLY = re.compile(
    r"\b(?:jours?|fois) (?:par|/) ?(?:semaine|sem)\b|\btous les (?:lundis|mardis|mercredis|jeudis|vendredis|samedis)\b"
)
_DONE = re.compile(
    r"\b(?:deja (?:fait|effectue|passe|eu)|ai fait|a fait|avons fait|fait deja)\b[^.?!]{0,30}?\b(\d{1,3}) jours?\b"
)
_OVER = re.compile(
    r"\b(?:deja|ai|a|avait|avais|avons) (?:fai(?:t|s|tes?)|effectue|termine|fini)\b[^.?!]{0,30}?\b\d{1,3} (?:jour|semaine|mois)"
)
"""A length of what is over: it is not the one asked about."""
_MORE = re.compile(r"\b(?:encore|de plus|supplementaires?|en plus|refaire|ajouter|autres?)\b")
_SAME = re.compile(r"\b(?:meme|chez eux|la[- ]bas|cet employeur|cette (?:entreprise|boite)|chez lui|chez elle|y)\b")
_WEEKLY = re.compile(r"\b(\d{1,3})(?:[.,](\d))? ?h(?:eures?)? ?(?:par|/|la|a la|hebdo\w*)? ?(?:semaine|sem\b|hebdo\w*)")
_DAILY = re.compile(r"\b(\d{1,2})(?:[.,](\d))? ?h(?:eures?)? ?(?:par|/|a la|la) ?(?:jour\w*|j\b)")
_SLOT = re.compile(
    r"\b(?:de |entre )?(\d{1,2}) ?h(?:eures?)? ?(\d{2})? ?(?:a|et|-|jusqu'?a) ?(\d{1,2}|minuit) ?(?:h(?:eures?)?)? ?(\d{2})?"
)
_UNTIL = re.compile(r"\bjusqu'?a (\d{1,2}|minuit)(?: ?h(?:eures?)? ?(\d{2})?)?\b")
_CONTRACT = re.compile(
    r"\b(?:cddi|contrat aide|cui|cae|pec|contrat d'?insertion|contrat)\b[^.?!]{0,25}?\b(?:de|dure|durera|durait|fait|pour) (\d{1,2}) (mois|ans?)\b"
)
_WORKS_THEN = re.compile(
    r"\b(?:boss\w+|travaill\w+|ven(?:ir|ez|ait)|vien\w*|fass?e\w*|fais|faire|oblig\w+|ouvert\w*|doi[st]|puis|peux|peut|droit|autorise\w*"
    r"|horaires?|planning|service|jours? (?:sur|par))\b"
)
_MINOR_WORD = re.compile(r"\bmineure?s?\b|\bmoins de 18 ans\b")


_ANY_AGE = re.compile(r"\b(?:ai|a|de|age|aura|aurai|fait|avec|moi|femme|homme|,) (\d{1,2}) ans\b|^\W*(\d{1,2}) ans\b")
_LONGEST_YEARS = 10
_ADULT_FOR_LONG = 19
"""A parent asks of a child who is about to be eighteen."""


def grown_up(text: str) -> bool:
    """Whether every age told is an adult's, and nothing speaks of a minor."""
    read = _figured(text)
    ages = [int(found[1] or found[2]) for found in _ANY_AGE.finditer(read)]
    return bool(ages) and min(ages) >= _ADULT_FOR_LONG and _MINOR_WORD.search(read) is None


@dataclass(frozen=True, slots=True)
class Figures:
    """What a question gives in figures; None or empty where it gives nothing."""

    age: int | None = None
    born: date | None = None
    start: date | None = None
    period: tuple[date, date] | None = None
    length: tuple[int, str] | None = None
    """A number and its unit (jour, semaine, mois, an), of one stretch."""
    done: int | None = None
    """Days already done with the same host."""
    weekly: float | None = None
    daily: float | None = None
    slots: tuple[tuple[str, str], ...] = ()
    week: Week = field(default_factory=Week)
    """The days and hours of a working week."""
    named_day: date | None = None
    """One day told by its date, or « Noël »."""
    contract: int | None = None
    """Months of an insertion or subsidised contract."""
    minor: bool = False
    words: str = field(default="", compare=False)

    @property
    def works_then(self) -> bool:
        """Whether the days told are days of work: « le dimanche » alone may be the day off, or the day of writing."""
        return bool(self.week.slots) or _WORKS_THEN.search(self.words) is not None


def read_figures(text: str, today: date) -> Figures:
    """The figures of one message; the year of a day without one is the next time it comes."""
    read, week = _figured(text), read_week(text)
    contract, done = _CONTRACT.search(read), _DONE.search(read)
    turns = _TURNS.search(read)
    age = _AGE.search(_TURNS.sub(" ", read))
    born = _born(read) or (_birthday(turns, today) if turns else None)
    period = _period(read, today)
    return Figures(
        age=int(age[1]) if age and not born else None,
        born=born,
        start=_start(read, today),
        period=period,
        length=None if period or contract else _length(read, done),
        done=int(done[1]) if done and _SAME.search(read) else None,
        weekly=_hours(_WEEKLY.search(read)),
        daily=_hours(_DAILY.search(read)),
        slots=_by_the_clock(week) or _slots(read),
        week=week,
        named_day=_named_day(read, today),
        contract=int(contract[1]) * (1 if contract[2] == "mois" else 12) if contract else None,
        minor=bool(_MINOR_WORD.search(read)),
        words=read,
    )


def _figured(text: str) -> str:
    """Folded, numbers in figures."""
    read = " ".join(fold(text).replace("'", "'").split())
    return _SPELLED.sub(lambda found: str(_NUMBERS[found[1]]), read)


def _month(name: str) -> int:
    return _MONTHS.get(name) or int(name)


def _day(day: str, month: str, year: str | None, after: date) -> date | None:
    """The day told, or the next one of that name."""
    try:
        if year:
            return date(int(year), _month(month), int(day))
        found = date(after.year, _month(month), int(day))
        return found if found >= after else found.replace(year=after.year + 1)
    except ValueError:
        return None


def _born(read: str) -> date | None:
    found = _BORN.search(read)
    return _day(found[1], found[2], found[3], date.min) if found else None


def _named_day(read: str, today: date) -> date | None:
    found = _NAMED_DAY.search(read)
    return _day(found[1] or _CHRISTMAS[0], found[2] or _CHRISTMAS[1], None, today) if found else None


def _birthday(found: re.Match[str], today: date) -> date | None:
    """The birth date of somebody who turns so many years on the day told (the last of the month where none is)."""
    month = _month(found[3])
    last = (ajoute_mois(date(2000, month, 1), 1) - timedelta(days=1)).day
    day = _day(found[2] or str(min(last, 28)), found[3], found[4], today)
    try:
        return day.replace(year=day.year - int(found[1])) if day else None
    except ValueError:
        return None


def _start(read: str, today: date) -> date | None:
    found = _START.search(read)
    return _day(found[1], found[2], found[3], today) if found else None


def _period(read: str, today: date) -> tuple[date, date] | None:
    found = _PERIOD.search(read)
    if not found:
        return None
    start = _day(found[1], found[2] or found[5], found[3] or (found[6] if found[2] is None else None), today)
    if start is None:
        return None
    end = _day(found[4], found[5], found[6], start)
    return (start, end) if end and start <= end else None


def _length(read: str, done: re.Match[str] | None) -> tuple[int, str] | None:
    """The length asked for: the last told, the days already done left out."""
    rest = read[: done.start()] + read[done.end() :] if done else read
    found = list(_LENGTH.finditer(rest))
    if not found or (done is None and len(found) == 1 and _OVER.search(read)):
        return None
    if len(found) > 1 and not (done or _YEARLY.search(read)):
        return None  # which one is asked about is not certain
    if not (done or _YEARLY.search(read) or _STRETCH.search(read)):
        return None
    last = found[-1]
    unit = {"annee": "an"}.get(last[2], last[2])
    if unit == "an" and int(last[1]) > _LONGEST_YEARS:
        return None  # an age
    return int(last[1]), unit


def _hours(found: re.Match[str] | None) -> float | None:
    return float(f"{found[1]}.{found[2] or 0}") if found else None


def _clock(hour: str, minutes: str | None) -> str | None:
    value = 0 if hour == "minuit" else int(hour) % 24
    return (
        f"{value:02d}:{minutes or '00'}" if int(minutes or 0) < 60 and (hour == "minuit" or int(hour) <= 24) else None
    )


def _by_the_clock(week: Week) -> tuple[tuple[str, str], ...]:
    return tuple((_hour(slot.start), _hour(slot.end)) for slot in week.slots)


def _hour(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _slots(read: str) -> tuple[tuple[str, str], ...]:
    found = [
        (start, end)
        for one in _SLOT.finditer(read)
        if (start := _clock(one[1], one[2])) and (end := _clock(one[3], one[4])) and start != end
    ]
    if (
        not found
        and (until := _UNTIL.search(read))
        and (until[1] == "minuit" or "h" in until[0] + read[until.end() : until.end() + 2])
    ):
        end = _clock(until[1], until[2])
        # Only its end is told: an hour before it is enough to know whether it is night.
        if end:
            found = [(_clock(str((int(end[:2]) - 1) % 24), end[3:]) or end, end)]
    return tuple(found)
