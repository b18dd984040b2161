"""The table of typed values, written before the reader: 98 % right on each part, and no value invented."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.content.communes import load_communes
from bot.content.metiers import load_metiers
from bot.content.regles import load_regles
from bot.conversation.read import CONTRACT, FieldReader
from bot.conversation.slots import Ask, ReadContext, Rejected, Value
from bot.formats import LibraryFormats

ROOT = Path(__file__).resolve().parents[2]
ROWS = [json.loads(line) for line in (Path(__file__).parent / "table.jsonl").read_text(encoding="utf-8").splitlines()]
KINDS = {Value: "value", Ask: "ask", Rejected: "reject"}


def reader():
    return FieldReader(load_communes(ROOT / "knowledge"), load_metiers(ROOT / "knowledge"))


def outcome(one, row, regles, formats):
    """(kind, value) of a row: an `ask` proposes a value only where there is one alone."""
    context = dict(row.get("context", {}))
    shown = [value if isinstance(value, str) else json.dumps(value) for value in context.pop("choix_proposes", [])]
    ctx = ReadContext(date.fromisoformat(row["today"]), regles, formats, context, tuple(shown))
    reading = one.read(row["field"], row["input"], ctx)
    match reading:
        case Value():
            value = reading.value
            if isinstance(value, str) and value in shown and value.startswith("{"):
                value = json.loads(value)
            return "value", value
        case Ask():
            return "ask", reading.proposals[0][1] if len(reading.proposals) == 1 else None
        case Rejected():
            return "reject", None


def judged(row, kind, value):
    """right, wrong, or invented: a value where the form must ask or refuse."""
    if kind == "value" and row["expect"] != "value":
        return "invented"
    same = value == row["value"] if "value" in row else True
    return "right" if kind == row["expect"] and same else "wrong"


@pytest.fixture(scope="module")
def verdicts():
    one, regles, formats = reader(), load_regles(ROOT / "knowledge"), LibraryFormats()
    found = []
    for row in ROWS:
        kind, value = outcome(one, row, regles, formats)
        found.append((row, kind, value, judged(row, kind, value)))
    return found


def shown(found):
    return "\n".join(
        f"{row['id']:20} {row['input'][:60]!r:64} {row['expect']} {row.get('value')} → {kind} {value}"
        for row, kind, value, verdict in found
        if verdict != "right"
    )


def test_the_table_covers_every_field_of_the_contract():
    assert {row["field"] for row in ROWS} >= set(CONTRACT)
    assert len(ROWS) > 500


def test_no_value_is_invented(verdicts):
    invented = [found for found in verdicts if found[3] == "invented"]
    assert not invented, shown(invented)


@pytest.mark.parametrize("part", ["reglage", "reserve"])
def test_at_least_98_per_cent_are_right(verdicts, part):
    rows = [found for found in verdicts if found[0]["part"] == part]
    right = sum(found[3] == "right" for found in rows)
    assert right / len(rows) >= 0.98, f"{right} of {len(rows)}\n{shown(rows)}"
