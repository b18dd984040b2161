"""Hours that differ from one day to another: « du lundi au jeudi 8h-17h, le vendredi que le matin »."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.domain import regex as re
from bot.reading.french import DAYS
from bot.reading.hours.hour_words import DAY, RANGE_OF_DAYS, Slot, minute_of_clock, named_days, slot_of, slots_matched

_CLOCK = r"(?<!\d)(?P<{0}>\d{{1,2}})(?!\d) ?(?:heures?|h|:) ?(?P<{0}m>\d{{2}})?(?!\d)"
_ENDS = re.compile(
    r"\b(?:jusqu'?[ae]?u?|jusque|fini\w*|fin|termin\w*|sors|sort|part|pars|debauche\w*|stop|arret\w*)(?: (?:a|vers|le|la))? ?"
    + _CLOCK.format("h")
)
_STARTS = re.compile(
    r"\b(?:a partir de|des|commenc\w*|demarr\w*|attaqu\w*|embauch\w*|arriv\w*|debut\w*)(?: (?:a|vers|que|qu'a))? ?"
    + _CLOCK.format("h")
)
_HALF = re.compile(
    r"(?P<not>\bpas (?:le |l'|l )?)?\b(?:(?P<am>matins?|matinees?|mat)|(?P<pm>apres[- ]?midis?|aprems?|apm))\b"
)
_LONE = re.compile(_CLOCK.format("h"))
_EVERY = re.compile(
    r"\b(?:(?:tous )?les (?:autres )?jours|tlj|tous les jours|chaque jour|en semaine|toute la semaine|les autres(?: jours)?|le reste(?: de la semaine)?)\b"
)
_CUTS = re.compile(r"[;.]|\b(?:mais|puis|sauf|hormis|excepte|a part)\b|(?:,|\bet) (?:le|les|du) $")
_MAY_CUT = re.compile(r",|\bet\b")
NOON = 12 * 60
_LUNCH = 14 * 60
WEEK = DAYS[:5]

_SHAPE = re.compile(r"(?:D[SM]{1,6}){1,8}|(?:[SM]{1,6}D){1,8}|SD(?:[SM]D?){1,12}|DSM{1,6}D")


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a piece of the text tells: D days, S a slot, M a part of the day, X « sauf », L a clock alone."""

    kind: str
    start: int
    end: int
    days: tuple[str, ...] = ()
    slot: Slot | None = None
    part: tuple[int, int] = (0, 24 * 60)
    half: bool = False
    rest: bool = False
    """« les autres jours »."""
    ranged: bool = False
    """« du lundi au jeudi »."""
    guess: bool = False
    """What nothing says clearly: a clock alone, days that only a comma cuts off."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Stretches of days, and the marks that tell their hours."""

    days: tuple[_Mark, ...]
    told: tuple[_Mark, ...]


@dataclass(frozen=True, slots=True)
class WeekByDay:
    """The slots of each day; not `sure` where a half-day had to be guessed, or the usual days are not said."""

    slots: dict[str, tuple[Slot, ...]]
    sure: bool = True


def week_by_day(text: str) -> WeekByDay | None:
    """The week of a text spelt out whose days differ; None where it does not say clearly which day is which."""
    marks = _told(text)
    if not marks:
        return None
    runs = _runs(marks, text)
    kinds = "".join(kind for kind, _ in runs)
    groups = _groups(runs, kinds)
    return _week(groups, excepted=kinds[0] != "D" != kinds[-1]) if groups else None


