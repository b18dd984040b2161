"""knowledge/questions.yaml (the exam) and knowledge/negatifs.yaml (out-of-scope samples)."""

from dataclasses import dataclass
from pathlib import Path

from bot.content.fiches import PUBLICS, load_register
from bot.content.reader import Node, load_yaml
from bot.domain import regex as re
from bot.domain.answer import Refus
from bot.errors import ContentError, Problem

PARTS = ("reglage", "reserve")
URGENCES = ("suicide", "accident", "violence", "enfance", "danger")
_WORDS = ("pas-urgence", "politesse")
_KEYS = frozenset(
    [
        "id",
        "partie",
        "style",
        "groupe",
        "question",
        "attendu",
        "famille",
        "critique",
        "historique",
        "publics",
        "polarite",
    ]
)


_ANCHOR = re.compile(r"^## .*\{#([a-z0-9-]+)\}\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ExamRow:
    """One exam question: `attendu` holds fact ids, or refus:<motif>, urgence:<categorie>, pas-urgence, politesse."""

    id: str
    partie: str
    style: str
    question: str
    attendu: tuple[str, ...]
    groupe: str = ""
    famille: str = ""
    critique: bool = False
    historique: tuple[str, ...] = ()
    publics: frozenset[str] = frozenset()
    polarite: str = ""
    """`oui` or `non`: what the question, as it is asked, must be told; empty where it is no yes-no question."""

    @property
    def facts(self) -> frozenset[str]:
        """The facts of which the answer must state one."""
        return frozenset(item for item in self.attendu if item.startswith("F-"))


@dataclass(frozen=True, slots=True)
class Negatif:
    """A sample of what the base does not answer, and the refusal it gets."""

    question: str
    refus: Refus
    proche: bool
    fiche: str = ""
    """The passage that says where to go instead, or empty."""


def _expected(node: Node, faits: frozenset[str]) -> tuple[str, ...]:
    found = node.items() if isinstance(node.value, tuple) else (node,)
    problems: list[Problem] = []
    for item in found:
        kind, _, value = item.text().partition(":")
        known = (
            (kind == "refus" and value in set(Refus))
            or (kind == "urgence" and value in URGENCES)
            or item.text() in _WORDS
            or item.text() in faits
        )
        if not known:
            problems.append(
                item.problem(f"« {item.text()} » n'est ni un fait, ni refus:…, urgence:…, pas-urgence, politesse")
            )
    if problems:
        raise ContentError(problems)
    return tuple(item.text() for item in found)


def _polarite(node: Node) -> str:
    found = node.optional("polarite")
    if found not in ("", "oui", "non"):
        raise ContentError([node.problem(f"polarite « {found} » : écrivez oui ou non")])
    return found


def _row(node: Node, faits: frozenset[str]) -> ExamRow:
    unknown = set(node.mapping()) - _KEYS
    if unknown:
        raise ContentError([node.problem(f"clé inconnue : {', '.join(sorted(unknown))}")])
    partie = node.get("partie")
    if partie.text() not in PARTS:
        raise ContentError([partie.problem(f"« {partie.text()} » : écrivez {' ou '.join(PARTS)}")])
    return ExamRow(
        id=node.get("id").text(),
        partie=partie.text(),
        style=node.get("style").text(),
        question=node.get("question").text(),
        attendu=_expected(node.get("attendu"), faits),
        groupe=node.optional("groupe"),
        famille=node.optional("famille"),
        critique=node.optional("critique") == "oui",
        historique=node.texts("historique"),
        publics=frozenset(node.texts("publics")) & PUBLICS,
        polarite=_polarite(node),
    )


def _read_exam(knowledge: Path) -> tuple[list[ExamRow], list[Problem]]:
    faits = frozenset(load_register(knowledge).faits)
    problems: list[Problem] = []
    rows: list[ExamRow] = []
    seen: set[str] = set()
    for node in load_yaml(knowledge / "questions.yaml").items():
        try:
            row = _row(node, faits)
        except ContentError as error:
            problems += error.problems
            continue
        if row.id in seen:
            problems.append(node.problem(f"l'identifiant {row.id} est écrit deux fois"))
        seen.add(row.id)
        rows.append(row)
    return rows, problems


def load_exam(knowledge: Path) -> tuple[ExamRow, ...]:
    """The exam; raises ContentError with every fault."""
    rows, problems = _read_exam(knowledge)
    if problems:
        raise ContentError(problems)
    return tuple(rows)


def _sections(knowledge: Path) -> frozenset[str]:
    """The names of the fiches' sections, whatever else their files hold."""
    return frozenset(
        f"{file.stem}#{name}"
        for file in (knowledge / "fiches").glob("*.md")
        for name in _ANCHOR.findall(file.read_text("utf-8", errors="replace"))
    )


def _negatif(node: Node, sections: frozenset[str]) -> Negatif:
    refus = node.get("refus")
    if refus.text() not in set(Refus):
        raise ContentError([refus.problem(f"refus inconnu « {refus.text()} » ; mots acceptés : {', '.join(Refus)}")])
    proche = node.optional("proche", "non")
    if proche not in ("oui", "non"):
        raise ContentError([node.problem("proche : écrivez oui ou non")])
    fiche = node.optional("fiche")
    if fiche and fiche not in sections:
        raise ContentError([node.problem(f"fiche : « {fiche} » n'est le nom d'aucune section")])
    return Negatif(node.get("question").text(), Refus(refus.text()), proche == "oui", fiche)


def _read_negatifs(knowledge: Path) -> tuple[list[Negatif], list[Problem]]:
    file = knowledge / "negatifs.yaml"
    problems: list[Problem] = []
    rows: list[Negatif] = []
    sections = _sections(knowledge)
    for node in load_yaml(file).items() if file.exists() else ():
        try:
            rows.append(_negatif(node, sections))
        except ContentError as error:
            problems += error.problems
    return rows, problems


def load_negatifs(knowledge: Path) -> tuple[Negatif, ...]:
    """The out-of-scope samples (none where the file is missing); raises ContentError with every fault."""
    rows, problems = _read_negatifs(knowledge)
    if problems:
        raise ContentError(problems)
    return tuple(rows)


def check(knowledge: Path) -> list[Problem]:
    """Every fault of the exam and of the out-of-scope samples."""
    problems: list[Problem] = []
    for read in (_read_exam, _read_negatifs):
        try:
            problems += read(knowledge)[1]
        except ContentError as error:
            problems += error.problems
    return problems
