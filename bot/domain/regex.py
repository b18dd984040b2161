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
from weakref import WeakSet


class _Later:
    """Stands for a pattern; its source is told at once, all the rest by the pattern itself, made then."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self._flags = flags
        _WAITING.add(self)

    def __getattr__(self, name: str) -> Any:
        """The pattern's own attribute, kept here: the second time costs nothing more."""
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        _WAITING.discard(self)
        return found

    def __repr__(self) -> str:
        """As the pattern shows itself."""
        return f"re.compile({self.pattern!r})"


_WAITING: WeakSet[_Later] = WeakSet()
"""Those that nobody has used."""


def compile_waiting() -> None:
    """Make every pattern that waits for its first use: in the background, once whoever started the program is served."""
    for one in list(_WAITING):
        one.__getattr__("flags")


def compile(pattern: str, flags: int = 0) -> Pattern[str]:  # noqa: A001 - the name that it stands for
    """What `re.compile` returns, in every respect but the moment at which it is made."""
    return cast("Pattern[str]", _Later(pattern, int(flags)))


__all__ = [
    "ASCII", "DOTALL", "IGNORECASE", "MULTILINE", "Match", "Pattern", "compile", "compile_waiting", "escape", "findall", "finditer",
    "fullmatch", "match", "search", "split", "sub",
]  # fmt: skip
