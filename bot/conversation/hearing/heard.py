"""Everything a message says, before anything is done: one frozen value, the whole contract of an ear."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.conversation.claims import Act
from bot.conversation.hearing.orders import Order

_NO_ANSWER = tuple(act for act in Act if act not in {Act.ANSWER, Act.HEALTH})


def reads_as(weights: Mapping[str, float], step: str) -> float:
    """An answer to this question, half an answer to any, less half of what else it may be.

    On examples held out (`tests.benchmarks.ear_held_out`), 0.25 keeps 83 % of the answers and 2 % of the rest.
    """
    other = max((weights.get(act, 0.0) for act in _NO_ANSWER), default=0.0)
    return weights.get(f"{Act.ANSWER}/{step}", 0.0) + weights.get(Act.ANSWER, 0.0) / 2 - other / 2


@dataclass(frozen=True, slots=True)
class Part:
    """A clause: its words as written, what it does, and how sure (0 to 1)."""

    span: str
    act: Act
    sure: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What the message says: danger and health first, then what it asks for, states or orders, clause by clause."""

    text: str
    """The message without its clauses on health."""

    weights: Mapping[str, float] = field(default_factory=dict)
    """How much the whole sounds like each act."""

    parts: tuple[Part, ...] = ()
    danger: str = ""
    """A category of danger, or empty."""

    health: tuple[str, ...] = ()
    """The clauses on health, to be dropped and never stored."""

    order: Order | None = None
    likely: tuple[Order, ...] = ()
    """Two orders it may be, where neither is sure."""

    facts: str = ""
    asked: str = ""
    """A message in two parts: what it states, then what it asks."""

    def sounds(self, act: str) -> float:
        """How much the whole message sounds like this act."""
        return self.weights.get(act, 0.0)

    def answers(self, step: str) -> float:
        """How much it sounds like an answer to that question."""
        return self.weights.get(f"{Act.ANSWER}/{step}", 0.0)

    def reads_as(self, step: str) -> float:
        """How much it reads as an answer to that question rather than as anything else."""
        return reads_as(self.weights, step)

    @property
    def loudest(self) -> tuple[Act, float]:
        """The act it sounds like most, answers apart."""
        return max(((act, self.sounds(act)) for act in Act if act is not Act.ANSWER), key=lambda pair: pair[1])


__all__ = ["Act", "Heard", "Part"]
