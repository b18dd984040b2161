"""A model that knows the exam: it points at the right passage among those shown, or at the right reason."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.answers.corpus import Corpus
from bot.content.questions import ExamRow
from bot.domain.answer import Refus
from tests.benchmarks.premier_passage import judge

NOTHING = {"verdict": "ne_sait_pas", "passages": [], "motif": "sans"}


class Oracle:
    """The `Consulted` port; `row` is the question being asked."""

    def __init__(self, corpus: Corpus) -> None:
        self._facts: Mapping[str, frozenset[str]] = {}
        told: dict[str, set[str]] = {}
        for one in corpus.passages.values():
            told.setdefault(one.titre, set()).update(one.faits)
        self._facts = {titre: frozenset(facts) for titre, facts in told.items()}
        self.row: ExamRow | None = None

    def ask(self, request: Any) -> Mapping[str, Any]:
        return self.choice(json.loads(request.user))

    def choice(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The right reply for the question being asked."""
        if self.row is None:
            return NOTHING
        if self.row.facts:
            return self._pointed(data["passages"], self.row.facts)
        kind, _, reason = self.row.attendu[0].partition(":")
        known = kind == "refus" and reason in data["motifs"] and reason in set(Refus)
        return {"verdict": "refus", "passages": [], "motif": reason} if known else NOTHING

    def _pointed(self, passages: Sequence[Mapping[str, str]], wanted: frozenset[str]) -> Mapping[str, Any]:
        right = [one["repere"] for one in passages if self._facts.get(one["titre"], frozenset()) & wanted]
        return {"verdict": "repond", "passages": right[:1], "motif": "sans"} if right else NOTHING


_ACTS: Mapping[str, str] = {
    "problem-stated": "problemes", "forbidden-use": "problemes", "fact-and-question": "questions",
    "thread-of-questions": "questions", "question-shown": "questions", "known-situation": "questions",
    "earlier-immersions": "questions", "dangerous-yes": "questions", "correction-elsewhere": "corrections",
    "correction-at-summary": "corrections", "tutor-replaced": "corrections", "situation-changes": "corrections",
    "negation-and-doubt": "doutes", "for-somebody-else": "tiers", "insult-or-complaint": "plaintes",
    "who-receives": "apres", "where-it-stands": "apres", "small-talk-and-language": "bavardage",
}  # fmt: skip
"""What a message of this kind does, where nothing in it answers a question of the form."""


class EarOracle:
    """The `Consulted` port of an ear that knows the cases: danger where it is expected, fields that are set, else its act."""

    def __init__(self) -> None:
        self.case: Mapping[str, Any] | None = None

    def ask(self, request: Any) -> Mapping[str, Any] | None:
        return self.reply(json.loads(request.user))

    def reply(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The right reply for the case being played; it knows nothing of any other message, and of no passage."""
        if self.case is None or "message" not in data:
            return NOTHING if "message" not in data else {"parties": []}
        expect, whole = self.case["expect"], data["message"]
        danger = expect.get("emergency")
        if danger:
            names = danger if isinstance(danger, list) else ["danger" if danger is True else danger]
            return {"parties": [_heard(whole, f"danger/{names[0]}")]}
        told = [_heard(whole, "reponses", champ, data["champs"][champ]) for champ in expect.get("set", {})]
        act = _ACTS.get(self.case["kind_of_fault"])
        return {"parties": told or ([_heard(whole, act)] if act else [])}


def _heard(quoted: str, act: str, champ: str = "sans", of: str = "sans") -> dict[str, Any]:
    return {"extrait": quoted, "acte": act, "sur": 0.95, "champ": champ, "de": of}


class SetOracle:
    """The `Consulted` port of a model that knows a set of `tests/answers/exams`, as its judge reads it."""

    def __init__(self, corpus: Corpus) -> None:
        self._said: Mapping[str, tuple[str, ...]] = {}
        told: dict[str, list[str]] = {}
        for one in corpus.passages.values():
            told.setdefault(one.titre, []).append(one.court)
        self._said = {titre: tuple(texts) for titre, texts in told.items()}
        self.row: Mapping[str, Any] | None = None

    def ask(self, request: Any) -> Mapping[str, Any]:
        return self.choice(json.loads(request.user))

    def choice(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The first passage that says what must be said; a refusal where one is expected; else nothing."""
        if self.row is None:
            return NOTHING
        expect = self.row["expect"]
        if "answered" in expect["status"]:
            right = [one["repere"] for one in data["passages"] if self._right(expect, one["titre"])]
            if right:
                return {"verdict": "repond", "passages": right[:1], "motif": "sans"}
        if {"refused", "abstained"} & set(expect["status"]):
            return {"verdict": "refus", "passages": [], "motif": Refus.OUT_OF_SCOPE.value}
        return NOTHING

    def _right(self, expect: Mapping[str, Any], titre: str) -> bool:
        return any(
            judge(expect, {"status": "answered", "answer": text}).verdict == "right" for text in self._said[titre]
        )
