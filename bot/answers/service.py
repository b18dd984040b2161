"""Opening the answers: the index in use, built first where it is missing or out of date."""

import logging
from pathlib import Path

from bot.answers.answerer import IndexAnswerer
from bot.answers.encoder import LSA
from bot.answers.folder import FORMAT, IndexFolder, read_manifest
from bot.answers.index import Index, build, open_index
from bot.answers.knowledge import read_knowledge
from bot.content.questions import load_exam
from bot.errors import ContentError, IndexUnusable
from bot.ports import Answerer

_log = logging.getLogger(__name__)


def open_answerer(
    knowledge: Path, data: Path, *, encoder: str = LSA, chroma_url: str = "", watch: bool = False
) -> Answerer:
    """The answerer over the current index, built where it is missing or out of date.

    A broken knowledge folder keeps the last good index serving; raises ContentError where there is none, and
    IndexUnusable where nothing can be opened.
    """
    return IndexAnswerer(current_index(knowledge, data, encoder=encoder, chroma_url=chroma_url))


def current_index(knowledge: Path, data: Path, *, encoder: str = LSA, chroma_url: str = "") -> Index:
    """The index that matches the knowledge, built if need be; the last good one where the knowledge is broken."""
    home = IndexFolder(data)
    try:
        known = read_knowledge(knowledge)
    except ContentError as error:
        _log.error("the knowledge is refused, the last good index keeps serving: %s", error.problems[0])
        folder = home.current()
        if folder is None:
            raise
        return open_index(folder, encoder=encoder, chroma_url=chroma_url)
    digest = known.digest()
    if (index := _matching(home, digest, encoder, chroma_url)) is not None:
        return index
    with home.building():
        if (index := _matching(home, digest, encoder, chroma_url)) is not None:
            return index
        exam = [row for row in load_exam(knowledge) if row.partie == "reglage"]
        folder = build(home, known, exam, encoder=encoder, chroma_url=chroma_url)
        home.swap(folder)
    return open_index(folder, encoder=encoder, chroma_url=chroma_url)


def _matching(home: IndexFolder, digest: str, encoder: str, chroma_url: str) -> Index | None:
    folder = home.current()
    if folder is None:
        return None
    try:
        manifest = read_manifest(folder)
        if (manifest.format, manifest.encoder, manifest.digest) != (FORMAT, encoder, digest):
            return None
        return open_index(folder, encoder=encoder, chroma_url=chroma_url)
    except IndexUnusable as error:
        _log.warning("%s; it is built again", error)
        return None
