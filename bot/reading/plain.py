"""Text without accents, case or punctuation: what spoken orders are matched on."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = re.compile(r"[^a-z0-9]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad\u180e\U000e0000-\U000e007f]")

MARKS = dict.fromkeys(code for code in range(0x20000) if unicodedata.combining(chr(code)))
"""Accents apart from their letters, to be dropped by `translate`: Unicode has none further."""


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """Lower case, no accents, one space between words."""
    spread = spread_out(text.replace("œ", "oe").replace("Œ", "oe")).lower()
    return _LETTERS.sub(" ", spread.translate(MARKS)).strip()


def spread_out(text: str) -> str:
    """Letters apart from their accents; one sign that stands for a whole sentence is not let grow eighteen times."""
    return unicodedata.normalize("NFKD", text)[: 2 * len(text) + _SLACK]


_SLACK = 64


def visible(text: str) -> str:
    """The text without zero-width, bidirectional and tag characters, nor control characters."""
    return _CONTROLS.sub("", _HIDDEN.sub("", unicodedata.normalize("NFC", text))).strip()
