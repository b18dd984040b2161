"""knowledge/formulations/<fiche>.md: more ways of asking what a fiche answers, apart so that the fiche stays short."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import Problem

FOLDER = "formulations"

Line = tuple[int, str]
"""A line's number and its text."""


@dataclass(frozen=True, slots=True)
class Formulations:
    """The phrasings of one fiche, by the name of the section that answers them."""

    path: str
    by_section: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)

    def of(self, section: str) -> tuple[Line, ...]:
        """The phrasings of a section, with their lines; empty where there are none."""
        return self.by_section.get(section, ())


def read_formulations(fiche: Path, sections: Collection[str]) -> tuple[Formulations, list[Problem]]:
    """The phrasings written for `fiche` (its file; no such file beside it is no fault), and every fault found."""
    file = fiche.parent.parent / FOLDER / fiche.name
    path = f"knowledge/{FOLDER}/{fiche.name}"
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        return Formulations(path), []
    except (OSError, UnicodeDecodeError):
        return Formulations(path), [Problem(path, 1, "ce fichier ne se lit pas : il doit être en UTF-8")]
    found: dict[str, list[Line]] = {}
    problems: list[Problem] = []
    current: list[Line] | None = None
    for number, raw in enumerate(lines, start=1):
        line = raw.strip()
        if line.startswith("## "):
            name = line[3:].strip()
            if name not in sections:
                problems.append(
                    Problem(path, number, f"« ## {name} » : la fiche {fiche.name} n'a pas de section {{#{name}}}")
                )
            elif name in found:
                problems.append(Problem(path, number, f"« ## {name} » est écrit deux fois"))
            current = found.setdefault(name, [])
        elif line.startswith("- ") and current is not None:
            current.append((number, line[2:].strip()))
        elif line and not (line.startswith("# ") and current is None):
            problems.append(
                Problem(path, number, "écrivez « ## nom-de-la-section », puis une formulation par ligne après un tiret")
            )
    return Formulations(path, {name: tuple(items) for name, items in found.items()}), problems


def orphans(knowledge: Path) -> list[Problem]:
    """Files of phrasings whose fiche does not exist."""
    return [
        Problem(f"knowledge/{FOLDER}/{file.name}", 1, f"il n'y a pas de fiche fiches/{file.name}")
        for file in sorted((knowledge / FOLDER).glob("*.md"))
        if not (knowledge / "fiches" / file.name).is_file()
    ]
