"""The words by which demandes are found, so that a typo finds them: kept in memory, never read whole twice."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

LONG_ENOUGH = 4
"""Shorter words are never corrected: too many others look like them."""

OVERLAP = timedelta(minutes=5)

_SPACED = str.maketrans(dict.fromkeys("-'’,;()", " "))


def correctable(word: str) -> bool:
    """Whether a typo may be looked for in this word."""
    return len(word) >= LONG_ENOUGH and word.isalpha()


class Vocabulary:
    """Every word of letters by which demandes are found, by body: read once, then only what changed since."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._words: dict[str, set[str]] = {}
        self._read: datetime | None = None

    def of(self, bodies: Sequence[str], demandes: Any) -> set[str]:
        """The words of these bodies, as `demandes` (a manager) are now; a word may outlive the demande it came from."""
        with self._lock:
            self._refresh(demandes)
            return set().union(*(self._words.get(slug, ()) for slug in bodies))

    def _refresh(self, demandes: Any) -> None:
        rows = demandes.order_by()
        if self._read is not None:
            # A little again: what was being written while we looked carries an earlier moment.
            rows = rows.filter(updated_at__gte=self._read - OVERLAP)
        for slug, text, at in rows.values_list("organisme", "recherche", "updated_at"):
            words = {word for word in text.translate(_SPACED).split() if correctable(word)}
            self._words.setdefault(slug, set()).update(words)
            self._read = max(self._read or at, at)
