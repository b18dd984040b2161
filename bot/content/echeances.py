"""knowledge/echeances.yaml: what must be looked at again each year, and by when."""

from datetime import date
from pathlib import Path

from bot.content.reader import Node, load_yaml
from bot.domain.echeance import Echeance
from bot.errors import ContentError, Problem


def load_echeances(knowledge: Path) -> tuple[Echeance, ...]:
    """Every line, none where there is no file; raises ContentError with its faults."""
    if not (knowledge / "echeances.yaml").exists():
        return ()
    root = load_yaml(knowledge / "echeances.yaml")
    return tuple(_echeance(cle, node) for cle, node in root.mapping().items())


def _echeance(cle: str, node: Node) -> Echeance:
    day = node.get("a_revoir_le")
    try:
        when = date.fromisoformat(day.text())
    except ValueError:
        raise ContentError([day.problem("il faut une date comme 2027-02-28")]) from None
    return Echeance(cle, node.get("quoi").text(), when, node.get("ou").text())


def check(knowledge: Path) -> list[Problem]:
    """The faults of the file, with their lines."""
    try:
        load_echeances(knowledge)
    except ContentError as error:
        return list(error.problems)
    return []
