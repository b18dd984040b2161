"""People answer in more words than a form has: labels, remarks, corrections, dictation. Each way has its value or none."""

import json
from pathlib import Path

import pytest

from bot.reading.dates.single import contract_days
from bot.reading.names.full_name import read_name
from bot.reading.names.reach import ways_told
from bot.reading.names.somebody import somebody
from bot.reading.names.street import street_told
from bot.reading.outcome import Value

ROWS = [json.loads(line) for line in (Path(__file__).parent / "ways.jsonl").read_text(encoding="utf-8").splitlines()]


def read(row, reader, context):
    """What the reader of the row's question makes of it; None where it must ask."""
    text, field = row["input"], row["field"]
    match field:
        case "identite":
            name = read_name(text)
            return name and [name.first or name.alone, name.last]
        case "contact":
            ways = ways_told(text)
            return [list(ways.emails), [number.replace(" ", "").replace(".", "") for number in ways.phones]]
        case "tuteur":
            return somebody(ways_told(text).rest, reader.knows_trade)
        case "adresse":
            return street_told(text)
        case "contrat":
            return list(contract_days(text))
    reading = reader.read(field, text, context(**row.get("known", {})))
    value = reading.value if isinstance(reading, Value) else None
    return value["nom"] if isinstance(value, dict) and "nom" in value else value


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['field']}: {row['input'][:40]}")
def test_an_answer_in_more_words_has_its_value(row, reader, context):
    assert read(row, reader, context) == row["value"]


def test_every_question_has_a_score_of_ways():
    counted = {field: sum(row["field"] == field for row in ROWS) for field in {row["field"] for row in ROWS}}
    assert min(counted.values()) >= 15
