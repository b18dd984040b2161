"""A model that knows the exam: it points at the right passage among those shown, or at the right reason."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.answers.corpus import Corpus
from bot.content.questions import ExamRow
from bot.domain.answer import Refus

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
