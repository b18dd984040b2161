"""knowledge/alertes.yaml: how danger is told without its words, and what looks like it and is none."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.content.questions import URGENCES
from bot.content.reader import load_yaml
from bot.errors import ContentError, Problem

_CALM = "calmes"


@dataclass(frozen=True, slots=True)
class Alertes:
    """Sentences of danger by category, and calm ones that look like them."""

    dangers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    calmes: tuple[str, ...] = ()
    ordinaires: tuple[str, ...] = ()
    """What is said on any day, besides the phrasings of the base."""


def load_alertes(knowledge: Path) -> Alertes:
    """The sentences, none where there is no file; raises ContentError with every fault."""
    file = knowledge / "alertes.yaml"
    if not file.exists():
        return Alertes()
    root = load_yaml(file)
    allowed = (*URGENCES, _CALM)
    problems = [
        node.problem(f"catégorie inconnue « {name} » ; mots acceptés : {', '.join(allowed)}")
        for name, node in root.mapping().items()
        if name not in allowed
    ]
    said = Counter(item.text() for node in root.mapping().values() for item in node.items())
    problems += [
        Problem("knowledge/alertes.yaml", 1, f"« {text} » est écrit deux fois") for text, n in said.items() if n > 1
    ]
    if problems:
        raise ContentError(problems)
    return Alertes({name: root.texts(name) for name in URGENCES}, root.texts(_CALM))


def check(knowledge: Path) -> list[Problem]:
    """Every fault, none raised."""
    try:
        load_alertes(knowledge)
    except ContentError as error:
        return list(error.problems)
    return []
