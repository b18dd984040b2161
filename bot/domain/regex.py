"""The standard `re`, with patterns compiled when they are first used: a start would wait for a thousand of them.

Imported in its place: `from bot.domain import regex as re`. A fault in a pattern therefore shows at its first use;
`tests/patterns` compiles every one of them.
"""

import re
from re import (
    ASCII,
    DOTALL,
    IGNORECASE,
    MULTILINE,
    Match,
    Pattern,
    escape,
    findall,
    finditer,
    fullmatch,
    match,
    search,
    split,
    sub,
)
from typing import Any, cast


class _Later:
    """Stands for a pattern; its source is told at once, all the rest by the pattern itself, made then."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """The pattern's own attribute, kept here: the second time costs nothing more."""
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found

    def __repr__(self) -> str:
        """As the pattern shows itself."""
        return f"re.compile({self.pattern!r})"


def compile(pattern: str, flags: int = 0) -> Pattern[str]:  # noqa: A001 - the name that it stands for
    """What `re.compile` returns, in every respect but the moment at which it is made."""
    return cast("Pattern[str]", _Later(pattern, int(flags)))


__all__ = [
    "ASCII", "DOTALL", "IGNORECASE", "MULTILINE", "Match", "Pattern", "compile", "escape", "findall", "finditer",
    "fullmatch", "match", "search", "split", "sub",
]  # fmt: skip
