"""100,000 mangled updates, stored, read and answered: none raises, none takes long, memory stays where it was."""

import logging
import os
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.turns import _database

TOLD_EVERY = 10_000
P99_MS, WORST_MS = 100.0, 500.0
FLAT_MB = 30
"""What memory may grow by between a tenth of the way and the end."""


class SystemClock:
    """The time."""

    def now(self) -> datetime:
        """Now."""
        return datetime.now(UTC)


def main(size: int = 100_000) -> dict[str, Any]:
    """How many raised, milliseconds of the processor an update, megabytes.

    Broken where one raises, or a promise on time or memory is not kept.
    """
    logging.getLogger("bot.storage.inbox").setLevel(logging.CRITICAL)  # a line for each that is set aside
    with tempfile.TemporaryDirectory() as folder, _database(Path(folder)):
        return _played(size)


def _played(size: int) -> dict[str, Any]:
    from bot.answers.late import NoAnswers
    from bot.app import open_house
    from bot.channels.telegram import intake
    from bot.config import load_settings
    from bot.conversation.dialogue import Dialogue
    from bot.storage.turns import TurnTaker
    from tests.conversation.fakes import FakeAnswerer

    house = replace(open_house(load_settings(), NoAnswers()), answerer=FakeAnswerer())
    taker = TurnTaker(Dialogue(house), intake.to_message, SystemClock(), apology="Pardon.")
    times, clock, raised, early = [], [], [], 0.0
    for number in range(1, size + 1):
        began, started = time.process_time(), time.perf_counter()
        try:
            _one(number, taker)
        except Exception as error:
            raised.append(f"{number}: {type(error).__name__}")
        times.append((time.process_time() - began) * 1000)
        clock.append((time.perf_counter() - started) * 1000)
        if number == max(1, size // 10):
            early = _megabytes()
        if number % TOLD_EVERY == 0:
            sys.stderr.write(f"{number} updates, {len(raised)} raised, {_megabytes():.0f} MB\n")
    return _figures(size, times, raised, early) | {"worst ms by the clock": max(clock)}


def _one(number: int, taker: Any) -> None:
    """As the intake and the worker do with an update."""
    from bot.channels.telegram import intake
    from bot.storage import inbox
    from tests.channels.mangled import mangled

    raw = mangled(number, number)
    chat = intake.chat_of(raw)
    inbox.receive(intake.kept(raw), chat=chat, now=datetime.now(UTC))
    while chat is not None and taker.process_next(chat):
        pass


def _figures(size: int, times: list[float], raised: list[str], early: float) -> dict[str, Any]:
    from bot.storage import inbox
    from bot.storage.models import Update

    failed = Update.objects.exclude(error="").exclude(error__startswith=inbox.ASIDE).count()
    aside = Update.objects.filter(error__startswith=inbox.ASIDE).count()
    ordered, grown = sorted(times), _megabytes() - early
    p99, worst = ordered[int(len(ordered) * 0.99)], ordered[-1]
    slow = p99 > P99_MS or worst > WORST_MS
    return {
        "updates": size, "raised": len(raised), "raised by": raised[:5], "turns that failed": failed, "set aside": aside,
        "waiting": Update.objects.filter(done_at=None).count(), "p50 ms": ordered[len(ordered) // 2], "p99 ms": p99,
        "worst ms": worst, "worst is number": times.index(worst) + 1, "MB at a tenth": early, "MB more at the end": grown,
        "broken": bool(raised or failed or slow or grown > FLAT_MB),
    }  # fmt: skip


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
