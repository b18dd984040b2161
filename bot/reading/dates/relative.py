"""Days counted from the day of the message, and the words that name no day at all."""

from datetime import date, timedelta

from bot.domain import regex as re
from bot.domain.calendrier import ajoute_mois
from bot.domain.session import Json
from bot.reading.french import DAYS, MONTH_NUMBERS, day_in_words, nearest
from bot.reading.outcome import Ask, Rejected

_WEEK = timedelta(days=7)
_NAMES = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_WEEKDAY = "|".join(DAYS)
_NEXT_WEEK = r"(?:la |de la |l[ae] )?(?:semaine|sem) (?:prochaine?|pro|d'apres|suivante)"

PAST = re.compile(
    r"\b(?:hier|avant[- ]hier)\b|\bil y a \d"
    r"|\b(?:semaine|mois|annee|an|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) (?:derniere?|passee?)\b"
)
UNKNOWN = re.compile(
    r"^(?:bah |ben |euh |alors )*(?:je |j')?(?:ne |n')?(?:sais|c|sait|ai) (?:pas|plus|rien|aucune)\b.*"
    r"|.*\b(?:aucune idee|jsp|nsp|chais pas|sais pas|pas encore (?:fixe|decide|choisi)|pas decide|pas fixe)\b.*"
)
OPEN = re.compile(
    r".*\b(?:plus (?:tot|vite) possible|des que (?:possible|vous|je?)|quelques|asap|quand (?:vous|tu|on|je|l)|n'importe quand|peu importe"
    r"|bientot|immediatement|quinzaine|dizaine|huitaine|ca depend|comme vous|libre|disponible|plus tard|a voir|on verra|flexible|tout de suite|rapidement)\b.*"
)
_SEASON = re.compile(
    r".*\b(?:vacances?|vac|rentree|noel|paques|toussaint|fetes?|ete|hiver|printemps|automne|jour de l'an|ramadan|carnaval|ascension"
    r"|pentecote|scolaires?|trimestre|semestre|fin d'annee)\b.*"
)
_IN = re.compile(
    r"\b(?P<how>dans|ds|d'ici|sous)(?: environ)? (?P<n>\d{1,3}) ?(?P<unit>jours?|j\b|semaines?|sem\b|mois)"
)
_MONTH = re.compile(
    rf"\b(?:(?P<part>debut|mi|fin|milieu|courant|en|mois de|depuis)[ -]?(?:de |du |d'|mois de )?)?(?P<name>{_NAMES})\b(?: (?P<y>20\d\d))?"
)
_HEDGED = re.compile(r"\b(?:pas|avant|apres|ou|vers|environ|sauf|entre|partir)\b")


def _offer(*days: date) -> tuple[tuple[str, Json], ...]:
    return tuple((day_in_words(day), day.isoformat()) for day in days)


def relative(text: str, today: date) -> date | Ask | Rejected | None:
    """A day said from today: tomorrow, in three weeks, next Monday; None where the text says none."""
    if PAST.search(text):
        return Rejected("dates.deja_passe")
    for find in (_nth_weekday, _near, _ahead, _feast, _weekday):
        found = find(text, today)
        if found is not None:
            return found
    return None


_RANKS = {
    "premier": 1,
    "1": 1,
    "deuxieme": 2,
    "2 eme": 2,
    "2 e": 2,
    "second": 2,
    "troisieme": 3,
    "3 eme": 3,
    "dernier": -1,
}
_NTH = re.compile(
    rf"\b(?P<rank>{'|'.join(_RANKS)}) (?P<wd>{_WEEKDAY}) (?:de |d'|du mois de |du mois d')?(?P<name>{_NAMES})\b(?: (?P<y>20\d\d))?"
)