def _told(text: str) -> list[_Mark]:
    """The marks in order; a slot first, so that « de 8h jusqu'à 12h » is one."""
    found: list[_Mark] = []

    def add(new: Iterator[_Mark]) -> None:
        found.extend(
            one for one in new if not any(one.start < other.end and other.start < one.end for other in list(found))
        )

    add(_slots(text))
    add(_Mark("M", one.start(), one.end(), part=(0, at)) for one in _ENDS.finditer(text) if (at := _at(one)))
    add(_Mark("M", one.start(), one.end(), part=(at, 24 * 60)) for one in _STARTS.finditer(text) if (at := _at(one)))
    add(_halves(text))
    add(_Mark("D", one.start(), one.end(), WEEK, rest=True) for one in _EVERY.finditer(text))
    add(
        _Mark("D", one.start(), one.end(), tuple(named_days(one.group())), ranged=True)
        for one in RANGE_OF_DAYS.finditer(text)
    )
    add(_Mark("D", one.start(), one.end(), tuple(named_days(one.group()))) for one in re.finditer(DAY, text))
    add(_Mark("L", one.start(), one.end(), part=(0, at)) for one in _LONE.finditer(text) if (at := _at(one)))
    return _clocks_alone(_unlabelled(sorted(found, key=lambda mark: mark.start)))


def _clocks_alone(marks: list[_Mark]) -> list[_Mark]:
    """« et à 12h le vendredi »: an end to confirm beside a day, nothing elsewhere."""
    kept = []
    for at, mark in enumerate(marks):
        beside = {marks[other].kind for other in (at - 1, at + 1) if 0 <= other < len(marks)}
        if mark.kind != "L":
            kept.append(mark)
        elif beside == {"D"}:
            kept.append(_Mark("M", mark.start, mark.end, part=mark.part, guess=True))
    return kept


def _slots(text: str) -> Iterator[_Mark]:
    for one in slots_matched(text):
        slot = slot_of(one)
        if isinstance(slot, Slot):
            yield _Mark("S", one.start(), one.end(), slot=slot)


def _halves(text: str) -> Iterator[_Mark]:
    for one in _HALF.finditer(text):
        morning = bool(one["am"]) != (bool(one["not"]) or _taken_out(text, one.start()))
        yield _Mark("M", one.start(), one.end(), part=(0, NOON) if morning else (NOON, 24 * 60), half=True)


def _taken_out(text: str, at: int) -> bool:
    """« sauf le mercredi matin »."""
    return bool(_JUST_OUT.search(text[max(0, at - 40) : at]))


_JUST_OUT = re.compile(rf"\b(?:sauf|hormis|excepte|a part|pas) (?:le |les )?{DAY}s? (?:le |l')?$")


def _at(found: re.Match[str]) -> int | None:
    return minute_of_clock(found["h"], found["hm"])


def _unlabelled(marks: list[_Mark]) -> list[_Mark]:
    """« le matin 8h-12h » is the slot alone: a half of the day next to a slot that lies in it only names it."""
    kept: list[_Mark] = []
    for at, mark in enumerate(marks):
        beside = [marks[other].slot for other in (at - 1, at + 1) if 0 <= other < len(marks)]
        if not (mark.half and any(slot is not None and _lies(slot, mark.part) for slot in beside)):
            kept.append(mark)
    return kept


def _lies(slot: Slot, part: tuple[int, int]) -> bool:
    return slot.start >= part[0] and slot.end <= (_LUNCH if part[0] == 0 else part[1]) and not slot.overnight


def _runs(marks: list[_Mark], text: str) -> list[tuple[str, list[_Mark]]]:
    """Neighbours of one kind together; days are cut from one another at « et le », a comma, « sauf »."""
    runs: list[tuple[str, list[_Mark]]] = []
    for mark in marks:
        if runs and runs[-1][0] == mark.kind:
            runs[-1][1].append(mark)
        else:
            runs.append((mark.kind, [mark]))
    return [(kind, _chunked(run, text) if kind == "D" else run) for kind, run in runs]


def _chunked(run: list[_Mark], text: str) -> list[_Mark]:
    """The days of a run, one mark for each stretch of them that nothing separates."""
    chunks = [run[0]]
    for mark in run[1:]:
        between = text[chunks[-1].end : mark.start]
        unlike = chunks[-1].ranged != mark.ranged or mark.rest or chunks[-1].rest
        if unlike or _CUTS.search(between):
            chunks.append(mark)
        elif _MAY_CUT.search(between):
            chunks.append(replace(mark, guess=True))
        else:
            chunks[-1] = replace(chunks[-1], end=mark.end, days=(*chunks[-1].days, *mark.days))
    return chunks


