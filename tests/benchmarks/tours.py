"""The cases of tours.jsonl: how many come out right, how many harm, and how long the judged message takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles
from typing import Any

from bot.answers.service import open_answerer
from bot.cli.turn import Situations
from bot.config import settings
from tests.conversation.judge import Verdict, asked, cases, judge, still_open


@dataclass(frozen=True, slots=True)
class Row:
    """One case played."""

    id: str
    kind: str
    verdict: Verdict
    ms: float


def play() -> list[Row]:
    """Every case, over the index of this installation; raises IndexUnusable where it cannot be opened."""
    known = settings()
    answerer = open_answerer(
        known.knowledge_dir, known.data_dir, encoder=known.embedding_model, chroma_url=known.chroma_url
    )
    situations = Situations.load(answerer, date(2026, 11, 23))
    return [_row(case, situations.handle(asked(case))) for case in cases().values()]


def _row(case: Mapping[str, Any], told: Mapping[str, Any]) -> Row:
    return Row(case["id"], case["kind_of_fault"], judge(case, told), told["ms"])


def unlisted_harms(rows: Sequence[Row]) -> list[str]:
    """The harmful cases that tours_ouvertes.txt does not own up to."""
    return [row.id for row in rows if row.verdict.harmful and still_open().get(row.id) != "harmful"]


def figures(rows: Sequence[Row]) -> dict[str, Any]:
    """Right, harmful and time: of all, then of each kind of fault."""
    kinds = {kind: [row for row in rows if row.kind == kind] for kind in dict.fromkeys(row.kind for row in rows)}
    return {"all": _figures(rows)} | {kind: _figures(some) for kind, some in kinds.items()}


def _figures(rows: Sequence[Row]) -> dict[str, Any]:
    times = [row.ms for row in rows]
    return {
        "cases": len(rows),
        "right": sum(row.verdict.right for row in rows),
        "harmful": sum(row.verdict.harmful for row in rows),
        "median, ms": median(times),
        "p95, ms": quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0],
    }
