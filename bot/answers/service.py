"""Opening the answers: the index in use, built first where it is missing or out of date, and kept fresh."""

import logging
from pathlib import Path

from bot.answers.answerer import IndexAnswerer
from bot.answers.apart import build_apart
from bot.answers.cache import BuildCache
from bot.answers.chooser import Chooser
from bot.answers.encoder import LSA
from bot.answers.index import Index
from bot.answers.live import LiveAnswerer
from bot.answers.progress import Progress, silent
from bot.answers.publishing import Publisher
from bot.ports import Answerer

_log = logging.getLogger(__name__)


def open_answerer(
    knowledge: Path,
    data: Path,
    *,
    encoder: str = LSA,
    chroma_url: str = "",
    watch: bool = False,
    cache: Path | None = None,
    progress: Progress = silent,
    chooser: Chooser | None = None,
) -> Answerer:
    """The answerer over the current index, built where it is missing or out of date.

    A faulty knowledge folder, or one with which the exam falls, leaves the last good index serving; raises
    ContentError where there is none, and IndexUnusable where nothing can be opened. With `watch`, edits of the
    folder are published while the program runs. `cache`: a folder where builds are kept for the next data folder.
    `chooser`: what points at the passage among the likeliest; None leaves the search to decide.
    """
    publisher = Publisher(
        knowledge,
        data,
        encoder=encoder,
        chroma_url=chroma_url,
        builder=build_apart,
        cache=BuildCache(cache) if cache else None,
        progress=progress,
    )
    index = opened(publisher)
    return LiveAnswerer(publisher, index, chooser) if watch else IndexAnswerer(index, chooser=chooser)


def opened(publisher: Publisher) -> Index:
    """The index to serve now; why it is not the newest goes to the log."""
    published = publisher.publish()
    if published.refusal:
        _log.error("the last good index keeps serving: %s", published.refusal)
    return published.index
