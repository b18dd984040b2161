"""The name that signs a counsellor's acts: one that can be read as nobody else's."""

import unicodedata
from collections.abc import Iterable

from bot.domain import regex as re
from bot.domain.demande import Role

_SHAPE = re.compile(r"[^\W_][\w.-]{1,58}[^\W_]")
_RESERVED = frozenset({*(role.value for role in Role), "personne", "systeme", "immersion-bot", "exploitant", "admin"})


def normalised(typed: str) -> str:
    """The name as it is kept (NFKC); empty where it cannot be one: shape, another alphabet, or one of the program's."""
    name = unicodedata.normalize("NFKC", typed)
    if not _SHAPE.fullmatch(name) or not all(_latin(char) for char in name):
        return ""
    return "" if folded(name) in {folded(one) for one in _RESERVED} else name


def folded(name: str) -> str:
    """What an eye keeps of it: no case, no accents, no dots nor dashes, 0 as o, 1 and i as l."""
    spread = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(char for char in spread if char.isalnum())
    return bare.translate(str.maketrans("01i", "oll"))


def taken(name: str, names: Iterable[str]) -> bool:
    """Whether one of these reads like it."""
    return folded(name) in {folded(one) for one in names}


def _latin(char: str) -> bool:
    return char.isascii() or unicodedata.name(char, "").startswith("LATIN ")
