"""How far a build is, for who waits for the first one."""

from collections.abc import Callable
from enum import Enum
from typing import TypeAlias


class Stage(Enum):
    """A step that is done, and the share of a build's time that is then over.

    Measured in a first start, beside the ear's learning, on 30 November 2026.
    """

    READ = ("phrasings read", 0.5)
    COUNTED = ("words counted", 0.65)
    MEASURED = ("questions measured", 0.85)
    LEARNT = ("passages learnt", 0.95)
    WEIGHED = ("measures weighed", 0.98)
    THREADED = ("follow-ups weighed", 0.99)
    BUILT = ("built", 1.0)

    def __init__(self, words: str, share: float) -> None:
        self.words = words
        self.share = share


Progress: TypeAlias = Callable[[Stage], None]


def silent(stage: Stage) -> None:
    """Nobody is told."""
