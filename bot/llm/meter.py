"""What the model costs and whether it may be asked now: a budget a day, a breaker after failures, counters."""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any

from bot.llm.request import Fault

FAILURES, PAUSE, LONGEST_PAUSE = 3, 60.0, 900.0
"""Failures in a row after which the model rests; seconds of the first rest, doubled at each, and of the longest."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Counts:
    """What happened in one day, in figures."""

    day: date
    calls: int = 0
    tokens: int = 0
    seconds: float = 0.0
    fallbacks: int = 0
    """Times the built-in ear answered alone: refused before the call, or failed in it."""

    def told(self) -> dict[str, Any]:
        """For the heartbeat."""
        return {**asdict(self), "day": self.day.isoformat(), "seconds": round(self.seconds, 3)}


class Meter:
    """Says whether a call may be made, and counts. One line in the log each time something changes."""

    def __init__(self, now: Callable[[], datetime], tokens_a_day: int) -> None:
        self._now, self._most = now, tokens_a_day
        self._counts = Counts(now().date())
        self._lock = Lock()
        self._in_a_row = 0
        self._pause = PAUSE
        self._until: datetime | None = None
        self._spent_said: date | None = None
        self.away_since: datetime | None = None
        """Since when the model has been resting; None while it is asked."""

    @property
    def counts(self) -> Counts:
        """Today's."""
        with self._lock:
            return self._today()

    def allows(self) -> bool:
        """Whether the model may be asked now; a « no » is counted as a fallback."""
        with self._lock:
            now, counts = self._now(), self._today()
            resting = self._until is not None and now < self._until
            spent = counts.tokens >= self._most
            if spent and self._spent_said != counts.day:
                self._spent_said = counts.day
                log.warning("the model's budget of %d tokens is spent for today: the built-in ear goes on", self._most)
            if resting or spent:
                self._counts = replace(counts, fallbacks=counts.fallbacks + 1)
            return not (resting or spent)

    def succeeded(self, tokens: int, seconds: float) -> None:
        """A call gave something."""
        with self._lock:
            counts = self._today()
            self._counts = replace(
                counts, calls=counts.calls + 1, tokens=counts.tokens + tokens, seconds=counts.seconds + seconds
            )
            if self.away_since is not None:
                log.info("the model answers again")
            self._in_a_row, self._pause, self._until, self.away_since = 0, PAUSE, None, None

    def failed(self, fault: Fault, seconds: float) -> None:
        """A call gave nothing; after a few in a row, or one that will not mend itself, the model rests."""
        with self._lock:
            counts = self._today()
            self._counts = replace(
                counts, calls=counts.calls + 1, fallbacks=counts.fallbacks + 1, seconds=counts.seconds + seconds
            )
            self._in_a_row += 1
            if fault.lasting or fault.wait or self._in_a_row >= FAILURES:
                self._rest(fault)

    def unusable(self) -> None:
        """A reply did not pass the checks: a fallback, and no fault of the server's."""
        with self._lock:
            counts = self._today()
            self._counts = replace(counts, fallbacks=counts.fallbacks + 1)

    def _rest(self, fault: Fault) -> None:
        pause = min(fault.wait or (LONGEST_PAUSE if fault.lasting else self._pause), LONGEST_PAUSE)
        now = self._now()
        self._until = now + timedelta(seconds=pause)
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
        self.away_since = self.away_since or now
        log.error("the model rests for %.0f s, the built-in ear goes on alone: %s", pause, fault.kind)

    def _today(self) -> Counts:
        day = self._now().date()
        if self._counts.day != day:
            self._counts = Counts(day)
        return self._counts
