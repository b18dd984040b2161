"""A question that leans on the one before: its subject comes from the last topic, its person from both."""

import re

from bot.answers.normalise import fold, words
from bot.answers.retriever import Ranking, Retriever

_LEANING = re.compile(
    r"^(?:et|mais|sinon|ok|d'accord|ah|alors|donc|du coup|meme|pareil|idem)\b|\b(?:ca|cela|celui|celle|eux|elle|elles|il|ils|la|le|les|en|y)\b"
)
_SHORT = 9


def leans(text: str) -> bool:
    """Whether the text is short and points back, rather than naming its subject."""
    return len(words(text)) <= _SHORT and _LEANING.search(fold(text)) is not None


def resolve(retriever: Retriever, text: str, history: tuple[str, ...], publics: frozenset[str]) -> Ranking:
    """Rank the question alone or with the last topic, whichever is surer."""
    alone = retriever.rank(text, publics)
    if not history or not leans(text):
        return alone
    joined = retriever.rank(f"{history[-1]} {text}", publics)
    return joined
