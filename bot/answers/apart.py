"""A build in two processes of its own: what learning needs for a while does not stay in the one that serves.

What teaches the ear for danger is read in the second one, on the other core: it needs nothing of the rest. It is learnt
from in the first, which has loaded what learns.
"""

import multiprocessing
import os
from collections.abc import Sequence
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from bot.answers.ear import Sentences
from bot.answers.encoder import LSA
from bot.answers.folder import IndexFolder
from bot.answers.index import build, danger_told
from bot.answers.knowledge import Knowledge
from bot.answers.progress import Progress, Stage, silent
from bot.content.questions import ExamRow
from bot.errors import IndexUnusable

_NICE = 10
_MANY = 3000
"""With fewer phrasings than this they are read sooner than a process starts."""


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
    told, teller = context.Pipe(duplex=False)
    # Daemons: they end with this program, which then need not wait for them.
    names = (encoder, chroma_url)
    worker = context.Process(target=_send, args=((sender, told), home, knowledge, exam, names), daemon=True)
    worker.start()
    if sum(len(passage.questions) for fiche in knowledge.fiches for passage in fiche.passages) > _MANY:
        context.Process(target=_tell, args=(teller, knowledge), daemon=True).start()
    for end in (sender, told, teller):
        end.close()
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


def _yielding() -> None:
    """Whoever is answered meanwhile goes first."""
    if hasattr(os, "nice"):
        os.nice(_NICE)


def _tell(teller: Connection, knowledge: Knowledge) -> None:
    _yielding()
    teller.send(danger_told(knowledge))


def _sentences(told: Connection, knowledge: Knowledge) -> Sentences:
    """What the other process read; read here where there is none, or where it was killed."""
    try:
        sentences: Sentences = told.recv()
    except EOFError:
        return danger_told(knowledge)
    return sentences


def _send(
    ends: tuple[Connection, Connection],
    home: IndexFolder,
    knowledge: Knowledge,
    exam: Sequence[ExamRow],
    names: tuple[str, str],
) -> None:
    _yielding()
    (sender, told), (encoder, chroma_url) = ends, names
    sentences = partial(_sentences, told, knowledge)
    try:
        outcome: str | BaseException = str(
            build(
                home, knowledge, exam, encoder=encoder, chroma_url=chroma_url, progress=sender.send, sentences=sentences
            )
        )
    except Exception as error:  # sent to the one who asked, who decides
        outcome = error
    sender.send(outcome)
