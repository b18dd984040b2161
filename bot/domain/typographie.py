"""French typography, in one place: spaces that do not break, apostrophes that curve. Nothing is added, nothing moved."""

from bot.domain import regex as re

NBSP = "\u00a0"
APOSTROPHE = "\u2019"

_BEFORE = re.compile(r" (?=[:;!?»](?:\s|$|[<)\]…».,]))")
_AFTER = re.compile(r"(?<=«) ")
_UNITS = re.compile(r"(?<=\d) (?=(?:h|min|s|jours?|semaines?|mois|ans?|€|%|km)\b|[€%])")
_QUOTE = re.compile(r"(?<!\S)\S+@\S+|\S{1,64}@\S+|https?://\S+|(?<=[^\W\d_])(?:'|&#x27;|&#39;)(?=[^\W\d_])")
_ANY = re.compile(r" [:;!?»]|« |\d [hmsjak€%]|'|&#x27;|&#39;")
"""What no text without it is changed by: most of a page's pieces are a name, a number or a space."""
_MARKUP = re.compile(
    r"(<(?:textarea|pre|script|style|code)\b(?:(?!</?(?:textarea|pre|script|style|code)\b).)*+"
    r"</(?:textarea|pre|script|style|code)>|<[^<>]*>)",
    re.DOTALL,
)


def french(text: str) -> str:
    """The text with its no-break spaces and curved apostrophes; addresses are left alone. Twice is the same as once."""
    if _ANY.search(text) is None:
        return text
    spaced = _UNITS.sub(NBSP, _AFTER.sub(NBSP, _BEFORE.sub(NBSP, text)))
    return _QUOTE.sub(
        lambda found: APOSTROPHE if "@" not in (word := found.group()) and "/" not in word else word, spaced
    )


def typed(text: str) -> str:
    """The same text as a keyboard writes it: what compares words sets typography aside."""
    return text.replace(NBSP, " ").replace(APOSTROPHE, "'")


def french_html(page: str) -> str:
    """The same for the words of a page: never inside a tag, nor where spaces are kept as they are (forms, code)."""
    pieces = _MARKUP.split(page)
    return "".join(piece if place % 2 else french(piece) for place, piece in enumerate(pieces))
