"""The answerer over one index: guard first, then search, then the passage as it is written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from bot.answers import guard
from bot.answers.chooser import Candidates, CannotTell, Choice, Chooser, Chosen, Declined, checked, likeliest
from bot.answers.computed import Computer
from bot.answers.corpus import COMPLAINT, TALK
from bot.answers.courtesy import asks, of_the_day
from bot.answers.decision import Decision, Thresholds, Verdict, decide, kin, usual
from bot.answers.emergency import could_be_happening
from bot.answers.facets import SPOKEN
from bot.answers.fitting import heart_elsewhere, names_us, rare_in_short, unknown_share
from bot.answers.french import commonness
from bot.answers.index import Index
from bot.answers.normalise import sentences, visible, words
from bot.answers.refusals import told_of_others
from bot.answers.repairs import repair
from bot.answers.retriever import Ranking
from bot.answers.told_figures import grown_up, read_figures
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
from bot.formats import LibraryFormats

_SUGGESTIONS = 3

_NEVER = 1e-3
"""What is left of the chance of a rule for minors, where an adult's age is told."""

_SMALL_TALK, _PLAIN_WORD = 10, 4
"""Words of the longest small talk, and letters of a word that any sentence may hold."""

_RARE = 3.0
"""Frequency, on Zipf's scale, under which a word that the base has not says nothing."""

_WORDS_OF_A_QUESTION = 4
"""Words of the shortest message that says something whole."""

_BOTH_LONGEST = 800
"""Characters of two answers together; above, the likelier one is said and the other is a button."""

_REPAIR = "reparation"
"""The line of courtesy for a complaint about nothing that was answered."""

_LINES = {Verdict.TALK: "autre", Verdict.COMPLAIN: _REPAIR}
"""The line for a message that asks nothing."""

_SAID_AGAIN = frozenset({"source", "autres_sources", "reformule", "plus"})
"""What is answered with the last answer itself; the others ask for another one."""

_AGAIN = "reformule"
"""Asks for other words: where nothing was said, the question is asked again."""

_FIRST_SCREEN = 450
"""Characters that a phone shows at once."""

_HEARD = frozenset({Refus.OPINION, Refus.PERSONAL_DATA})
"""Refusals that the guard tells by a few words, which a plain question may hold: « est-ce une arnaque ? »."""

_NEVER_REOPENED = frozenset({Refus.UNSAFE.value, Refus.PERSONAL_DATA.value})
"""Refusals of the search that no chooser is asked about."""

_IDLE = 0.6
"""Chance from which a message after an answer is no question."""

_SURELY = 0.9
"""Chance of a passage from which it is surely meant."""

_EACH_SURELY = 0.8
"""The same for each of two questions in one message, which are both answered."""

_CERTAINLY = 0.97
"""Chance under which one word that is not of here may still say that a short message is elsewhere."""

_BARE = 5
"""Words of a question that is read with the ones before it: « et qui signe ? » is no surer than its thread."""

_STANDS, _REFUSAL_STANDS = 0.98, 0.95
"""Chances of a passage, and of all that refuses together, from which no chooser may say otherwise: in the exam, seven
answers of 693 are wrong there, and one refusal of 249."""

_TOLD = 0.6
"""The same, from which it overrules a refusal heard in words that tell what others do, or what happened."""


def _opened(detail: str) -> str:
    """As many first sentences of a detail as the first screen holds."""
    said = ""
    for sentence in sentences(detail):
        if said and len(said) + 1 + len(sentence) > _FIRST_SCREEN:
            break
        said = f"{said} {sentence}".strip()
    return said[:_FIRST_SCREEN]


