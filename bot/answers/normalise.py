"""Typed French as stems: case, accents, elision, SMS spellings and stretched letters are folded on both sides."""

import threading
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

import Stemmer

from bot.domain import regex as re
from bot.domain.texte import MARKS

_HIDDEN = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad\u180e\ufe00-\ufe0f\U000e0000-\U000e007f]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_DIGIT_LETTER = re.compile(r"(?<=\d)(?=[a-z])|(?<=[a-z]{3})(?=\d)")
_TOKEN = re.compile(r"[a-z0-9]+|%")
_ELIDED = frozenset(["l", "d", "j", "c", "n", "s", "m", "t", "qu", "jusqu", "lorsqu", "puisqu"])
_SENTENCE = re.compile(r"(?<=[.!?…;])\s+|\n+")

MAX_CHARS = 4096
"""Telegram's own limit: nothing longer is read."""

_stemmers = threading.local()


def visible(text: str) -> str:
    """The text without invisible characters, at most MAX_CHARS long."""
    return _CONTROL.sub(" ", _HIDDEN.sub("", unicodedata.normalize("NFKC", text[:MAX_CHARS])))


def fold(text: str) -> str:
    """Lower case, no accents, plain apostrophes, ligatures spread."""
    lowered = text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'").replace("`", "'")
    if lowered.isascii():
        return lowered
    return unicodedata.normalize("NFKD", lowered).translate(MARKS)


def words(text: str, sms: Mapping[str, str] | None = None) -> list[str]:
    """Folded words without elided articles; SMS spellings are written out when a table is given."""
    folded = _DIGIT_LETTER.sub(" ", _STRETCHED.sub(r"\1", fold(text)))
    found: list[str] = []
    for word in _TOKEN.findall(folded):
        spelled = sms.get(word) if sms else None
        found += _TOKEN.findall(spelled) if spelled else [word]
    return [word for word in found if word not in _ELIDED]


def folded_table(sms: Mapping[str, str]) -> dict[str, str]:
    """The SMS table as `words` uses it: both sides folded."""
    return {fold(key): fold(value) for key, value in sms.items()}


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The French Snowball stem of a folded word."""
    stemmer = getattr(_stemmers, "french", None)
    if stemmer is None:
        stemmer = _stemmers.french = Stemmer.Stemmer("french")
    return str(stemmer.stemWord(word)) if len(word) > 3 else word


def stems(text: str, sms: Mapping[str, str] | None = None) -> list[str]:
    """The stems of a text, in order."""
    return [stem(word) for word in words(text, sms)]


def sentences(text: str) -> list[str]:
    """The sentences of a message, in order, without empty ones."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]
