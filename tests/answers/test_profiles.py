"""What an owner's phrasings say together: terms shared, terms likely, and a phrasing asked about as if unwritten."""

import numpy as np
import pytest
from scipy import sparse

from bot.answers.profiles import Profile

# Three terms; two owners of two phrasings each: « pay », « pay hour » and « hour », « hour rare ».
ROWS = sparse.csr_matrix(np.array([[1, 1, 0, 0], [0, 1, 1, 1], [0, 0, 0, 1]], dtype=np.float32))
OWNERS = np.array([0, 0, 1, 1])
PAY, HOUR, RARE = 0, 1, 2


@pytest.fixture
def profile(monkeypatch):
    monkeypatch.setattr("bot.answers.profiles._USUAL", 1)
    return Profile.of(ROWS, OWNERS, 2, np.ones(3, np.float32))


def asked(*terms):
    return np.array(terms, dtype=np.int32)


def test_a_term_speaks_for_the_owner_whose_phrasings_have_it(profile):
    ((mine, other),) = profile.likely([asked(PAY)])
    assert mine > 0 > other


def test_a_term_of_one_phrasing_says_nothing_of_its_owner(profile):
    assert not profile.likely([asked(RARE)]).any()


def test_what_is_shared_is_counted_by_what_it_tells_and_unknown_words_count_against_everybody(profile):
    assert profile.shared([asked(PAY, HOUR)], [0])[0] == pytest.approx([1, 0.5])
    assert profile.shared([asked(PAY, HOUR)], [2])[0] == pytest.approx([0.5, 0.25])


def test_a_phrasing_of_the_sample_lends_its_owner_nothing(profile):
    assert profile.shared([asked(HOUR)], [0], [0])[0] == pytest.approx([0, 1])
    ((mine, other),) = profile.likely([asked(HOUR)], [0])
    written = profile.likely([asked(HOUR)])[0]
    assert mine < written[0]
    assert other == pytest.approx(written[1])


def test_a_question_of_no_known_term_speaks_for_nobody(profile):
    assert not profile.likely([asked()]).any()
    assert not profile.shared([asked()], [0]).any()


def test_texts_asked_about_together_get_what_each_gets_alone(profile):
    texts, owners = [asked(PAY, HOUR), asked(), asked(HOUR, RARE)], [0, 1, 1]
    for own in ([], owners):
        likely, shared = profile.likely(texts, own), profile.shared(texts, [1, 0, 2], own)
        for at, text in enumerate(texts):
            alone = own[at : at + 1]
            assert np.array_equal(likely[at], profile.likely([text], alone)[0])
            assert np.array_equal(shared[at], profile.shared([text], [[1, 0, 2][at]], alone)[0])
