"""The exam: every row asked, graded, counted per style, theme and kind; rows of `reserve` are only ever counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.content.questions import ExamRow
from bot.domain import regex as re
from bot.domain.answer import Answer, Clarify, Emergency, Outcome, Question, Refusal, Smalltalk
from bot.ports import Answerer


class Grade(StrEnum):
    """What an outcome is worth."""

    RIGHT = "juste"
    WRONG = "faux"
    ASKED = "demande"
    """The bot asked which: neither right nor wrong."""
    MISSED = "refus à tort"
    OTHER_REASON = "autre motif"


@dataclass(frozen=True)
class Marked:
    """One row, its outcome and its grade; `got` is what came, in one word."""

    row: ExamRow
    outcome: Outcome
    grade: Grade
    got: str
    offered: bool = False
    """Wrong, with the right passage on the first button."""


def kind(row: ExamRow) -> str:
    """reponse, refus-proche, refus-loin, refus, urgence, pas-urgence or politesse."""
    if row.facts:
        return "reponse"
    first = row.attendu[0].partition(":")[0]
    if first != "refus":
        return first
    return {"near": "refus-proche", "far": "refus-loin"}.get(row.famille, "refus")


def grade(row: ExamRow, outcome: Outcome, facts: Mapping[str, frozenset[str]]) -> tuple[Grade, str]:
    """The grade of an outcome; `facts` gives the facts of each passage."""
    match outcome:
        case Answer():
            stated = frozenset(fact for ref in outcome.passages for fact in facts.get(ref, ()))
            right = bool(row.facts & stated) or (kind(row) == "pas-urgence")
            return (Grade.RIGHT if right else Grade.WRONG), outcome.passages[0]
        case Emergency():
            right = f"urgence:{outcome.categorie}" in row.attendu
            return (Grade.RIGHT if right else Grade.WRONG), f"urgence:{outcome.categorie}"
        case Refusal():
            return _refusal(row, f"refus:{outcome.reason}"), f"refus:{outcome.reason}"
        case Clarify():
            return (Grade.RIGHT if kind(row) == "pas-urgence" else Grade.ASKED), "demande"
        case Smalltalk():
            right = "politesse" in row.attendu or kind(row) == "pas-urgence"
            return (Grade.RIGHT if right else Grade.MISSED), f"politesse:{outcome.code}"


_OPENS = re.compile(r"^\W*(oui|non)\b", re.IGNORECASE)


def _opened(outcome: Outcome) -> str:
    """« oui » or « non » where an answer opens with it, else nothing."""
    found = _OPENS.match(outcome.court) if isinstance(outcome, Answer) else None
    return found[1].lower() if found else ""


def contradicts(one: Marked) -> bool:
    """Whether the answer opens with the opposite of what the question, as it is asked, must be told."""
    opened = _opened(one.outcome)
    return bool(opened and one.row.polarite and opened != one.row.polarite)


def _refusal(row: ExamRow, got: str) -> Grade:
    if got in row.attendu or kind(row) == "pas-urgence":
        return Grade.RIGHT
    return Grade.OTHER_REASON if kind(row).startswith("refus") else Grade.MISSED


def run_exam(answerer: Answerer, rows: Iterable[ExamRow], today: date) -> Iterator[Marked]:
    """Yield each row marked."""
    for row in rows:
        outcome = answerer.answer(Question(row.question, today, row.historique, row.publics))
        passages = [answerer.passage(ref) for ref in getattr(outcome, "passages", ())]
        facts = {passage.ref: frozenset(passage.faits) for passage in passages if passage}
        found, got = grade(row, outcome, facts)
        offered = isinstance(outcome, Answer) and found is Grade.WRONG and _offers(answerer, outcome, row)
        yield Marked(row, outcome, found, got, offered=offered)


def _offers(answerer: Answerer, outcome: Answer, row: ExamRow) -> bool:
    """Whether the first button leads to a passage that answers."""
    passage = answerer.passage(outcome.suggestions[0].ref) if outcome.suggestions else None
    return passage is not None and bool(row.facts & set(passage.faits))


@dataclass(frozen=True)
class Score:
    """Counts of one slice of the exam."""

    name: str
    total: int
    right: int
    wrong: int
    asked: int
    missed: int

    @property
    def rate(self) -> float:
        """Share of right outcomes, 0 to 1."""
        return self.right / self.total if self.total else 0.0


def score(name: str, marked: Sequence[Marked]) -> Score:
    """Count one slice."""
    found = Counter(one.grade for one in marked)
    return Score(
        name,
        len(marked),
        found[Grade.RIGHT],
        found[Grade.WRONG],
        found[Grade.ASKED],
        found[Grade.MISSED] + found[Grade.OTHER_REASON],
    )


def scores(marked: Sequence[Marked], key: Callable[[Marked], str]) -> list[Score]:
    """Scores per value of `key`, in alphabetical order."""
    slices: dict[str, list[Marked]] = {}
    for one in marked:
        slices.setdefault(key(one), []).append(one)
    return [score(name, slices[name]) for name in sorted(slices)]


def summary(marked: Sequence[Marked]) -> dict[str, float]:
    """The figures that a swap looks at: shares from 0 to 1, and counts of what must not happen."""
    of = {name: [one for one in marked if kind(one.row) in kinds] for name, kinds in _KINDS.items()}
    answers, refusals = of["reponses"], of["refus"]
    return {
        "reponses_justes": _share(answers, Grade.RIGHT),
        "reponses_fausses": _share(answers, Grade.WRONG),
        "reponses_demandees": _share(answers, Grade.ASKED),
        "justes_au_premier_bouton": _mean([one.offered for one in answers]),
        "polarites_contredites": float(sum(contradicts(one) for one in marked)),
        "ouvertures_oui_non": float(sum(bool(_opened(one.outcome)) for one in marked)),
        "critiques_fausses": float(sum(one.row.critique and one.grade is Grade.WRONG for one in answers)),
        "refus_justes": _share(refusals, Grade.RIGHT),
        "refus_proches_justes": _share(of["proches"], Grade.RIGHT),
        "urgences_justes": _share(of["urgences"], Grade.RIGHT),
        "fausses_urgences": _false_emergencies(marked),
        "groupes_stables": stable_groups(marked),
    }


_KINDS = {
    "reponses": ("reponse",),
    "refus": ("refus", "refus-proche", "refus-loin"),
    "proches": ("refus-proche",),
    "urgences": ("urgence",),
}


def _share(marked: Sequence[Marked], wanted: Grade) -> float:
    return sum(one.grade is wanted for one in marked) / len(marked) if marked else 1.0


def _mean(found: Sequence[bool]) -> float:
    return sum(found) / len(found) if found else 0.0


def _false_emergencies(marked: Sequence[Marked]) -> float:
    calm = [one for one in marked if kind(one.row) != "urgence"]
    return sum(isinstance(one.outcome, Emergency) for one in calm) / len(calm) if calm else 0.0


def stable_groups(marked: Sequence[Marked]) -> float:
    """Share of the groups of wordings of one question whose answers all come from one fiche."""
    groups: dict[str, set[str]] = {}
    for one in marked:
        if one.row.groupe and one.row.facts:
            groups.setdefault(one.row.groupe, set()).add(one.got.partition("#")[0])
    return sum(len(found) == 1 for found in groups.values()) / len(groups) if groups else 1.0


def confusions(marked: Sequence[Marked]) -> list[Marked]:
    """Rows that were not right, the tuning part only: nobody looks at single rows of `reserve`."""
    return [one for one in marked if one.grade is not Grade.RIGHT and one.row.partie != "reserve"]
