"""What has left, noted at once: a kill between a delivery and its commit does not repeat the delivery.

A line is an item's key and how many of its steps are done: numbers and a moment, never content. A written line
survives the death of the process (not a power cut: then the outbox decides, and a message may come twice).
"""

import os
from contextlib import suppress
from pathlib import Path

KEPT = 2_000
"""Lines kept from one start to the next: many more than can be under way at a kill."""


class Journal:
    """Steps done, by item key; `path` None keeps them in memory only."""

    def __init__(self, path: Path | None = None) -> None:
        self._done: dict[str, int] = {}
        self._file: int | None = None
        if path is None:
            return
        lines = _lines(path)[-KEPT:]
        for line in lines:
            key, _, count = line.rpartition(" ")
            if key and count.isdigit():
                self._done[key] = int(count)
        aside = path.with_suffix(".new")
        with suppress(OSError):
            aside.write_text("".join(f"{key} {count}\n" for key, count in self._done.items()), encoding="ascii")
            aside.replace(path)
            self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def done(self, key: str) -> int:
        """How many steps of this item have left."""
        return self._done.get(key, 0)

    def note(self, key: str, count: int) -> None:
        """`count` steps of this item have left."""
        self._done[key] = count
        if self._file is not None:
            with suppress(OSError):
                os.write(self._file, f"{key} {count}\n".encode("ascii"))

    def forget(self, key: str) -> None:
        """The outbox knows: nothing to remember any more."""
        self._done.pop(key, None)


def _lines(path: Path) -> list[str]:
    """The whole lines; one cut by a crash has no end and is left out."""
    try:
        text = path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return []
    return text.split("\n")[:-1]
