"""Sets written by authors who had read no fiche, run once: `python -m tests.benchmarks.premier_passage SET.jsonl…`.

A row is right where the status is one of those expected and every group of `says` has an alternative in what is said
first. It is wrong where something is answered that should not have been, or where nothing expected is said; a
contradiction is a `never` that was said. Refused where an answer was due is missed, which harms nobody.
"""

import json
import re
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typer

from bot.answers.service import open_answerer
from bot.cli.ask import handler
from bot.config import settings
from bot.content.wording import load_wording

TODAY = date(2026, 11, 30)

HARMLESS = {"clarify", "abstained", "smalltalk"}

SAME = {"abstained": ("abstained", "refused"), "smalltalk": ("smalltalk", "clarify")}
"""The authors' words for a status: they write `refused`, and have no word for a line of courtesy but `clarify`."""


@dataclass(frozen=True)
class Mark:
    """How one row was answered."""

    verdict: str
    contradicts: bool


def _said(pattern: str, text: str) -> bool:
    """Whether the text says it; both are read without accents, as some authors write their patterns."""
    return re.search(_plain(pattern), _plain(text), re.IGNORECASE) is not None


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(char for char in spread if not unicodedata.combining(char))


def judge(expect: Mapping[str, Any], shape: Mapping[str, Any]) -> Mark:
    """The verdict on one answer: `right`, `part`, `missed` or `wrong`."""
    status, text = shape["status"], shape["answer"]
    if status == "answered" and any(_said(one, text) for one in expect["never"]):
        return Mark("wrong", True)
    if not any(one in expect["status"] for one in SAME.get(status, (status,))):
        return Mark("missed" if status in HARMLESS else "wrong", False)
    groups = expect["says"] if status in {"answered", "emergency"} else []
    said = [any(_said(one, text) for one in group) for group in groups]
    if all(said):
        return Mark("right", False)
    return Mark("part" if any(said) else "wrong", False)


Marked = tuple[Mapping[str, Any], Mapping[str, Any], Mark]


def bars(marked: Sequence[Marked]) -> dict[str, str]:
    """What the bars are about: refusals, emergencies, false ones and small talk, right of all."""
    expected = [(row["expect"]["status"], shape["status"], mark.verdict == "right") for row, shape, mark in marked]
    of = {
        "refusals": [right for wanted, _, right in expected if "refused" in wanted and "answered" not in wanted],
        "emergencies": [right for wanted, _, right in expected if "emergency" in wanted],
        "small talk": [right for wanted, _, right in expected if "smalltalk" in wanted],
    }
    calm = [status == "emergency" for wanted, status, _ in expected if "emergency" not in wanted]
    said = {name: f"{sum(rights)}/{len(rights)}" for name, rights in of.items()}
    return {**said, "false emergencies": f"{sum(calm)}/{len(calm)}"}


def main(paths: Sequence[Path]) -> None:
    """Print the figures of each set, then every row that is not right."""
    known = settings()
    answerer = open_answerer(
        known.knowledge_dir, known.data_dir, encoder=known.embedding_model, chroma_url="", cache=known.cache_dir
    )
    ask = handler(answerer, load_wording(known.prompts_dir), TODAY)
    for path in paths:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        _print(path.stem, [(row, shape, judge(row["expect"], shape)) for row in rows for shape in (ask(row),)])


def _print(name: str, marked: Sequence[Marked]) -> None:
    names = ("right", "part", "missed", "wrong")
    counts = {verdict: sum(mark.verdict == verdict for *_, mark in marked) for verdict in names}
    critical = sum(mark.verdict == "wrong" and row["critical"] for row, _, mark in marked)
    against = sum(mark.contradicts for *_, mark in marked)
    figures = (name, len(marked), counts, f"wrong on critical rules {critical}", f"contradictions {against}")
    typer.echo(" | ".join(map(str, (*figures, *(f"{one} {told}" for one, told in bars(marked).items())))))
    for row, shape, mark in marked:
        if mark.verdict != "right":
            passages = ",".join(shape["fiches"]) or shape["reason"] or ""
            sign = "!" if row["critical"] else ""
            typer.echo(f"{row['id']}{sign} {mark.verdict} | {row['question']}")
            typer.echo(f"   {shape['status']} {passages} | {shape['answer'][:300]}")


if __name__ == "__main__":
    main([Path(one) for one in sys.argv[1:]])
