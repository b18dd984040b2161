"""What has left, noted at once: a kill between a delivery and its commit does not repeat the delivery.

A line is an item's key and how many of its steps are done: numbers and a moment, never content. A written line
survives the death of the process (not a power cut: then the outbox decides, and a message may come twice). Processes of
one folder share the file: whoever takes over from one that died reads what it had noted.
"""

import os
from contextlib import suppress
from pathlib import Path

KEPT = 2_000
"""Items remembered: many more than can be under way at a kill."""

_MOST = 256 * 1024
"""Bytes from which the file is begun anew at a start, with the last KEPT lines."""


class Journal:
    """Steps done, by item key; `path` None keeps them in memory only."""

    def __init__(self, path: Path | None = None) -> None:
        self._done: dict[str, int] = {}
        self._path = path
        self._file: int | None = None
        self._read_to = 0
        if path is not None:
            with suppress(OSError):
                self._file = _opened(path)
        self._catch_up()

    def done(self, key: str) -> int:
        """How many steps of this item have left, whichever process of this folder sent them."""
        self._catch_up()
        return self._done.get(key, 0)

    def note(self, key: str, count: int) -> None:
        """`count` steps of this item have left."""
        self._catch_up()
        self._done[key] = count
        if self._file is not None:
            with suppress(OSError):
                os.write(self._file, f"{key} {count}\n".encode("ascii"))

    def forget(self, key: str) -> None:
        """The outbox knows: nothing to remember any more."""
        self._done.pop(key, None)

    def _catch_up(self) -> None:
        """Read what was noted since the last time; a line cut by a crash has no end and waits for it."""
        if self._file is None or self._path is None:
            return
        with suppress(OSError):
            if os.fstat(self._file).st_nlink == 0:  # begun anew by another process, or taken away
                os.close(self._file)
                self._file, self._read_to = _opened(self._path), 0
            noted = os.pread(self._file, max(0, os.fstat(self._file).st_size - self._read_to), self._read_to)
            whole = noted[: noted.rfind(b"\n") + 1]
            self._read_to += len(whole)
            for line in whole.decode("ascii", errors="replace").splitlines():
                key, _, count = line.rpartition(" ")
                if key and count.isdigit():
                    self._done[key] = int(count)
        if len(self._done) > KEPT:
            self._done = dict(list(self._done.items())[-KEPT:])


def _opened(path: Path) -> int:
    """The file, to read and to add to; one that has grown is begun anew, and a line cut by a crash is ended as none."""
    noted = path.read_bytes() if path.exists() else b""
    if len(noted) > _MOST:
        aside = path.with_suffix(".new")
        aside.write_bytes(b"".join(noted.splitlines(keepends=True)[-KEPT:]))
        aside.replace(path)
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    if noted and not noted.endswith(b"\n"):
        os.write(file, b" cut\n")
    return file
