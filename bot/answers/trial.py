"""A chooser on trial: its word counts where the search is not sure, as long as it agrees with it where the search is."""

import logging
from collections.abc import Callable
from threading import Lock

from bot.answers.chooser import Candidates, CannotTell, Choice, Chooser, Chosen, Declined, checked
from bot.answers.decision import kin
from bot.domain.credit import Credit

EVERY = 8
"""One sure question in so many is asked of a chooser that has nothing left to prove: it may change one day."""

log = logging.getLogger(__name__)


class OnTrial:
    """The `Chooser` port around another one: what the search is sure of stands, and tells what the other is worth."""

    def __init__(self, inner: Chooser, ignored: Callable[[], None] = lambda: None) -> None:
        """`ignored` is called each time the inner chooser is not asked because it is not believed."""
        self._inner, self._ignored = inner, ignored
        self._credit = Credit()
        self._seen = 0
        self._lock = Lock()

    @property
    def believed(self) -> bool:
        """Whether its word counts now."""
        return self._credit.believed

    def choose(self, among: Candidates) -> Choice:
        """As the port says; `CannotTell` where the search is sure, and where the chooser is not believed."""
        if not isinstance(among.sure, CannotTell):
            if self._due():
                self._weigh(among, checked(among, self._inner.choose(among)))
            return CannotTell()
        if self._credit.believed:
            return self._inner.choose(among)
        self._ignored()
        return CannotTell()

    def _due(self) -> bool:
        with self._lock:
            self._seen += 1
            proven = self._credit.full or not self._credit.believed
            return not proven or self._seen % EVERY == 0

    def _weigh(self, among: Candidates, choice: Choice) -> None:
        agreed = agrees(among.sure, choice)
        if agreed is None:
            return
        with self._lock:
            before, self._credit = self._credit, self._credit.after(agrees=agreed)
        if before.believed and not self._credit.believed:
            log.error("what chooses passages contradicts what the search is sure of: it is not believed for now")
        elif self._credit.believed and not before.believed:
            log.info("what chooses passages agrees again with what the search is sure of: it is believed")


def agrees(sure: Choice, choice: Choice) -> bool | None:
    """Whether a choice says what is sure; None where it says nothing."""
    match sure, choice:
        case _, CannotTell():
            return None
        case Chosen(passages=(one,)), Chosen(passages=several):
            return any(one is other or kin(one, other) for other in several)
        case Declined(), Declined() | Chosen(passages=()):
            return True
        case _:
            return False
