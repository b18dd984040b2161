"""The dense index in Chroma, through LangChain: for who sets CHROMA_URL; ADR 0050 says why not elsewhere.

The only module that imports them, and only then: they come with the extra `chroma`.
"""

import hashlib
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

import chromadb
import numpy as np
from chromadb.config import Settings
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from bot.answers.corpus import Corpus
from bot.answers.encoder import Encoder
from bot.answers.terms import Floats
from bot.errors import IndexUnusable

_BATCH = 1000


def _settings() -> Settings:
    """New each time: the library writes the server's address into what it is given."""
    return Settings(anonymized_telemetry=False, allow_reset=False)


class _Adapter(Embeddings):
    """Our encoder as LangChain's: given always, so that Chroma never fetches its default model."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in row] for row in self._encoder.documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        return [float(value) for value in self._encoder.queries([text])[0]]


def client(url: str) -> chromadb.api.ClientAPI:
    """Chroma on a server (http, https) or embedded in a folder (file:///path); raises IndexUnusable in one line."""
    try:
        parts = urlsplit(url)
        if parts.scheme == "file":
            return chromadb.PersistentClient(unquote(parts.path), settings=_settings())
        return chromadb.HttpClient(
            parts.hostname or "localhost",
            parts.port or (443 if parts.scheme == "https" else 8000),
            ssl=parts.scheme == "https",
            settings=_settings(),
        )
    except Exception as error:
        raise IndexUnusable(f"the vector index at {url} cannot be opened: run `knowledge index`") from error


class Collection:
    """Nearest phrasings by meaning, one value an owner, asked of the server."""

    def __init__(self, name: str, corpus: Corpus, encoder: Encoder, opened: chromadb.api.ClientAPI) -> None:
        self._client = opened
        self._corpus = corpus
        self.encoder = encoder
        self._store = Chroma(
            collection_name=name,
            client=opened,
            embedding_function=_Adapter(encoder),
            collection_metadata={"hnsw:space": "cosine"},
        )
        self.name = name

    def write(self, vectors: Floats) -> None:
        """Store every phrasing under a deterministic id; only public text goes in."""
        corpus = self._corpus
        collection = self._client.get_collection(self.name, embedding_function=None)
        ids = [self._id(at) for at in range(len(corpus.phrasings))]
        for start in range(0, len(ids), _BATCH):
            part = slice(start, start + _BATCH)
            collection.upsert(
                ids=ids[part],
                embeddings=vectors[part],
                documents=list(corpus.phrasings[part]),
                metadatas=[{"owner": int(owner)} for owner in corpus.of[part]],
            )

    def verify(self) -> None:
        """Raise IndexUnusable where the collection does not hold exactly the corpus."""
        try:
            count = self._client.get_collection(self.name, embedding_function=None).count()
        except Exception as error:
            raise IndexUnusable("the vector index is missing its collection: run `knowledge index`") from error
        if count != len(self._corpus.phrasings):
            raise IndexUnusable(
                f"the vector index holds {count} phrasings instead of {len(self._corpus.phrasings)}: "
                "run `knowledge index`"
            )

    def _id(self, at: int) -> str:
        owner = self._corpus.owners[self._corpus.of[at]].ref
        return f"{owner}@{hashlib.sha256(self._corpus.phrasings[at].encode()).hexdigest()[:16]}"

    def near(self, texts: Sequence[str], neighbours: int) -> Floats:
        """As the port says."""
        return np.stack([self._near(vector, neighbours) for vector in self.encoder.queries(texts)])

    def _near(self, vector: Floats, neighbours: int) -> Floats:
        """One value an owner."""
        if not vector.any():
            return np.zeros(len(self._corpus.owners), dtype=np.float32)
        found = self._store.similarity_search_by_vector_with_relevance_scores(
            [float(value) for value in vector], k=min(neighbours, len(self._corpus.phrasings))
        )
        if not found:
            return np.zeros(len(self._corpus.owners), dtype=np.float32)
        similar = [(int(document.metadata["owner"]), 1 - distance) for document, distance in found]
        scores = np.full(len(self._corpus.owners), min(value for _, value in similar), dtype=np.float32)
        for owner, value in similar:
            scores[owner] = max(scores[owner], value)
        return scores

    def texts(self) -> list[str]:
        """Every text the collection holds."""
        found = self._client.get_collection(self.name, embedding_function=None).get(include=["documents"])
        return list(found["documents"] or ())

    def drop(self) -> None:
        """Remove the collection (server mode keeps no folder to delete)."""
        self._client.delete_collection(self.name)
