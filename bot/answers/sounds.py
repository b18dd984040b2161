"""How a French word sounds, roughly: words that sound the same are one word misspelt."""

from collections import Counter
from collections.abc import Iterable

from bot.domain import regex as re

_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"(?:ch|sh)", "S"),
        (r"h", ""),
        (r"(?:qu|q|ck)", "k"),
        (r"gu(?=[aeiouy])", "g"),
        (r"gni?(?=[aeiou])", "N"),
        (r"(?:eaux?|aux?)", "o"),
        (r"oeu", "eu"),
        (r"(?<=[aeou])ill?(?=[aeiouy]|$)|(?<=[aeiou])y(?=[aeiou])", "Y"),
        (r"ill(?=[aeiouy])", "iY"),
        (r"oi", "W"),
        (r"ou", "U"),
        (r"(?:ain|ein|aim|eim|in|im|yn|ym|un|um)(?![aeiouynmEUWY])", "I"),
        (r"(?:an|am|en|em)(?![aeiouynmEUWY])", "A"),
        (r"(?:on|om)(?![aeiouynmEUWY])", "O"),
        (r"(?:ai|ei|ay|ey|eu)", "E"),
        (r"ti(?=O)", "si"),
        (r"c(?=[eiyIE])", "s"),
        (r"c", "k"),
        (r"g(?=[eiyIE])", "j"),
        (r"je(?=[aoOA])", "j"),
        (r"z", "s"),
        (r"y", "i"),
        (r"(.)\1+", r"\1"),
        (r"(?:er|et|es|e)$", ""),
        (r"(?<![tdspx])[tdspx]+$", ""),
        (r"E", "e"),
    )
)
_SHORTEST = 5
"""Letters of the shortest word that is read by its sound: shorter ones sound like too many others."""

_USUAL = 4
"""Times that a word is found in the phrasings before a misspelling can be read as it."""


def sound(word: str) -> str:
    """The sounds of a folded word; two spellings of one word give the same."""
    for pattern, written in _RULES:
        word = pattern.sub(written, word)
    return word


class Spelling:
    """Reads a word nobody wrote in the base as the usual word that sounds the same."""

    def __init__(self, usual: dict[str, str], known: frozenset[str]) -> None:
        self.usual = usual
        self.known = known

    @classmethod
    def of(cls, texts: Iterable[list[str]]) -> "Spelling":
        """Learn from the words of many texts; of words that sound the same, the most frequent is the usual one."""
        found = Counter(word for words in texts for word in words if len(word) >= _SHORTEST)
        usual: dict[str, str] = {}
        for word, count in found.most_common():
            if count < _USUAL:
                break
            usual.setdefault(sound(word), word)
        return cls(usual, frozenset(found))

    def read(self, word: str) -> str:
        """The word itself, or the usual one that it is a misspelling of."""
        if len(word) < _SHORTEST or word in self.known:
            return word
        return self.usual.get(sound(word), word)
