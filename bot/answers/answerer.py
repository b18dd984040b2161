"""The answerer over one index: guard first, then search, then the passage as it is written."""

from collections.abc import Iterable
from dataclasses import replace

from bot.answers import guard
from bot.answers.computed import Computer
from bot.answers.decision import Decision, Thresholds, Verdict, decide, kin
from bot.answers.emergency import could_be_happening
from bot.answers.fitting import unknown_share
from bot.answers.index import Index
from bot.answers.normalise import sentences, visible, words
from bot.answers.retriever import Ranking
from bot.domain.answer import (
    Answer,
    Clarify,
    Danger,
    Emergency,
    Outcome,
    Question,
    Refus,
    Refusal,
    Smalltalk,
    Suggestion,
)
from bot.domain.fiche import Nature, Passage
from bot.domain.regles import Regles

_SUGGESTIONS = 3

_WORDS_OF_A_QUESTION = 4
"""Words of the shortest question that stands beside another in one message."""

_BOTH_LONGEST = 800
"""Characters of two answers together; above, the likelier one is said and the other is a button."""

_HEARD = frozenset({Refus.OPINION, Refus.PERSONAL_DATA})
"""Refusals that the guard tells by a few words, which a plain question may hold: « est-ce une arnaque ? »."""

_SURELY = 0.9
"""Chance of a passage from which it overrules such a refusal."""


