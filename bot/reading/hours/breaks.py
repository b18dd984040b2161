"""A break in a working day: taken off the hours, and where it is said when, off the slots."""

from dataclasses import dataclass

from bot.domain import regex as re
from bot.reading.hours.hour_words import Slot

_NAME = r"(?:pauses?|coupures?|breaks?|repas|dejeuner|dej\b|man[gj]\w{1,4}|casser la croute)"
_CLOCK = r"(?P<{0}>\d{{1,2}})(?!\d) ?(?:heures?|h|:) ?(?P<{0}m>\d{{2}})?(?!\d)"
_LOOSE_CLOCK = r"(?P<{0}>\d{{1,2}})(?!\d)(?: ?(?:heures?|h|:) ?(?P<{0}m>\d{{2}})?(?!\d))?"
_SPAN = (
    r"(?<![\dh:])(?:(?P<min>\d{1,3}) ?(?:min\w{0,30}|mn|')|(?P<half>(?:(?:une |1 )?demi[e]?[- ]?heures?|1 ?/ ?2 ?(?:h|heure)s?))"
    r"|(?P<three>(?:3|trois) quarts? d'heure)|(?P<quarter>(?:un |1 )?quart d'heure)"
    r"|(?P<hour>1|2|une) ?(?:heures?|h)(?![a-z]) ?(?P<past>\d{2}|et demie)?(?! ?-))"
)
_AT_WHEN = r"(?: (?:comprise|incluse|non payee|offerte|obligatoire))?(?: (?:a|vers|des) " + _CLOCK.format("at") + r")?"
_LASTING = re.compile(
    rf"(?:\b(?:avec|et|dont|plus|moins|y compris|il y a|ya|j'ai|on a)\b )?(?:(?:une|la|ma|1) )?(?:"
    rf"{_SPAN} (?:de |d'|pour (?:le |la |ma )?)?(?:la )?{_NAME}(?: dejeuner| dej| repas| manger| (?:du|de|le) midi)?"
    rf"|{_NAME}(?: dejeuner| dej| repas| (?:du|de|le|a) (?:midi|12h))?(?: comprise?| incluse?)?(?: de | d'| ?: ?| pendant | ){_SPAN.replace('?P<', '?P<b')}){_AT_WHEN}"
)
_BETWEEN = re.compile(
    rf"(?:\b(?:avec|et|dont|moins|sauf)\b )?(?:(?:une|la|ma|1) )?{_NAME}[^\d;.]{{0,25}}?{_LOOSE_CLOCK.format('s')} ?(?:-|a|>|/|et|jusqu'a) ?{_CLOCK.format('e')}"
    rf"|(?:\b(?:avec|et|dont|moins|sauf)\b )?(?:de )?{_LOOSE_CLOCK.format('t')} ?(?:-|a|>|/) ?{_CLOCK.format('f')} (?:de |d'|pour (?:la |le |ma )?|c'est (?:la |le |ma )?|: ?)?{_NAME}(?! ?:? ?(?:de )?\d)"
)
_UNTIMED = re.compile(
    r"(?:\b(?:avec|et|plus|moins) )?(?:\b(?:une|la|ma|1|le) )?\b(?:pause|coupure)\b(?: (?:du|de|le|a|pour le|pour))? ?(?:12 ?h\b(?! ?\d)|midi|dejeuner|repas|manger)?"
)
_HALF_HOUR, _HOUR = 30, 60
_LONGEST = 150


@dataclass(frozen=True, slots=True)
class Break:
    """A break of so many minutes; `start`, in minutes from midnight, where it is said when."""

    minutes: int
    start: int | None = None


def breaks_said(text: str) -> tuple[str, tuple[Break, ...]]:
    """The breaks in a text spelt out, and the text without them."""
    found: list[Break] = []

    def between(one: re.Match[str]) -> str:
        part = one.groupdict()
        start, end = (_at(part, names) for names in (("s", "t"), ("e", "f")))
        if start is None or end is None or not 0 < end - start <= 4 * _HOUR or end - start > _LONGEST:
            return one.group()  # « 9h-12h, pause, 13h-17h »: what follows the break is work
        found.append(Break(end - start, start))
        return " "

    def lasting(one: re.Match[str]) -> str:
        part = one.groupdict()
        minutes = _minutes(
            {
                name: part.get(name) or part.get(f"b{name}")
                for name in ("min", "half", "three", "quarter", "hour", "past")
            }
        )
        if not 0 < minutes <= 4 * _HOUR:
            return one.group()
        found.append(Break(minutes, _at(part, ("at",))))
        return " "

    return _LASTING.sub(lasting, _BETWEEN.sub(between, text)), tuple(found)


def untimed_break(text: str) -> tuple[str, bool]:
    """The text without « avec la pause du midi », whose length is not told, and whether it was there."""
    bare = _UNTIMED.sub(" ", text)
    return bare, bare != text


def _at(part: dict[str, str | None], names: tuple[str, ...]) -> int | None:
    for name in names:
        if part.get(name):
            return int(part[name] or 0) * _HOUR + int(part.get(f"{name}m") or 0)
    return None


def _minutes(part: dict[str, str | None]) -> int:
    if part["min"]:
        return int(part["min"] or 0)
    for name, length in (("half", _HALF_HOUR), ("three", 45), ("quarter", 15)):
        if part[name]:
            return length
    past = part["past"] or ""
    return (1 if part["hour"] == "une" else int(part["hour"] or 0)) * _HOUR + (
        int(past) if past.isdecimal() else _HALF_HOUR if past else 0
    )


def worked(slots: tuple[Slot, ...], breaks: tuple[Break, ...]) -> tuple[tuple[Slot, ...], int]:
    """The slots cut where a break lies, and the minutes of the breaks that lie nowhere in particular."""
    kept, loose = slots, 0
    for one in breaks:
        inside = next((slot for slot in kept if _holds(slot, one)), None)
        if inside is not None and one.start is not None:
            cut = (Slot(inside.start, one.start), Slot(one.start + one.minutes, inside.end))
            kept = tuple(piece for slot in kept for piece in (cut if slot is inside else (slot,)))
        elif len(slots) == 1 and one.minutes < slots[0].minutes:
            loose += one.minutes
    return kept, loose


def _holds(slot: Slot, one: Break) -> bool:
    return (
        one.start is not None and not slot.overnight and slot.start < one.start and one.start + one.minutes < slot.end
    )
