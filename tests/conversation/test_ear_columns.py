"""The columns of the ear are those of the library that they were learnt with first, without its three seconds of import."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import HashingVectorizer

from bot.ear.features import COLUMNS, columns, heard_form
from bot.ear.training import _descended, _solve

TEXTS = ("c'est payé ?", "à", "", "Je m'appelle ANNE, 06 12 34 56 78 @ midi", "x" * 700, "oui\u00a0non")


def test_pieces_and_words_fall_in_the_columns_of_the_library():
    forms = [heard_form(text) for text in TEXTS]
    ours = columns(TEXTS)
    kinds = ({"analyzer": "char_wb", "ngram_range": (2, 4)}, {"ngram_range": (1, 2), "token_pattern": r"\S+"})
    for at, kind in enumerate(kinds):
        theirs = HashingVectorizer(n_features=COLUMNS, alternate_sign=False, norm=None, **kind).transform(forms)
        theirs.data = theirs.data**0.5
        assert (ours[:, at * COLUMNS : (at + 1) * COLUMNS] != theirs).nnz == 0


def test_an_act_solved_in_its_half_has_the_weights_it_has_among_all():
    rows = columns(TEXTS).astype(np.float32)
    targets = np.eye(len(TEXTS), 5, dtype=np.float32)
    assert _solve(rows, targets) == pytest.approx(_descended(rows, targets), abs=1e-5)