class IndexAnswerer:
    """Answers from one opened index; immutable, so that a swap is one assignment."""

    def __init__(self, index: Index, limits: Thresholds | None = None) -> None:
        self.index = index
        self._limits = limits or Thresholds()
        self._computer = Computer(Regles(index.knowledge.regles), index.knowledge.calculs)
        self._urgences = {
            one.ref.partition("#")[2]: one for one in index.corpus.passages.values() if one.nature is Nature.URGENCE
        }

    def passage(self, ref: str) -> Passage | None:
        """The passage, None where no fiche has it any more."""
        return self.index.corpus.passages.get(ref)

    def emergency(self, text: str) -> str:
        """The category of an emergency, or an empty string."""
        heard = self.danger(text)
        return heard.categorie if heard and heard.sure else ""

    def danger(self, text: str) -> Danger | None:
        """What the ear hears; see the port."""
        return self.index.ear.hear(visible(text).strip())

    def answer(self, question: Question) -> Outcome:
        """The outcome; see the port."""
        text = visible(question.text).strip()
        heard = self.danger(text)
        if heard and heard.sure:
            return self._emergency(heard.categorie)
        caught = guard.before_search(text, self._known)
        match caught:
            case Smalltalk():
                return caught
            case Refusal():
                return self._overruled(question, text, caught) or self._named(caught.reason, language=caught.language)
            case None:
                return self._search(question, text)

    def _overruled(self, question: Question, text: str, caught: Refusal) -> Answer | None:
        """The answer of a passage that is surely meant, where the guard only heard words that usually mean no."""
        if caught.reason not in _HEARD:
            return None
        decision = self.decide(question, text)
        surely = decision.verdict is Verdict.ANSWER and decision.masses["best"] >= _SURELY
        return self._answered(question, decision) if surely else None

    def _known(self, text: str) -> float:
        retriever = self.index.retriever
        return 1 - unknown_share(retriever.measures, retriever.hear(text))

    def decide(self, question: Question, text: str) -> Decision:
        """The decision alone, for the exam's reports."""
        ranking = self.rank(text, question.history, question.publics)
        found = decide(self.index.corpus, ranking, self._limits, urgent=could_be_happening(text))
        heard = self.danger(text)
        return replace(found, worry=self._urgences[heard.categorie].ref) if heard and not found.worry else found

    def rank(self, text: str, history: tuple[str, ...] = (), publics: frozenset[str] = frozenset()) -> Ranking:
        """The chance of every owner."""
        return self.index.thread.rank(text, history, publics)

    def _search(self, question: Question, text: str) -> Outcome:
        return self._both(question, text) or self._one(question, text)

    def _one(self, question: Question, text: str) -> Outcome:
        decision = self.decide(question, text)
        if decision.verdict in (Verdict.ANSWER, Verdict.CLARIFY):
            known = self.index.corpus.passages
            computed = self._computer.answer(replace(question, text=text), [known[ref] for ref in decision.refs])
            if computed:
                return computed
        match decision.verdict:
            case Verdict.ANSWER:
                return self._answered(question, decision)
            case Verdict.CLARIFY:
                return Clarify(self._suggestions((decision.worry, *decision.refs)))
            case Verdict.EMERGENCY:
                return self._emergency(decision.refs[0].partition("#")[2])
            case Verdict.REFUSE:
                refusal = self._named(Refus(decision.refus), decision.renvoi)
                return replace(
                    refusal, suggestions=self._suggestions((decision.worry, *(one.ref for one in refusal.suggestions)))
                )

    def _answered(self, question: Question, decision: Decision) -> Answer:
        first = self.index.corpus.passages[decision.refs[0]]
        near = (*first.voir_aussi, *decision.refs[1:])
        related = (decision.worry, decision.rival, *(ref for ref in near if self._may_follow(ref)))
        return Answer(
            court=first.court,
            detail=first.detail,
            passages=(first.ref,),
            citations=first.citations,
            suggestions=self._suggestions(ref for ref in related if ref != first.ref),
            stale=first.stale(question.today),
        )

    def _may_follow(self, ref: str) -> bool:
        """Whether a passage may be offered where nobody asked for it: never a refusal, never an emergency."""
        return self.index.corpus.passages[ref].nature is Nature.REPONSE

    def _both(self, question: Question, text: str) -> Answer | None:
        """Two questions in one message: both answers under their titles, where each is surely answered."""
        asked = [
            one for one in sentences(text) if one.rstrip().endswith("?") and len(words(one)) >= _WORDS_OF_A_QUESTION
        ]
        if len(asked) != 2:
            return None
        found = [self.decide(replace(question, text=one), one) for one in asked]
        if any(one.verdict is not Verdict.ANSWER or one.masses["best"] < _SURELY for one in found):
            return None
        first, second = (self._answered(question, one) for one in found)
        passages = [self.index.corpus.passages[one.passages[0]] for one in (first, second)]
        said = "\n\n".join(f"{one.titre}\n{one.court}" for one in passages)
        if kin(*passages) or len(said) > _BOTH_LONGEST:
            return None
        return replace(
            first,
            court=said,
            detail="\n\n".join(one.detail for one in passages if one.detail),
            passages=(*first.passages, *second.passages),
            citations=tuple(dict.fromkeys((*first.citations, *second.citations))),
            suggestions=tuple(dict.fromkeys((*first.suggestions, *second.suggestions)))[:_SUGGESTIONS],
            stale=first.stale or second.stale,
        )

    def _suggestions(self, refs: Iterable[str]) -> tuple[Suggestion, ...]:
        """A button a passage, each once; empty references are passed over."""
        return tuple(self._suggest(ref) for ref in dict.fromkeys(refs) if ref)[:_SUGGESTIONS]

    def _suggest(self, ref: str) -> Suggestion:
        return Suggestion(self.index.corpus.passages[ref].titre, ref)

    def _emergency(self, category: str) -> Emergency:
        passage = self._urgences[category]
        return Emergency(category, passage.court, (passage.ref,), passage.citations)

    def _named(self, reason: Refus, ref: str = "", language: str = "") -> Refusal:
        passages = self.index.corpus.passages
        if not ref:
            ref = next((one.ref for one in passages.values() if one.refus == reason), "")
            if reason is Refus.OUT_OF_SCOPE:
                ref = next((one for one in passages if one.endswith("#divers")), ref)
        passage = passages.get(ref)
        if passage is None:
            return Refusal(reason, language=language)
        related = self._suggestions(passage.voir_aussi)
        return Refusal(reason, passage.court, passage.citations, (ref,), related, language)
