"""The stored form of the memory: JSON under the keys that sessions have had from the start; unreadable is forgotten.

The keys are those of every earlier version, so that a conversation goes on where it was after an upgrade, and after
a step back. `asked` and `suspendu`, which nothing read, are neither read nor written.
"""

from collections.abc import Mapping
from datetime import datetime

from bot.conversation.memory import (
    Album,
    CanI,
    Choosing,
    Completing,
    Confirming,
    Course,
    Editing,
    Focus,
    Memory,
    Misread,
    Nothing,
    Pace,
    Parked,
    Sent,
    What,
)
from bot.domain.demande import Champ
from bot.domain.session import Json


def memory_from_json(kept: Mapping[str, Json]) -> Memory:
    """The memory of a stored session; what cannot be read takes its default, and nothing is raised."""
    reminders = kept.get("rappels")
    return Memory(
        focus=_focus(kept),
        course=_course(kept),
        completing=_completing(kept),
        introduced=kept.get("vu") is True,
        urgent=kept.get("urgent") is True,
        danger=_text(kept, "danger"),
        alarmed=kept.get("alerte") is True,
        unheard=_answers(_row(kept, "retenu")),
        token=_text(kept, "token"),
        reviewed=_count(kept, "relu"),
        numbered=kept.get("numeros") is True,
        shown=tuple((label, data) for label, data in _pairs(kept.get("boutons")) if isinstance(data, str)),
        misread=_misread(_row(kept, "fails")),
        undo=_answers(_row(kept, "undo")),
        last=_champs(kept, "last"),
        age_said=_text(kept, "age"),
        length_said=_text(kept, "duree"),
        hours_begun=_text(kept, "partiel"),
        waiting=_answers(_row(kept, "attend")),
        parked=_parked(_row(kept, "garde")),
        sent=_sent(_row(kept, "sent")),
        history=_texts(kept, "history"),
        answered=_texts(kept, "answered"),
        insults=_count(kept, "insultes") or 0,
        pace=_pace(_row(kept, "rythme")),
        album=_album(_row(kept, "album")),
        reminders=reminders if isinstance(reminders, bool) else None,
        reminded=_texts(kept, "rappeles"),
        door=_text(kept, "porte"),
        office=_text(kept, "bureau"),
        done=_texts(kept, "faits"),
    )


def memory_to_json(memory: Memory) -> dict[str, Json]:
    """The stored form: only what differs from a conversation that has just begun."""
    made: dict[str, Json] = {
        **_focus_kept(memory.focus),
        **_course_kept(memory.course),
        "complete": memory.completing.demande if memory.completing else None,
        "wanted": list(memory.asked_for),
        "vu": memory.introduced,
        "urgent": memory.urgent,
        "danger": memory.danger,
        "alerte": memory.alarmed,
        "retenu": {champ.value: value for champ, value in memory.unheard.items()},
        "token": memory.token,
        "numeros": memory.numbered,
        "boutons": [list(pair) for pair in memory.shown],
        "fails": _misread_kept(memory.misread),
        "undo": {champ.value: value for champ, value in memory.undo.items()},
        "last": [champ.value for champ in memory.last],
        "age": memory.age_said,
        "duree": memory.length_said,
        "partiel": memory.hours_begun,
        "attend": {champ.value: value for champ, value in memory.waiting.items()},
        "garde": _parked_kept(memory.parked),
        "sent": {"id": memory.sent.id, "numero": memory.sent.numero} if memory.sent else None,
        "history": list(memory.history),
        "answered": list(memory.answered),
        "insultes": memory.insults,
        "rythme": _pace_kept(memory.pace),
        "album": {"id": memory.album.id, "le": memory.album.at.isoformat()} if memory.album else None,
        "rappeles": list(memory.reminded),
        "porte": memory.door,
        "bureau": memory.office,
        "faits": list(memory.done),
    }
    stored: dict[str, Json] = {key: value for key, value in made.items() if value}
    # A version and a refusal say something even where they are zero and false.
    if memory.reviewed is not None:
        stored["relu"] = memory.reviewed
    if memory.reminders is not None:
        stored["rappels"] = memory.reminders
    return stored


