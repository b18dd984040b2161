"""Answers that outlive their vector server: the vectors kept in the index answer while it is away."""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.answers.answerer import IndexAnswerer
from bot.answers.folder import IndexFolder
from bot.answers.index import open_index
from bot.answers.late import patterned
from bot.domain.answer import Danger, Outcome, Question
from bot.domain.fiche import Passage
from bot.errors import BotError, IndexUnusable
from bot.ports import Answerer

LOOK_SECONDS = 3.0
"""How often a server that is away is looked for."""

_log = logging.getLogger(__name__)


def kept(data: Path, encoder: str) -> IndexAnswerer:
    """The answerer over the index in use, with the vectors of its folder; raises IndexUnusable where there is none."""
    folder = IndexFolder(data).current()
    if folder is None:
        raise IndexUnusable("no index is built yet, and the vector server does not answer")
    return IndexAnswerer(open_index(folder, encoder=encoder))


class SteadyAnswerer:
    """Serves the whole where the server answers, and what `spare` opens where it does not; looks for it until it is back."""

    def __init__(
        self,
        whole: Callable[[], Answerer],
        spare: Sequence[Callable[[], Answerer]],
        reachable: Callable[[], bool],
        look: float = LOOK_SECONDS,
    ) -> None:
        self._whole, self._spare, self._reachable, self._look = whole, spare, reachable, look
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self.away_since: datetime | None = None
        """Since when the server has been away; None while it answers."""
        self._serving: Answerer | None = None
        self._full: Answerer | None = None
        if reachable():
            self._full = self._serving = whole()
        else:
            self._without(None)

    def answer(self, question: Question) -> Outcome:
        """As the port says; a server that goes away in the middle costs this question nothing."""
        serving = self._ready()
        try:
            return serving.answer(question)
        except Exception as error:
            if serving is not self._full or self._reachable():
                raise
            self._without(error)
            return self._ready().answer(question)

    def passage(self, ref: str) -> Passage | None:
        """As the port says."""
        return self._ready().passage(ref)

    def emergency(self, text: str) -> str:
        """As the port says; never asks the server."""
        heard = self.danger(text)
        return heard.categorie if heard and heard.sure else ""

    def danger(self, text: str) -> Danger | None:
        """As the port says; by the patterns alone where nothing else is open."""
        return self._serving.danger(text) if self._serving is not None else patterned(text)

    def close(self) -> None:
        """Stop looking."""
        self._stop.set()

    def _ready(self) -> Answerer:
        if self._serving is None:
            raise IndexUnusable("the vector server does not answer, and nothing else can")
        return self._serving

    def _without(self, error: Exception | None) -> None:
        """Serve without the server, and look for it."""
        with self._lock:
            if self.away_since is not None:
                return
            self.away_since = datetime.now(UTC)
            name = type(error).__name__ if error else "at start"
            _log.error("the vector server is away (%s): the vectors of the index answer until it is back", name)
            self._serving = self._first()
            threading.Thread(target=self._wait, name="vectors", daemon=True).start()

    def _first(self) -> Answerer | None:
        for opened in self._spare:
            try:
                return opened()
            except BotError as error:
                _log.error("%s", error)
        return None

    def _wait(self) -> None:
        while not self._stop.wait(self._look):
            if not self._reachable():
                continue
            try:
                self._full = self._serving = self._full or self._whole()
            except Exception as error:
                _log.error("the vector server is back, its index is not open: %s", type(error).__name__)
                continue
            self.away_since = None
            _log.warning("the vector server is back")
            return
