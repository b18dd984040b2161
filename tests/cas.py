"""The cases of the conversation's specification: which tests keep each one, and the table in tests/README.md.

A test keeps a case by its name (`test_cor_01_…`, `test_nav_07_08_…`) or by the mark `@pytest.mark.cas("TIM-18")`.
`pytest --ecrire` rewrites the table from the run.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "tests" / "README.md"
LIST = ROOT / "tests" / "conversation" / "cas.tsv"
BEGIN, END = "<!-- cases: begin -->", "<!-- cases: end -->"

_NAME = re.compile(r"^test_(?P<block>[a-z]{3})(?P<numbers>(?:_\d\d)+)_")
_MARK = re.compile(r"mark\.cas\((?P<ids>[^)]*)\)")
_TEST = re.compile(r"^(?:async )?def (?P<name>test_\w+)", re.MULTILINE)


def priorities() -> dict[str, str]:
    """Priority by id, in the order of the specification."""
    return dict(line.split("\t") for line in LIST.read_text(encoding="utf-8").splitlines() if line)


def named(test: str) -> list[str]:
    """The ids in a test's name."""
    found = _NAME.match(test)
    return [f"{found['block'].upper()}-{number}" for number in found["numbers"].split("_")[1:]] if found else []


def kept() -> dict[str, list[str]]:
    """Tests by id, read in the sources: by name, and by mark on the function just below."""
    tests: dict[str, list[str]] = {one: [] for one in priorities()}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        source = path.read_text(encoding="utf-8")
        pieces = [(found.start(), found["name"]) for found in _TEST.finditer(source)]
        marks = {}
        for mark in _MARK.finditer(source):
            below = next((name for start, name in pieces if start > mark.start()), None)
            marks.setdefault(below, []).extend(re.findall(r"[A-Z]{3}-\d\d", mark["ids"]))
        for _, name in pieces:
            for one in dict.fromkeys([*named(name), *marks.get(name, [])]):
                if one in tests:
                    tests[one].append(f"{path.relative_to(ROOT / 'tests')}::{name}")
    return tests


class Run:
    """What the run says of each case."""

    def __init__(self) -> None:
        self.failed: set[str] = set()
        self.passed: set[str] = set()

    def saw(self, ids: list[str], outcome: str) -> None:
        """One report of one test."""
        if outcome == "passed":
            self.passed.update(ids)
        else:
            self.failed.update(ids)

    def status(self, one: str) -> str:
        """kept, not kept, or what the last full run said."""
        if one in self.failed:
            return "not kept"
        return "kept" if one in self.passed else written().get(one, "not played")


RUN = Run()


def ids_of(item: pytest.Item) -> list[str]:
    """The cases that a collected test keeps."""
    marked = [str(one) for mark in item.iter_markers("cas") for one in mark.args]
    return list(dict.fromkeys([*named(item.name), *marked]))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call):
    """Note the outcome of the cases; an expected failure counts as a case not kept."""
    outcome = yield
    report = outcome.get_result()
    ids = ids_of(item)
    if ids and (report.when == "call" or report.outcome != "passed"):
        RUN.saw(ids, "failed" if hasattr(report, "wasxfail") else report.outcome)


def table() -> str:
    """The table as the run leaves it."""
    tests = kept()
    rows = ["| case | priority | state | tests |", "|---|---|---|---|"]
    for one, priority in priorities().items():
        names = sorted({name.split("::")[1] for name in tests[one]})
        shown = ", ".join(f"`{name}`" for name in names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")
        rows.append(f"| {one} | {priority} | {RUN.status(one)} | {shown} |")
    return "\n".join(rows)


def scores(states: dict[str, str]) -> dict[str, tuple[int, int]]:
    """(kept, all) by priority."""
    wanted = priorities()
    return {
        level: (
            sum(1 for one, priority in wanted.items() if priority == level and states.get(one) == "kept"),
            sum(1 for priority in wanted.values() if priority == level),
        )
        for level in ("P1", "P2", "P3")
    }


def written() -> dict[str, str]:
    """State by id, as tests/README.md says."""
    text = README.read_text(encoding="utf-8")
    return dict(re.findall(r"^\| ([A-Z]{3}-\d\d) \| P\d \| ([^|]+?) \|", text, re.MULTILINE))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With `--ecrire`, rewrite the table of tests/README.md."""
    if not session.config.getoption("--ecrire"):
        return
    text = README.read_text(encoding="utf-8")
    states = {one: RUN.status(one) for one in priorities()}
    summary = ", ".join(f"{level}: {kept_} of {all_} kept" for level, (kept_, all_) in scores(states).items())
    head, rest = text.split(BEGIN)
    _, tail = rest.split(END)
    README.write_text(f"{head}{BEGIN}\n{summary}\n\n{table()}\n{END}{tail}", encoding="utf-8")
