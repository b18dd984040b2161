"""How far a second opinion is believed: it earns where it agrees with what is sure, and loses twice as much against it."""

from dataclasses import dataclass

START, MOST, LEAST = 2, 8, -4
"""Points at first: one contradiction is enough to be doubted. The most that is kept, so that a model that changes is
doubted after four; the least, so that one that is mended is believed again after five."""

EARNED, LOST = 1, 2
"""Points of an agreement and of a contradiction: what is wrong more than once in three is not believed."""


@dataclass(frozen=True, slots=True)
class Credit:
    """The points of one model for one task."""

    points: int = START

    @property
    def believed(self) -> bool:
        """Whether its word counts where nothing is sure."""
        return self.points > 0

    @property
    def full(self) -> bool:
        """Whether it has nothing left to prove: it is looked at now and then."""
        return self.points == MOST

    def after(self, *, agrees: bool) -> "Credit":
        """The credit once it has agreed with, or contradicted, what is sure."""
        return Credit(min(MOST, self.points + EARNED) if agrees else max(LEAST, self.points - LOST))
