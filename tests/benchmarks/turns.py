"""One turn of the form, alone then with twenty people at once; and the cases of tours.jsonl, right or not."""

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bot.domain import regex
from tests.benchmarks import tours

PEOPLE = 20
ROUNDS = 10
PROMISED_MS = 30.0


class SystemClock:
    """The time."""

    def now(self) -> datetime:
        """Now."""
        return datetime.now(UTC)


def main(rounds: int = ROUNDS, people: int = PEOPLE) -> dict[str, Any]:
    """Milliseconds a turn, turns a second, and the cases by kind.

    Broken where the 95th percentile alone exceeds 30 ms, or where a case harms that no list names.
    """
    with tempfile.TemporaryDirectory() as folder, _database(Path(folder)):
        times = _measure(rounds, people)
    played = tours.play()
    broken = times["broken"] or bool(tours.unlisted_harms(played))
    return times | {"cases": tours.figures(played), "broken": broken}


@contextmanager
def _database(folder: Path) -> Iterator[None]:
    """A SQLite database of this benchmark's own, whatever Django was set up with."""
    from bot.storage.addresses import database
    from bot.storage.setup import configure, migrate

    url = f"sqlite:///{folder / 'turns.sqlite3'}"
    configure(database_url=url, secret_key="bench")
    from django.db import connections

    former = connections.settings["default"]
    connections["default"].close()
    connections.settings["default"] = connections.configure_settings({"default": database(url)})["default"]
    del connections["default"]
    migrate()
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = former
        del connections["default"]


def _measure(rounds: int, people: int) -> dict[str, Any]:
    from bot.conversation.dialogue import Dialogue
    from bot.storage.turns import TurnTaker
    from tests.conversation.fakes import house
    from tests.storage.conftest import to_message

    regex.compile_waiting()  # as the program does before anybody writes
    thinking: list[float] = []
    dialogue = Dialogue(house())
    taken = dialogue.take_turn
    dialogue.take_turn = lambda *given: _timed(thinking, lambda: taken(*given))  # type: ignore[method-assign]
    taker = TurnTaker(dialogue, to_message, SystemClock(), apology="!")
    alone: list[float] = []
    count = _Count()
    for chat in range(1, rounds + 1):
        _fill(taker, chat, count, alone)
    thought = thinking[:]
    crowd: list[float] = []
    start = time.perf_counter()
    _together([lambda chat=chat: _fill(taker, 1000 + chat, count, crowd) for chat in range(people)])
    seconds = time.perf_counter() - start
    figures = {
        "alone, ms": _spread(alone),
        "of which the conversation, ms": _spread(thought),
        f"{people} people at once, ms": _spread(crowd),
        f"{people} people at once, turns a second": len(crowd) / seconds,
    }
    return figures | {"broken": _spread(alone)["p95"] > PROMISED_MS}


class _Count:
    """Update numbers, for several threads."""

    def __init__(self) -> None:
        self._number = 0
        self._lock = threading.Lock()

    def next(self) -> int:
        """One more."""
        with self._lock:
            self._number += 1
            return self._number


def _fill(taker: Any, chat: int, count: _Count, times: list[float]) -> None:
    """One person fills the form, asking a question on the way."""
    from bot.storage import inbox
    from tests.conversation.fakes import ANSWERS
    from tests.storage.conftest import text_update

    for text in ("/demande", *list(ANSWERS.values())[:16], "c'est payé ?"):
        number, now = count.next(), datetime.now(UTC)
        inbox.receive(text_update(number, chat, text), chat=chat, now=now)
        _timed(times, lambda: taker.process_next(chat))


def _timed(times: list[float], act: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = act()
    times.append((time.perf_counter() - start) * 1000)
    return result


def _together(acts: list[Callable[[], None]]) -> None:
    from django.db import connections

    def alone(act: Callable[[], None]) -> None:
        try:
            act()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=alone, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _spread(times: list[float]) -> dict[str, float]:
    return {"median": median(times), "p95": quantiles(times, n=20)[-1], "worst": max(times)}
