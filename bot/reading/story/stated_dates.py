"""What a story says of time: the birth date, the period, the hours; never a date of something else."""

from collections.abc import Iterator
from itertools import islice

from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.texte import folded as fold
from bot.reading.dates import births, limits, periods, single
from bot.reading.dates.days import MASK, prepared, scan
from bot.reading.dates.other_things import aside
from bot.reading.dates.relative import relative
from bot.reading.french import DAYS
from bot.reading.hours import week
from bot.reading.outcome import Ask, ReadContext, Reading, Rejected, Value
from bot.reading.story.clauses import Story

Found = Iterator[tuple[Champ, Reading]]

_BORN = re.compile(
    r"(?:\b(?:je suis |chui )?nee? (?:le |en )?|\bdate de naissance ?(?::|est|c'est)? ?(?:le )?)(?=(?P<rest>.{4,40}))"
)
_BIRTHS = 5
"""Births read in one sentence: nobody is born more often, and the first that reads is kept."""

_OWN_AGE = re.compile(r"\b(?:j'ai|jai|g|j ai|age de|agee? de|ai) ?(?P<age>\d{1,2}) ?(?:ans?\b|balais)")
_ELSE = re.compile(
    r"\b(?:depuis|diplom\w*|fini|termine|obtenu|inscrit\w*|arrive|licencie\w*|ne|nee|naissance|contrat|cdd|formation|rendez[- ]vous|rdv|permis|jusqu'en|demenage\w*|bac|signe|vacances|avant)\b[^#]{0,30}$"
)
_NOT_THEN = re.compile(r"\b(?:pas|sauf|indisponibles?|impossible|absente?|conges?|occupee?)\b[^#]{0,30}$")
_STARTING = re.compile(
    rf"\b(?:a partir d[ue]|des|debut\w*|commenc\w*|demarr\w*|dispo\w*|partir)\b[^{MASK}]{{0,20}}{MASK}"
)
_CLOCK = re.compile(r"\d ?(?:h|heures?)\b|\d h\d|\d:\d\d|\bmidi\b")
_OTHER_HOURS = re.compile(r"\b(?:travaille|bosse|employeur|formation|cours|avant|etais|contrat|chez|patron|chef)\b")
_NEAR = re.compile(r"\b(?:a partir de|des|commenc\w+|debuter|demarrer)\b (?P<when>.{3,40})")


def birth(story: Story, ctx: ReadContext) -> Found:
    """« né le 14 mai 2000 »; an age alone asks for the date."""
    for sentence in story.sentences:
        folded = prepared(sentence)
        theirs = re.search(r"\b(?:mon|ma) (?:fils|fille|frere|soeur|enfant)\b", folded)
        for found in () if theirs else islice(_BORN.finditer(folded), _BIRTHS):
            reading = births.read_birth(_until_break(found["rest"]), ctx)
            if not isinstance(reading, Rejected) or reading.code != "naissance.illisible":
                yield Champ.DATE_NAISSANCE, reading
                return
        age = _OWN_AGE.search(folded)
        if age:
            yield Champ.DATE_NAISSANCE, Ask("naissance.age_seul", {"age": age["age"]})
            return


def _unborn(sentence: str) -> str:
    """The sentence without a birth date: « né le 3/5/95 » is no day of the immersion."""
    for found in reversed(list(_BORN.finditer(sentence))):
        end = found.end() + len(_until_break(found["rest"]))
        sentence = f"{sentence[: found.start()]} {sentence[end:]}"
    return sentence


def _until_break(rest: str) -> str:
    return re.split(r"[,;!]| et | a (?=[a-z]{3})|\. ", rest)[0]


def period(story: Story, ctx: ReadContext) -> Found:
    """A range, or a first day said as such."""
    for sentence in story.sentences:
        bare = prepared(aside(_unborn(fold(sentence))).rest)
        for written in _windows(bare):
            found = tuple(_range(written, ctx))
            if found:
                yield from found
                return


def _windows(text: str) -> tuple[str, ...]:
    """The parts of a sentence, cut where figures of another kind stand between."""
    quiet = re.sub(
        r"(?<!\S)\S+@\S+|\S{1,64}@\S+|(?:\+33|\b0\d)(?:[ .-]?\d{2}){4}|\b\d{5}\b|(?<!\d)\d{3}[ .]?\d{3}[ .]?\d{3}[ .]?\d{5}",
        " ",
        text,
    )
    # « à Saint-Denis 93 je veux… »: a département.
    quiet = re.sub(r"(?<=[a-z]) (?:[1-9]\d{1,2}|2[ab])(?= (?:je|j|jve\w*|mon|ma)\b)", " ", quiet)
    quiet = re.sub(
        r"\b\d{1,2} ?ans?\b|\b\d{1,3} ?(?:h|heures?)(?: ?\d{2})?\b|\b\d+ ?(?:rue|avenue|bd|boulevard|place|chemin)\b",
        " ",
        quiet,
    )
    return (quiet, *re.split(r"[,;]", quiet)) if "," in quiet or ";" in quiet else (quiet,)


