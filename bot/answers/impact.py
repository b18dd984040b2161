"""What an edit changes in the exam's answers, as markdown."""

import io
import subprocess
import tarfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.answers.evaluation import Grade, Marked, run_exam
from bot.content.questions import ExamRow
from bot.errors import InputError
from bot.ports import Answerer


@dataclass(frozen=True)
class Change:
    """One exam row whose outcome differs."""

    before: Marked
    after: Marked


def compare(before: Answerer, after: Answerer, exam: Sequence[ExamRow], today: date) -> list[Change]:
    """The rows whose outcome or wording differs."""
    pairs = zip(run_exam(before, exam, today), run_exam(after, exam, today), strict=True)
    return [Change(old, new) for old, new in pairs if (old.got, _text(old)) != (new.got, _text(new))]


def _text(marked: Marked) -> str:
    return str(getattr(marked.outcome, "court", "") or getattr(marked.outcome, "text", ""))


def report(changes: Sequence[Change], total: int) -> str:
    """Markdown: counts for everything, rows for the tuning part only."""
    moves = Counter((change.before.grade, change.after.grade) for change in changes)
    lines = [f"### Effet sur l'examen : {len(changes)} réponse(s) changée(s) sur {total}", ""]
    lines += [f"- {old} → {new} : {count}" for (old, new), count in sorted(moves.items())]
    shown = [change for change in changes if change.before.row.partie != "reserve"]
    if shown:
        lines += ["", "| question | avant | après |", "|---|---|---|"]
    for change in shown:
        old, new = _cell(change.before), _cell(change.after)
        lines.append(f"| {change.after.row.question.replace('|', '/')} | {old} | {new} |")
    hidden = len(changes) - len(shown)
    if hidden:
        lines += ["", f"{hidden} changement(s) dans la partie réservée, comptés ci-dessus et non montrés."]
    return "\n".join(lines)


def _cell(marked: Marked) -> str:
    mark = "✅" if marked.grade is Grade.RIGHT else "❌" if marked.grade is Grade.WRONG else "➖"
    return f"{mark} {marked.got}"


def exported(knowledge: Path, revision: str, into: Path) -> Path:
    """The knowledge folder as it was at a git revision; raises InputError where git does not have it."""
    try:
        top = _git(knowledge, "rev-parse", "--show-toplevel").decode().strip()
        inside = knowledge.resolve().relative_to(Path(top).resolve())
        archive = _git(Path(top), "archive", "--end-of-options", revision, str(inside))
    except (OSError, ValueError, subprocess.CalledProcessError):
        raise InputError(
            f"--since: git has no {revision!r} of {knowledge.name}; use HEAD, a branch or a commit"
        ) from None
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(into, filter="data")
    return into / inside


def _git(folder: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True).stdout  # noqa: S603, S607
