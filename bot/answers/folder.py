"""Where indexes live: each build in a folder of its own, and one pointer file, replaced atomically."""

import contextlib
import hashlib
import json
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TextIO

from bot.errors import IndexUnusable

FORMAT = 19
"""Raised when the files' meaning changes: an older index is then rebuilt."""

_KEPT = 2
_LOCK_PATIENCE_S = 120.0


@dataclass(frozen=True)
class Manifest:
    """What an index is made of; refused where it does not match what is asked."""

    encoder: str
    digest: str
    phrasings: int
    collection: str
    format: int = FORMAT
    exam: str = ""
    """Hash of the exam behind `scores`."""
    scores: dict[str, float] = field(default_factory=dict)
    content: str = ""
    """Hash of every file of the build: two builds of one knowledge have the same."""


class IndexFolder:
    """The folder `data/index`: `current` names the build in use."""

    def __init__(self, data: Path) -> None:
        self.root = data / "index"
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise IndexUnusable(
                f"{self.root} cannot be created ({error.strerror}): choose DATA_DIR elsewhere"
            ) from error

    def current(self) -> Path | None:
        """The build in use, None before the first."""
        try:
            name = (self.root / "current").read_text("utf-8").strip()
        except OSError:
            return None
        folder = self.root / name
        return folder if name and (folder / "manifest.json").is_file() else None

    def fresh(self) -> Path:
        """A new empty folder, not yet in use."""
        folder = self.root / f"v-{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:8]}"
        folder.mkdir()
        return folder

    def seal(self, folder: Path, manifest: Manifest) -> None:
        """Write the manifest, last: a folder without one is an unfinished build."""
        _replace(folder / "manifest.json", json.dumps(asdict(manifest), indent=1, sort_keys=True))

    def swap(self, folder: Path) -> None:
        """Make `folder` the build in use, and remove builds that nobody can need any more."""
        _replace(self.root / "current", folder.name)
        builds = sorted(path for path in self.root.glob("v-*") if path.is_dir() and path != folder)
        for old in builds[: -(_KEPT - 1)]:
            shutil.rmtree(old, ignore_errors=True)

    @contextlib.contextmanager
    def building(self) -> Iterator[None]:
        """Hold the right to build: one process at a time, released by the system if it dies."""
        lock = (self.root / "lock").open("a+")
        try:
            _lock(lock, time.monotonic() + _LOCK_PATIENCE_S)
            yield
        finally:
            lock.close()


def content_hash(folder: Path) -> str:
    """A hash of the build's files by their names, the manifest left out."""
    whole = hashlib.sha256()
    for file in sorted(path for path in folder.iterdir() if path.is_file() and path.name != "manifest.json"):
        whole.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def _lock(lock: TextIO, until: float) -> None:
    """Hold this file, and leave in it who does: whoever waits in vain is told whom to look at."""
    try:
        import fcntl
    except ImportError:
        return
    while True:
        try:
            fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > until:
                raise IndexUnusable(_held(lock)) from None
            time.sleep(0.05)
        else:
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            return


def _held(lock: TextIO) -> str:
    lock.seek(0)
    builder = lock.read(20).strip()
    who = f"process {builder}" if builder.isdecimal() else "another process"
    return (
        f"{who} has been building the index of {Path(lock.name).parent} for {_LOCK_PATIENCE_S:.0f} seconds: "
        "let it finish, or stop it, then run this again"
    )


def read_manifest(folder: Path) -> Manifest:
    """The manifest; raises IndexUnusable where it cannot be read."""
    try:
        return Manifest(**json.loads((folder / "manifest.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexUnusable(f"the index at {folder.name} cannot be read: run `knowledge index`") from error


def _replace(file: Path, text: str) -> None:
    aside = file.with_name(f".{file.name}.{uuid.uuid4().hex[:8]}")
    with aside.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    aside.replace(file)
