"""A build in a process of its own: what learning needs for half a minute does not stay in the one that serves."""

import multiprocessing
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from bot.answers.encoder import LSA
from bot.answers.folder import IndexFolder
from bot.answers.index import build
from bot.answers.knowledge import Knowledge
from bot.answers.progress import Progress, Stage, silent
from bot.content.questions import ExamRow
from bot.errors import IndexUnusable


def build_apart(
    home: IndexFolder,
    knowledge: Knowledge,
    exam: Sequence[ExamRow],
    *,
    encoder: str = LSA,
    chroma_url: str = "",
    progress: Progress = silent,
) -> Path:
    """As `build`; raises what it raised, or IndexUnusable where the process was killed."""
    context = multiprocessing.get_context("spawn")
    result, sender = context.Pipe(duplex=False)
    # A daemon: it ends with this program, which then need not wait for it.
    worker = context.Process(target=_send, args=(sender, home, knowledge, exam, (encoder, chroma_url)), daemon=True)
    worker.start()
    sender.close()
    try:
        while isinstance(outcome := result.recv(), Stage):
            progress(outcome)
    except EOFError:
        worker.join()
        raise IndexUnusable(
            f"the search index was not built: its process ended with status {worker.exitcode} (is there memory left?)"
        ) from None
    worker.join()
    if isinstance(outcome, BaseException):
        raise outcome
    return Path(outcome)


def _send(
    sender: Connection, home: IndexFolder, knowledge: Knowledge, exam: Sequence[ExamRow], names: tuple[str, str]
) -> None:
    encoder, chroma_url = names
    try:
        outcome: str | BaseException = str(
            build(home, knowledge, exam, encoder=encoder, chroma_url=chroma_url, progress=sender.send)
        )
    except Exception as error:  # sent to the one who asked, who decides
        outcome = error
    sender.send(outcome)