def _nth_weekday(text: str, today: date) -> date | Ask | None:
    """« le premier lundi de janvier »."""
    found = _NTH.search(text)
    if found is None:
        return None
    rank, month = _RANKS[found["rank"]], MONTH_NUMBERS[found["name"]]
    for year in (int(found["y"] or today.year), today.year + 1):
        first = date(year, month, 1)
        days = [first + timedelta(days=n) for n in range((ajoute_mois(first, 1) - first).days)]
        same = [day for day in days if day.weekday() == DAYS.index(found["wd"])]
        day = same[rank - 1 if rank > 0 else -1]
        if day >= today:
            return day
    return Ask("dates.mois_seul")


def weekday_said(text: str) -> int | None:
    """The weekday a text names, 0 for Monday."""
    found = re.search(rf"\b(?:{_WEEKDAY})\b", text)
    return DAYS.index(found.group()) if found else None


def _near(text: str, today: date) -> date | Ask | None:
    bare = text.replace("-", " ")
    if re.search(r"\bd'ici (?:a )?(?:demain|apres)", text):
        return Ask("dates.delai")
    for pattern, days in (
        (r"\bapre?s? ?(?:de?main|2 ?main|dem)\b", 2),
        (r"\b(?:demain|2 ?main|dem ?1|dmain|demin|demian)\b", 1),
        (r"\b(?:aujourd'? ?hui|ajd|auj|ce jour|maintenant)\b", 0),
    ):
        if re.search(pattern, bare):
            day = today + timedelta(days=days)
            if re.search(r"\ben (?:8|15)\b", bare):
                return Ask("dates.confirmer", {"date": day_in_words(day + _WEEK)}, _offer(day + _WEEK))
            unsure = _HEDGED.search(bare.replace("apres demain", "").replace("apre demain", "").replace("a partir", ""))
            return Ask("dates.une_seule", proposals=_offer(day)) if unsure else day
    return None


def _ahead(text: str, today: date) -> date | Ask | Rejected | None:
    """« dans 3 semaines »; a fortnight and a week are said « 15 jours » and « 8 jours », and « d'ici » is a limit."""
    found = _IN.search(text)
    if found is None:
        return None
    count, unit = int(found["n"]), found["unit"]
    if unit.startswith("m"):
        day = ajoute_mois(today, min(count, 120))
    else:
        day = today + count * (timedelta(days=1) if unit.startswith("j") else _WEEK)
    named = weekday_said(text)
    if named is not None and named != day.weekday():
        day = day - timedelta(days=day.weekday()) + timedelta(days=named)
        return Ask("dates.confirmer", {"date": day_in_words(day)}, _offer(day))
    if found["how"] in {"d'ici", "sous"} or "environ" in found.group() or "et demi" in text:
        return Ask("dates.delai", proposals=_offer(day))
    if count in (8, 15) and unit.startswith("j"):
        return Ask("dates.quinzaine", {"nombre": str(count)}, _offer(day - timedelta(days=1), day))
    if (day - today).days > 366:
        return Ask("dates.lointaine", {"date": day_in_words(day)}, _offer(day))
    return day


def _feast(text: str, today: date) -> Ask | None:  # noqa: ARG001
    """« lundi de Pâques » is no coming Monday."""
    return Ask("dates.saison") if _SEASON.fullmatch(text) else None


def _weekday(text: str, today: date) -> date | Ask | None:
    """A weekday alone is the coming one; what may mean two weeks is asked."""
    fixed = re.sub(r"\b[a-z]{5,9}\b", _day_slip, text)
    found = re.search(rf"\b(?P<wd>{_WEEKDAY})\b(?P<after>.*)", fixed)
    named = dict.fromkeys(re.findall(rf"\b(?:{_WEEKDAY})\b", fixed))
    if found is None:
        return None
    if len(named) > 1:
        return Ask("dates.une_seule", proposals=_offer(*[_coming(DAYS.index(name), today) for name in list(named)[:5]]))
    number = DAYS.index(found["wd"])
    coming = _coming(number, today)
    after = found["after"]
    if re.search(r"\ben (?:8|15)\b", after):
        day = coming + (_WEEK if re.search(r"\ben 8\b", after) else 2 * _WEEK)
        return Ask("dates.en_huit", {"date": day_in_words(day)}, _offer(day))
    if re.search(_NEXT_WEEK, fixed):
        return today - timedelta(days=today.weekday()) + _WEEK + timedelta(days=number)
    if _HEDGED.search(re.sub(r"\ba partir d\w+|\bapres[- ]midi", "", fixed)):
        return Ask("dates.une_seule", proposals=_offer(coming))
    same_week = coming.isocalendar()[:2] == today.isocalendar()[:2] or (coming - today).days <= 2
    named_next = re.search(r"\b(?:prochain|pro|suivant|qui suit)\b", after)
    if number == today.weekday() and not named_next and "qui vient" not in after:
        return Ask("dates.ce_jour_ou_suivant", {"jour": found["wd"]}, _offer(today, coming))
    if named_next and same_week:
        return Ask("dates.ce_jour_ou_suivant", {"jour": found["wd"]}, _offer(coming, coming + _WEEK))
    return coming


