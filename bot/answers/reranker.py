"""The `Chooser` adapter over a cross-encoder of sentence-transformers: it reads the question beside each passage."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from bot.answers.chooser import Candidates, CannotTell, Choice, Chosen
from bot.errors import IndexUnusable

LIKELY, APART = 0.5, 0.15
"""The score from which a passage answers, and by how much it must pass the second."""

READ = 600
"""Characters of a passage that are read."""


class Scorer(Protocol):
    """Scores pairs of texts."""

    def predict(self, sentences: Sequence[tuple[str, str]]) -> Any:
        """One score a pair: higher where the second answers the first."""
        ...


class CrossChooser:
    """Points at the passage that a cross-encoder finds likely, and clearly likelier than the next."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer

    def choose(self, among: Candidates) -> Choice:
        """As the port says; a reranker knows no reason to refuse."""
        if not among.passages:
            return CannotTell()
        text = " ".join((*among.question.history[-1:], among.question.text))
        pairs = [(text, f"{one.titre} {one.court}"[:READ]) for one in among.passages]
        try:
            scores = _chances(np.asarray(self._scorer.predict(pairs), dtype=np.float64).reshape(len(pairs), -1)[:, -1])
        except Exception:
            # Whatever a model of somebody's does, the search decides alone.
            return CannotTell()
        order = np.argsort(-scores, kind="stable")
        first = float(scores[order[0]])
        second = float(scores[order[1]]) if len(order) > 1 else 0.0
        sure = np.isfinite(scores).all() and first >= LIKELY and first - second >= APART
        return Chosen((among.passages[int(order[0])],)) if sure else CannotTell()


def _chances(scores: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Scores as chances: models without a last sigmoid give any number."""
    inside = bool(((scores >= 0) & (scores <= 1)).all())
    return scores if inside else 1 / (1 + np.exp(-np.clip(scores, -30, 30)))


def load_reranker(name: str, *, download: bool = False) -> CrossChooser:
    """A cross-encoder by name or path, from local files unless `download`; raises IndexUnusable in one line."""
    try:
        from sentence_transformers import CrossEncoder

        return CrossChooser(CrossEncoder(name, local_files_only=not download, num_labels=1))
    except ImportError:
        raise IndexUnusable(
            f"RERANK_MODEL {name!r} needs more packages: pip install '.[modeles]', or leave it empty"
        ) from None
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise IndexUnusable(
            f"RERANK_MODEL {name!r} does not load ({reason}); put a local path, or allow MODEL_DOWNLOADS"
        ) from error
