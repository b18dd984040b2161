"""A line that cannot be used costs itself and no other."""

import io
import json
import sys

import pytest

from bot.cli.lines import answer_lines
from bot.errors import InputError


def _play(lines, handle=lambda record: {"seen": record.get("text")}):
    out = io.StringIO()
    answer_lines(handle, lines, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("bad", ["{", "[1]", '"text"', "nul", "[" * 100_000, "9" * 5_000, "{'id': 1}", "\ufeff{}"])
def test_a_bad_line_is_named_and_the_next_is_answered(bad):
    first, second = _play([bad, '{"id": 2, "text": "ok"}'])
    assert first["error"]
    assert second == {"id": 2, "seen": "ok"}


def test_blank_lines_are_passed_over():
    assert _play(["", "  \n", '{"id": 1}']) == [{"id": 1, "seen": None}]


def test_half_a_surrogate_pair_is_written_as_a_question_mark():
    assert _play(['{"id": 1, "text": "a\\ud800b"}']) == [{"id": 1, "seen": "a?b"}]


def test_a_refusal_keeps_the_identifier():
    def refuse(record):
        raise InputError("text: this key is missing")

    assert _play(['{"id": "q9"}'], refuse) == [{"id": "q9", "error": "text: this key is missing"}]


def test_an_unforeseen_failure_costs_one_line():
    def fail(record):
        return {"value": 1 / record["by"]}

    first, second = _play(['{"id": 1, "by": 0}', '{"id": 2, "by": 1}'], fail)
    assert "ZeroDivisionError" in first["error"]
    assert second["value"] == 1


def test_bytes_that_are_not_utf8_are_replaced(monkeypatch, capsys):
    class Standard:
        buffer = io.BytesIO(b'{"id": 1, "text": "\xff"}\n')

    monkeypatch.setattr(sys, "stdin", Standard())
    answer_lines(lambda record: {"seen": record["text"]})
    assert json.loads(capsys.readouterr().out) == {"id": 1, "seen": "\ufffd"}
