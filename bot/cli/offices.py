"""`offices`: the local offices of the public bodies, imported from the public directory."""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.config import settings
from bot.content.bureaux import COLONNES, Lecture, read_offices
from bot.content.communes import load_communes
from bot.database import open_database
from bot.domain.bureaux import RESEAUX, Import
from bot.domain.places import Carte
from bot.errors import ContentError, InputError, Problem

app = typer.Typer(add_completion=False, no_args_is_help=True, help="The local offices, from the public directory.")

_SHOWN = 20


@app.callback()
def offices() -> None:
    """Keep `import` a subcommand."""


@app.command(
    "import",
    help="Read the JSON of the « annuaire de l'administration, base de données locales » (missions locales, France "
    "Travail, Cap emploi, MDPH, conseils départementaux, chambers; other services are left out) or a CSV with "
    f"{';'.join(COLONNES)}, and store the offices. All or nothing: a wrong line is said with what would be right, and "
    "nothing is written (--keep-going writes the others). Importing the same file again changes nothing.",
)
def import_offices(
    files: Annotated[list[Path], typer.Argument(help="JSON or CSV files, UTF-8", show_default=False)],
    network: Annotated[
        str, typer.Option(help=f"network of a CSV without the column reseau: {', '.join(RESEAUX)}")
    ] = "",
    complete: Annotated[
        bool, typer.Option("--complete", help="close the offices of the same networks that the files no longer name")
    ] = False,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="write the right lines, leave the others")] = False,
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="date of the import")] = None,
) -> None:
    """Print what changed and exit; 1 where lines were left out by --keep-going."""
    if network and network not in RESEAUX:
        raise InputError(f"--network: {network!r} is not a network; use one of {', '.join(RESEAUX)}")
    carte = _carte()
    read = [_read(file, carte, network) for file in files]
    wrong = [problem for one in read for problem in one.problems]
    if wrong and not keep_going:
        raise ContentError(wrong)
    bureaux = {bureau.id: bureau for one in read for bureau in one.bureaux}
    open_database(settings())
    from bot.storage.offices import DjangoOfficeDirectory

    day = today.date() if today else datetime.now(ZoneInfo("Europe/Paris")).date()
    done = DjangoOfficeDirectory().replace(bureaux.values(), day, complete=complete)
    _print(done, [problem for one in read for problem in one.ecartes])
    if wrong:
        print("\n".join(map(str, wrong)), file=sys.stderr)
        raise typer.Exit(1)


def _read(file: Path, carte: Carte, network: str) -> Lecture:
    if not file.is_file():
        raise InputError(f"{file}: there is no such file")
    return read_offices(file, carte, network)


def _carte() -> Carte:
    """The communes, which tell where an office stands when its file does not."""
    return Carte(one for found in load_communes(settings().knowledge_dir).values() for one in found)


def _print(done: Import, aside: Sequence[Problem]) -> None:
    counts = {
        "added": len(done.nouveaux),
        "changed": len(done.modifies),
        "reopened": len(done.rouverts),
        "closed": len(done.fermes),
        "unchanged": done.inchanges,
        "set aside": len(aside),
    }
    print("\n".join(f"{name:<10} {count}" for name, count in counts.items()))
    for bureau, names in done.modifies[:_SHOWN]:
        print(f"changed: {bureau.id} ({', '.join(names)})")
    for word, found in (("closed", done.fermes), ("reopened", done.rouverts)):
        print("".join(f"{word}: {bureau.id}\n" for bureau in found[:_SHOWN]), end="")
    for problem in aside:
        print(problem)
