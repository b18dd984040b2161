"""knowledge/lexique.yaml: how people say it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.content.fiches import PUBLICS
from bot.content.reader import Node, load_yaml
from bot.errors import ContentError, Problem


@dataclass(frozen=True, slots=True)
class Concept:
    """An idea, the ways it is said, and the facets of the person it names."""

    nom: str
    dit: tuple[str, ...]
    publics: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lexique:
    """The concepts, and the two tables of spellings (spelling -> French): questions are read with one, forms with the other."""

    concepts: tuple[Concept, ...]
    sms: Mapping[str, str]
    spellings: Mapping[str, str] = field(default_factory=dict, compare=False)


def _concept(nom: str, node: Node, problems: list[Problem]) -> Concept:
    entries = node.mapping()
    problems += [
        value.problem(f"clé inconnue « {key} » sous {nom} ; clés : dit, publics")
        for key, value in entries.items()
        if key not in ("dit", "publics")
    ]
    dit = node.texts("dit")
    if not dit:
        problems.append(node.problem(f"le concept {nom} n'a aucun mot sous « dit »"))
    publics = frozenset(node.texts("publics"))
    problems += [node.problem(f"public inconnu « {public} »") for public in sorted(publics - PUBLICS)]
    return Concept(nom, dit, publics)


def _read(knowledge: Path) -> tuple[Lexique, list[Problem]]:
    root = load_yaml(knowledge / "lexique.yaml")
    problems: list[Problem] = []
    concepts: list[Concept] = []
    for nom, node in root.get("concepts").mapping().items():
        try:
            concepts.append(_concept(nom, node, problems))
        except ContentError as error:
            problems += error.problems
    sms, short, form = (
        {key: node.text() for key, node in root.get(name).mapping().items()}
        for name in ("sms", "abreges", "formulaire")
    )
    return Lexique(tuple(concepts), {**sms, **short}, {**sms, **form}), problems


def load_lexique(knowledge: Path) -> Lexique:
    """The lexicon; raises ContentError with every fault."""
    lexique, problems = _read(knowledge)
    if problems:
        raise ContentError(problems)
    return lexique


def check(knowledge: Path) -> list[Problem]:
    """Every fault of lexique.yaml."""
    try:
        return _read(knowledge)[1]
    except ContentError as error:
        return list(error.problems)