class IndexAnswerer:
    """Answers from one opened index, never changed, so that a swap is one assignment."""

    def __init__(self, index: Index, limits: Thresholds | None = None, chooser: Chooser | None = None) -> None:
        self.index = index
        self._chooser = chooser
        self._heard: tuple[str, Danger | None] | None = None
        """The last message and what was heard in it; the next one takes its place."""
        self._limits = limits or Thresholds()
        self._computer = Computer(Regles(index.knowledge.regles), index.knowledge.calculs, LibraryFormats().holidays)
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
        said = visible(text).strip()
        known = self._heard
        if known is None or known[0] != said:  # one turn asks three times of the same message
            known = self._heard = (said, self.index.ear.hear(said))
        return known[1]

    def answer(self, question: Question) -> Outcome:
        """The outcome; see the port."""
        text = visible(question.text).strip()
        heard = self.danger(text)
        if heard and heard.sure and not question.calm:
            return self._emergency(heard.categorie)
        act = repair(text)
        if act and (question.history or act not in _SAID_AGAIN or act == _AGAIN):
            return self._repaired(act, question)
        caught = guard.before_search(text, self._known)
        match caught:
            case Smalltalk():
                return caught
            case Refusal():
                return self._overruled(question, text, caught) or self._named(caught.reason, language=caught.language)
            case None:
                return self._of_the_last_answer(question, text) or self._search(question, text)

    def _of_the_last_answer(self, question: Question, text: str) -> Outcome | None:
        """What answers a message that, whatever came before, asks nothing: thanks, or a complaint."""
        if not question.history:
            return None
        chances = self.index.retriever.rank(text).chances
        idle = {name: float(chances[self.index.corpus.idle(name)].sum()) for name in (TALK, COMPLAINT)}
        if sum(idle.values()) < (_SURELY if "?" in text else _IDLE):
            return None
        if idle[COMPLAINT] > idle[TALK]:
            return self._repaired("autre_question", question)
        return None if "?" in text else Smalltalk("autre")

    def repair(self, text: str) -> str:
        """What the message says of the last answer (see `repairs.repair`), or an empty string."""
        return repair(visible(text).strip())

    def _repaired(self, act: str, question: Question) -> Outcome:
        """The last answer again, its sources or its detail, or the other passages it might have been."""
        asked = [text for text in question.history if not repair(text)]
        if not asked:
            return Smalltalk(_REPAIR)
        before = replace(question, text=asked[-1], history=tuple(asked[:-1]))
        last = self.answer(before)
        match last:
            case Answer() if act in _SAID_AGAIN:
                return replace(last, court=_opened(last.detail)) if act != "source" and last.detail else last
            case Answer():
                decision = self.decide(before, visible(before.text))
                others = (decision.rival, *decision.refs[1:], *(one.ref for one in last.suggestions))
                found = self._suggestions(ref for ref in others if ref not in last.passages)
                return Clarify(found) if found else Smalltalk(_REPAIR)
            case Refusal() | Clarify():
                return last
            case _:
                return Smalltalk(_REPAIR)

    def _overruled(self, question: Question, text: str, caught: Refusal) -> Answer | None:
        """The answer of a passage that is surely meant, where the guard only heard words that usually mean no."""
        if caught.reason not in _HEARD and not told_of_others(text):
            return None
        decision = self.decide(question, text)
        needed = _TOLD if told_of_others(text) else _SURELY
        surely = decision.verdict is Verdict.ANSWER and decision.masses["best"] >= needed
        return self._answered(question, decision) if surely else None

    def _known(self, text: str) -> float:
        retriever = self.index.retriever
        return 1 - unknown_share(retriever.measures, retriever.hear(text))

    def decide(self, question: Question, text: str) -> Decision:
        """The decision alone, for the exam's reports."""
        return self._decided(question, text, self.rank(text, question.history, question.publics))

    def _decided(self, question: Question, text: str, ranking: Ranking) -> Decision:
        # Two words lean on any phrasing of danger that has them: there, only the ear is believed.
        # The search alone never cried rightly where the ear heard nothing at all: 2 of 1,570 rows, both calm.
        heard = self.danger(text)
        urgent = heard is not None and could_be_happening(text) and len(words(text)) >= _WORDS_OF_A_QUESTION
        # After another question the words of both are heard: what is shared says nothing of the last one.
        grounds = usual if question.history else partial(self.index.retriever.grounds, ranking)
        named = bool(question.history or question.publics) or names_us(ranking.heard)
        found = decide(self.index.corpus, ranking, self._limits, urgent=urgent, named=named, grounds=grounds)
        return replace(found, worry=self._urgences[heard.categorie].ref) if heard and not found.worry else found

    def rank(self, text: str, history: tuple[str, ...] = (), publics: frozenset[str] = frozenset()) -> Ranking:
        """The chance of every owner."""
        ranking = self.index.thread.rank(text, history, publics)
        if not grown_up(text):
            return ranking
        chances = np.where(self.index.corpus.of_minors, ranking.chances * _NEVER, ranking.chances)
        return replace(ranking, chances=chances / chances.sum())

    def _search(self, question: Question, text: str) -> Outcome:
        if self._chooser is None:
            return self._both(question, text) or self._one(question, text, self.decide)
        ranking = self.rank(text, question.history, question.publics)
        decision = self._decided(question, text, ranking)
        pointed = self._pointed(question, text, decision, ranking)
        return pointed or self._both(question, text) or self._one(question, text, lambda *_: decision)

    def _pointed(self, question: Question, text: str, decision: Decision, ranking: Ranking) -> Outcome | None:
        """What the chooser points at; None where it is not asked, or cannot tell."""
        settled = (
            decision.verdict in (Verdict.EMERGENCY, Verdict.TALK, Verdict.COMPLAIN) or decision.refus in _NEVER_REOPENED
        )
        if settled or self._senseless(text):
            return None
        if self._small_talk(question, text, decision):
            return None
        choice = self._chosen(question, text, decision, ranking)
        match choice:
            case Chosen(passages=()):
                return self._named(Refus.NOT_IN_BASE)
            case Chosen(passages=(one,)):
                refs = (one.ref, *(ref for ref in decision.refs if ref != one.ref))
                decided = replace(decision, verdict=Verdict.ANSWER, refs=refs, rival="")
                computed = self._computer.answer(replace(question, text=text), [one])
                return computed or self._answered(question, decided)
            case Chosen(passages=several):
                found = [replace(decision, verdict=Verdict.ANSWER, refs=(one.ref,), rival="") for one in several]
                return self._together(question, found) or self._answered(question, found[0])
            case Declined(reason=reason):
                return self._named(reason, decision.renvoi if decision.refus == reason else "")
            case CannotTell():
                return None

    def _chosen(self, question: Question, text: str, decision: Decision, ranking: Ranking) -> Choice:
        """The chooser's choice among the likeliest passages, checked."""
        if self._chooser is None:
            return CannotTell()
        shown = likeliest(self.index.corpus, ranking)
        among = Candidates(replace(question, text=text), shown, sure=self._sure(question, decision))
        return checked(among, self._chooser.choose(among))

    def _sure(self, question: Question, decision: Decision) -> Choice:
        """What the search is sure of, and no chooser may change (ADR 0091)."""
        if question.history and len(words(question.text)) <= _BARE:
            return CannotTell()
        if decision.verdict is Verdict.ANSWER and decision.masses["best"] >= _STANDS:
            return Chosen((self.index.corpus.passages[decision.refs[0]],))
        if decision.verdict is Verdict.REFUSE and decision.masses["refus"] >= _REFUSAL_STANDS:
            return Declined(Refus(decision.refus))
        return CannotTell()

    def _one(self, question: Question, text: str, decide: Callable[[Question, str], Decision]) -> Outcome:
        if self._senseless(text):
            return Clarify(())
        decision = self._reconsidered(question, text, decide(question, text))
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
            case Verdict.TALK | Verdict.COMPLAIN:
                return _idle_line(question, decision.verdict)
            case Verdict.EMERGENCY if question.calm:
                return Clarify(())
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
        court = first.court_for(self._publics(question))
        return Answer(
            court=court,
            detail=first.detail if court == first.court else f"{first.court}\n\n{first.detail}".strip(),
            passages=(first.ref,),
            citations=first.citations,
            suggestions=self._suggestions(ref for ref in related if ref != first.ref),
            stale=first.stale(question.today),
        )

    def _senseless(self, text: str) -> bool:
        """Whether no word is one that the base or French knows well, or whether one strange word is all there is."""
        retriever = self.index.retriever
        heard = retriever.hear(text)
        if not heard.stems or unknown_share(retriever.measures, heard) < 1:
            return False
        strange = all(commonness(one) < _RARE for one in heard.stems)
        # A concept that is heard in two strange words is heard by their sound: « gnagna » is not « gagner ».
        return strange if len(heard.stems) > 1 else not heard.concepts

    def _reconsidered(self, question: Question, text: str, decision: Decision) -> Decision:
        """The decision, unless the words that the search does not weigh say that no card is due."""
        if self._small_talk(question, text, decision):
            return replace(decision, verdict=Verdict.TALK)
        if decision.verdict is Verdict.ANSWER and self._elsewhere(question, text, decision):
            return Decision(Verdict.REFUSE, (), Refus.OUT_OF_SCOPE, "", masses=decision.masses)
        return decision

    def _elsewhere(self, question: Question, text: str, decision: Decision) -> bool:
        """Whether the words that the passage does not share say that the heart of the question is elsewhere."""
        measures, heard, best = self.index.retriever.measures, self.index.retriever.hear(text), decision.masses["best"]
        if best < _SURELY and heart_elsewhere(measures, heard):
            return True
        spoken_of_here = bool(question.publics or question.history)  # a form is filled, or something was asked before
        return not spoken_of_here and best < _CERTAINLY and rare_in_short(measures, heard)

    def _asks_nothing(self, text: str) -> bool:
        """Whether a short message in plain French holds no question, no wish and nothing of the subject."""
        heard = self.index.retriever.hear(text)
        plain = all(len(one) < _PLAIN_WORD or commonness(one) for one in heard.stems)
        return 0 < len(heard.stems) <= _SMALL_TALK and plain and not heard.concepts and not asks(text)

    def _small_talk(self, question: Question, text: str, decision: Decision) -> bool:
        """Whether a card would answer a message that asks nothing; a refusal is only spared where a mood is told."""
        if question.history or decision.masses.get("best", 0.0) >= _SURELY or not self._asks_nothing(text):
            return False
        return decision.verdict in (Verdict.ANSWER, Verdict.CLARIFY) or (
            decision.verdict is Verdict.REFUSE and of_the_day(text)
        )

    def _publics(self, question: Question) -> frozenset[str]:
        """The facets of the person, as the form knows them and as the message tells; an age told wins over words."""
        known = {SPOKEN[one][0] if one in SPOKEN else one for one in question.publics}
        told = self.index.retriever.hear(question.text).publics
        age = read_figures(question.text, question.today).age
        if age is not None:
            adult = age >= self._computer.regles.valeur("age_majorite", question.today)
            return frozenset(known | told) - {"mineur"} if adult else frozenset(known | told | {"mineur"})
        return frozenset(known | told)

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
        if any(one.verdict is not Verdict.ANSWER or one.masses["best"] < _EACH_SURELY for one in found):
            return None
        return self._together(question, found)

    def _together(self, question: Question, found: Sequence[Decision]) -> Answer | None:
        """Two answers under their titles; None where they say the same, or too much."""
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


def _idle_line(question: Question, verdict: Verdict) -> Outcome:
    """One line for what asks nothing; nothing was answered yet that a first message could complain of."""
    if verdict is Verdict.COMPLAIN and not question.history:
        return Clarify(())
    return Smalltalk(_LINES[verdict])