def _groups(runs: list[tuple[str, list[_Mark]]], kinds: str) -> list[_Group]:
    """The days with what is told of them, the usual days first."""
    if not _SHAPE.fullmatch(kinds) or "S" not in kinds:
        return []
    if kinds.startswith("D") and kinds.endswith("D"):
        (_, usual), *middle, (_, last) = runs
        told = {wanted: tuple(mark for kind, run in middle if kind == wanted for mark in run) for wanted in "SM"}
        return [_Group(tuple(usual), told["S"]), _Group(tuple(last), told["M"])]
    if kinds.startswith("D"):
        return [_Group(tuple(run), _after(runs, at)) for at, (kind, run) in enumerate(runs) if kind == "D"]
    if kinds.endswith("D"):
        return [_Group(tuple(run), _before(runs, at)) for at, (kind, run) in enumerate(runs) if kind == "D"]
    return _with_exceptions(runs)


def _with_exceptions(runs: list[tuple[str, list[_Mark]]]) -> list[_Group]:
    """« 8h-16h30 du lundi au jeudi et le vendredi jusqu'à 12h »: the last days before what is told belong to it."""
    (_, base), (_, first), *_ = runs
    told = _after(runs, 1)
    usual = first[:-1] or [_Mark("D", 0, 0, WEEK, rest=True, guess=True)]
    groups = [_Group(tuple(usual), tuple(base)), _Group(tuple(first[-1:]), told)]
    return groups + [
        _Group(tuple(run), _after(runs, at)) for at, (kind, run) in enumerate(runs) if kind == "D" and at > 1
    ]


def _after(runs: list[tuple[str, list[_Mark]]], at: int) -> tuple[_Mark, ...]:
    told: list[_Mark] = []
    for kind, run in runs[at + 1 :]:
        if kind == "D":
            break
        told += run
    return tuple(told)


def _before(runs: list[tuple[str, list[_Mark]]], at: int) -> tuple[_Mark, ...]:
    return _after(list(reversed(runs)), len(runs) - 1 - at)


def _week(groups: list[_Group], *, excepted: bool) -> WeekByDay | None:
    """Each day its slots: its own, or the part of the usual ones that is told."""
    usual = next((slots for one in groups if (slots := _own(one.told))), ())
    named = {day for one in groups for mark in one.days if not mark.rest for day in mark.days}
    week: dict[str, tuple[Slot, ...]] = {}
    sure = True
    for one in sorted(groups, key=lambda group: not any(mark.rest for mark in group.days)):
        slots = _own(one.told)
        if not slots:
            slots, clear = _part_of(usual, one.told)
            sure = sure and clear
        if not slots or not one.days:
            return None
        for mark in one.days:
            sure = sure and not mark.rest and not (excepted and mark.guess)
            week |= dict.fromkeys((day for day in mark.days if not mark.rest or day not in named), slots)
    return WeekByDay({day: week[day] for day in DAYS if day in week}, sure)


def _own(told: tuple[_Mark, ...]) -> tuple[Slot, ...]:
    return tuple(sorted({mark.slot for mark in told if mark.slot is not None}, key=lambda slot: slot.start))


def _part_of(usual: tuple[Slot, ...], told: tuple[_Mark, ...]) -> tuple[tuple[Slot, ...], bool]:
    """The part of the usual slots that is told, and whether it is sure: half of a day without a break is a guess."""
    first, last = max((mark.part[0] for mark in told), default=0), min((mark.part[1] for mark in told), default=0)
    half = all(mark.half for mark in told)
    if half and len(usual) > 1:
        return tuple(slot for slot in usual if (slot.start < NOON) == (first == 0)), True
    cut = tuple(
        Slot(max(slot.start, first), min(slot.end, last)) for slot in usual if slot.start < last and slot.end > first
    )
    return cut, not half and not any(mark.guess for mark in told)
