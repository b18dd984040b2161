"""Measures of how near a question is to each owner, for one question or for many at once."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.answers.classifier import Classifier
from bot.answers.corpus import Corpus
from bot.answers.lexicon import Heard, Lexicon
from bot.answers.profiles import Profile
from bot.answers.terms import READINGS, Floats, Read, Terms, stacked

NAMES = (
    "mots",
    "lettres",
    "fiche",
    "section",
    "dense",
    "texte",
    "partage",
    "vraisemblance-mots",
    "vraisemblance-lettres",
    "public",
    "autre-public",
)
"""Nearest phrasing by words and by letters; the classifier's two steps; dense; passage text; what all phrasings of the
owner share with the question, and how likely they make its words and its letters; facets in and out of step."""

CLASS, LETTERS = slice(NAMES.index("fiche"), NAMES.index("section") + 1), NAMES.index("lettres")

NEAREST = 2
"""How many of them, at the start, compare with the nearest phrasing."""

COMMON = 10_000
"""A term of more texts than this, and of a tenth of them all, tells nothing and costs most: it is passed over."""

FACETS = 2
"""How many of them, at the end, are about the person and not about the words."""


class Question(NamedTuple):
    """A question ready to be measured."""

    heard: Heard
    publics: frozenset[str]


@dataclass(frozen=True)
class Space:
    """One reading of some texts (phrasings, passages): a row a term, a column a text, for fast look-up."""

    terms: Terms
    rows: sparse.csr_matrix

    @classmethod
    def of(cls, documents: Iterable[list[str]]) -> "Space":
        """The space of `documents`, in their order, with the vocabulary they teach."""
        terms, rows = Terms.taught(documents)
        return cls(terms, rows.T.tocsr())


def look_up(table: sparse.csr_matrix, asked: Sequence[Read]) -> Floats:
    """Scores of every column of a term-major table, a row a question: a walk of its terms' postings."""
    common = max(COMMON, table.shape[1] // 10)
    told: list[Read] = []
    for columns, weights in asked:
        telling = table.indptr[columns + 1] - table.indptr[columns] <= common
        told.append((columns[telling], weights[telling]))
    return np.asarray((stacked(told, table.shape[0]) @ table).toarray(), dtype=np.float32)


class Measures:
    """Everything a build learnt; `of` measures questions against every owner."""

    def __init__(
        self,
        corpus: Corpus,
        lexicon: Lexicon,
        spaces: dict[str, Space],
        texts: Space,
        classifier: Classifier,
        *,
        profiles: dict[str, Profile] | None = None,
    ) -> None:
        """`profiles`: what a build learnt before of what each owner's phrasings say together."""
        self.corpus = corpus
        self.lexicon = lexicon
        self.spaces = spaces
        self.texts = texts
        self.classifier = classifier
        self.profiles = profiles or {
            name: Profile.of(space.rows, corpus.of, len(corpus.owners), space.terms.idf)
            for name, space in spaces.items()
        }
        counted = spaces["mots"].rows.astype(bool).astype(np.float32)
        self.answering: Floats = np.asarray(counted @ (~corpus.refusing[corpus.of]).astype(np.float32))
        """For each term of the words, how many phrasings of answers have it."""
        facets = sorted({public for owner in corpus.owners for public in owner.publics})
        self._facets = {facet: column for column, facet in enumerate(facets)}
        self._about = np.array(
            [[facet in owner.publics for facet in facets] for owner in corpus.owners], dtype=np.float32
        ).reshape(len(corpus.owners), len(facets))

    def judged_by(self, classifier: Classifier) -> "Measures":
        """The same with another classifier."""
        same = copy(self)
        same.classifier = classifier
        return same

    def publics(self, publics: frozenset[str]) -> tuple[Floats, Floats]:
        """Per owner: share of its facets that the person has, and 1 where it is about other people only."""
        mine = np.zeros(self._about.shape[1], dtype=np.float32)
        for public in publics:
            if public in self._facets:
                mine[self._facets[public]] = 1
        size = self._about.sum(axis=1)
        shared = self._about @ mine
        return (shared > 0).astype(np.float32), ((size > 0) & (shared == 0)).astype(np.float32)

    def of(self, questions: Sequence[Question], dense: Floats) -> Floats:
        """For each question a row an owner, a column a measure (order of NAMES).

        `dense` is a row a question, one value an owner. A question gets the same alone as among others.
        """
        heard = [question.heard for question in questions]
        read = [self.read(one) for one in heard]
        columns = [
            np.maximum.reduceat(look_up(space.rows, rows), self.corpus.starts, axis=1)
            for space, rows in zip(self.spaces.values(), zip(*read, strict=True), strict=True)
        ]
        classes = np.stack([self.classifier.of(one) for one in read])
        text = look_up(self.texts.rows, [self.texts.terms.row(READINGS["mots"](one)) for one in heard])
        together = self.together(heard, read)
        facets = np.stack([self.publics(question.publics) for question in questions])
        measures = [*columns, *np.moveaxis(classes, 2, 0), dense, text, *together, *np.moveaxis(facets, 1, 0)]
        return np.stack(measures, axis=2)

    def together(
        self, heard: Sequence[Heard], read: Sequence[Sequence[Read]], own: Sequence[int] = ()
    ) -> tuple[Floats, ...]:
        """What all phrasings of each owner share with each text, and how likely they make its words and its letters.

        Each is a row a text, a column an owner; `own`: as in `Profile`.
        """
        found = [self._told(one) for one in heard]
        shared = self.profiles["mots"].shared([columns for columns, _ in found], [more for _, more in found], own)
        likely = (
            profile.likely([columns for columns, _ in rows], own)
            for profile, rows in zip(self.profiles.values(), zip(*read, strict=True), strict=True)
        )
        return shared, *likely

    def _told(self, heard: Heard) -> tuple[NDArray[np.int32], int]:
        """The columns of a text's words and concepts, each once and without numbers, and how many more no one has."""
        terms = self.spaces["mots"].terms
        told = dict.fromkeys(
            (*(one for one in heard.stems if not one.isdigit()), *(f"#{one}" for one in heard.concepts))
        )
        found = [column for one in told if (column := terms.column(one)) is not None]
        return np.array(found, dtype=np.int32), len(told) - len(found)

    def covered(self, heard: Heard, owner: int) -> float:
        """The part of a question's words, by what they tell, that some phrasing of the owner has; numbers are no words."""
        space, corpus = self.spaces["mots"], self.corpus
        start = corpus.starts[owner]
        end = corpus.starts[owner + 1] if owner + 1 < len(corpus.starts) else len(corpus.phrasings)
        whole = shared = 0.0
        for stem in dict.fromkeys(heard.stems):
            column = space.terms.column(stem)
            if stem.isdigit():
                continue
            told = float(space.terms.idf[column] if column is not None else space.terms.idf.max())
            whole += told
            if column is not None:
                found = space.rows.indices[space.rows.indptr[column] : space.rows.indptr[column + 1]]
                shared += told * bool(np.any((found >= start) & (found < end)))
        return shared / whole if whole else 1.0

    def classes(self, heard: Heard) -> Floats:
        """What the classifier alone says, a row an owner."""
        return self.classifier.of(self.read(heard))

    def read(self, heard: Heard) -> list[Read]:
        """The columns and weights of a text in each reading."""
        return [space.terms.row(READINGS[name](heard)) for name, space in self.spaces.items()]
