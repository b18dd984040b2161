"""From an edit to what people get: checked, built aside, examined, and swapped only where the exam does not fall."""

import contextlib
import hashlib
import logging
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from bot.answers.answerer import IndexAnswerer
from bot.answers.cache import BuildCache, key
from bot.answers.encoder import LSA
from bot.answers.evaluation import run_exam, summary
from bot.answers.folder import FORMAT, IndexFolder, read_manifest
from bot.answers.index import Index, build, open_index
from bot.answers.knowledge import Knowledge, read_knowledge
from bot.answers.progress import Progress, silent
from bot.content.proven import stamp
from bot.content.questions import ExamRow, load_exam
from bot.errors import ContentError, IndexUnusable

_log = logging.getLogger(__name__)

_MUST_NOT_FALL = ("reponses_justes", "refus_justes", "urgences_justes")
_MUST_NOT_RISE = ("reponses_fausses", "critiques_fausses", "fausses_urgences")
TOLERANCE = 0.005
"""Half a point: one question of two hundred. More is a fall."""

CRITICAL = frozenset({"critiques_fausses", "urgences_justes"})
"""Not one question may be lost here."""


@dataclass(frozen=True)
class Published:
    """What publishing did: the index that serves, whether it is new, and why not when it is not."""

    index: Index
    changed: bool
    refusal: str = ""


class Builder(Protocol):
    """Builds an index in a new folder: here, or in a process of its own."""

    def __call__(
        self,
        home: IndexFolder,
        knowledge: Knowledge,
        exam: Sequence[ExamRow],
        *,
        encoder: str = ...,
        chroma_url: str = ...,
        progress: Progress = ...,
    ) -> Path:
        """The folder of the build, not in use yet."""
        ...


class Publisher:
    """Publishes one knowledge folder into one data folder, with one encoder."""

    def __init__(
        self,
        knowledge: Path,
        data: Path,
        *,
        encoder: str = LSA,
        chroma_url: str = "",
        builder: Builder = build,
        cache: BuildCache | None = None,
        progress: Progress = silent,
    ) -> None:
        self.knowledge = knowledge
        self._builder = builder
        self.home = IndexFolder(data)
        self._encoder = encoder
        self._chroma_url = chroma_url
        # A collection on a server is written at each build, and a model's name does not tell its weights.
        self._cache = cache if encoder == LSA and not chroma_url else None
        self._progress = progress

    def current(self) -> Index | None:
        """The index in use, None where there is none that this encoder can serve."""
        folder = self.home.current()
        if folder is None:
            return None
        try:
            return open_index(folder, encoder=self._encoder, chroma_url=self._chroma_url)
        except IndexUnusable as error:
            _log.warning("%s", error)
            return None

    def up_to_date(self, known: Knowledge) -> bool:
        """Whether the index in use was built from this knowledge, by this encoder and version."""
        folder = self.home.current()
        if folder is None:
            return False
        try:
            manifest = read_manifest(folder)
        except IndexUnusable:
            return False
        return (manifest.format, manifest.encoder, manifest.digest) == (FORMAT, self._encoder, known.digest())

    def publish(self, *, force: bool = False) -> Published:
        """Make the folder's knowledge serve; raises ContentError where it is faulty and nothing else can serve."""
        before = None if force else self._as_before()
        if before is not None:
            return before
        try:
            known, exam = read_knowledge(self.knowledge), tuning(load_exam(self.knowledge))
        except ContentError as error:
            return self._kept(error)
        with self.home.building():
            served = self.current()
            if served is not None and not force and self.up_to_date(known):
                return Published(served, changed=False)
            return self._build(known, exam, served, force=force)

    def _as_before(self) -> Published | None:
        """The build that these very files gave before, where the cache has it and nothing else serves here yet.

        Nothing is read again: the name of the build was kept under the hash of the files and of the code.
        """
        if self._cache is None or self.home.current() is not None:
            return None
        name = self._cache.proven.word(self._stamp())
        if not name:
            return None
        with self.home.building():
            folder = self._fetched(self._cache, name)
            if folder is None or self.home.current() is not None:
                return None
            index = open_index(folder, encoder=self._encoder)
            self.home.swap(folder)
            return Published(index, changed=True)

    def _stamp(self) -> str:
        return stamp(f"index {FORMAT} {self._encoder}", self.knowledge)

    def _kept(self, error: ContentError) -> Published:
        served = self.current()
        if served is None:
            raise error
        more = f" (and {len(error.problems) - 1} more)" if len(error.problems) > 1 else ""
        return Published(served, changed=False, refusal=f"{error.problems[0]}{more}")

    def _build(self, known: Knowledge, exam: Sequence[ExamRow], served: Index | None, *, force: bool) -> Published:
        folder = self._cached(known, exam) or self._built(known, exam)
        try:
            index = open_index(folder, encoder=self._encoder, chroma_url=self._chroma_url)
            if served is not None or force:
                index = self._examined(index, exam)
            if served is not None and not force:
                fall = falls(self._examined(served, exam).manifest.scores, index.manifest.scores)
                if fall:
                    index.retriever.vectors.drop()
                    shutil.rmtree(folder, ignore_errors=True)
                    return Published(served, changed=False, refusal=f"the exam falls: {fall}")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self.home.swap(folder)
        return Published(index, changed=True)

    def _cached(self, known: Knowledge, exam: Sequence[ExamRow]) -> Path | None:
        """A copy of the same build, made before for another data folder; None where there is none."""
        if self._cache is None:
            return None
        name = key(self._encoder, known, exam)
        folder = self._fetched(self._cache, name)
        if folder is not None:
            self._cache.proven.keep(self._stamp(), name)
        return folder

    def _fetched(self, cache: BuildCache, name: str) -> Path | None:
        folder = self.home.fresh()
        if cache.fetch(name, folder):
            return folder
        folder.rmdir()
        return None

    def _built(self, known: Knowledge, exam: Sequence[ExamRow]) -> Path:
        folder = self._builder(
            self.home, known, exam, encoder=self._encoder, chroma_url=self._chroma_url, progress=self._progress
        )
        if self._cache is not None:
            name = key(self._encoder, known, exam)
            self._cache.keep(name, folder)
            self._cache.proven.keep(self._stamp(), name)
        return folder

    def examined(self, index: Index) -> Index:
        """The index with its scores on the tuning part of the exam as it is on disk."""
        return self._examined(index, tuning(load_exam(self.knowledge)))

    def _examined(self, index: Index, exam: Sequence[ExamRow]) -> Index:
        """The index with its scores on this exam, kept in its manifest."""
        digest = exam_digest(exam)
        if index.manifest.exam == digest:
            return index
        marked = list(run_exam(IndexAnswerer(index), exam, _checked(index)))
        manifest = replace(index.manifest, exam=digest, scores=summary(marked))
        self.home.seal(index.folder, manifest)
        return replace(index, manifest=manifest)


