"""The table of tests/README.md is what the tests are."""

from tests import cas


def test_every_case_of_the_specification_has_a_test():
    tests = cas.kept()
    assert len(tests) == 181
    assert [one for one, names in tests.items() if not names] == []


def test_the_table_lists_every_case_with_its_priority():
    states = cas.written()
    assert list(states) == list(cas.priorities())
    assert "not played" not in states.values()


def test_all_p1_cases_are_kept_and_nearly_all_others():
    score = cas.scores(cas.written())
    (p1, all1), (p2, all2), (p3, all3) = (score[level] for level in ("P1", "P2", "P3"))
    assert p1 == all1
    assert p2 >= 0.97 * all2
    assert p3 >= 0.95 * all3
