"""People who answer as soon as they are answered, more of them until the 95th percentile of the wait passes 2 s.

One process takes updates in, one, two or four work, on SQLite then on PostgreSQL; the local Bot API is in the same
machine and takes its share of it, so that a figure says what all of it did together.
"""

import os
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

from tests.benchmarks.crash import PARIS, Applicant, own_server
from tests.e2e.process import Apart, Bot
from tests.sandbox.live import live_sandbox, wait_for

STEPS = (5, 10, 20, 40, 80)
"""People at once."""
SECONDS = 12.0
PROMISED = 2.0
WORKERS = (1, 2, 4)


@dataclass
class Timed(Applicant):
    """Somebody whose waits are measured."""

    since: float = 0.0
    waits: list[float] = field(default_factory=list)

    def look(self):
        """Read; a new message ends a wait."""
        fresh = super().look()
        if fresh and self.since:
            self.waits.append(time.monotonic() - self.since)
            self.since = 0.0
        return fresh

    def act(self, day):
        """Answer, and begin to wait."""
        super().act(day)
        self.since = time.monotonic()


def crowd(people: list[Timed], day: date, until: float) -> None:
    """Everybody looks and answers, again and again."""
    while time.monotonic() < until:
        for one in people:
            if one.look():
                one.act(day)
        time.sleep(0.005)


def step(bot: Bot, live: Any, first: int, count: int, seconds: float) -> dict[str, float]:
    """So many people for so long: turns a second, the 95th percentile of the wait, the oldest that waited."""
    people = [Timed(live.world, first + rank) for rank in range(count)]
    for one in people:
        one.writes("/demande")
        one.since = time.monotonic()
    until, oldest = time.monotonic() + seconds, 0.0
    thread = threading.Thread(target=crowd, args=(people, datetime.now(PARIS).date(), until), daemon=True)
    thread.start()
    while time.monotonic() < until:
        time.sleep(0.5)
        oldest = max(oldest, age(bot))
    thread.join(10)
    waits = [wait for one in people for wait in one.waits]
    waits += [time.monotonic() - one.since for one in people if one.since]
    p95 = quantiles(waits, n=20)[-1] if len(waits) > 1 else seconds
    answered = sum(len(one.waits) for one in people)
    wait_for(bot.quiet, 120)
    return {"turns a second": answered / seconds, "p95 s": p95, "oldest in the queue s": oldest}


def age(bot: Bot) -> float:
    """How long the oldest update has waited."""
    rows = bot.rows("SELECT received_at FROM storage_update WHERE done_at IS NULL ORDER BY id LIMIT 1")
    if not rows:
        return 0.0
    at = rows[0][0]
    at = datetime.fromisoformat(at + "+00:00") if isinstance(at, str) else at
    return max(0.0, time.time() - at.timestamp())


def ramp(workers: int, database: str, seconds: float, steps: tuple[int, ...]) -> dict[str, Any]:
    """More people until they wait too long: the last step that kept the promise, and the first that did not."""
    roles = {"intake": "intake", **{f"worker-{rank}": "worker" for rank in range(1, workers + 1)}}
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder, live_sandbox() as live:
        settings = {"DATABASE_URL": database} if database else {}
        bot = Apart(Path(folder) / "data", live.url, settings=settings, roles=roles).start()
        try:
            for rank, count in enumerate(steps):
                figures[f"{count} people"] = found = step(bot, live, 1000 * (rank + 1), count, seconds)
                if found["p95 s"] > PROMISED:
                    break
        finally:
            bot.stop()
    return figures


def main(size: int = int(SECONDS)) -> dict[str, Any]:
    """Seconds a step (`size`); the figures by database and number of workers. Nothing here is a promise."""
    figures: dict[str, Any] = {"cores": os.cpu_count()}
    for workers in WORKERS:
        with tempfile.TemporaryDirectory() as folder:
            figures[f"SQLite, {workers}"] = ramp(workers, f"sqlite:///{folder}/base.sqlite3", float(size), STEPS)
        with own_server() as database:
            figures[f"PostgreSQL, {workers}"] = ramp(workers, database, float(size), STEPS)
    return figures
