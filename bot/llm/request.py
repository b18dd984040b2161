"""What a model is asked: instructions, data apart from them, and the closed shape of the reply."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Request:
    """One call, whole: the same request has the same hash wherever it is made."""

    task: str
    """Its file in prompts/modele."""
    system: str
    user: str
    """JSON: what people wrote is data, never instructions."""
    schema: Mapping[str, Any]

    @property
    def hash(self) -> str:
        """Of everything the model sees; by it a reply made elsewhere is found again."""
        told = json.dumps([self.task, self.system, self.user, self.schema], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Given:
    """A reply as it came, not checked yet, and what it cost."""

    value: Mapping[str, Any]
    tokens: int = 0


class Fault(Exception):
    """Why a call gave nothing: `kind` is one word, for the log and the breaker; never a word of anybody."""

    def __init__(self, kind: str, *, wait: float = 0.0, lasting: bool = False) -> None:
        self.kind, self.wait, self.lasting = kind, wait, lasting
        super().__init__(kind)


class Caller(Protocol):
    """Makes one call."""

    def call(self, request: Request) -> Given:
        """The reply; raises Fault."""
        ...


class Consulted(Protocol):
    """Asks a model without ever failing."""

    def ask(self, request: Request) -> Mapping[str, Any] | None:
        """The unchecked reply, or None where there is none in time."""
        ...
