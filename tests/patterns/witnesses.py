"""Texts made of a pattern's own parts, and how its time grows from a quarter of Telegram's longest text to the whole."""

import re
import re._constants as sre
import re._parser as parser
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

LONGEST = 4096
SHORT = LONGEST // 4

RATIO = 8.0
"""Four times the text: four times as long is linear, sixteen is quadratic. Half way, as powers go."""

_CHEAP = 0.0002
"""Less than this for a quarter of the longest text cannot be a pass for each character: not worth timing twice."""

_GIVEN_UP = 0.5
"""Seconds of this process, not of the clock: four thousand characters that take so long are past any measure."""

_COMMON = (
    "a ",
    "1 ",
    "1",
    "a",
    " ",
    "du à ",
    "é",
    "a, ",
    "A ",
    "l'",
    "a.",
    "le 1 ",
    "\n",
    "-",
    "a@",
    "il ",
    "je ",
    "non ",
)
_ENDS = ("", "\x01")
_MANY = 40
_ALTERNATIVES = 4


@dataclass(frozen=True)
class Growth:
    """The part that was repeated, and how much longer four times as many took."""

    unit: str
    ratio: float


class _TooLong(Exception):
    pass


def growth(pattern: re.Pattern[str], *, anchored: bool = False) -> Growth | None:
    """The first growth above RATIO over the pattern's witnesses; None where it is linear on all of them."""
    run = _anchored if anchored else _searching
    for lead, unit, end in _witnesses(pattern):
        try:
            if _least(run, pattern, _text(lead, unit, end, SHORT), 1) < _CHEAP:
                continue
            ratio = _ratio(run, pattern, lead, unit, end)
        except _TooLong:
            return Growth(lead + unit, float("inf"))
        if ratio > RATIO:
            return Growth(lead + unit, round(ratio, 1))
    return None


def _ratio(run: Callable[..., None], pattern: re.Pattern[str], lead: str, unit: str, end: str) -> float:
    """The least of several tries, and more looks before accusing: another program may be busy.

    Both lengths are timed in turn, so that a busy moment weighs on both.
    """
    short, long = float("inf"), float("inf")
    for tries in (1, 3, 12, 40):
        for _ in range(tries):
            short = min(short, _least(run, pattern, _text(lead, unit, end, SHORT), 3))
            long = min(long, _least(run, pattern, _text(lead, unit, end, LONGEST), 1))
        if long / short <= RATIO:
            break
    return long / short


def _text(lead: str, unit: str, end: str, size: int) -> str:
    room = size - len(lead) - len(end)
    return lead + (unit * (room // len(unit) + 1))[:room] + end


def _searching(pattern: re.Pattern[str], text: str) -> None:
    for _ in pattern.finditer(text):
        pass


def _anchored(pattern: re.Pattern[str], text: str) -> None:
    pattern.match(text)
    pattern.fullmatch(text)


def _least(run: Callable[..., None], pattern: re.Pattern[str], text: str, tries: int) -> float:
    took = []
    with _limited():
        for _ in range(tries):
            start = time.thread_time()
            run(pattern, text)
            took.append(time.thread_time() - start)
    return max(min(took), 1e-6)


@contextmanager
def _limited() -> Iterator[None]:
    """The engine looks for signals while it tries: an exponential pattern is given up."""

    def stop(*_: object) -> None:
        raise _TooLong

    former = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, _GIVEN_UP)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


def _witnesses(pattern: re.Pattern[str]) -> list[tuple[str, str, str]]:
    """(what comes first, what is repeated, what spoils the end), at most a few dozen a pattern."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    heads: dict[tuple[str, str], None] = {}
    for lead, unit in _parts(list(tree), ""):
        for join in ("", " "):
            heads[lead, unit + join] = None
            heads["", unit + join] = None
    kept = [head for head in heads if head[1]]
    step = max(1, len(kept) // _MANY + (len(kept) % _MANY > 0))
    kept = [*kept[::step], *(("", unit) for unit in _COMMON)]
    return [(lead[:200], unit[:200], end) for lead, unit in kept for end in _ENDS]


def _parts(nodes: list, before: str) -> Iterator[tuple[str, str]]:
    """Each prefix of the sequence, each repeated body after what leads to it, each alternative."""
    lead = before
    for node in nodes:
        yield from _inside(node, lead)
        lead += _sample([node])
        if lead:
            yield "", lead


def _inside(node, lead: str) -> Iterator[tuple[str, str]]:
    kind, value = node
    match kind:
        case sre.MAX_REPEAT | sre.MIN_REPEAT | sre.POSSESSIVE_REPEAT:
            body = list(value[2])
            for choice in range(3):
                unit = _sample(body, choice)
                if unit:
                    yield lead, unit
            yield from _parts(body, lead)
        case sre.SUBPATTERN:
            yield from _parts(list(value[3]), lead)
        case sre.ATOMIC_GROUP:
            yield from _parts(list(value), lead)
        case sre.BRANCH:
            for one in _few(value[1]):
                yield from _parts(list(one), lead)
        case sre.ASSERT | sre.ASSERT_NOT:
            yield from _parts(list(value[1]), lead)


def _few(alternatives: list) -> list:
    step = max(1, len(alternatives) // _ALTERNATIVES)
    return alternatives[::step]


def _sample(nodes: list, choice: int = 0) -> str:
    """A short text that these nodes match, assertions aside."""
    return "".join(_one(node, choice) for node in nodes)


def _one(node, choice: int) -> str:
    kind, value = node
    match kind:
        case sre.LITERAL:
            return chr(value)
        case sre.NOT_LITERAL:
            return "b" if value == ord("a") else "a"
        case sre.ANY:
            return "a1 "[choice % 3]
        case sre.IN:
            return _member(value, choice)
        case sre.MAX_REPEAT | sre.MIN_REPEAT | sre.POSSESSIVE_REPEAT:
            least, most, body = value
            count = max(least, 1 if most else 0)
            return _sample(list(body), choice) * min(count, 30)
        case sre.SUBPATTERN:
            return _sample(list(value[3]), choice)
        case sre.ATOMIC_GROUP:
            return _sample(list(value), choice)
        case sre.BRANCH:
            return _sample(list(value[1][choice % len(value[1])]), choice)
        case _:
            return ""


_TRIED = "a1 éZ.,-'@_\n"


def _member(items: list, choice: int) -> str:
    """A character of a set: the first ones that anybody types, then what the set names."""
    inside = [char for char in _TRIED if _accepts(items, char)]
    named = [chr(value) for kind, value in items if kind is sre.LITERAL]
    named += [chr(value[0]) for kind, value in items if kind is sre.RANGE]
    found = [*inside, *named] or ["a"]
    return found[choice % len(found)]


def _accepts(items: list, char: str) -> bool:
    negated = bool(items) and items[0][0] is sre.NEGATE
    tests = {
        sre.CATEGORY_DIGIT: str.isdigit,
        sre.CATEGORY_NOT_DIGIT: lambda one: not one.isdigit(),
        sre.CATEGORY_SPACE: str.isspace,
        sre.CATEGORY_NOT_SPACE: lambda one: not one.isspace(),
        sre.CATEGORY_WORD: lambda one: one.isalnum() or one == "_",
        sre.CATEGORY_NOT_WORD: lambda one: not (one.isalnum() or one == "_"),
    }
    hit = False
    for kind, value in items:
        match kind:
            case sre.LITERAL:
                hit |= value == ord(char)
            case sre.RANGE:
                hit |= value[0] <= ord(char) <= value[1]
            case sre.CATEGORY:
                hit |= tests[value](char)
    return hit != negated
