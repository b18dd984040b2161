"""No text of a person costs more than its length: every pattern of the program, on texts made of its own parts."""

import json
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

from tests.patterns.witnesses import growth

HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def census() -> tuple[list[dict], int]:
    """(what grows, how many patterns were timed)."""
    done = subprocess.run(  # noqa: PLW1510 - what it prints on failure is shown
        [sys.executable, "-m", "tests.patterns.census"],
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    *rows, last = [json.loads(line) for line in done.stdout.splitlines()]
    return rows, last["patterns"]


@pytest.mark.lent
def test_every_pattern_of_the_program_is_linear_on_texts_that_repeat_its_own_parts():
    rows, timed = census()
    slow = [f"{row['where']}: x{row['ratio']} on {row['witness']!r} repeated" for row in rows]
    assert not slow, "\n".join(slow)
    assert timed > 500


@pytest.mark.parametrize("pattern", [r"\d+x", r"(?:a|b| )+$", r"^(.+?)\s+et (.+)$", r"\s*;\s*", r"(?:a+)+b"])
def test_the_measure_sees_a_pattern_that_grows(pattern):
    assert growth(re.compile(pattern)) is not None


@pytest.mark.parametrize("pattern", [r"\bsiret\b", r"[?.!]+", r"(?<!\d)\d{5}(?!\d)", r"(?:un|deux|trois) jours?"])
def test_the_measure_lets_a_linear_pattern_be(pattern):
    assert growth(re.compile(pattern)) is None
