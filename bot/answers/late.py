"""Answers that are not open yet, or cannot be: the form never waits for them, and emergencies are seen all the same."""

from concurrent.futures import CancelledError, Future
from contextlib import suppress

from bot.answers.guard import emergency
from bot.domain.answer import Outcome, Question
from bot.domain.fiche import Passage
from bot.errors import IndexUnusable
from bot.ports import Answerer

OPENING_SECONDS = 120
"""How long a question waits for the answers to be open; building the index takes a third of it on two cores."""


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


class LateAnswers:
    """Answers that are still being opened: the form serves at once, only questions wait."""

    def __init__(self, opened: "Future[Answerer]") -> None:
        self._opened = opened

    def answer(self, question: Question) -> Outcome:
        """As the answers do, once they are open; IndexUnusable where that takes too long."""
        return self._ready().answer(question)

    def passage(self, ref: str) -> Passage | None:
        """As the answers do, once they are open."""
        return self._ready().passage(ref)

    def emergency(self, text: str) -> str:
        """At once: this needs no index."""
        return emergency(text)

    @property
    def opened(self) -> Answerer | None:
        """The answers once they are open, None before; never waits."""
        return self._opened.result() if self._opened.done() and not self._opened.cancelled() else None

    def close(self) -> None:
        """The program stops: who waits is let go, and their update is taken up again at the next start."""
        self._opened.cancel()

    def wait(self, limit: float) -> None:
        """Until they are open, at most `limit` seconds; blocking."""
        with suppress(TimeoutError, CancelledError):
            self._opened.result(limit)

    def _ready(self) -> Answerer:
        try:
            return self._opened.result(OPENING_SECONDS)
        except TimeoutError:
            raise IndexUnusable("the search index is not open yet") from None
