"""Concepts and facets heard in a text: the longest spoken form wins, and a misspelt word is read as its nearest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.answers.normalise import folded_table, stem, words
from bot.answers.sounds import Spelling
from bot.content.lexique import Lexique

_LONGEST = 6
"""Words of the longest spoken form that is looked up."""

_REMEMBERED = 50_000
"""Words whose nearest is kept: people's misspellings have no end, memory has."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text mentions: words as spelled, their stems, concepts (each as often as said), facets of people."""

    spelled: tuple[str, ...]
    stems: tuple[str, ...]
    concepts: tuple[str, ...]
    publics: frozenset[str]


class Lexicon:
    """The lexicon ready to hear; thread-safe: what it remembers is written in one assignment."""

    def __init__(
        self, lexique: Lexique, spelling: Spelling | None = None, *, split: Mapping[str, list[str]] | None = None
    ) -> None:
        """`spelling`: how misspelt words are read, none by default.

        `split`: texts already cut into words, by a build, which reads every phrasing several times: what each text was
        heard as is then kept.
        """
        self.spelling = spelling or Spelling({}, frozenset())
        self._split: Mapping[str, list[str]] = split or {}
        self._memory: dict[str, Heard] | None = None if split is None else {}
        self._last: tuple[str, Heard] | None = None
        """The last text and what was heard in it: one question is looked at eight times."""
        self._near: dict[str, str] = {}
        self._sms = folded_table(lexique.sms)
        self._publics = {concept.nom: concept.publics for concept in lexique.concepts}
        self._forms: dict[tuple[str, ...], tuple[str, ...]] = {}
        for concept in lexique.concepts:
            for form in concept.dit:
                key = tuple(stem(word) for word in words(form, self._sms))[:_LONGEST]
                if key and concept.nom not in self._forms.get(key, ()):
                    self._forms[key] = (*self._forms.get(key, ()), concept.nom)
        self._opens = frozenset(key[0] for key in self._forms)
        self._single = sorted({part for key in self._forms for part in key if len(part) >= 4})
        self._known = frozenset(self._single)

    @classmethod
    def taught(cls, lexique: Lexique, texts: Iterable[str]) -> "Lexicon":
        """A lexicon for a build, which learns its spellings from the texts it will read."""
        sms = folded_table(lexique.sms)
        split = [(text, words(text, sms)) for text in texts]
        return cls(lexique, Spelling.of(found for _, found in split), split=dict(split))

    def hear(self, text: str) -> Heard:
        """Concepts and facets of `text`; words outside the lexicon are read as their nearest."""
        if self._memory is None:
            last = self._last
            if last is None or last[0] != text:
                last = self._last = (text, self._hear(text))
            return last[1]
        if text not in self._memory:
            self._memory[text] = self._hear(text)
        return self._memory[text]

    def _hear(self, text: str) -> Heard:
        spelled = [self.spelling.read(word) for word in self._split.get(text) or words(text, self._sms)]
        found = [stem(word) for word in spelled]
        read = [self._nearest(one) for one in found]
        concepts = tuple(self._concepts(read))
        publics = frozenset(public for concept in concepts for public in self._publics[concept])
        return Heard(tuple(spelled), tuple(found), concepts, publics)

    def _nearest(self, word: str) -> str:
        if len(word) < 5 or word in self._known or word.isdigit():
            return word
        found = self._near.get(word)
        if found is None:
            allowed = 1 if len(word) < 8 else 2
            best = process.extractOne(word, self._single, scorer=OSA.distance, score_cutoff=allowed)
            found = str(best[0]) if best and best[0][0] == word[0] else word
            if len(self._near) < _REMEMBERED:
                self._near[word] = found
        return found

    def _concepts(self, read: Sequence[str]) -> Iterator[str]:
        """Yield concepts; a form inside a longer form of the same text is not heard again."""
        covered = 0
        for start, opens in enumerate(read):
            if opens not in self._opens:
                continue
            for length in range(min(_LONGEST, len(read) - start), 0, -1):
                names = self._forms.get(tuple(read[start : start + length]))
                if names and start + length > covered:
                    yield from names
                    covered = max(covered, start + length)
                    break
