"""A build in two processes of its own: what learning needs for a while does not stay in the one that serves.

The ear for danger is taught in the second one, on the other core: it needs nothing of the rest.
"""

import multiprocessing
import os
from collections.abc import Sequence
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from bot.answers.ear import Ear
from bot.answers.encoder import LSA
from bot.answers.folder import IndexFolder
from bot.answers.index import build, taught_ear
from bot.answers.knowledge import Knowledge
from bot.answers.progress import Progress, Stage, silent
from bot.content.questions import ExamRow
from bot.errors import IndexUnusable

_NICE = 10
_MANY = 3000
"""With fewer phrasings than this the ear is taught sooner than a process starts."""


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
    taught, teller = context.Pipe(duplex=False)
    # Daemons: they end with this program, which then need not wait for them.
    names = (encoder, chroma_url)
    worker = context.Process(target=_send, args=((sender, taught), home, knowledge, exam, names), daemon=True)
    worker.start()
    if sum(len(passage.questions) for fiche in knowledge.fiches for passage in fiche.passages) > _MANY:
        context.Process(target=_teach, args=(teller, knowledge), daemon=True).start()
    for end in (sender, taught, teller):
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


def _teach(teller: Connection, knowledge: Knowledge) -> None:
    _yielding()
    teller.send(taught_ear(knowledge))


def _ear(taught: Connection, knowledge: Knowledge) -> Ear:
    """What the other process taught; taught here where there is none, or where it was killed."""
    try:
        ear: Ear = taught.recv()
    except EOFError:
        return taught_ear(knowledge)
    return ear


def _send(
    ends: tuple[Connection, Connection],
    home: IndexFolder,
    knowledge: Knowledge,
    exam: Sequence[ExamRow],
    names: tuple[str, str],
) -> None:
    _yielding()
    (sender, taught), (encoder, chroma_url) = ends, names
    ear = partial(_ear, taught, knowledge)
    try:
        outcome: str | BaseException = str(
            build(home, knowledge, exam, encoder=encoder, chroma_url=chroma_url, progress=sender.send, ear=ear)
        )
    except Exception as error:  # sent to the one who asked, who decides
        outcome = error
    sender.send(outcome)
