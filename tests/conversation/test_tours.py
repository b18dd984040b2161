"""One message in a given situation, as a table: right, and harmful to nobody.

A case that is not right yet is in tours_ouvertes.txt and must fail: one that is mended is taken out of the list.
"""

import pytest

from tests.conversation.judge import asked, cases, judge, still_open


class Played:
    """Each case is played once, for both of its tests."""

    def __init__(self, situations):
        self.situations = situations
        self.verdicts = {}

    def verdict(self, one):
        if one not in self.verdicts:
            case = cases()[one]
            self.verdicts[one] = judge(case, self.situations.handle(asked(case)))
        return self.verdicts[one]


@pytest.fixture(scope="module")
def played(situations):
    return Played(situations)


def _rows(*kept_out):
    listed = still_open()
    return [
        pytest.param(one, marks=pytest.mark.xfail(strict=True, reason=listed[one]))
        if listed.get(one) in kept_out
        else one
        for one in cases()
    ]


@pytest.mark.parametrize("one", _rows("wrong", "harmful"))
def test_the_message_has_its_right_outcome(played, one):
    verdict = played.verdict(one)
    assert verdict.right, verdict.reasons


@pytest.mark.parametrize("one", _rows("harmful"))
def test_the_message_harms_nobody(played, one):
    verdict = played.verdict(one)
    assert not verdict.harmful, verdict.reasons


def test_the_list_of_open_cases_names_real_ones():
    listed = still_open()
    assert listed.keys() <= cases().keys()
    assert set(listed.values()) <= {"wrong", "harmful"}
