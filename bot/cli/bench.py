"""`bench`: the project's own figures, measured now, beside what one would use instead."""

import importlib
import inspect
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.config import ROOT
from bot.errors import InputError

app = typer.Typer(add_completion=False)

BENCHES: dict[str, str] = {
    "answers": "retrieval against a default LangChain + Chroma pipeline, BM25 alone, dense alone",
    "ear": "built-in ear, cross-encoder, model, an oracle, lying models: right, wrong, refused, harm, time, agreement",
    "reading": "reading of typed fields: accuracy on the table, time a field",
    "walk": "a random walk of 20,000 turns, every invariant checked after each",
    "turns": "time of one form turn in process; the cases of one message in a situation: right, harmful, time per kind",
    "longest": "messages of 4,096 characters at every kind of question: processor time of the conversation, of the turn",
    "routing": "time of one orientation",
    "offices": "the country's offices imported twice by the command; chosen by commune and by name",
    "trades": "the official trades as people name them: right first, right in three, time of a search",
    "convention": "2,000 random requests: draft, link, PDF; time of a PDF",
    "crash": "30 kills (--size) while 20 simulated people fill requests; nothing lost, nothing twice, in order",
    "crash_apart": "the same on PostgreSQL with intake, two workers and the pages as processes, one killed at a time",
    "mangled": "100,000 mangled updates (--size): none raises; time of each, memory",
    "load": "people who answer at once, on SQLite and PostgreSQL with 1, 2 and 4 workers: turns a second, p95, queue's age",
    "slow": "twenty accounts with slow texts every 3 s: how long another person waits",
    "start": "a first `demo` and a second one in another empty folder: seconds to each thing one waits for, and to stop",
    "desk": "10,000 requests and 100,000 messages, on SQLite and PostgreSQL: list, search, thread, figures, exports",
    "pages": "every state of every page of the desk: axe on six screens, the Nu HTML checker, bytes, requests",
}


def _module(name: str) -> Any:
    """The benchmark's module; it lives with the tests, so a checkout is needed."""
    if name not in BENCHES:
        raise InputError(f"{name}: no such benchmark; use one of {', '.join(BENCHES)}")
    if not (ROOT / "tests" / "benchmarks").is_dir():
        raise InputError("bench: run it from a checkout of the repository, where tests/benchmarks is")
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    return importlib.import_module(f"tests.benchmarks.{name}")


def _rows(figures: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in figures.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            rows += _rows(value, f"{name} · ")
        else:
            rows.append((name, f"{value:,.3f}" if isinstance(value, float) else str(value)))
    return rows


@app.command(help="Run benchmarks (all of them without a name): " + "; ".join(f"{k}: {v}" for k, v in BENCHES.items()))
def bench(
    names: Annotated[list[str] | None, typer.Argument(help="which ones")] = None,
    size: Annotated[int, typer.Option(help="kills, updates… of those that count them; 0: their own number")] = 0,
    out: Annotated[Path | None, typer.Option("--json", help="also write the figures to this file")] = None,
) -> None:
    """Run, print one table a benchmark, exit 1 where a benchmark says that its promise is broken."""
    figures: dict[str, Any] = {}
    for name in names or list(BENCHES):
        module = _module(name)
        print(f"{name}: {BENCHES[name]}", flush=True)
        counts = "size" in inspect.signature(module.main).parameters
        figures[name] = module.main(size=size) if size and counts else module.main()
        rows = _rows(figures[name])
        width = max((len(row[0]) for row in rows), default=0)
        print("\n".join(f"  {key:<{width}}  {value}" for key, value in rows) + "\n", flush=True)
    if out:
        out.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if any(one.get("broken") for one in figures.values() if isinstance(one, Mapping)):
        raise typer.Exit(1)
