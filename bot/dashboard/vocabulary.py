"""The words by which demandes are found, so that a typo finds them: kept in memory, never read whole twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some bodies, in their order."""

    mots: tuple[str, ...]
    texte: str
    """The same, one a line: a part of a word is looked for in it."""

    @classmethod
    def of(cls, found: Iterable[str]) -> "Words":
        """These words, in their order."""
        mots = tuple(sorted(found))
        return cls(mots, "\n".join(mots))

    def hold(self, part: str) -> bool:
        """Whether a word is made of these letters, or holds them."""
        return part in self.texte


class Vocabulary:
    """Every word of letters by which demandes are found, by body: read once, then only what changed since."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._words: dict[str, set[str]] = {}
        self._read: datetime | None = None
        self._sorted: dict[tuple[str, ...], Words] = {}

    @property
    def read(self) -> bool:
        """Whether they were read once: until then it takes longer than to look for a word in every demande."""
        return self._read is not None

    def of(self, bodies: Sequence[str], demandes: Any) -> Words:
        """The words of these bodies, as `demandes` (a manager) are now; a word may outlive the demande it came from."""
        with self._lock:
            if self._refresh(demandes):
                self._sorted.clear()
            wanted = tuple(sorted(bodies))
            if wanted not in self._sorted:
                self._sorted[wanted] = Words.of(set().union(*(self._words.get(slug, ()) for slug in wanted)))
            return self._sorted[wanted]

    def _refresh(self, demandes: Any) -> bool:
        """Whether there was a word that is new."""
        rows, fresh = demandes.order_by(), False
        if self._read is not None:
            # A little again: what was being written while we looked carries an earlier moment.
            rows = rows.filter(updated_at__gte=self._read - OVERLAP)
        for slug, text, at in rows.values_list("organisme", "recherche", "updated_at"):
            known = self._words.setdefault(slug, set())
            if words := {word for word in set(text.translate(_SPACED).split()) - known if correctable(word)}:
                fresh = True
                known |= words
            self._read = max(self._read or at, at)
        return fresh
