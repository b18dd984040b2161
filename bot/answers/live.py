"""An answerer that follows the knowledge folder: an edit is published in a thread, then swapped in one assignment."""

import logging
import threading
from collections.abc import Iterable
from pathlib import Path

from watchfiles import Change, watch

from bot.answers.answerer import IndexAnswerer
from bot.answers.chooser import Chooser
from bot.answers.index import Index
from bot.answers.publishing import Publisher
from bot.domain.answer import Danger, Outcome, Question
from bot.domain.fiche import Passage
from bot.errors import BotError

_log = logging.getLogger(__name__)

_SUFFIXES = frozenset({".md", ".yaml"})
_DEBOUNCE_MS = 400


class LiveAnswerer:
    """Serves one index while the next is prepared; questions never wait for a build."""

    def __init__(self, publisher: Publisher, index: Index, chooser: Chooser | None = None) -> None:
        self._publisher = publisher
        self._chooser = chooser
        self._serving = IndexAnswerer(index, chooser=chooser)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="knowledge", daemon=True)
        self._thread.start()

    def answer(self, question: Question) -> Outcome:
        """As the port says, from the index in use when the question comes."""
        return self._serving.answer(question)

    def passage(self, ref: str) -> Passage | None:
        """As the port says."""
        return self._serving.passage(ref)

    def emergency(self, text: str) -> str:
        """As the port says."""
        return self._serving.emergency(text)

    def danger(self, text: str) -> Danger | None:
        """As the port says."""
        return self._serving.danger(text)

    def close(self) -> None:
        """Stop following."""
        self._stop.set()
        self._thread.join(timeout=10)

    @property
    def digest(self) -> str:
        """The hash of the knowledge being served."""
        return self._serving.index.manifest.digest

    def refresh(self) -> None:
        """Publish the folder as it is now; whatever goes wrong, the last good index keeps serving."""
        try:
            published = self._publisher.publish()
        except BotError as error:
            _log.error("the last good index keeps serving: %s", str(error).splitlines()[0])
            return
        except Exception:
            _log.exception("the last good index keeps serving: publishing failed")
            return
        if published.refusal:
            _log.error("the last good index keeps serving: %s", published.refusal)
        elif published.index.folder != self._serving.index.folder:
            self._serving = IndexAnswerer(published.index, chooser=self._chooser)
            _log.info("the knowledge is published: %s", published.index.folder.name)

    def _follow(self) -> None:
        pointer = self._publisher.home.root
        try:
            for changes in watch(
                self._publisher.knowledge, pointer, stop_event=self._stop, debounce=_DEBOUNCE_MS, watch_filter=_matters
            ):
                _log.debug("%s", _names(changes))
                self.refresh()
        except Exception:
            _log.exception("edits are no longer followed: restart to publish them")


def _matters(change: Change, path: str) -> bool:  # noqa: ARG001  the library's signature
    file = Path(path)
    return file.suffix in _SUFFIXES or file.name == "current"


def _names(changes: Iterable[tuple[Change, str]]) -> str:
    return ", ".join(sorted({Path(path).name for _, path in changes}))
