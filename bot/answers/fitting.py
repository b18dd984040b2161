"""Building the measures from the knowledge, and learning their weights from questions kept aside."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.answers.classifier import STEPS, Classifier, fit_classifier, no_classifier
from bot.answers.corpus import Corpus
from bot.answers.encoder import Encoder
from bot.answers.french import commonness
from bot.answers.lexicon import Heard, Lexicon
from bot.answers.progress import Progress, Stage, silent
from bot.answers.ranking import Lesson, widen
from bot.answers.signals import CLASS, Measures, Space
from bot.answers.terms import READINGS, Floats, word_terms
from bot.answers.vectors import floor

SAMPLE = 500
"""Phrasings that teach the weights, each measured as if nobody had written it."""

_BLOCK = 150
_LEAST, _CELLS = 50, 1_000_000
"""A lesson has a row an owner: with very many owners, fewer lessons."""

_USUAL_WORD, _AT_HOME, _EACH_FOREIGN = 3.0, 2, 0.5
"""A word said once in a million, said in fewer than two phrasings of answers, is foreign; each counts half of the rest.
Three in a hundred questions of the exam that have an answer hold one, thirty in a hundred of those that have none."""

_HARDLY_AT_HOME, _FOREIGN_LEAST, _FOREIGN_SHARE = 3, 2, 0.3
"""The same for a refusal without weighing: a word said in fewer than three phrasings, two such words, three in ten."""

_SHORT, _LONG_ENOUGH, _RARE_AT_HOME = 8, 3, 8
"""Words of a short message, letters of a word that tells its subject, and phrasings that make a word at home."""

_OF_US = frozenset({"immersion", "imers", "pmsmp", "stage", "stag", "convention"})
"""Concepts and stems of the subject itself."""

NEIGHBOURS = 60
"""Phrasings that count as near: the others are all as far as the last of these."""


@dataclass(frozen=True)
class Fitted:
    """The measures, the phrasings' vectors, and a sample of phrasings with the class scores they get when held out.

    The classifier learns beside the rest: until `learnt`, it has no opinion.
    """

    measures: Measures
    vectors: Floats
    heard: tuple[Heard, ...]
    sample: NDArray[np.int64]
    sample_classes: Floats
    learning: "Future[tuple[Classifier, Floats]]"

    def learnt(self) -> "Fitted":
        """The same with its classifier; waits for it, and raises what learning it raised."""
        classifier, classes = self.learning.result()
        return replace(self, measures=self.measures.judged_by(classifier), sample_classes=classes)


def fit_measures(
    corpus: Corpus, lexicon: Lexicon, encoder: Callable[[], Encoder], progress: Progress = silent
) -> tuple[Fitted, Encoder]:
    """Learn vocabularies and directions from the corpus, its classifier aside; `encoder` makes what gives the vectors."""
    heard = tuple(lexicon.hear(text) for text in corpus.phrasings)
    progress(Stage.READ)
    spaces: dict[str, Space] = {}
    for name, reading in READINGS.items():
        spaces[name] = Space.of(map(reading, heard))
    texts = Space.of(word_terms(lexicon.hear(owner.text)) for owner in corpus.owners)
    count, owners = len(corpus.phrasings), len(corpus.owners)
    size = min(SAMPLE, count // 4, max(_LEAST, _CELLS // owners))
    sample = np.sort(np.random.default_rng(0).choice(count, size, replace=False))
    tables = [space.rows.T.tocsr() for space in spaces.values()]
    progress(Stage.COUNTED)
    # Learning lets go of the interpreter's lock: the rest goes on meanwhile.
    aside = ThreadPoolExecutor(1)
    learning = aside.submit(fit_classifier, tables, corpus.of, corpus.groups, sample)
    aside.shutdown(wait=False)
    dense = encoder()
    vectors = dense.documents(corpus.phrasings)
    silent_yet = no_classifier([table.shape[1] for table in tables], corpus.groups)
    measures = Measures(corpus, lexicon, spaces, texts, silent_yet)
    return Fitted(measures, vectors, heard, sample, np.zeros((size, owners, STEPS), np.float32), learning), dense


def left_out_columns(fitted: Fitted) -> list[Floats]:
    """All but the classifier's measure of the sampled phrasings, each as if nobody had written it."""
    corpus, sample = fitted.measures.corpus, fitted.sample
    columns: list[Floats] = []
    for space in fitted.measures.spaces.values():
        rows = space.rows.T.tocsr()
        columns += [_by_blocks(partial(_near_rows, rows, corpus), sample)]
    vectors = fitted.vectors
    columns += [_by_blocks(lambda part: _nearest(floor(vectors[part] @ vectors.T, NEIGHBOURS), corpus, part), sample)]
    texts = fitted.measures.texts
    read = texts.terms.matrix(word_terms(fitted.heard[at]) for at in sample)
    columns += [(read @ texts.rows).toarray()]
    return columns + _together(fitted)


def _together(fitted: Fitted) -> list[Floats]:
    measures, heard = fitted.measures, [fitted.heard[at] for at in fitted.sample]
    own = [int(owner) for owner in measures.corpus.of[fitted.sample]]
    return [*measures.together(heard, [measures.read(one) for one in heard], own)]


