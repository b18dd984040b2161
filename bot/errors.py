"""The error tree.

BotError
├── SettingError        a setting is missing or bad: names it and says what to put
├── ContentError        a file of knowledge/ or prompts/ is refused: every problem at once, in French
├── IndexUnusable       the search index cannot be read or does not match the knowledge
├── InputError          a line or an argument that cannot be used: one sentence says what would be right
├── TransitionError     a change of status that the table does not allow
└── ConflictError       somebody else changed the same demande meanwhile: read it again
"""

from collections.abc import Sequence
from dataclasses import dataclass


class BotError(Exception):
    """Anything that this program refuses, with one sentence a person can act on."""


class SettingError(BotError):
    """A setting is missing or bad."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of a content file: where it is, and what would be right (French)."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} : {self.message}"


class ContentError(BotError):
    """One or more content files are refused."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class IndexUnusable(BotError):
    """The search index is missing, unreadable, or built by another encoder."""


class InputError(BotError):
    """An input that cannot be used."""


class TransitionError(BotError):
    """A change of status that TRANSITIONS does not allow."""


class ConflictError(BotError):
    """What was read is no longer what is stored: nothing is written, read it again."""
