"""The `Trades` port: official appellations searched as people type, in memory, without accents; typos by rapidfuzz."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from math import log
from operator import itemgetter

from rapidfuzz import fuzz, process

from bot.domain.appellation import Appellation, Trouvaille, genres, mots, paires
from bot.domain.controle import folded

_PREFIX, _PREFIXES, _LONGEST = 3, 60, 8
_FUZZY, _SLIP = 4, 80.0
_ENOUGH = 0.45
"""Below this, what was found has too little in common with what was typed to be offered."""

_BEGUN = 0.7
"""How sure a trade is that only begins what was typed."""

_MISSPELT = 0.95
"""How sure a whole name is that was typed with a slip."""

_DOING = 0.9
"""How sure a trade is that nobody named, and whose doings or place were told: « faire du pain », « en crèche »."""

_TYPED, _FILLED, _HEAD = 0.6, 0.28, 0.12


class TradeIndex:
    """The appellations, ready to be searched.

    `parlers`: a trade's common name with the other ways of saying it; `proches`: a common name that no appellation
    bears, with the official label that is nearest; `activites`: an official label with what one does there, or where.
    """

    def __init__(
        self,
        appellations: Iterable[Appellation],
        parlers: Mapping[str, Sequence[str]] | None = None,
        proches: Mapping[str, str] | None = None,
        activites: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._all = tuple(appellations)
        self._codes = {one.code: one for one in self._all}
        self._feminins = paires(self._all)
        self._names: dict[tuple[str, ...], int] = {}
        self._words = [self._learn(at, one) for at, one in enumerate(self._all)]
        for at, one in enumerate(self._all):
            # « Steward / Hôtesse de l'air »: a feminine that no masculine tells.
            self._names.setdefault(mots(genres(one.libelle)[1], self._feminins), at)
        counts = Counter(word for words in self._words for word in set(words))
        self._weight = {word: log(1 + len(self._all) / count) for word, count in counts.items()}
        self._rare = max(self._weight.values(), default=1.0)
        self._total = [sum(self._weight[word] for word in words) for words in self._words]
        self._where: dict[str, list[int]] = defaultdict(list)
        for at, words in enumerate(self._words):
            for word in set(words):
                self._where[word].append(at)
        self._vocabulary = sorted(self._where)
        # A slip is looked for in feminines too: « coifeuse » is nearer to « coiffeuse » than to « coiffeur ».
        hers = {her for her, his in self._feminins.items() if his in self._where}
        spelt = sorted(hers.union(self._vocabulary))
        self._initials = {letter: tuple(words) for letter, words in groupby(spelt, itemgetter(0))}
        self._said = self._spoken(parlers or {}, proches or {})
        self._spoken_words = {word for key in self._said for word in key}
        self._doings = self._done(activites or {})

    def _learn(self, at: int, one: Appellation) -> tuple[str, ...]:
        """The words of a label, known whole from then on."""
        words = mots(genres(one.libelle)[0], self._feminins) or (folded(one.libelle),)
        self._names.setdefault(words, at)
        return words

    def _spoken(self, parlers: Mapping[str, Sequence[str]], proches: Mapping[str, str]) -> dict[tuple[str, ...], int]:
        """What people say, and the appellation meant; an official name keeps its own."""
        labels = {one.libelle: at for at, one in enumerate(self._all)}
        said = {self._key(name): labels[label] for name, label in proches.items() if label in labels}
        for label, others in parlers.items():
            names = [self._key(name) for name in (label, *others)]
            meant = next((at for name in names if (at := said.get(name, self._names.get(name))) is not None), None)
            if meant is not None:
                said |= {name: meant for name in names if name and name not in self._names and name not in said}
        return said

    def _done(self, activites: Mapping[str, Sequence[str]]) -> dict[tuple[str, ...], int]:
        """What one does, or where, and the appellation meant; the first label that a phrase is given to keeps it."""
        labels = {one.libelle: at for at, one in enumerate(self._all)}
        found: dict[tuple[str, ...], int] = {}
        for label, phrases in activites.items():
            for key in (self._key(phrase) for phrase in phrases if label in labels):
                found.setdefault(key, labels[label])
        return {key: at for key, at in found.items() if key}

    def _key(self, text: str) -> tuple[str, ...]:
        return mots(text, self._feminins)

    def get(self, code: str) -> Appellation | None:
        """The appellation with this code, or None."""
        return self._codes.get(code)

    def named(self, text: str) -> Appellation | None:
        """The appellation that bears this name, in either gender, or that people call so; None otherwise."""
        words = self._key(text)
        at = self._names.get(words, self._said.get(words))
        return None if at is None else self._all[at]

    def search(self, text: str, limit: int = 3) -> tuple[Trouvaille, ...]:
        """The nearest appellations, the best first, at most `limit`; empty where nothing is near. Never raises."""
        words = self._key(text)
        marks = self._marks(words[:_LONGEST])
        ranked = sorted(marks.items(), key=lambda one: (-one[1], len(self._all[one[0]].libelle), one[0]))
        found = [Trouvaille(self._all[at], round(mark, 3)) for at, mark in ranked[: limit + 1] if mark >= _ENOUGH]
        exact = self.named(text)
        first = [Trouvaille(exact, 1.0)] if exact else self._misspelt(words) or self._guessed(words, found)
        kept: dict[str, Trouvaille] = {}
        for one in (*first, *found):
            kept.setdefault(one.appellation.code, one)
        return tuple(kept.values())[:limit]

    def _guessed(self, words: tuple[str, ...], found: Sequence[Trouvaille]) -> list[Trouvaille]:
        """What comes before the words that look alike: the trade named first, what one does there; the surest leads."""
        begun = self._begun(words, found[0].note if found else 0.0)
        named = begun or (found[0] if found and found[0].note >= _BEGUN else None)
        doing = self._within(words, self._doings) or (None if found else self._within(words, self._said))
        return sorted(filter(None, (named, doing)), key=lambda one: -one.note)

    def _misspelt(self, words: tuple[str, ...]) -> list[Trouvaille]:
        """A whole name with a slip in it: « eletricien », « plonbier chauffagiste »."""
        nearest = {
            word: self._slips(word) for word in words if word not in self._where and word not in self._spoken_words
        }
        if not nearest or not all(nearest.values()):
            return []
        mended = tuple(nearest[word][0][0] if word in nearest else word for word in words)
        at = self._names.get(mended, self._said.get(mended))
        return [] if at is None else [Trouvaille(self._all[at], _MISSPELT)]

    def _within(self, words: tuple[str, ...], phrases: Mapping[tuple[str, ...], int]) -> Trouvaille | None:
        """The trade that a phrase of these words means, the longest phrase first; surer where nothing is left."""
        for size in range(min(len(words), _LONGEST), 0, -1):
            for start in range(len(words) - size + 1):
                at = phrases.get(words[start : start + size])
                if at is not None:
                    return Trouvaille(self._all[at], _DOING if size == len(words) else _BEGUN)
        return None

    def _begun(self, words: tuple[str, ...], note: float) -> Trouvaille | None:
        """« aide-soignante en ehpad »: the trade named first, where nothing is as near as it."""
        if note >= _BEGUN:
            return None
        for size in range(len(words) - 1, 0, -1):
            at = self._said.get(words[:size], self._names.get(words[:size]))
            if at is not None:
                return Trouvaille(self._all[at], _BEGUN)
        return None

    def _marks(self, typed: Sequence[str]) -> dict[int, float]:
        """How near each appellation is that shares a word with what was typed."""
        weights = [max((self._weight[word] for word, _ in self._near(one)), default=self._rare) for one in typed]
        whole = sum(weights)
        asked: dict[int, float] = defaultdict(float)
        filled: dict[int, float] = defaultdict(float)
        head: dict[int, float] = {}
        for rank, (one, weight) in enumerate(zip(typed, weights, strict=True)):
            best: dict[int, tuple[float, str]] = {}
            for word, likeness in self._near(one):
                for at in self._where[word]:
                    if likeness > best.get(at, (0.0, ""))[0]:
                        best[at] = (likeness, word)
            for at, (likeness, word) in best.items():
                asked[at] += likeness * weight
                filled[at] += likeness * self._weight[word]
                if rank == 0 and self._words[at][0] == word:
                    head[at] = likeness
        return {
            at: _TYPED * mark / whole + _FILLED * min(1.0, filled[at] / self._total[at]) + _HEAD * head.get(at, 0.0)
            for at, mark in asked.items()
        }

    def _near(self, typed: str) -> list[tuple[str, float]]:
        """The known words like the typed one, and how alike: itself, what it begins, what it misspells."""
        found = {typed: 1.0} if typed in self._where else {}
        if len(typed) >= _PREFIX:
            for word in self._beginning(typed):
                found.setdefault(word, 0.6 + 0.35 * len(typed) / len(word))
        if typed not in self._where:
            for word, score in self._slips(typed):
                found[word] = max(found.get(word, 0.0), 0.9 * score / 100)
        return list(found.items())

    def _slips(self, typed: str) -> list[tuple[str, float]]:
        """The known words that the typed one may misspell, the nearest first, masculine."""
        if len(typed) < _FUZZY:
            return []
        same = self._initials.get(typed[0], ())
        near = process.extract(typed, same, scorer=fuzz.ratio, score_cutoff=_SLIP, limit=5)
        return [(word if word in self._where else self._feminins[word], score) for word, score, _ in near]

    def _beginning(self, typed: str) -> Iterator[str]:
        start = bisect_left(self._vocabulary, typed)
        for word in self._vocabulary[start : start + _PREFIXES]:
            if not word.startswith(typed):
                return
            if word != typed:
                yield word
