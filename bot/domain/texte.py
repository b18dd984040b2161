"""The one folding of French text: how what people write is compared."""

import unicodedata
from functools import lru_cache

from bot.domain import regex as re

_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_SIGNS = str.maketrans({
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "−": "-",
    "→": ">", "«": " ", "»": " ", "“": " ", "”": " ",
})  # fmt: skip
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
MARKS = dict.fromkeys(code for code in range(0x20000) if unicodedata.combining(chr(code)))
"""Accents apart from their letters, to be dropped by `translate`: Unicode has none further."""

_SLACK = 64
"""One sign that stands for a whole sentence is not let grow eighteen times."""

_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad\u180e\U000e0000-\U000e007f]")


def folded(text: str) -> str:
    """Lower case without accents, one kind of apostrophe, dash and space; punctuation is kept."""
    return " ".join(_bare(text.translate(_SIGNS)).replace("->", ">").split())


@lru_cache(maxsize=64)
def words(text: str) -> str:
    """Lower case without accents nor punctuation, one space between words."""
    return _NOT_WORDS.sub(" ", _bare(text)).strip()


def visible(text: str) -> str:
    """The text without zero-width, bidirectional and tag characters, nor control characters."""
    return _CONTROLS.sub("", _HIDDEN.sub("", unicodedata.normalize("NFC", text))).strip()


def _bare(text: str) -> str:
    """No accent, no capital, no ligature; a circled figure or a full-width letter is the plain one."""
    spread = unicodedata.normalize("NFKD", text.translate(_LIGATURES))[: 2 * len(text) + _SLACK]
    return spread.lower().translate(MARKS)