def _coming(weekday: int, today: date) -> date:
    """The next such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _day_slip(found: re.Match[str]) -> str:
    word = found.group()
    near = nearest(word, DAYS) if word not in DAYS else ()
    return near[0] if len(near) == 1 else word


def vague(text: str, today: date) -> Ask | None:
    """Words that leave the day open: the question to ask back, with days to tap where some come to mind."""
    if UNKNOWN.fullmatch(text):
        return Ask("dates.inconnue")
    if re.search(r"\b(?:d'ici|pas avant|au plus tard)\b", text):
        return Ask("dates.delai")
    if re.search(_NEXT_WEEK, text):
        return Ask("dates.quel_jour", proposals=_offer(_monday(today) + _WEEK))
    found = re.search(r"\b(?:semaine|sem|s) ?(?P<n>\d{1,2})\b", text)
    if found:
        return Ask("dates.quel_jour", proposals=_iso_week(int(found["n"]), today))
    for find in (_month_only, _open):
        asked = find(text, today)
        if asked:
            return asked
    return None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _iso_week(number: int, today: date) -> tuple[tuple[str, Json], ...]:
    for year in (today.year, today.year + 1):
        try:
            monday = date.fromisocalendar(year, number, 1)
        except ValueError:
            continue
        if monday >= today:
            return _offer(monday)
    return ()


def _month_only(text: str, today: date) -> Ask | None:
    """« mi-mars », « en mars »: the Mondays of that part are offered."""
    following = re.search(r"\b(?:mois prochain|debut du mois|mois d'apres)\b", text)
    found = _MONTH.search(text)
    if following:
        first, part = ajoute_mois(today.replace(day=1), 1), ""
    elif found:
        month = MONTH_NUMBERS[found["name"]]
        year = int(found["y"]) if found["y"] else today.year + (month < today.month)
        first, part = date(year, month, 1), found["part"] or ""
    else:
        return None
    if first.year < today.year:
        return Ask("dates.mois_seul")
    low, high = {"debut": (1, 10), "mi": (11, 20), "milieu": (11, 20), "fin": (21, 31)}.get(part, (1, 31))
    days = [first.replace(day=1) + timedelta(days=n) for n in range((ajoute_mois(first, 1) - first).days)]
    mondays = [day for day in days if day.weekday() == 0 and low <= day.day <= high and day >= today]
    return Ask("dates.mois_seul", proposals=_offer(*mondays[:5]))


def _open(text: str, today: date) -> Ask | None:  # noqa: ARG001
    if _SEASON.fullmatch(text):
        return Ask("dates.saison")
    if OPEN.fullmatch(text) or re.search(
        r"\b(?:week[- ]?end|cette semaine|ce mois|cette annee|l'an prochain|annee prochaine|fin du mois|milieu du mois|fin de (?:mois|semaine|l'annee)|(?:debut|milieu|courant|fin) (?:d'annee|20\d\d|de semaine|de l'annee))\b",
        text,
    ):
        return Ask("dates.quel_jour")
    return Ask("dates.mois_seul") if re.fullmatch(r"(?:en )?20\d\d", text) else None
