"""What reading one clause gives."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.demande import Champ
from bot.domain.session import Json


@dataclass(frozen=True, slots=True)
class Stated:
    """What one clause says: values, questions that are passed, and where it stands."""

    values: Mapping[Champ, Json]
    start: int
    end: int
    passed: tuple[str, ...] = ()
