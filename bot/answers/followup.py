"""A question that leans on the one before: its subject comes from the last topic, its person from both."""

import re
from dataclasses import replace

import numpy as np

from bot.answers.facets import sharpened
from bot.answers.normalise import fold, words
from bot.answers.retriever import Ranking, Retriever

_LEANING = re.compile(
    r"^\W*(?:et|mais|sinon|ok|d'accord|ah|alors|donc|du coup|meme|pareil|idem|aussi|non mais|oui mais|pour|si|sans|avec|a|en|pendant|ou|quand|combien|qui|comment|pourquoi|lequel|laquelle|lesquels)\b"
    r"|\b(?:ca|cela|ce|celui|celle|eux|elle|elles|il|ils|lui|leur|en|y|sa|son|ses|dedans|dessus|la-bas|c'est|c)\b"
    r"|'(?:il|ils|elle|elles|on|y|en)\b"
)
_OPENS = re.compile(r"^\W*(?:et|mais|du coup|meme|pareil|idem|aussi|sinon|ah et|ok et|ok mais|oui mais|non mais)\b")
_SHORT, _SHORT_OPENED = 7, 14
_SURE = 0.75
_SAME = 0.05
"""What is left of the chance of the passage that the last question already got."""


def leans(text: str) -> bool:
    """Whether the text is short and points back, rather than naming its subject."""
    folded = fold(text)
    count = len(words(text))
    return (count <= _SHORT and _LEANING.search(folded) is not None) or (
        count <= _SHORT_OPENED and _OPENS.match(folded) is not None
    )


def topic(history: tuple[str, ...]) -> str:
    """The last question; with the one before when it leans itself."""
    last = history[-1]
    return f"{history[-2]} {last}" if len(history) > 1 and leans(last) else last


def resolve(retriever: Retriever, text: str, history: tuple[str, ...], publics: frozenset[str]) -> Ranking:
    """Rank the question alone, or with the last topic where it leans on it.

    Leaning, the question is ranked both ways and the chances multiplied; the passage that the last question got is
    put behind: one does not ask the same thing twice.
    """
    alone = retriever.rank(text)
    if not history or not leans(text):
        return sharpened(retriever, text, alone, publics)
    before = retriever.rank(topic(history))
    joined = retriever.rank(f"{topic(history)} {text}", before.heard.publics)
    both = np.sqrt((alone.chances + 1e-6) * (joined.chances + 1e-6))
    top = int(before.order[0])
    if not retriever.measures.corpus.refusing[top] and alone.chances[top] < _SURE:
        both[top] *= _SAME
    return replace(joined, chances=both / both.sum())
