"""What people say, by act: one example a line in `knowledge/paroles/**/*.txt`; the path names the act."""

from dataclasses import dataclass
from pathlib import Path

from bot.content.reader import Node, load_yaml
from bot.errors import ContentError, Problem
from bot.reading.spoken import Spoken, pattern

FOLDER = "paroles"
TOGETHER = "a_la_fois"
"""The file of messages that do several things at once: « message ⟶ acte, acte »."""

ARROW = "⟶"
NOT_ANSWERS = "non_reponses"
ANSWERS = "reponses"
CHOICES = "choix"
"""« choix/objectif/recrutement »: an answer to that question, and which of its values it means."""

LONGEST = 400


@dataclass(frozen=True, slots=True)
class Example:
    """One message, what it does, and the question it was sent at (empty: any)."""

    text: str
    acts: tuple[str, ...]
    step: str = ""


def load_examples(knowledge: Path) -> tuple[Example, ...]:
    """Every example, in the order of the files; raises ContentError with every fault."""
    found: list[Example] = []
    problems: list[Problem] = []
    root = knowledge / FOLDER
    for path in sorted(root.rglob("*.txt")):
        name = path.relative_to(root).with_suffix("").as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            example = _example(name, line.strip())
            if isinstance(example, str):
                problems.append(Problem(str(path), number, example))
            else:
                found.append(example)
    if problems:
        raise ContentError(problems)
    return tuple(found)


def check(knowledge: Path) -> list[Problem]:
    """Every fault of the folder, of its examples and of its words, none raised."""
    found: list[Problem] = []
    for load in (load_examples, load_words):
        try:
            load(knowledge)
        except ContentError as error:
            found += error.problems
    return found


def _example(name: str, line: str) -> Example | str:
    if len(line) > LONGEST:
        return f"exemple de {len(line)} caractères : {LONGEST} au plus"
    folder, _, step = name.partition("/")
    if name == TOGETHER:
        text, arrow, acts = line.partition(ARROW)
        named = tuple(act.strip() for act in acts.split(",") if act.strip())
        if not arrow or not named:
            return f"écrivez « le message {ARROW} acte, acte »"
        return Example(text.strip(), named)
    if folder == NOT_ANSWERS:
        return Example(line, (), step)
    if folder == CHOICES:
        asked = step.partition("/")[0]
        return Example(line, (ANSWERS, f"{ANSWERS}/{asked}", name), asked)
    return Example(line, (folder, name) if step else (name,), step if folder == ANSWERS else "")


def load_words(knowledge: Path, *, seen: bool = False) -> dict[str, Spoken]:
    """What people say, by « file.name »; raises ContentError with every fault, the examples that do not hold included.

    `seen`: this folder was read without a fault before, by this code; forms and examples are not tried again.
    """
    words: dict[str, Spoken] = {}
    problems: list[Problem] = []
    for path in sorted((knowledge / FOLDER).glob("*.yaml")):
        for name, node in load_yaml(path).mapping().items():
            spoken, faults = _spoken(path, node, seen=seen)
            problems += faults
            words[f"{path.stem}.{name}"] = spoken
    if problems:
        raise ContentError(problems)
    return words


def _spoken(path: Path, node: Node, *, seen: bool) -> tuple[Spoken, list[Problem]]:
    lists = {key: tuple(one.text() for one in value.items()) for key, value in node.mapping().items()}
    if seen:
        return Spoken(lists.get("dit", ()), lists.get("sauf", ())), []
    faults = [Problem(str(path), node.line, f"clé inconnue : {key}") for key in lists if key not in _KEYS]
    faults += [
        Problem(str(path), node.line, f"forme illisible : « {form} » (mots simples, (a|b), mot* et … seulement)")
        for form in (*lists.get("dit", ()), *lists.get("sauf", ()))
        if not _readable(form)
    ]
    spoken = Spoken(lists.get("dit", ()), lists.get("sauf", ()))
    if not faults:
        faults += [
            Problem(str(path), node.line, f"« {text} » devrait {'' if wanted else 'ne pas '}être reconnu ici")
            for key, wanted in (("oui", True), ("non", False))
            for text in lists.get(key, ())
            if spoken.said(text) is not wanted
        ]
    return spoken, faults


_KEYS = frozenset({"dit", "sauf", "oui", "non"})


def _readable(form: str) -> bool:
    try:
        pattern(form)
    except ValueError:
        return False
    return True
