"""Text without accents, case or punctuation: what spoken orders are matched on. The folding itself is domain/texte."""

from bot.domain.texte import visible
from bot.domain.texte import words as plain

__all__ = ["plain", "visible"]