def _range(written: str, ctx: ReadContext) -> Found:
    found = scan(written)
    if not found.full:
        yield from _relative(written, ctx)
        return
    before = found.around.split(MASK)[0]
    if _ELSE.search(before) or _NOT_THEN.search(before) or len(found.items) > 2:
        return
    if len(found.items) == 2:
        reading = periods.read_period(_span(written), ctx)
        yield from _both(reading)
    elif _STARTING.search(found.around) or re.search(
        r"\b(?:pendant|pour|durant)\b.*\b(?:jours?|semaines?)\b", found.around
    ):
        whole = periods.read_period(_span(written), ctx)
        if isinstance(whole, Ask) and whole.code == "periode.confirmer":
            yield Champ.DATE_DEBUT, whole
        else:
            yield Champ.DATE_DEBUT, single.read_day("date_debut", _span(written), ctx)


def _span(written: str) -> str:
    """The sentence from its first day on, with the word before it: enough to read, short enough to be clear."""
    first = re.search(
        rf"(?:\b(?:du|le|de|entre|partir du|des|vers|pas)\s+)?(?:\b(?:{'|'.join(DAYS)})\s+)?(?<!\d)\d{{1,4}}(?=[\s/.\-~]|$)",
        written,
    )
    last = list(
        re.finditer(
            r"(?:(?<![a-z])[a-z]+)?\d{1,4}(?: (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|jan\w*|fev\w*|mar|avr\w*|juil\w*|sept\w*|oct\w*|nov\w*|dec\w*|jours?|semaines?)(?:~\d+)?\.?(?: \d{4})?)?",
            written,
        )
    )
    return written[first.start() if first else 0 : last[-1].end() if last else len(written)][: single.LONGEST]


def _both(reading: Reading) -> Found:
    if isinstance(reading, Value) and isinstance(reading.value, dict):
        yield Champ.DATE_DEBUT, Value(reading.value["date_debut"], reading.remarks, reading.params)
        yield Champ.DATE_FIN, Value(reading.value["date_fin"])
    elif not isinstance(reading, Value) and reading.code not in {"periode.illisible", "dates.illisible"}:
        yield Champ.DATE_DEBUT, reading


def _relative(written: str, ctx: ReadContext) -> Found:
    """« à partir de lundi prochain », only after a word that says a start."""
    said = _NEAR.search(written)
    day = relative(said["when"], ctx.today) if said else None
    if isinstance(day, Ask):
        yield Champ.DATE_DEBUT, day
    elif day is not None and not isinstance(day, Rejected):
        yield Champ.DATE_DEBUT, limits.checked("date_debut", day, ctx)


def hours_stated(sentence: str) -> bool:
    """Whether days and slots, or weekly hours, are in this sentence; or slots alone beside the dates of the stay."""
    folded = prepared(sentence)
    days = re.search(rf"\b(?:{'|'.join(DAYS)}|lun|ven|en semaine|tous les jours)\b", folded)
    weekly = re.search(r"\d ?(?:h|heures?) ?(?:/|par) ?sem", folded)
    dated = len(scan(folded).full) > 0 and _SLOT.search(folded)
    return bool(_CLOCK.search(folded) and (days or weekly or dated)) and not _OTHER_HOURS.search(folded)


_SLOT = re.compile(r"\d ?(?:h|heures?|:) ?(?:\d\d ?)?(?:-|a|/|jusqu'a|et)? ?\d{1,2} ?(?:h|heures?|:)")


def _quiet_hours(sentence: str) -> str:
    """The sentence from the clause of its hours or weekdays on; its dates and reasons are set aside by who reads it."""
    folded = fold(sentence)
    start = _FIRST_HOURS.search(folded)
    begins = max(folded.rfind(mark, 0, start.start()) for mark in ",;:(") + 1 if start else 0
    return folded[begins:].strip()[: week.LONGEST]


_FIRST_HOURS = re.compile(rf"\b(?:{'|'.join(DAYS)}|lun\b|tous les jours|\d{{1,2}} ?(?:h|:|heures))")


def hours_found(story: Story, ctx: ReadContext) -> Found:
    """Hours said with their days; what the law refuses is said."""
    for sentence in story.sentences:
        if hours_stated(sentence):
            reading = week.read_hours(_quiet_hours(sentence), ctx)
            offered = isinstance(reading, Ask) and bool(reading.proposals)
            refused = isinstance(reading, Rejected) and reading.code != "horaires.illisible"
            if isinstance(reading, Value) or offered or refused:
                yield Champ.HORAIRES, reading
                return
