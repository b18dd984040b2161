"""`knowledge`: check, index, eval, impact, gaps: what a maintainer of the fiches runs."""

import importlib
import json
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.bar import bar
from bot.config import Settings, settings
from bot.content import wording
from bot.content.fiches import load_fiches, overdue
from bot.content.questions import load_exam
from bot.errors import ContentError, InputError, Problem

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Check, index and examine the knowledge base.")

CHECKED = (
    "regles",
    "fiches",
    "redaction",
    "lexique",
    "questions",
    "alertes",
    "organismes",
    "orientation",
    "metiers",
    "communes",
    "paroles",
    "echeances",
)


class Part(StrEnum):
    """A part of the exam."""

    REGLAGE = "reglage"
    RESERVE = "reserve"
    ALL = "tout"


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/Paris")).date()


def problems(known: Settings) -> list[Problem]:
    """Every fault of every content file."""
    found: list[Problem] = []
    for name in CHECKED:
        found += importlib.import_module(f"bot.content.{name}").check(known.knowledge_dir)
    return sorted({*found, *wording.check(known.prompts_dir)})


@app.command(help="Check every content file and print all problems at once, in French; exit 1 if there are any.")
def check() -> None:
    """Print and exit."""
    known = settings()
    found = problems(known)
    for problem in found:
        print(problem)
    try:
        fiches = load_fiches(known.knowledge_dir)
    except ContentError:
        fiches = ()
    for late in overdue(fiches, _today()):
        print(f"{late} (la réponse le dit d'elle-même)")
    passages = sum(len(fiche.passages) for fiche in fiches)
    print(f"{len(found)} problème(s)" if found else f"Tout est bon : {len(fiches)} fiches, {passages} passages.")
    if found:
        raise typer.Exit(1)


@app.command(help="Build the index aside, run the exam's tuning part, swap unless it falls; print the scores.")
def index(force: Annotated[bool, typer.Option("--force", help="swap even where the exam falls")] = False) -> None:
    """Build, print and exit; 1 where the last good index keeps serving."""
    from bot.answers.cache import BuildCache
    from bot.answers.publishing import Publisher

    known = settings()
    publisher = Publisher(
        known.knowledge_dir,
        known.data_dir,
        encoder=known.embedding_model,
        chroma_url=known.chroma_url,
        cache=None if force else BuildCache(known.cache_dir),
        progress=bar(),
    )
    published = publisher.publish(force=force)
    served = publisher.examined(published.index)
    print(f"encoder\t{served.manifest.encoder}\nphrasings\t{served.manifest.phrasings}")
    print(f"content\t{served.manifest.content}")
    for name, value in served.manifest.scores.items():
        print(f"{name}\t{value:.3f}")
    if published.refusal:
        print(f"the last good index keeps serving: {published.refusal}")
        raise typer.Exit(1)
    print("swapped" if published.changed else "already up to date")


@app.command("eval", help="Run the exam on the knowledge as it is on disk: scores per kind, style, family, theme.")
def evaluate(
    part: Annotated[
        Part, typer.Option(help="reserve (untouched by tuning), reglage (with confusions) or tout")
    ] = Part.RESERVE,
    as_json: Annotated[bool, typer.Option("--json", help="print the figures as JSON")] = False,
) -> None:
    """Print the scores and exit."""
    from bot.answers.cache import BuildCache
    from bot.answers.evaluation import confusions, run_exam, scores, summary
    from bot.answers.publishing import scratch

    known = settings()
    rows = [row for row in load_exam(known.knowledge_dir) if part in (row.partie, Part.ALL)]
    with scratch(known.knowledge_dir, known.data_dir, known.embedding_model, BuildCache(known.cache_dir)) as answerer:
        marked = list(run_exam(answerer, rows, _today()))
        themes = _themes(known.knowledge_dir)
        named = scores(marked, lambda one: _theme(one.row.facts, themes))
    figures = summary(marked)
    if as_json:
        print(json.dumps(figures, indent=1))
        return
    console = Console(width=110)
    for name, value in figures.items():
        console.print(f"{name:<24} {value:.3f}")
    from bot.answers.evaluation import kind

    keys = {
        "genre": lambda one: kind(one.row),
        "style": lambda one: one.row.style,
        "famille": lambda one: one.row.famille,
    }
    for title, found in ({name: scores(marked, key) for name, key in keys.items()} | {"thème": named}).items():
        table = Table(title, "questions", "justes", "fausses", "demandées", "manquées")
        for row in found:
            table.add_row(row.name or "-", *map(str, (row.total, row.right, row.wrong, row.asked, row.missed)))
        console.print(table)
    for one in confusions(marked):
        console.print(
            f"{one.row.id} [{one.grade}] {one.row.question!r}: {', '.join(one.row.attendu)} <> {one.got}", markup=False
        )


def _themes(knowledge: Path) -> dict[str, str]:
    return {
        fait: fiche.theme for fiche in load_fiches(knowledge) for passage in fiche.passages for fait in passage.faits
    }


def _theme(facts: frozenset[str], themes: dict[str, str]) -> str:
    return next((themes[fact] for fact in sorted(facts) if fact in themes), "-")


@app.command(help="What the edit on disk changes in the exam's answers, as markdown for a pull request.")
def impact(
    since: Annotated[
        str, typer.Option(help="a git revision to compare with (e.g. HEAD); empty: the index that serves")
    ] = "",
) -> None:
    """Print the comparison and exit."""
    from bot.answers.impact import compare, exported, report
    from bot.answers.publishing import Publisher, answerer_of, scratch

    known = settings()
    exam = load_exam(known.knowledge_dir)
    encoder = known.embedding_model
    with tempfile.TemporaryDirectory() as aside, scratch(known.knowledge_dir, known.data_dir, encoder) as after:
        if since:
            before_folder = exported(known.knowledge_dir, since, Path(aside))
            with scratch(before_folder, Path(aside), encoder) as before:
                changes = compare(before, after, exam, _today())
        else:
            served = Publisher(known.knowledge_dir, known.data_dir, encoder=encoder).current()
            if served is None:
                raise InputError("there is no index to compare with: run `knowledge index`, or give --since HEAD")
            changes = compare(answerer_of(served), after, exam, _today())
    print(report(changes, len(exam)))


@app.command(
    help="Questions that found no answer or were disliked, scrubbed and grouped, with the stub of a new section."
)
def gaps(limit: Annotated[int, typer.Option(min=1, help="how many groups")] = 20) -> None:
    """Print and exit."""
    from bot.answers.gaps import grouped, stub

    groups = grouped(list(_asked(settings())))
    if not groups:
        print("Aucune question en attente.")
    for group in groups[:limit]:
        print(stub(group))


def _asked(known: Settings) -> Iterator[tuple[str, str]]:
    from bot.database import open_database

    open_database(known)
    from bot.storage.models import Lacune

    for row in Lacune.objects.order_by("at").iterator(chunk_size=500):
        yield row.question, row.raison
