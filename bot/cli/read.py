"""`read`: one field, as a person types it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

import typer

from bot.cli.lines import answer_lines
from bot.config import settings
from bot.content.communes import load_communes
from bot.content.metiers import load_trades
from bot.content.regles import load_regles
from bot.content.wording import load_wording
from bot.conversation.hearing.orders import heard_as_order
from bot.domain.demande import Champ
from bot.domain.regles import Regles
from bot.domain.session import Json
from bot.errors import InputError
from bot.form.wording import Wording
from bot.formats import LibraryFormats
from bot.ports import Formats
from bot.reading.outcome import ReadContext, Rejected, Value
from bot.reading.reader import CONTRACT, FieldReader

app = typer.Typer(add_completion=False)

_DATES = ("date_debut", "date_fin", "date_naissance", "contrat_debut", "contrat_fin")
_EXTRA = ("representant_legal_telephone", "representant_legal_email", "champ", "departement", "age")
_KEYS = frozenset({*CONTRACT, *(str(champ) for champ in Champ), *_EXTRA, "choix_proposes", "longueur_max"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading needs, loaded once."""

    reader: FieldReader
    regles: Regles
    formats: Formats
    words: Wording
    today: date

    @classmethod
    def load(cls, today: date) -> "Reading":
        """From the files of this installation; raises ContentError with every fault."""
        knowledge = settings().knowledge_dir
        return cls(
            FieldReader(load_communes(knowledge), load_trades(knowledge), heard_as_order),
            load_regles(knowledge),
            LibraryFormats(),
            load_wording(settings().prompts_dir),
            today,
        )


def _day(name: str, value: object) -> date:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else _refuse_day(name, value)
    except ValueError:
        return _refuse_day(name, value)


def _refuse_day(name: str, value: object) -> date:
    raise InputError(f"{name}: {value!r} is not a date; write it YYYY-MM-DD")


def _context(record: object) -> dict[str, Json]:
    """The known fields, checked; a period known is two dates known."""
    if record is None:
        return {}
    if not isinstance(record, Mapping):
        raise InputError("context: an object is expected")
    known: dict[str, Json] = {}
    for key, value in record.items():
        if key not in _KEYS:
            raise InputError(f"context: {key!r} is not a key; use {', '.join(sorted(_KEYS))}")
        if value is not None:
            _check(str(key), value)
            known[str(key)] = value
    period = known.pop("periode", None)
    return {**period, **known} if isinstance(period, dict) else known


def _check(key: str, value: object) -> None:
    if key in _DATES:
        _day(key, value)
    if key == "periode":
        if not isinstance(value, Mapping) or not set(value) <= {"date_debut", "date_fin"}:
            raise InputError("periode: an object with date_debut and date_fin is expected")
        for name, one in value.items():
            _day(name, one)
    if key == "longueur_max" and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
        raise InputError(f"longueur_max: {value!r} is not a whole number of characters above 0")
    if key == "choix_proposes" and not isinstance(value, list):
        raise InputError("choix_proposes: a list of values is expected, in the order shown")
    if key in {"tuteur_email", "representant_legal_telephone", "champ", "code_postal"} and not isinstance(value, str):
        raise InputError(f"{key}: a text is expected")


def handler(loaded: Reading) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The function that answers one line of `read --jsonl`."""

    def handle(record: dict[str, Any]) -> dict[str, Any]:
        field, text = record.get("field"), record.get("input")
        if field not in loaded.reader.fields:
            raise InputError(f"field: {field!r} is not a field; use one of {', '.join(CONTRACT)}")
        if not isinstance(text, str):
            raise InputError("input: a text is expected")
        today = loaded.today if record.get("today") is None else _day("today", record["today"])
        return answer(loaded, str(field), text, today, _context(record.get("context")))

    return handle


def answer(loaded: Reading, field: str, text: str, today: date, context: dict[str, Json]) -> dict[str, Any]:
    """{"value"}, {"ask", "message", "value"?} or {"reject", "message"}."""
    listed = context.pop("choix_proposes", None)
    choices = listed if isinstance(listed, list) else []
    shown = tuple(one if isinstance(one, str) else json.dumps(one) for one in choices)
    ctx = ReadContext(today, loaded.regles, loaded.formats, context, shown)
    reading = loaded.reader.read(field, text, ctx)
    if isinstance(reading, Value):
        return {"value": _as_given(reading.value, shown, choices)}
    message = loaded.words.reading(reading.code, reading.params)
    if isinstance(reading, Rejected):
        return {"reject": True, "message": message}
    if len(reading.proposals) == 1:
        return {"ask": True, "message": message, "value": _as_given(reading.proposals[0][1], shown, choices)}
    labels = [label or loaded.words.label(field, str(value)) for label, value in reading.proposals]
    listed_there = loaded.words.reading("propositions", {"choix": " ; ".join(labels)}) if labels else ""
    return {"ask": True, "message": f"{message} {listed_there}".strip()}


def _as_given(value: Json, shown: tuple[str, ...], choices: list[Json]) -> Json:
    """A choice that is not a text comes back as it was given."""
    return choices[shown.index(value)] if isinstance(value, str) and value in shown else value


@app.command(
    help="Read one form field as the bot would: --jsonl reads one {id, field, today, context, input} a line; "
    "or give FIELD and TEXT."
)
def read(
    field: Annotated[str | None, typer.Argument(help=f"one of {', '.join(CONTRACT)}")] = None,
    text: Annotated[str | None, typer.Argument(help="what the person typed")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="read JSON lines on standard input")] = False,
    today: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the day of the message, where a line gives none")
    ] = None,
) -> None:
    """Answer and exit."""
    if not jsonl and (field is None or text is None):
        raise InputError("give a field and a text, or --jsonl with one JSON object a line")
    loaded = Reading.load(today.date() if today else date.today())  # noqa: DTZ011
    if jsonl:
        raise typer.Exit(answer_lines(handler(loaded)))
    print(json.dumps(handler(loaded)({"field": field, "input": text}), ensure_ascii=False, indent=2))


__all__ = ["Reading", "answer", "app", "handler", "read"]
