"""`requests`: the captured demandes, for operators."""

import os
import sys
import tempfile
from collections.abc import Iterable
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any, TextIO

import typer

from bot.app import SystemClock
from bot.config import settings
from bot.content.organismes import load_organismes
from bot.database import open_database
from bot.domain.demande import Statut
from bot.errors import InputError

app = typer.Typer(add_completion=False, help="List, export or purge the captured demandes (SQLite or DATABASE_URL).")

Organisme = Annotated[str, typer.Option(help="only this body (its slug, as `route` writes it)")]
OneStatut = Annotated[Statut | None, typer.Option(help="only this status")]


class Format(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    JSON = "json"


def _wanted(organisme: str, statut: Statut | None) -> Any:
    """The rows asked for, oldest first; raises InputError for a body that does not exist."""
    from bot.storage.models import DemandeRow

    known = load_organismes(settings().knowledge_dir)
    if organisme and organisme not in known:
        raise InputError(f"--organisme: {organisme!r} is not a body; use one of {', '.join(sorted(known))}")
    rows = DemandeRow.objects.order_by("envoyee_le", "id")
    if organisme:
        rows = rows.filter(organisme=organisme)
    return rows.filter(statut=statut.value) if statut else rows


@app.command("list", help="One line a demande: reference, status, body, sent on, starts on. No name: see `export`.")
def list_(organisme: Organisme = "", statut: OneStatut = None) -> None:
    """Print and exit."""
    open_database(settings())
    from django.utils.timezone import localtime

    for row in _wanted(organisme, statut).iterator(chunk_size=500):
        starts = row.date_debut.isoformat() if row.date_debut else "-"
        print(row.numero, row.statut, row.organisme, f"{localtime(row.envoyee_le):%Y-%m-%d}", starts, sep="\t")


@app.command(help="Everything in the demandes, as CSV that a French spreadsheet opens right, or as JSON.")
def export(
    output_format: Annotated[Format, typer.Option("--format", help="csv or json")] = Format.CSV,
    output: Annotated[Path | None, typer.Option(help="the file to write; standard output without it")] = None,
    organisme: Organisme = "",
    statut: OneStatut = None,
) -> None:
    """Write and exit; leaves a trace of how many went out."""
    open_database(settings())
    from bot.dashboard import exports
    from bot.storage.models import Trace

    rows = _wanted(organisme, statut)
    if output_format is Format.CSV:
        named = SimpleNamespace(organismes=load_organismes(settings().knowledge_dir))
        chunks: Iterable[str] = exports.csv_chunks(exports.header(), exports.rows(rows, named))  # type: ignore[arg-type]
    else:
        chunks = exports.json_chunks(rows)
    with _written(output) as file:
        file.writelines(chunks)
    Trace.objects.create(at=SystemClock().now(), quoi="export", auteur="operateur", nombre=rows.count())


@contextmanager
def _written(output: Path | None) -> Any:
    """A file that appears only once it is whole, readable by its owner alone; or standard output."""
    if output is None:
        yield _utf8(sys.stdout)
        return
    try:
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=".export-")
    except OSError as error:
        raise InputError(f"--output: {output.parent} cannot be written ({error.strerror}); put another file") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            yield file
        Path(name).replace(output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _utf8(stream: TextIO) -> TextIO:
    """The stream, whatever the terminal's own encoding; line ends are those of the export."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8", newline="")
    return stream


@app.command(help="Erase what has been kept long enough (RETENTION_BROUILLON_JOURS, RETENTION_CLOSE_JOURS).")
def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only count what would be erased")] = False,
) -> None:
    """Print how many of each kind; what is erased leaves a trace without content."""
    given = settings()
    open_database(given)
    from bot.storage.connection import forget_deleted
    from bot.storage.retention import Retention

    retention = Retention(given.retention_brouillon_jours, given.retention_close_jours)
    gone = retention.purge(SystemClock().now(), dry_run=dry_run)
    if not dry_run:
        forget_deleted()
    print("would be erased:" if dry_run else "erased:")
    for name in gone.__dataclass_fields__:
        print(f"  {name}\t{getattr(gone, name)}")
