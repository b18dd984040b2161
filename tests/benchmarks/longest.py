"""Messages of 4,096 characters at every kind of question: processor time of the turn, and of the conversation alone."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

from bot.answers.service import open_answerer
from bot.cli.turn import Situations
from bot.config import ROOT, settings
from bot.domain import regex
from bot.domain.answer import Danger, Outcome, Question
from bot.domain.fiche import Passage
from bot.ports import Answerer

Found = TypeVar("Found")

LENGTH = 4096
PROMISED_MS = 150.0
TODAY = date(2026, 11, 23)
BASES = (
    "accueil", "avant:conseiller", "avant:metier", "avant:entreprise", "avant:adresse", "avant:tuteur",
    "avant:periode", "avant:horaires", "avant:activites", "avant:identite", "avant:contact", "recap", "envoyee",
)  # fmt: skip
REPEATED = {
    "letter": "a", "digits": "0 1 2 3 4 5 6 7 8 9 ", "emoji": "😀👍 ", "negated": "pas lundi mais mardi, ",
    "denied": "c'est pas ça c'est ça, ", "dates": "le 12 mars du 3 au 5 lundi 9h-12h ",
    "people": "Camille Exemple, M. Exemple 06 12 34 56 78 a@exemple.fr ",
}  # fmt: skip


class Timed:
    """The `Answerer` port around another one, adding up the processor time that it takes."""

    def __init__(self, inner: Answerer) -> None:
        self.inner, self.seconds = inner, 0.0

    def answer(self, question: Question) -> Outcome:
        """As the port says."""
        return self._timed(lambda: self.inner.answer(question))

    def passage(self, ref: str) -> Passage | None:
        """As the port says."""
        return self._timed(lambda: self.inner.passage(ref))

    def emergency(self, text: str) -> str:
        """As the port says."""
        return self._timed(lambda: self.inner.emergency(text))

    def danger(self, text: str) -> Danger | None:
        """As the port says."""
        return self._timed(lambda: self.inner.danger(text))

    def _timed(self, act: Callable[[], Found]) -> Found:
        start = time.thread_time()
        try:
            return act()
        finally:
            self.seconds += time.thread_time() - start


def main() -> dict[str, Any]:
    """Worst and p95 in milliseconds; broken where the conversation alone takes more than 150 ms of any message."""
    known = settings()
    search = Timed(
        open_answerer(known.knowledge_dir, known.data_dir, encoder=known.embedding_model, chroma_url=known.chroma_url)
    )
    situations = Situations.load(search, TODAY)
    regex.compile_waiting()  # as the program does before anybody writes
    rows: list[tuple[float, float, str]] = []
    for base in BASES:
        for name, text in _texts():
            person = situations.standing.at(base, {}, TODAY)
            search.seconds, start = 0.0, time.thread_time()
            person.says(text)
            whole = time.thread_time() - start
            rows.append(((whole - search.seconds) * 1000, whole * 1000, f"{base}, {name}"))
    own, whole_turn = sorted(row[0] for row in rows), sorted(row[1] for row in rows)
    at = len(rows) * 95 // 100
    return {
        "messages": len(rows), "conversation alone, p95 ms": own[at], "conversation alone, worst ms": own[-1],
        "worst": max(rows)[2], "whole turn, p95 ms": whole_turn[at], "whole turn, worst ms": whole_turn[-1],
        "broken": own[-1] > PROMISED_MS,
    }  # fmt: skip


def _texts() -> Iterator[tuple[str, str]]:
    """Their names and themselves: a few words over and over, and what people say, one after the other."""
    for name, piece in REPEATED.items():
        yield name, (piece * LENGTH)[:LENGTH]
    paroles = ROOT / "knowledge" / "paroles"
    said = [
        line
        for name in ("questions", "corrections", "bavardage")
        for line in (paroles / f"{name}.txt").read_text("utf-8").splitlines()[::7]
        if line.strip() and not line.startswith("#")
    ]
    for name, between in (("sentences", ". "), ("clauses", ", "), ("unpunctuated", " "), ("lines", "\n")):
        yield name, between.join(said)[:LENGTH]
