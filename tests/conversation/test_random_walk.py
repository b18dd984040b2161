"""Random people, texts, buttons, edits, media, desk events and silences: no invariant breaks."""

import pytest

from tests.benchmarks.walk import walk


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_no_invariant_breaks_on_a_random_walk(seed):
    """`bench walk` takes 20,000 steps."""
    done = walk(500, seed=seed, length=100)
    assert done["writes"] > 50
    assert done["taps"] > 50


def test_a_walk_reaches_the_end_of_the_form():
    assert walk(1000, seed=7, length=125)["sent"] >= 3
