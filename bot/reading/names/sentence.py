"""Whether words told for a name are somebody speaking: « je suis », « c'est plus lui », « vous avez déjà l'adresse »."""

from bot.domain import regex as re

_SPEAKS = re.compile(
    r"(?<![\w-])(?:je|j['’]\w+|jsuis|jsais|suis|c['’]est|cest|vous|tu|ils?|elles?|veux|veut|peux|peut|faut|sais|pas|jamais|oui|merci|bonjour|pourquoi|comment|combien|quand|parce|est[- ]ce)(?![\w-])|\?"
)
"""Words that no name holds; with a capital they may be of a firm's: « Chez Vous », « C'est Bon »."""


def speaks(name: str) -> bool:
    """Whether these words, as they were written, are said by somebody rather than a name."""
    return _SPEAKS.search(name) is not None
