"""Answers that are not open yet, or cannot be: the form never waits for them, and emergencies are seen all the same."""

from collections.abc import Callable
from concurrent.futures import CancelledError, Future, wait
from contextlib import suppress

from bot.answers.guard import emergency
from bot.domain.answer import Danger, Outcome, Question
from bot.domain.fiche import Passage
from bot.errors import IndexUnusable
from bot.ports import Answerer

OPENING_SECONDS = 120
"""How long a question waits for the answers to be open; building the index takes a third of it on two cores."""


def patterned(text: str) -> Danger | None:
    """The danger that the patterns alone are sure of."""
    category = emergency(text)
    return Danger(category, 1.0, sure=True) if category else None


class NoAnswers:
    """Answers when the index is unusable: the form works, emergencies are still seen, questions are not answered."""

    def answer(self, question: Question) -> Outcome:  # noqa: ARG002
        """Always raises IndexUnusable; the dialogue then says where else to look."""
        raise IndexUnusable("the search index is unusable: run `immersion-bot knowledge index`")

    def passage(self, ref: str) -> Passage | None:  # noqa: ARG002
        """None."""
        return None

    def emergency(self, text: str) -> str:
        """As with an index: this needs none."""
        return emergency(text)

    def danger(self, text: str) -> Danger | None:
        """What the patterns say: the rest of the ear is in the index."""
        return patterned(text)


class LateAnswers:
    """Answers that are still being opened: the form serves at once, only questions wait."""

    def __init__(self, opened: "Future[Answerer]", want: Callable[[], None] = lambda: None) -> None:
        """`want` lets them be opened, where that waits to be asked for; as often as one likes."""
        self._opened, self.want = opened, want

    def answer(self, question: Question) -> Outcome:
        """As the answers do, once they are open; IndexUnusable where that takes too long."""
        return self._ready().answer(question)

    def passage(self, ref: str) -> Passage | None:
        """As the answers do, once they are open."""
        return self._ready().passage(ref)

    def emergency(self, text: str) -> str:
        """At once: by the patterns alone until the answers are open."""
        return self._opened.result().emergency(text) if self._is_open() else emergency(text)

    def danger(self, text: str) -> Danger | None:
        """At once: by the patterns alone until the answers are open."""
        return self._opened.result().danger(text) if self._is_open() else patterned(text)

    def _is_open(self) -> bool:
        self.want()
        return self._opened.done() and not self._opened.cancelled()

    @property
    def opened(self) -> Answerer | None:
        """The answers once they are open, None before; never waits."""
        return self._opened.result() if self._opened.done() and not self._opened.cancelled() else None

    def close(self) -> None:
        """The program stops: who waits is let go, and their update is taken up again at the next start."""
        self._opened.cancel()
        self.want()

    def wait(self, limit: float) -> None:
        """Until they are open, at most `limit` seconds; blocking."""
        self.want()
        with suppress(TimeoutError, CancelledError):
            self._opened.result(limit)

    def _ready(self) -> Answerer:
        self.want()
        done, _ = wait((self._opened,), OPENING_SECONDS)
        if self._opened in done:
            return self._opened.result()
        raise IndexUnusable("the search index is not open yet")
