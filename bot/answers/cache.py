"""Builds already made of the same knowledge by the same code, kept in the user's cache folder."""

import hashlib
import logging
import os
import shutil
import uuid
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from bot.answers.folder import FORMAT, content_hash, read_manifest
from bot.answers.knowledge import Knowledge
from bot.content.proven import Proven
from bot.content.questions import ExamRow
from bot.errors import IndexUnusable

_log = logging.getLogger(__name__)

_KEPT = 4
"""Builds kept, of some forty megabytes each: branches of work on the knowledge go back and forth between a few."""

_LEARNERS = ("numpy", "scipy", "scikit-learn", "PyStemmer", "rapidfuzz")
"""Libraries whose version may change what a build learns."""


def _code() -> bytes:
    """A hash of the code that learns and of the libraries that it learns with."""
    whole = hashlib.sha256(repr([version(name) for name in _LEARNERS]).encode())
    for folder in ("answers", "content"):
        here = Path(__file__).parent.parent / folder
        for file in sorted([*here.glob("*.py"), *here.glob("*.txt")]):
            whole.update(file.read_bytes())
    return whole.digest()


_CODE = _code()
"""Taken when the program starts: a file edited while it runs is not the code that is running."""


def key(encoder: str, knowledge: Knowledge, exam: Sequence[ExamRow]) -> str:
    """A hash of everything that a build depends on: knowledge, exam, encoder, code, libraries."""
    whole = hashlib.sha256(f"{FORMAT} {encoder} {knowledge.digest()} ".encode())
    whole.update(repr([(row.question, row.attendu, row.historique) for row in exam]).encode())
    whole.update(_CODE)
    return whole.hexdigest()[:32]


class BuildCache:
    """Finished builds by their key; a fault of the cache costs a build, never an answer."""

    def __init__(self, root: Path) -> None:
        self._root = root / "index"
        self.proven = Proven(root)
        """The names of the builds that folders of knowledge gave before."""

    def fetch(self, name: str, into: Path) -> bool:
        """Whether the build `name` was copied, whole and undamaged, into the empty folder `into`."""
        kept = self._root / name
        try:
            if not kept.is_dir():
                return False
            shutil.copytree(kept, into, dirs_exist_ok=True)
            os.utime(kept)
            whole = read_manifest(into).content == content_hash(into)
        except (OSError, IndexUnusable) as error:
            _log.warning("the cached index cannot be read: %s", error)
            whole = False
        if not whole:
            shutil.rmtree(kept, ignore_errors=True)
            for path in into.iterdir():
                path.unlink()
        return whole

    def keep(self, name: str, built: Path) -> None:
        """Copy a sealed build under `name`, and let go of the oldest."""
        aside = self._root / f".{name}.{uuid.uuid4().hex[:8]}"
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            shutil.copytree(built, aside)
            aside.rename(self._root / name)
        except OSError as error:
            # Another process kept the same build, or the folder cannot be written: either way nothing is lost.
            _log.debug("the index is not cached: %s", error)
            shutil.rmtree(aside, ignore_errors=True)
        for old in sorted(self._root.glob("[!.]*"), key=lambda path: path.stat().st_mtime)[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)
