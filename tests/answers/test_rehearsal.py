"""A build measures while its classifier is still learning: the result is the same to the last bit."""

import numpy as np

from bot.answers.answerer import IndexAnswerer
from bot.answers.apart import _ear
from bot.answers.classifier import no_classifier
from bot.answers.ear import Ear
from bot.answers.knowledge import read_knowledge
from bot.answers.retriever import Rehearsal, Retriever

TEXTS = (
    "c'est payé ?",
    "et si j'ai moins de dix-huit ans et que mes parents ne sont pas d'accord du tout, je fais quoi ?",
)


def test_what_was_measured_before_the_classifier_is_what_is_measured_after(real: IndexAnswerer):
    whole = real.index.retriever
    sizes = [len(space.terms) for space in whole.measures.spaces.values()]
    unlearnt = whole.measures.judged_by(no_classifier(sizes, whole.measures.corpus.groups))
    rehearsal = Rehearsal(Retriever(unlearnt, whole.weights, whole.vectors))
    for text in TEXTS:
        rehearsal.measure(text)
        assert not np.array_equal(next(reversed(rehearsal.wide.values())), whole.measure(text))
    rehearsal.learnt(whole.measures)
    remembering = Retriever(whole.measures, whole.weights, whole.vectors, rehearsal)
    for text in TEXTS:
        assert any(remembering.measure(text) is wide for wide in rehearsal.wide.values())
        assert np.array_equal(remembering.measure(text), whole.measure(text))


def test_the_ear_is_taught_here_where_the_other_process_was_killed(small):
    class Cut:
        def recv(self):
            raise EOFError

    assert isinstance(_ear(Cut(), read_knowledge(small)), Ear)