def _focus(kept: Mapping[str, Json]) -> Focus:
    asked, offered = _row(kept, "confirm"), _row(kept, "propose")
    if _text(asked, "kind") in set(What):
        return Confirming(What(_text(asked, "kind")), _text(asked, "demande"), _text(asked, "texte"))
    if _text(offered, "champ") in set(Champ):
        values = tuple(_pairs(offered.get("valeurs")))
        return Choosing(Champ(_text(offered, "champ")), values, _text(offered, "phrase"))
    return Nothing()


def _focus_kept(focus: Focus) -> dict[str, Json]:
    match focus:
        case Nothing():
            return {}
        case Choosing(champ, values, sentence):
            pairs: list[Json] = [[label, value] for label, value in values]
            return {"propose": {"champ": champ.value, "valeurs": pairs, "phrase": sentence}}
        case Confirming(what, demande, text):
            about: dict[str, Json] = {"kind": what.value, "demande": demande, "texte": text}
            return {"confirm": {key: value for key, value in about.items() if value}}


def _course(kept: Mapping[str, Json]) -> Course:
    then = CanI() if kept.get("puisje") is True else Nothing()
    # « asked » is of 0.1.0, whose form had another order: what is on screen is heard first, then the order is ours.
    step = _text(kept, "edit") or _text(kept, "asked")
    return Editing(step, then) if step else then


def _course_kept(course: Course) -> dict[str, Json]:
    match course:
        case Nothing():
            return {}
        case CanI():
            return {"puisje": True}
        case Editing(step, then):
            return {"edit": step, "puisje": isinstance(then, CanI)}


def _completing(kept: Mapping[str, Json]) -> Completing | None:
    demande, wanted = _text(kept, "complete"), _champs(kept, "wanted")
    return Completing(demande, wanted) if demande or wanted else None


def _misread(row: Mapping[str, Json]) -> Misread | None:
    step, times = _text(row, "step"), _count(row, "n")
    return Misread(step, times, _text(row, "code")) if step and times else None


def _misread_kept(misread: Misread | None) -> Json:
    return {"step": misread.step, "n": misread.times, "code": misread.code} if misread else None


def _parked(row: Mapping[str, Json]) -> Parked | None:
    slots = {name: slot.get("value") for name, slot in _row(row, "answers").items() if isinstance(slot, dict)}
    return Parked(_answers(slots), _texts(row, "skipped"), _text(row, "token")) if row else None


def _parked_kept(parked: Parked | None) -> Json:
    if parked is None:
        return None
    answers: dict[str, Json] = {champ.value: {"value": value} for champ, value in parked.answers.items()}
    return {"answers": answers, "skipped": list(parked.skipped), "token": parked.token}


def _sent(row: Mapping[str, Json]) -> Sent | None:
    return Sent(_text(row, "id"), _text(row, "numero")) if row else None


def _pace(row: Mapping[str, Json]) -> Pace | None:
    return Pace(_text(row, "minute"), _count(row, "n") or 0, _count(row, "q") or 0) if row else None


def _pace_kept(pace: Pace | None) -> Json:
    return {"minute": pace.minute, "n": pace.messages, "q": pace.searches} if pace else None


def _album(row: Mapping[str, Json]) -> Album | None:
    try:
        return Album(_text(row, "id"), datetime.fromisoformat(_text(row, "le"))) if row else None
    except ValueError:
        return None


def _row(kept: Mapping[str, Json], key: str) -> Mapping[str, Json]:
    value = kept.get(key)
    return value if isinstance(value, dict) else {}


def _text(kept: Mapping[str, Json], key: str) -> str:
    value = kept.get(key)
    return value if isinstance(value, str) else ""


def _count(kept: Mapping[str, Json], key: str) -> int | None:
    value = kept.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _texts(kept: Mapping[str, Json], key: str) -> tuple[str, ...]:
    values = kept.get(key)
    return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()


def _champs(kept: Mapping[str, Json], key: str) -> tuple[Champ, ...]:
    """The fields named, less those that no longer exist."""
    return tuple(Champ(name) for name in _texts(kept, key) if name in set(Champ))


def _answers(row: Mapping[str, Json]) -> dict[Champ, Json]:
    return {Champ(name): value for name, value in row.items() if name in set(Champ)}


def _pairs(values: Json) -> list[tuple[str, Json]]:
    pairs = values if isinstance(values, list) else []
    return [(str(pair[0]), pair[1]) for pair in pairs if isinstance(pair, list) and len(pair) == 2]
