"""The one folding of French text: how what people write is compared."""

import re
import unicodedata

_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_SIGNS = str.maketrans({
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "−": "-",
    "→": ">", "«": " ", "»": " ", "“": " ", "”": " ",
})  # fmt: skip
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad\u180e\U000e0000-\U000e007f]")


def folded(text: str) -> str:
    """Lower case without accents, one kind of apostrophe, dash and space; punctuation is kept."""
    return " ".join(_bare(text.translate(_SIGNS)).replace("->", ">").split())


def words(text: str) -> str:
    """Lower case without accents nor punctuation, one space between words."""
    return _NOT_WORDS.sub(" ", _bare(text)).strip()


def visible(text: str) -> str:
    """The text without zero-width, bidirectional and tag characters, nor control characters."""
    kept = _HIDDEN.sub("", unicodedata.normalize("NFC", text))
    return "".join(char for char in kept if char in "\n\t" or unicodedata.category(char) != "Cc").strip()


def _bare(text: str) -> str:
    """No accent, no capital, no ligature; a circled figure or a full-width letter is the plain one."""
    spread = unicodedata.normalize("NFKD", text.translate(_LIGATURES)).lower()
    return "".join(char for char in spread if not unicodedata.combining(char))
