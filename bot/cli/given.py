"""`given`: fields and values laid over a base, checked against what each question of the form stores."""

from collections.abc import Mapping
from datetime import date

from bot.conversation.scene import House
from bot.domain.champs import BY_CHAMP, IF_KNOWN, Champ, Kind
from bot.domain.session import Json
from bot.errors import InputError

_PLACE = {"nom", "code_postal", "departement"}
_HOURS = {"heures_semaine", "jours", "plages"}
_BY_DAY = "par_jour"
"""Only where some days have other slots."""


def values_given(record: object, house: House) -> dict[str, Json]:
    """The fields given, None taking an answer away; raises InputError naming the field or value that is wrong."""
    if record is None:
        return {}
    if not isinstance(record, Mapping):
        raise InputError("given: an object is expected")
    for name, value in record.items():
        if name not in set(Champ):
            raise InputError(f"given: {name!r} is not a field; use {', '.join(Champ)}")
        if value is not None:
            _check(str(name), value, house)
    return dict(record)


def _check(name: str, value: object, house: House) -> None:
    wanted = _wanted(BY_CHAMP[Champ(name)].kind, name, value, house)
    if wanted:
        raise InputError(f"given: {name}: {value!r} is not {wanted}")


def _wanted(kind: Kind, name: str, value: object, house: House) -> str:
    """What would be right, or an empty text where the value is."""
    match kind:
        case Kind.YES_NO:
            return "" if isinstance(value, bool) else "true or false"
        case Kind.CHOICE | Kind.IF_KNOWN:
            known = IF_KNOWN if kind is Kind.IF_KNOWN else [choice for choice, _ in house.words.choices(name)]
            return "" if value in known else f"one of {', '.join(known)}"
        case Kind.DATE:
            return "" if _is_day(value) else "a date; write it YYYY-MM-DD"
        case Kind.PLACE:
            return "" if isinstance(value, Mapping) and set(value) == _PLACE else "an object of a place"
        case Kind.HOURS:
            return "" if isinstance(value, Mapping) and set(value) - {_BY_DAY} == _HOURS else "an object of hours"
        case _:
            return "" if isinstance(value, str) and value else "a text"


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False
