"""Words that name nobody: French, the words of our own texts, places, and slips of them; what is left may be a name."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.answers.sounds import sound
from bot.domain import regex as re
from bot.domain.texte import folded

_WORDS = re.compile(r"[a-z]+")
_LOWER = re.compile(r"\b[a-zà-öø-ÿœ]+\b")
_TWICE, _OFTEN = 2, 8
"""Times that a word is written without a capital, and a short one: examples of what people say hold names too."""

_SHORTEST, _SLIP, _LONG_SLIP = 4, 5, 8
"""Letters of the shortest word that is looked at alone, of one that may be a slip, and of one that may have two."""

_REMEMBERED = 20_000


class Explained:
    """Says whether a folded word, alone and without a capital, is explained by something else than a name."""

    def __init__(
        self,
        written: Iterable[str],
        said: Iterable[str],
        places: Iterable[str],
        given: Iterable[str],
        usual: Callable[[str], float],
    ) -> None:
        """`written`: our own texts; `said`: examples of what people say; `given`: given names; `usual`: how usual it is."""
        counts = Counter(_WORDS.findall(folded(" ".join(_LOWER.findall(" ".join(said))))))
        self._ours = frozenset(_WORDS.findall(folded(" ".join(written))))
        self._ours |= {word for word, times in counts.items() if times >= (_OFTEN if len(word) < _SHORTEST else _TWICE)}
        self._places = frozenset(_WORDS.findall(folded(" ".join(places))))
        self._usual = usual
        self._sounds = frozenset(map(sound, self._ours))
        self._near, self._given = _by_length(self._ours), _by_length(given)
        self._asked = lru_cache(maxsize=_REMEMBERED)(self._explains)

    def word(self, said: str) -> bool:
        """Whether every part of a word (« qu'elle », « peut-être ») is French, ours, or a slip; short parts are."""
        return all(self._asked(part) for part in _WORDS.findall(said))

    def place(self, said: str) -> bool:
        """Whether it is the name of a place, or a part of one."""
        return all(part in self._places for part in _WORDS.findall(said) if len(part) >= _SHORTEST)

    def ours(self, said: str) -> bool:
        """Whether the word is written here, letter for letter."""
        return said in self._ours

    def _explains(self, part: str) -> bool:
        if len(part) < _SHORTEST or part in self._ours or self._usual(part) > 0:
            return True
        if len(part) < _SLIP or _slips(part, self._given, 1):
            return False
        return sound(part) in self._sounds or _slips(part, self._near, 2 if len(part) >= _LONG_SLIP else 1)


Near = Mapping[tuple[str, int], Sequence[str]]


def _by_length(words: Iterable[str]) -> Near:
    """Words by their first letter, in which slips are rare, and their length."""
    found: dict[tuple[str, int], list[str]] = {}
    for word in words:
        if len(word) >= _SLIP:
            found.setdefault((word[0], len(word)), []).append(word)
    return found


def _slips(part: str, near: Near, most: int) -> bool:
    """Whether one of these words is at most so many slips away."""
    return any(
        OSA.distance(part, word, score_cutoff=most) <= most
        for length in range(len(part) - most, len(part) + most + 1)
        for word in near.get((part[0], length), ())
    )
