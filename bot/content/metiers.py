"""knowledge/metiers.yaml and the optional knowledge/rome.csv: the trades people ask for, and the official list."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.reader import Node, load_yaml
from bot.domain.texte import words as folded
from bot.errors import ContentError, Problem

COLONNES = ("code_rome", "code_appellation", "libelle")
"""Of rome.csv, separated by semicolons, UTF-8, with a first line naming them."""

_SUITE = 8


@dataclass(frozen=True, slots=True)
class Appellation:
    """One name of a trade in the official list: `code_rome` (A1234), its own code, its label."""

    code_rome: str
    code: str
    libelle: str


def load_metiers(knowledge: Path) -> Mapping[str, tuple[str, ...]]:
    """The trades' labels with the other ways of saying them; raises ContentError with every fault."""
    trades, problems = _read(knowledge)
    if problems:
        raise ContentError(problems)
    return trades


def _read(knowledge: Path) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    trades: dict[str, tuple[str, ...]] = {}
    seen: dict[str, str] = {}
    problems: list[Problem] = []
    for label, node in _entries(load_yaml(knowledge / "metiers.yaml")):
        names = tuple(item.text() for item in node.items())
        trades[label] = names
        for name in dict.fromkeys(folded(one) for one in (label, *names)):
            if name in seen:
                problems.append(node.problem(f"« {name} » désigne déjà {seen[name]} : gardez un seul des deux"))
            seen[name] = label
    return trades, problems


def load_appellations(knowledge: Path) -> Mapping[str, str]:
    """The common names that no appellation bears, with the nearest official label; raises ContentError."""
    nearest: dict[str, str] = {}
    seen: set[str] = set()
    problems: list[Problem] = []
    for name, node in load_yaml(knowledge / "appellations.yaml").mapping().items():
        if folded(name) in seen:
            problems.append(node.problem(f"« {name} » est déjà écrit plus haut : gardez une seule ligne"))
        seen.add(folded(name))
        nearest[name] = node.text()
    if problems:
        raise ContentError(problems)
    return nearest


def load_activites(knowledge: Path) -> Mapping[str, tuple[str, ...]]:
    """The official labels with what one does there, or where; raises ContentError where a phrase has two."""
    found: dict[str, tuple[str, ...]] = {}
    seen: dict[str, str] = {}
    problems: list[Problem] = []
    for label, node in load_yaml(knowledge / "activites.yaml").mapping().items():
        found[label] = tuple(item.text() for item in node.items())
        for phrase in dict.fromkeys(folded(one) for one in found[label]):
            if phrase in seen:
                problems.append(node.problem(f"« {phrase} » mène déjà à {seen[phrase]} : gardez un seul des deux"))
            seen[phrase] = label
    if problems:
        raise ContentError(problems)
    return found


def _entries(root: Node) -> Iterator[tuple[str, Node]]:
    for family in root.mapping().values():
        yield from family.mapping().items()


def load_rome(knowledge: Path) -> tuple[Appellation, ...]:
    """The official list a deployment provides as rome.csv; empty where it does not; raises ContentError."""
    file = knowledge / "rome.csv"
    if not file.exists():
        return ()
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ContentError(
            [Problem("knowledge/rome.csv", 1, "ce fichier ne se lit pas : il faut de l'UTF-8")]
        ) from None
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    missing = [name for name in COLONNES if name not in (rows.fieldnames or ())]
    if missing:
        raise ContentError(
            [Problem("knowledge/rome.csv", 1, f"la première ligne doit nommer les colonnes : {';'.join(COLONNES)}")]
        )
    found = tuple(Appellation(row["code_rome"], row["code_appellation"], row["libelle"]) for row in rows)
    problems = [
        Problem("knowledge/rome.csv", line, "il faut un code ROME (une lettre, quatre chiffres) et un libellé")
        for line, one in enumerate(found, start=2)
        if not _sound(one)
    ]
    if problems:
        raise ContentError(problems)
    return found


def _sound(one: Appellation) -> bool:
    code = one.code_rome or ""
    return len(code) == 5 and code[0].isalpha() and code[1:].isdigit() and bool((one.libelle or "").strip())


def load_trades(knowledge: Path) -> Mapping[str, tuple[str, ...]]:
    """What the form recognises: the trades of metiers.yaml, then those of the official list that it does not name."""
    trades = dict(load_metiers(knowledge))
    named = {folded(name) for label, others in trades.items() for name in (label, *others)}
    for one in load_rome(knowledge):
        label, *others = (part.strip() for part in one.libelle.split(" / "))
        if folded(label) not in named:
            trades[label] = tuple(name for name in others if folded(name) not in named)
    return trades


def search(appellations: tuple[Appellation, ...], typed: str, limit: int = _SUITE) -> tuple[Appellation, ...]:
    """The appellations in which every typed word starts a word, accents apart; the shortest labels first."""
    wanted = folded(typed).split()
    if not wanted:
        return ()
    found = [one for one in appellations if _starts(folded(one.libelle).split(), wanted)]
    return tuple(sorted(found, key=lambda one: (len(one.libelle), one.libelle))[:limit])


def _starts(words: list[str], wanted: list[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)


def check(knowledge: Path) -> list[Problem]:
    """Every fault of metiers.yaml and, where they are there, of rome.csv, appellations.yaml and activites.yaml."""
    problems: list[Problem] = []
    more = {"appellations.yaml": load_appellations, "activites.yaml": load_activites}
    for read in (load_metiers, load_rome, *(load for name, load in more.items() if (knowledge / name).exists())):
        try:
            read(knowledge)
        except ContentError as error:
            problems += error.problems
    return problems
