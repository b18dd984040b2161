"""Vectors are kept by the hash of their text, and a tiny encoder with a tiny cross-encoder run the whole path offline."""

from datetime import date

import numpy as np
import pytest

from bot.answers.answerer import IndexAnswerer
from bot.answers.chooser import Candidates, Chosen
from bot.answers.kept_vectors import KeptVectors, file_of
from bot.answers.publishing import Publisher
from bot.answers.reranker import load_reranker
from bot.domain.answer import Answer, Clarify, Question, Refusal
from tests.answers.tiny import tiny_cross_encoder, tiny_encoder


class Counting:
    """An encoder that counts the texts it reads."""

    name = "compte"

    def __init__(self, shift=0.0):
        self.read, self.shift = [], shift

    def documents(self, texts):
        self.read += texts
        return np.array([[len(text), self.shift, 1.0] for text in texts], dtype=np.float32)

    queries = documents


def embedded(file, texts, shift=0.0):
    """How many of the texts an encoder had to read, its probe apart."""
    encoder = Counting(shift)
    kept = KeptVectors(encoder, file)
    rows = kept.documents(texts)
    assert [row[0] for row in rows] == [len(text) for text in texts]
    return kept.embedded


def test_only_what_changed_is_embedded_again(tmp_path):
    file = file_of(tmp_path, "compte")
    texts = [f"phrase numéro {at}" for at in range(50)]
    assert embedded(file, texts) == 50
    assert embedded(file, texts) == 0
    texts[7] = "une phrase toute nouvelle"
    assert embedded(file, [*texts, texts[3]]) == 1


def test_other_weights_under_the_same_name_start_over(tmp_path):
    file = file_of(tmp_path, "compte")
    assert embedded(file, ["a", "b"]) == 2
    assert embedded(file, ["a", "b"], shift=0.5) == 2


@pytest.mark.parametrize("damage", [b"", b"not a zip", b"PK\x03\x04 cut"])
def test_a_damaged_file_costs_a_build_and_no_more(tmp_path, damage):
    file = file_of(tmp_path, "compte")
    embedded(file, ["a", "b"])
    file.write_bytes(damage)
    assert embedded(file, ["a", "b"]) == 2
    assert embedded(file, ["a", "b"]) == 0


def test_two_encoders_never_share_a_file(tmp_path):
    assert file_of(tmp_path, "un") != file_of(tmp_path, "autre")


@pytest.mark.lent
def test_a_tiny_encoder_and_a_tiny_cross_encoder_run_the_whole_path_offline(small, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    encoder = str(tiny_encoder(tmp_path / "encoder"))
    (tmp_path / "cross").mkdir()
    chooser = load_reranker(str(tiny_cross_encoder(tmp_path / "cross")))
    index = Publisher(small, tmp_path / "data", encoder=encoder).publish().index
    outcome = IndexAnswerer(index, chooser=chooser).answer(Question("c'est payé ?", date(2026, 11, 25)))
    assert isinstance(outcome, Answer | Clarify | Refusal)
    assert index.manifest.encoder == encoder
    assert file_of(tmp_path / "data" / "index", encoder).is_file()


class Third:
    """A scorer that prefers the third passage."""

    def predict(self, sentences):
        return [0.9 if at == 2 else 0.1 for at in range(len(sentences))]


def test_the_passage_that_is_chosen_is_the_one_that_is_said(served):
    from bot.answers.reranker import CrossChooser

    knowledge, data = served
    index = Publisher(knowledge, data).publish().index
    shown = []

    class Watching(CrossChooser):
        def choose(self, among: Candidates):
            shown.append(among)
            return super().choose(among)

    outcome = IndexAnswerer(index, chooser=Watching(Third())).answer(Question("c'est payé ?", date(2026, 11, 25)))
    assert isinstance(outcome, Answer)
    assert outcome.passages == (shown[0].passages[2].ref,)
    assert Chosen((shown[0].passages[2],)) == CrossChooser(Third()).choose(shown[0])
