"""Words that people say, as data: `(a|b)`, `mot*` and `…` on folded text, compiled once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain import regex as re
from bot.reading.plain import plain

_BETWEEN = r"(?:\w+ ){0,4}"
"""At most four words where the form says « … »."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One thing people say, in several forms; `sauf`: the forms that mean something else."""

    dit: tuple[str, ...]
    sauf: tuple[str, ...] = ()

    def said(self, text: str) -> bool:
        """Whether the text says it, and none of the exceptions."""
        words = f"{plain(text)} "
        return _any(self.dit).search(words) is not None and not (self.sauf and _any(self.sauf).search(words))

    def begun(self, text: str) -> bool:
        """Whether the text begins by saying it."""
        return _any(self.dit).match(f"{plain(text)} ") is not None


Words = Mapping[str, Spoken]
"""Things said, by « file.name »."""


def said(words: Words, text: str, *names: str) -> str:
    """The first of these things that the text says, or an empty string."""
    return next((name for name in names if name in words and words[name].said(text)), "")


@lru_cache(maxsize=512)
def _any(forms: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{pattern(form)})" for form in forms))


def pattern(form: str) -> str:
    """The expression of one form; raises ValueError where it holds another sign."""
    if re.search(r"[^a-z0-9 ()|*…]", form):
        raise ValueError(form)
    spread = re.sub(r"(?:(?<! ) +)?… *", " … ", f" {form} ").strip()
    spread = spread.replace("*", r"\w*").replace("(", "(?:")
    return spread.replace(" … ", f" {_BETWEEN}") + r"(?= |$)"
