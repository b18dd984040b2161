"""What was read without a fault before, by this very program: a start need not look for its faults again.

The name of such a reading is a hash of every byte it depends on, files and code; what is kept is an empty note in the
user's cache folder, or one word that was found out then. A cache that cannot be read or written costs a reading.
"""

import contextlib
import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

Read = TypeVar("Read")

_KEPT = 40
"""Notes kept: a few for each state of the files that somebody works on."""


class Proven:
    """The notes, in one folder; without one, nothing was ever seen before."""

    def __init__(self, cache: Path | None) -> None:
        self._root = cache / "lu" if cache else None

    def through(self, what: str, read: Callable[[bool], Read], *folders: Path) -> Read:
        """What `read` gives: it is told whether these folders were read without a fault before; kept once it returns."""
        name = stamp(what, *folders) if self._root else ""
        seen = self.word(name) is not None
        found = read(seen)
        if not seen:
            self.keep(name)
        return found

    def word(self, name: str) -> str | None:
        """What was kept under this name; None where nothing was."""
        if self._root is None:
            return None
        try:
            return (self._root / name).read_text("utf-8")
        except (OSError, ValueError):
            return None

    def keep(self, name: str, word: str = "") -> None:
        """Keep it for the next start, and let go of the oldest notes."""
        if self._root is None:
            return
        with contextlib.suppress(OSError):
            self._root.mkdir(parents=True, exist_ok=True)
            (self._root / name).write_text(word, "utf-8")
            for old in sorted(self._root.iterdir(), key=lambda note: note.stat().st_mtime)[:-_KEPT]:
                old.unlink()


def stamp(what: str, *folders: Path) -> str:
    """The name of a reading: of what, of which bytes, by which code."""
    whole = hashlib.sha256(what.encode() + _code())
    for folder in folders:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            try:
                read = file.read_bytes()
            except OSError:
                read = b"\0"  # unreadable: a reading of its own kind, whose fault is told as ever
            whole.update(f"{file.relative_to(folder)}\0{len(read)}\0".encode() + read)
    return whole.hexdigest()[:32]


@lru_cache(maxsize=1)
def _code() -> bytes:
    """A hash of the whole program, taken once: a file edited while it runs is not the code that is running."""
    whole = hashlib.sha256()
    for file in sorted(Path(__file__).parent.parent.rglob("*.py")):
        whole.update(file.read_bytes())
    return whole.digest()
