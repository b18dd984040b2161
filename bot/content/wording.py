"""prompts/*.yaml as words; every missing key and unknown placeholder is reported at once, in French."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from bot.content.reader import Node, load_yaml
from bot.domain import regex as re
from bot.domain.controles import ISSUES, PARAMS
from bot.errors import ContentError, Problem
from bot.form.demande_flow import demande_flow
from bot.form.wording import Wording

FILES = {
    "messages.yaml": "",
    "demande.yaml": "demande.",
    "lecture.yaml": "lecture.",
    "controles.yaml": "",
    "telegram.yaml": "telegram.",
}

STEP_PARTS = ("libelle", "question", "exemple", "aide", "pourquoi", "noms")

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def load_wording(folder: Path, *, strict: bool = False, seen: bool = False) -> Wording:
    """The words of the bot, `strict` where an unknown key is a fault; raises ContentError with every fault.

    `seen`: this folder was read without a fault before, by this code; what each sentence must have is not looked at again.
    """
    entries, problems = _read(folder)
    problems += [] if seen else _faults(entries)
    if problems:
        raise ContentError(problems)
    return Wording({key: node.text().strip() for key, node in entries.items()}, strict)


def check(folder: Path) -> list[Problem]:
    """Every fault of the folder, none raised."""
    try:
        entries, problems = _read(folder)
    except ContentError as error:
        return list(error.problems)
    return sorted(problems + _faults(entries))


def _read(folder: Path) -> tuple[dict[str, Node], list[Problem]]:
    entries: dict[str, Node] = {}
    problems: list[Problem] = []
    for name, prefix in FILES.items():
        if name == "lecture.yaml" and not (folder / name).exists():
            continue
        try:
            entries |= {f"{prefix}{key}": node for key, node in _leaves(load_yaml(folder / name))}
        except ContentError as error:
            problems += error.problems
    return entries, problems


def _leaves(node: Node, path: str = "") -> Iterator[tuple[str, Node]]:
    if isinstance(node.value, str):
        yield path, node
        return
    for key, child in node.mapping().items():
        yield from _leaves(child, f"{path}.{key}" if path else key)


def _faults(entries: dict[str, Node]) -> list[Problem]:
    problems = [Problem("prompts/messages.yaml", 1, f"il manque : {key}") for key in said() if key not in entries]
    problems += [
        Problem("prompts/demande.yaml", 1, f"il manque : {step.name}.{part}")
        for step in demande_flow().steps
        for part in STEP_PARTS
        if f"demande.{step.name}.{part}" not in entries
    ]
    problems += _controles(entries)
    problems += [node.problem(f"« {key} » est vide") for key, node in entries.items() if not node.text().strip()]
    return problems + _unknown_placeholders(entries)


def _controles(entries: dict[str, Node]) -> list[Problem]:
    """Every outcome of a legal check has a sentence, filled with what the checks know."""
    wanted = {f"controle.{code}.{issue}" for code, issues in ISSUES.items() for issue in issues}
    problems = [Problem("prompts/controles.yaml", 1, f"il manque : {key}") for key in sorted(wanted - entries.keys())]
    sentences = [(key, node) for key, node in entries.items() if key in wanted or key.endswith(".propose")]
    return problems + [
        node.problem(f"« {{{name}}} » n'est rempli par personne dans « {key} »")
        for key, node in sentences
        for name in _PLACEHOLDER.findall(node.text())
        if name not in PARAMS
    ]


def _unknown_placeholders(entries: dict[str, Node]) -> list[Problem]:
    known = said()
    return [
        node.problem(f"« {{{name}}} » n'est rempli par personne dans « {key} »")
        for key, node in entries.items()
        if key in known
        for name in _PLACEHOLDER.findall(node.text())
        if name not in known[key]
    ]


@lru_cache(maxsize=1)
def said() -> dict[str, frozenset[str]]:
    """The keys that the dialogue says by name, and the placeholders it fills: read in its own code, every room of it."""
    found: dict[str, frozenset[str]] = {}
    for source in _sources(resources.files("bot.conversation")):
        for key, names in _calls(ast.parse(source.read_text(encoding="utf-8"))):
            found[key] = found.get(key, frozenset()) | names
    return found


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry)
        elif entry.name.endswith(".py"):
            yield entry


def _calls(tree: ast.Module) -> Iterator[tuple[str, frozenset[str]]]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "say"
            and node.args
        ):
            names = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
            for value in ast.walk(node.args[0]):
                if (
                    isinstance(value, ast.Constant)
                    and isinstance(value.value, str)
                    and not _part_of_fstring(node.args[0])
                ):
                    yield value.value, names


def _part_of_fstring(node: ast.expr) -> bool:
    return any(isinstance(child, ast.JoinedStr) for child in ast.walk(node))