def _checked(index: Index) -> date:
    """The last day on which a passage was checked: every rule is in force, and no build depends on its day."""
    days = [one.verifiee_le for passage in index.corpus.passages.values() for one in passage.citations]
    return max(days, default=date.min.replace(year=2000))


def answerer_of(index: Index) -> IndexAnswerer:
    """The answerer over one index."""
    return IndexAnswerer(index)


@contextlib.contextmanager
def scratch(
    knowledge: Path, data: Path, encoder: str = LSA, cache: BuildCache | None = None
) -> Iterator[IndexAnswerer]:
    """An answerer on the knowledge as it is on disk: the index in use where it matches, else one thrown away after."""
    known = read_knowledge(knowledge)
    served = Publisher(knowledge, data, encoder=encoder)
    if served.up_to_date(known) and (index := served.current()) is not None:
        yield IndexAnswerer(index)
        return
    with tempfile.TemporaryDirectory() as aside:
        yield IndexAnswerer(Publisher(knowledge, Path(aside), encoder=encoder, cache=cache).publish().index)


def tuning(exam: Sequence[ExamRow]) -> tuple[ExamRow, ...]:
    """The rows that tuning may look at."""
    return tuple(row for row in exam if row.partie == "reglage")


def exam_digest(exam: Sequence[ExamRow]) -> str:
    """A hash of the questions and of what is expected."""
    return hashlib.sha256(repr([(row.question, row.attendu, row.historique) for row in exam]).encode()).hexdigest()[:16]


def falls(before: dict[str, float], after: dict[str, float]) -> str:
    """What gets worse, in words; empty where nothing does."""
    lost = [
        f"{name} {before[name]:.3f} -> {after[name]:.3f}"
        for names, sign in ((_MUST_NOT_FALL, 1), (_MUST_NOT_RISE, -1))
        for name in names
        if name in before and sign * (before[name] - after[name]) > (1e-9 if name in CRITICAL else TOLERANCE)
    ]
    return "; ".join(lost)
