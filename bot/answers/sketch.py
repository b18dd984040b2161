"""A first index, made in memory within seconds from a part of the phrasings: it answers while the whole one is built.

Made by the same code, of the same passages and their sources; on the exam it finds fewer of them, and is let go of when
the whole one is there. Danger is heard by the patterns meanwhile, as before any index.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.answers.corpus import Corpus, build_corpus
from bot.answers.ear import Ear
from bot.answers.encoder import LSA, LsaEncoder
from bot.answers.fitting import fit_measures
from bot.answers.folder import Manifest
from bot.answers.followup import Thread
from bot.answers.index import Index
from bot.answers.knowledge import Knowledge
from bot.answers.lexicon import Lexicon
from bot.answers.retriever import Retriever
from bot.answers.vectors import ExactVectors

EACH = 4
"""An owner with so many phrasings gives them all; one with a hundred times more gives ten times more."""

WEIGHTS = np.array([3.333, 4.121, 5.663, 2.015, 0.898, 0.546, -0.417, -0.069, 1.543, 0.901, 1.952])
"""What a whole build learnt of its measures (30 November 2026): learning them again would take longer than the rest."""


def thinned(corpus: Corpus, each: int = EACH) -> Corpus:
    """The same owners with a part of the phrasings of each, evenly spread."""
    kept: list[int] = []
    ends = [*corpus.starts.tolist()[1:], len(corpus.phrasings)]
    for start, end in zip(corpus.starts.tolist(), ends, strict=True):
        kept += range(start, end, max(1, round(((end - start) / each) ** 0.5)))
    return replace(corpus, phrasings=tuple(corpus.phrasings[at] for at in kept), of=corpus.of[kept])


def sketch(knowledge: Knowledge) -> Index:
    """An index of the same passages, in memory: nothing is written."""
    corpus = thinned(build_corpus(knowledge.fiches, knowledge.negatifs))
    lexicon = Lexicon.taught(knowledge.lexique, corpus.phrasings)
    texts = [*corpus.phrasings, *(owner.text for owner in corpus.owners if owner.text)]
    fitted, dense = fit_measures(corpus, lexicon, lambda: LsaEncoder.fit(lexicon, texts))
    vectors = ExactVectors(fitted.vectors, corpus, dense)
    retriever = Retriever(fitted.learnt().measures, WEIGHTS, vectors)
    manifest = Manifest(LSA, knowledge.digest(), len(corpus.phrasings), "")
    return Index(Path(), manifest, knowledge, corpus, retriever, Thread.over(retriever), Ear.by_patterns())
