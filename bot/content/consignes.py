"""prompts/modele: what a language model is told, and the words that masking keeps or hides."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.texte import folded
from bot.errors import ContentError, Problem

TASKS = ("choisir", "entendre")
LISTS = ("sigles", "prenoms", "prenoms_doubles")
CALM = "temoins"
_OPENING = "version:"


@dataclass(frozen=True, slots=True)
class Consignes:
    """The instructions by task, and the word lists by name."""

    textes: Mapping[str, str]
    """By task; and `temoins`: calm messages, one a line, asked of a model that cries danger."""
    listes: Mapping[str, frozenset[str]]


def load_consignes(prompts: Path) -> Consignes:
    """Everything in prompts/modele; raises ContentError with every fault."""
    problems: list[Problem] = []
    textes: dict[str, str] = {}
    listes: dict[str, frozenset[str]] = {}
    for task in TASKS:
        lines = _lines(prompts, f"{task}.md", problems)
        if lines and not (lines[0].startswith(_OPENING) and lines[0].removeprefix(_OPENING).strip().isdigit()):
            problems.append(_problem(f"{task}.md", 1, "la première ligne est « version: » suivi d'un nombre"))
        elif lines and not any(line.strip() for line in lines[1:]):
            problems.append(_problem(f"{task}.md", 2, "il manque la consigne"))
        textes[task] = "\n".join(lines).strip()
    textes[CALM] = "\n".join(line for line in _lines(prompts, f"{CALM}.txt", problems) if line.strip())
    for name in LISTS:
        words = (line.partition("#")[0] for line in _lines(prompts, f"{name}.txt", problems))
        listes[name] = frozenset(word for line in words for word in folded(line).split())
    if problems:
        raise ContentError(problems)
    return Consignes(textes, listes)


def _lines(prompts: Path, name: str, problems: list[Problem]) -> list[str]:
    try:
        return (prompts / "modele" / name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        problems.append(_problem(name, 1, "ce fichier manque ou ne se lit pas"))
        return []


def _problem(name: str, line: int, message: str) -> Problem:
    return Problem(f"prompts/modele/{name}", line, message)
