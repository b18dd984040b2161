"""kill -9 at random moments: every request is stored once, every draft is where the last message says."""

import pytest

from tests.benchmarks.crash import run


@pytest.mark.lent
def test_three_kills_lose_nothing_and_double_nothing(tmp_path):
    figures = run(3, tmp_path / "data", seed=4, people_count=8)
    assert figures["faults"] == []
    assert figures["requests"] >= 8
