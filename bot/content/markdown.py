"""The shape of a fiche: front matter, then sections `## question ? {#slug}` with `### parts`, each line numbered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.content.reader import Node, parse_yaml
from bot.domain import regex as re
from bot.errors import ContentError, Problem

_SECTION = re.compile(r"^##\s+(?P<titre>[^\s{]+(?:\s+[^\s{]+)*)\s*\{#(?P<slug>[a-z0-9-]+)\}\s*$")
_PART = re.compile(r"^###\s+(?P<name>\S+(?:\s+\S+)*)\s*$")

PARTS = (
    "Selon la personne",
    "En détail",
    "Sources",
    "Faits",
    "Critique",
    "Voir aussi",
    "Publics",
    "Nature",
    "Refus",
    "Questions",
)


@dataclass(slots=True)
class Part:
    """The text under one `###` title; `lines` are (number, text) without empty ones."""

    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines as paragraphs."""
        return "\n".join(text for _, text in self.lines).strip()

    def words(self) -> Iterator[tuple[int, str]]:
        """Yield comma-separated values with their line."""
        for number, text in self.lines:
            for word in text.split(","):
                if word.strip():
                    yield number, word.strip()

    def bullets(self) -> Iterator[tuple[int, str]]:
        """Yield the items of a dashed list with their line."""
        for number, text in self.lines:
            if text.lstrip().startswith("- "):
                yield number, text.lstrip()[2:].strip()


@dataclass(slots=True)
class Section:
    """One `##` section: its canonical question, its short answer and its parts."""

    titre: str
    slug: str
    line: int
    court: Part
    parts: dict[str, Part] = field(default_factory=dict)

    def part(self, name: str) -> Part:
        """The part, empty where the fiche has none."""
        return self.parts.get(name) or Part(self.line)


@dataclass(frozen=True, slots=True)
class Document:
    """A fiche as written: its front matter's entries and its sections."""

    path: str
    head: Mapping[str, Node]
    root: Node
    sections: tuple[Section, ...]


def _front(lines: list[str], path: str) -> tuple[Node, int]:
    if not lines or lines[0].strip() != "---":
        raise ContentError([Problem(path, 1, "la fiche commence par une ligne « --- », puis titre, theme et dates")])
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() == "---":
            # A blank first line keeps YAML's line numbers equal to the file's.
            return parse_yaml("\n" + "\n".join(lines[1:number]), path), number + 1
    raise ContentError([Problem(path, 1, "il manque la deuxième ligne « --- » qui ferme l'en-tête")])


def _open_part(section: Section, name: str, line: int, path: str, problems: list[Problem]) -> Part:
    part = Part(line)
    if name not in PARTS:
        problems.append(Problem(path, line, f"« ### {name} » n'existe pas ; titres acceptés : {', '.join(PARTS)}"))
    elif name in section.parts:
        problems.append(Problem(path, line, f"« ### {name} » est écrit deux fois dans cette section"))
    section.parts.setdefault(name, part)
    return part


def read_document(file: Path) -> tuple[Document, list[Problem]]:
    """The fiche and the faults of its shape; raises ContentError where nothing can be read."""
    path = "/".join(file.parts[-3:])
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Problem(path, 1, "ce fichier ne se lit pas : il doit être en UTF-8")]) from error
    root, start = _front(lines, path)
    problems: list[Problem] = []
    sections: list[Section] = []
    current: Part | None = None
    for number, line in enumerate(lines[start:], start=start + 1):
        if line.startswith("## "):
            found = _SECTION.match(line)
            if not found:
                problems.append(Problem(path, number, "écrivez « ## La question ? {#nom-court} »"))
            titre, slug = (found["titre"], found["slug"]) if found else (line[3:].strip(), f"ligne-{number}")
            current = Part(number)
            sections.append(Section(titre, slug, number, current))
        elif sections and (part := _PART.match(line)):
            current = _open_part(sections[-1], part["name"], number, path, problems)
        elif current is not None and line.strip():
            current.lines.append((number, line.rstrip()))
        elif line.strip():
            problems.append(Problem(path, number, "ce texte est avant la première section « ## … {#…} »"))
    return Document(path, root.mapping(), root, tuple(sections)), problems
