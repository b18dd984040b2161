"""How a typed answer becomes a value: the outcomes of reading one field, and what reading may look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from bot.domain.regles import Regles
from bot.domain.session import Json
from bot.ports import Formats


@dataclass(frozen=True, slots=True)
class Value:
    """Read: the canonical value, and remarks to say with it (codes of demande.yaml `remarques`)."""

    value: Json
    remarks: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """Not sure: `code` names the question to ask back; `proposals` are values to tap (label, value)."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    proposals: tuple[tuple[str, Json], ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """Refused: `code` names the sentence that says why and what would be right."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


Reading: TypeAlias = Value | Ask | Rejected


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What reading a field may look at: the day, what the form knows, the law and the formats."""

    today: date
    regles: Regles
    formats: Formats
    answers: Mapping[str, Json] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    """Values offered as numbered choices, in order."""
