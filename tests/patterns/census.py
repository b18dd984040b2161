"""Every pattern the program compiles, found by running it: modules imported, content read, sentences spoken.

In a process of its own (`python -m tests.patterns.census`), so that nothing is compiled before it looks. Prints one
JSON object a line for each pattern that grows faster than the text: where, pattern, flags, witness, ratio.
"""

import ast
import importlib
import json
import pkgutil
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.domain import regex
from tests.patterns.witnesses import Growth, growth

BOT = Path(__file__).parents[2] / "bot"
_NOT_OURS = ("bot.__main__", "bot._content")
_ANCHORED = {"match", "fullmatch"}
_LOOKS, _APART = 3, 2.0
"""A pattern that grows does so each time; a machine that was busy for a moment is not, some seconds later."""

_METHODS = {"search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "scanner"}


@dataclass(frozen=True)
class Known:
    """A pattern and where it was compiled; `methods` is how it is used, as far as its name tells."""

    where: str
    pattern: str
    flags: int
    methods: frozenset[str]


def compiled() -> list[Known]:
    """What the program compiles while its modules are imported, its content is read and sentences are spoken."""
    found: dict[tuple[str, int], tuple[str, int]] = {}
    real = re._compile
    regex.compile = re.compile  # none is left for later: each is compiled on its own line

    def watching(pattern, flags):
        made = real(pattern, flags)
        if isinstance(made, re.Pattern) and isinstance(made.pattern, str):
            place = _place()
            if place:
                found.setdefault((made.pattern, made.flags), place)
        return made

    re._compile = watching
    try:
        _run_everything()
    finally:
        re._compile = real
    for place, pattern, flags in _literals():
        if not isinstance(pattern, str):
            continue  # bytes of an update before it is text, read by a scanner of its own
        found.setdefault((pattern, re.compile(pattern, flags).flags), place)
    uses = _uses()
    return [
        Known(f"{file}:{line}", pattern, flags, uses.get((file, line), frozenset()))
        for (pattern, flags), (file, line) in sorted(found.items(), key=lambda one: one[1])
    ]


def _place() -> tuple[str, int] | None:
    """The line of the program that asked for it; a library's own patterns are not ours to time."""
    frame = sys._getframe(2)
    while frame is not None and Path(frame.f_code.co_filename).parent.name == "re":
        frame = frame.f_back
    file = Path(frame.f_code.co_filename) if frame is not None else Path()
    return (str(file.relative_to(BOT.parent)), frame.f_lineno) if BOT in file.parents and frame else None


def _run_everything() -> None:
    """Every module of the program, what its content compiles, and what its conversation compiles when it first runs."""
    from bot.storage.setup import configure

    configure(database_url="sqlite:///:memory:", secret_key="for-tests-only")
    for found in pkgutil.walk_packages([str(BOT)], "bot."):
        if not found.name.startswith(_NOT_OURS) and "migrations" not in found.name:
            importlib.import_module(found.name)
    from bot.answers.knowledge import read_knowledge
    from bot.answers.late import NoAnswers
    from bot.app import open_house
    from bot.config import ROOT, load_settings

    read_knowledge(ROOT / "knowledge")
    _speak(open_house(load_settings(), NoAnswers()))


def _speak(house) -> None:
    """Lines of the golden dialogues, so that what is compiled at first use is too."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.conversation.dialogue import Dialogue
    from bot.domain.message import UserMessage
    from bot.domain.session import Session
    from bot.domain.turn import Dossier

    dialogue, at = Dialogue(house), datetime(2027, 3, 8, 10, tzinfo=ZoneInfo("Europe/Paris"))
    for file in sorted((BOT.parent / "tests" / "dialogues").rglob("*.txt")):
        session = Session(chat=1)
        for line in file.read_text("utf-8").splitlines():
            if line.startswith("moi: "):
                session = dialogue.take_turn(session, UserMessage(1, at, text=line[5:]), Dossier()).session


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(BOT.rglob("*.py")):
        yield str(file.relative_to(BOT.parent)), ast.parse(file.read_text("utf-8"))


def _literals() -> Iterator[tuple[tuple[str, int], str, int]]:
    """Patterns written out where they are used (`re.sub(r"…")`), on lines that nothing has run."""
    for file, tree in _trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.func, ast.Attribute):
                continue
            called, first = node.func, node.args[0]
            of_re = isinstance(called.value, ast.Name) and called.value.id == "re"
            if of_re and called.attr in {*_METHODS, "compile"} and isinstance(first, ast.Constant):
                flags = re.IGNORECASE if "IGNORECASE" in ast.dump(node) else 0
                yield (file, node.lineno), first.value, flags


def _uses() -> dict[tuple[str, int], frozenset[str]]:
    """For each line of each module-level assignment of a pattern: the methods its name is called with, anywhere."""
    called: dict[str, set[str]] = {}
    named: dict[tuple[str, int], str] = {}
    for file, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS:
                owner = node.func.value
                name = (
                    owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
                )
                if name == "re":
                    named[file, node.lineno] = f"{file}:{node.lineno}"
                    called.setdefault(f"{file}:{node.lineno}", set()).add(node.func.attr)
                else:
                    called.setdefault(name, set()).add(node.func.attr)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                direct = isinstance(node.value, ast.Call) and "compile" in ast.dump(node.value.func)
                if direct:
                    for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                        named[file, line] = node.targets[0].id
    return {place: frozenset(called.get(name, ())) for place, name in named.items()}


def main() -> None:
    """Time them all; the last line counts them."""
    known = compiled()
    accused = {one: found for one in known if (found := _grows(one))}
    for _ in range(_LOOKS):
        if accused:
            time.sleep(_APART)
        accused = {one: found for one in accused if (found := _grows(one))}
    for one, found in accused.items():
        shown = asdict(one) | {"methods": sorted(one.methods), "witness": found.unit, "ratio": found.ratio}
        sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
    sys.stdout.write(json.dumps({"patterns": len(known)}) + "\n")


def _grows(one: Known) -> Growth | None:
    anchored = bool(one.methods) and one.methods <= _ANCHORED
    return growth(re.compile(one.pattern, one.flags), anchored=anchored)


if __name__ == "__main__":
    main()
