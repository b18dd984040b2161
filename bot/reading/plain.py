"""Text without accents, case or punctuation: what spoken orders are matched on."""

import re
import unicodedata

_LETTERS = re.compile(r"[^a-z0-9]+")
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad\u180e\U000e0000-\U000e007f]")


def plain(text: str) -> str:
    """Lower case, no accents, one space between words."""
    spread = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe")).lower()
    bare = "".join(char for char in spread if not unicodedata.combining(char))
    return _LETTERS.sub(" ", bare).strip()


def visible(text: str) -> str:
    """The text without zero-width, bidirectional and tag characters, nor control characters."""
    kept = _HIDDEN.sub("", unicodedata.normalize("NFC", text))
    return "".join(char for char in kept if char in "\n\t" or unicodedata.category(char) != "Cc").strip()
