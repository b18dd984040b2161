"""knowledge/calculs.yaml: what is said of a computed answer, by check and outcome."""

from collections.abc import Mapping
from pathlib import Path

from bot.content.reader import load_yaml
from bot.content.redaction import LONGEST, leaning
from bot.domain.controle import Issue
from bot.errors import ContentError, Problem

_SHOWN = 60
"""Characters that filling a sentence may add to it."""


def load_calculs(knowledge: Path) -> Mapping[str, str]:
    """The sentences by `<check>:<outcome>`, none where there is no file; raises ContentError with every fault."""
    file = knowledge / "calculs.yaml"
    if not file.exists():
        return {}
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for code, node in load_yaml(file).mapping().items():
        for issue, said in node.mapping().items():
            text = said.text()
            if issue not in set(Issue):
                problems.append(said.problem(f"issue inconnue « {issue} » ; mots acceptés : {', '.join(Issue)}"))
            if "{article}" not in text:
                problems.append(said.problem("une réponse calculée nomme son texte : écrivez {article}"))
            if leaning(text) or len(text) + _SHOWN > LONGEST:
                problems.append(said.problem(f"vraie lue seule, sans oui ni non, {LONGEST - _SHOWN} signes au plus"))
            found[f"{code}:{issue}"] = text
    if problems:
        raise ContentError(problems)
    return found


def check(knowledge: Path) -> list[Problem]:
    """Every fault, none raised."""
    try:
        load_calculs(knowledge)
    except ContentError as error:
        return list(error.problems)
    return []