def left_out_lessons(fitted: Fitted, columns: list[Floats]) -> list[Lesson]:
    """The sampled phrasings as questions, from their columns and from what the classifier, now learnt, says of them."""
    corpus, sample = fitted.measures.corpus, fitted.sample
    classes = [fitted.sample_classes[:, :, step] for step in range(STEPS)]
    columns = [*columns[: CLASS.start], *classes, *columns[CLASS.start :]]
    lessons: list[Lesson] = []
    for at, phrasing in enumerate(sample):
        heard = fitted.heard[phrasing]
        facets = fitted.measures.publics(heard.publics)
        measures = np.stack([*(column[at] for column in columns), *facets], axis=1)
        unknown = unknown_share(fitted.measures, heard, own=1)
        lessons.append(
            Lesson(
                widen(measures, corpus.refusing, unknown, elsewhere_share(fitted.measures, heard, own=1)),
                right_owners(corpus, int(corpus.of[phrasing])),
            )
        )
    return lessons


def _by_blocks(measure: Callable[[NDArray[np.int64]], Floats], sample: NDArray[np.int64]) -> Floats:
    """A measure of the sample, block by block: the similarities of all of it at once would fill the memory."""
    return np.concatenate([measure(part) for part in np.array_split(sample, -(-len(sample) // _BLOCK))])


def unknown_share(measures: Measures, heard: Heard, own: int = 0) -> float:
    """The share of a question's words that fewer than one phrasing (besides `own`) has."""
    space = measures.spaces["mots"]
    if not heard.stems:
        return 1.0
    known = 0
    for stem in heard.stems:
        column = space.terms.column(stem)
        if column is not None and space.rows.indptr[column + 1] - space.rows.indptr[column] > own:
            known += 1
    return 1 - known / len(heard.stems)


def elsewhere_share(measures: Measures, heard: Heard, own: int = 0) -> float:
    """From 0 to 1, how many usual French words of a question hardly any phrasing of an answer (besides `own`) has.

    A name or a misspelling says nothing; « apnée » or « ordonnance » says that the heart of the question is elsewhere,
    however many words it shares.
    """
    terms = measures.spaces["mots"].terms
    foreign = 0
    for stem in set(heard.stems):
        if commonness(stem) < _USUAL_WORD:
            continue
        column = terms.column(stem)
        foreign += column is None or measures.answering[column] - own < _AT_HOME
    return float(1 - _EACH_FOREIGN**foreign)


def heart_elsewhere(measures: Measures, heard: Heard) -> bool:
    """Whether two usual French words of a question or more, and three in ten of them, are in no answer's phrasings.

    Of 779 questions of the exams that have an answer, three are so; of 229 that have none, nineteen.
    """
    terms = measures.spaces["mots"].terms
    usual = [stem for stem in set(heard.stems) if commonness(stem) >= _USUAL_WORD]
    columns = [terms.column(stem) for stem in usual]
    foreign = sum(column is None or measures.answering[column] < _HARDLY_AT_HOME for column in columns)
    return bool(foreign >= _FOREIGN_LEAST and foreign >= _FOREIGN_SHARE * len(usual))


def names_us(heard: Heard) -> bool:
    """Whether a message names the immersion, a stay or a convention."""
    return not (_OF_US.isdisjoint(heard.concepts) and _OF_US.isdisjoint(heard.stems))


def rare_in_short(measures: Measures, heard: Heard) -> bool:
    """Whether a short message that names no immersion holds a usual French word that hardly any answer's phrasing has.

    « Horaires de la bibliothèque » asks for nothing here, « horaires de l'immersion à la bibliothèque » does. Of 879
    questions that have an answer seven are so, of ten homonyms that were answered seven.
    """
    if len(heard.stems) > _SHORT or names_us(heard):
        return False
    terms = measures.spaces["mots"].terms
    usual = [stem for stem in set(heard.stems) if len(stem) > _LONG_ENOUGH and commonness(stem) >= _USUAL_WORD]
    columns = [terms.column(stem) for stem in usual]
    return any(column is None or measures.answering[column] < _RARE_AT_HOME for column in columns)


def right_owners(corpus: Corpus, owner: int) -> NDArray[np.bool_]:
    """Owners that are right where `owner` is: itself, or every refusing owner where it refuses."""
    if corpus.refusing[owner]:
        return corpus.refusing
    right = np.zeros(len(corpus.owners), dtype=bool)
    right[owner] = True
    return right


def _nearest(sims: Floats | sparse.csr_matrix, corpus: Corpus, sample: NDArray[np.int64]) -> Floats:
    table = sims.copy() if isinstance(sims, np.ndarray) else sims.toarray()
    table[np.arange(len(sample)), sample] = 0
    return np.asarray(np.maximum.reduceat(table, corpus.starts, axis=1), dtype=np.float32)


def _near_rows(rows: sparse.csr_matrix, corpus: Corpus, sample: NDArray[np.int64]) -> Floats:
    return _nearest(rows[sample] @ rows.T, corpus, sample)
