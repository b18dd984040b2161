"""Measures of how near a question is to each owner, for one question or for many at once."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.answers.classifier import Classifier, Read
from bot.answers.corpus import Corpus
from bot.answers.lexicon import Heard, Lexicon
from bot.answers.profiles import Own, Profile
from bot.answers.terms import READINGS, Floats, Terms

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


def look_up(table: sparse.csr_matrix, columns: NDArray[np.int32], weights: Floats) -> Floats:
    """Scores of every column of a term-major table for one question: a walk of its terms' postings."""
    common = max(COMMON, table.shape[1] // 10)
    telling = table.indptr[columns + 1] - table.indptr[columns] <= common
    kept = columns[telling]
    asked = sparse.csr_matrix((weights[telling], kept, np.array([0, len(kept)])), shape=(1, table.shape[0]))
    return np.asarray((asked @ table).toarray()[0], dtype=np.float32)


class Measures:
    """Everything a build learnt; `of` measures one question against every owner."""

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

    def of(self, question: Question, dense: Floats) -> Floats:
        """A row an owner, a column a measure (order of NAMES); `dense` is one value an owner."""
        read = self.read(question.heard)
        columns = [
            np.maximum.reduceat(look_up(space.rows, *row), self.corpus.starts)
            for space, row in zip(self.spaces.values(), read, strict=True)
        ]
        classes = self.classifier.of(read)
        text = look_up(self.texts.rows, *self.texts.terms.row(READINGS["mots"](question.heard)))
        together = self.together(question.heard, read)
        return np.stack([*columns, *classes.T, dense, text, *together, *self.publics(question.publics)], axis=1)

    def together(self, heard: Heard, read: Sequence[Read], own: Own | None = None) -> tuple[Floats, ...]:
        """What all phrasings of each owner share with a text, and how likely they make its words and its letters."""
        terms = self.spaces["mots"].terms
        told = dict.fromkeys(
            (*(one for one in heard.stems if not one.isdigit()), *(f"#{one}" for one in heard.concepts))
        )
        found = [column for one in told if (column := terms.column(one)) is not None]
        shared = self.profiles["mots"].shared(np.array(found, dtype=np.int32), len(told) - len(found), own)
        likely = (
            profile.likely(columns, own) for profile, (columns, _) in zip(self.profiles.values(), read, strict=True)
        )
        return shared, *likely

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
