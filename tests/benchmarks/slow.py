"""Twenty accounts that send 4,096 slow characters every three seconds: how long somebody else waits for an answer."""

import itertools
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from bot.sandbox import people
from tests.e2e.conftest import without_index
from tests.e2e.process import Bot
from tests.sandbox.live import live_sandbox

ACCOUNTS = 20
EVERY = 3.0
PROMISED = 2.0
STOPS = 5.0
TEXTS = ("a ", "du à ", "bon ", "le 1 du 2 ", "12/", "à 9h ", "je suis né le ", "06 ", "non ", "rue ", "et mais ", "a@")
"""Repeated to 4,096 characters: what each family of patterns likes least."""


def texts() -> list[str]:
    """What they send, in turns."""
    return [(one * 4096)[:4096] for one in TEXTS]


def main(size: int = 60) -> dict[str, Any]:
    """For `size` seconds; broken where the other person ever waits more than 2 s, or the program stops in more than 5."""
    with tempfile.TemporaryDirectory() as folder, live_sandbox() as live:
        bot = Bot(without_index(Path(folder) / "data"), live.url).start()
        over = threading.Event()
        flood = threading.Thread(target=_flood, args=(live.world, over), daemon=True)
        try:
            alone = [_asks(live.world, 7) for _ in range(5)]
            flood.start()
            waits = _waits(live.world, size)
        finally:
            began = time.monotonic()
            bot.stop()
            stopped = time.monotonic() - began
            over.set()
    return {
        "accounts": ACCOUNTS, "alone, worst s": max(alone), "among them, worst s": max(waits),
        "among them, median s": sorted(waits)[len(waits) // 2], "questions": len(waits),
        "among them, worst s but the first ten": max(waits[10:], default=0.0), "waits": [round(one, 1) for one in waits],
        "stopped in the middle of it, s": stopped, "broken": max(waits) > PROMISED or stopped > STOPS,
    }  # fmt: skip


def _flood(world: Any, over: threading.Event) -> None:
    sent = itertools.cycle(texts())
    while not over.wait(EVERY):
        for account in range(ACCOUNTS):
            people.write(world, 100 + account, next(sent))


def _waits(world: Any, seconds: int) -> list[float]:
    until, waits = time.monotonic() + seconds, []
    while time.monotonic() < until:
        waits.append(_asks(world, 7))
        time.sleep(0.7)
    return waits


def _asks(world: Any, chat: int) -> float:
    """Seconds until a message of this person is answered."""
    before = len(world.chat(chat).messages)
    began = time.monotonic()
    people.write(world, chat, "/aide")
    while len(world.chat(chat).messages) < before + 2:
        if time.monotonic() - began > 60:
            return 60.0
        time.sleep(0.01)
    return time.monotonic() - began
