"""Dense encoders: the built-in `lsa`, fitted on the corpus, or any sentence-transformers model by its name."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy import sparse

from bot.answers.lexicon import Lexicon
from bot.answers.terms import Floats, Terms, word_terms
from bot.errors import IndexUnusable

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

LSA = "lsa"
DIMENSIONS = 128

LEARNT_FROM = 3000
"""Texts that the directions are learnt from, evenly spread: more cost seconds and change nothing measurable."""


class Encoder(Protocol):
    """Text to unit vectors; a question and a passage may be prefixed differently."""

    name: str

    def queries(self, texts: Sequence[str]) -> Floats:
        """One row a question."""
        ...

    def documents(self, texts: Sequence[str]) -> Floats:
        """One row a phrasing or a passage."""
        ...


def unit(rows: Floats) -> Floats:
    """Rows of length one; a row of zeros stays."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norms == 0, 1, norms), dtype=np.float32)


class LsaEncoder:
    """Latent semantic analysis: TF-IDF of words and concepts, projected on its main directions."""

    name = LSA

    def __init__(self, lexicon: Lexicon, terms: Terms, directions: Floats) -> None:
        self._lexicon = lexicon
        self.terms = terms
        self.directions = directions

    @staticmethod
    def _reading(lexicon: Lexicon, text: str) -> list[str]:
        return word_terms(lexicon.hear(text))

    @classmethod
    def fit(cls, lexicon: Lexicon, texts: Sequence[str], dimensions: int = DIMENSIONS) -> "LsaEncoder":
        """Learn the directions of `texts` (deterministic)."""
        from sklearn.decomposition import TruncatedSVD

        step = -(-len(texts) // LEARNT_FROM)
        taught = texts[::step]
        terms = Terms.fit((cls._reading(lexicon, text) for text in taught), at_least=2)
        matrix = terms.matrix(cls._reading(lexicon, text) for text in taught)
        wanted = max(2, min(dimensions, min(matrix.shape) - 1))
        svd = TruncatedSVD(wanted, n_iter=1, random_state=0).fit(matrix)
        return cls(lexicon, terms, np.ascontiguousarray(svd.components_.T, dtype=np.float32))

    def queries(self, texts: Sequence[str]) -> Floats:
        """Unit vectors; a text with no known term is a row of zeros."""
        return unit(np.stack([self._projected(text) for text in texts]))

    def _projected(self, text: str) -> Floats:
        columns, weights = self.terms.row(self._reading(self._lexicon, text))
        return np.asarray(weights @ self.directions[columns], dtype=np.float32)

    def documents(self, texts: Sequence[str]) -> Floats:
        """As `queries`, for many."""
        rows = self.terms.matrix(self._reading(self._lexicon, text) for text in texts)
        return unit(np.asarray(sparse.csr_matrix(rows) @ self.directions, dtype=np.float32))


class ModelEncoder:
    """Any LangChain embeddings, with the prefixes its family expects."""

    def __init__(self, name: str, model: "Embeddings") -> None:
        self.name = name
        self._model = model
        self._query, self._document = ("query: ", "passage: ") if "e5" in name.lower() else ("", "")

    def queries(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of questions."""
        rows = [self._model.embed_query(f"{self._query}{text}") for text in texts]
        return unit(np.array(rows, dtype=np.float32))

    def documents(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of phrasings."""
        rows = self._model.embed_documents([f"{self._document}{text}" for text in texts])
        return unit(np.array(rows, dtype=np.float32))


def load_model(name: str) -> ModelEncoder:
    """A sentence-transformers model by name or path; raises IndexUnusable in one line where it does not load."""
    try:
        from langchain_huggingface import HuggingFaceEmbeddings

        try:
            # What is on this machine first: a name is looked for elsewhere only where it is not.
            model = HuggingFaceEmbeddings(model_name=name, model_kwargs={"local_files_only": True})
        except OSError:
            model = HuggingFaceEmbeddings(model_name=name)
        return ModelEncoder(name, model)
    except ImportError:
        raise IndexUnusable(
            f"EMBEDDING_MODEL {name!r} needs more packages: pip install '.[modeles]', or use lsa"
        ) from None
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise IndexUnusable(f"EMBEDDING_MODEL {name!r} does not load ({reason}); use lsa or a local path") from error
