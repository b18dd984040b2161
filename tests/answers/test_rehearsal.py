"""A build measures many texts at once, and while its classifier is still learning: the result is the same."""

import numpy as np

from bot.answers.answerer import IndexAnswerer
from bot.answers.apart import _sentences
from bot.answers.classifier import no_classifier
from bot.answers.ear import Sentences
from bot.answers.knowledge import read_knowledge
from bot.answers.retriever import Rehearsal, Retriever
from bot.answers.signals import NAMES
from bot.answers.terms import Floats

TEXTS = (
    "",
    "c'est payé ?",
    "et si j'ai moins de dix-huit ans et que mes parents ne sont pas d'accord du tout, je fais quoi ?",
)


def test_what_was_measured_before_the_classifier_is_what_is_measured_after(real: IndexAnswerer):
    whole = real.index.retriever
    sizes = [len(space.terms) for space in whole.measures.spaces.values()]
    unlearnt = whole.measures.judged_by(no_classifier(sizes, whole.measures.corpus.groups))
    rehearsal = Rehearsal(Retriever(unlearnt, whole.weights, whole.vectors), [(text, frozenset()) for text in TEXTS])
    assert not any(_alike(wide, whole.measure(text)) for (text, _), wide in rehearsal.wide.items())
    rehearsal.learnt(whole.measures)
    remembering = Retriever(whole.measures, whole.weights, whole.vectors, rehearsal)
    for text in TEXTS:
        assert any(remembering.measure(text) is wide for wide in rehearsal.wide.values())
        assert _alike(remembering.measure(text), whole.measure(text))


def test_a_text_measured_among_others_gets_what_it_gets_alone(real: IndexAnswerer):
    whole = real.index.retriever
    asked = [(text, publics) for text in TEXTS for publics in (frozenset(), frozenset({"mineur"}))]
    for one, together in zip(asked, whole.measure_all(asked), strict=True):
        (alone,) = whole.measure_all([one])
        assert _alike(together, alone)
        exact = np.arange(alone.shape[1]) != NAMES.index("dense")
        assert np.array_equal(together[:, exact], alone[:, exact])


def _alike(one: Floats, other: Floats) -> bool:
    """To the rounding of a sum of 128 products, the one that is not done in the same order for many texts."""
    return np.allclose(one, other, rtol=0, atol=2e-6)


def test_what_teaches_the_ear_is_read_here_where_the_other_process_was_killed(small):
    class Cut:
        def recv(self):
            raise EOFError

    assert isinstance(_sentences(Cut(), read_knowledge(small)), Sentences)
