"""`trades`: the official names of trades with their codes (ROME), imported and searched."""

from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.config import settings
from bot.content.appellations import COLONNES, read_appellations
from bot.database import open_database

app = typer.Typer(add_completion=False, no_args_is_help=True, help="The official trades and their codes.")


@app.command(
    "import",
    help=f"Read the official trades, UTF-8: a CSV with {';'.join(COLONNES)}, or France Travail's open data "
    "(appellations; a second file with the labels of the ROME codes completes it), and store them in place of the "
    "former edition. All or nothing; importing the same edition again changes nothing.",
)
def import_trades(
    files: Annotated[list[Path], typer.Argument(help="CSV files", show_default=False)],
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="date of the import")] = None,
) -> None:
    """Print what changed and exit."""
    trades = read_appellations(files)
    open_database(settings())
    from bot.storage.trade_list import replace_trades

    done = replace_trades(trades, today.date() if today else datetime.now(ZoneInfo("Europe/Paris")).date())
    print(f"added      {done.added}\nchanged    {done.changed}\nremoved    {done.removed}\nunchanged  {done.unchanged}")


@app.command(help="The official trades nearest to what a person types, the best first, with their codes.")
def search(
    words: Annotated[str, typer.Argument(help="what a person types")],
    limit: Annotated[int, typer.Option(min=1, max=20, help="how many")] = 3,
) -> None:
    """Print one a line; exit 1 where nothing is near."""
    open_database(settings())
    from bot.app import open_trades

    found = open_trades(settings()).search(words, limit)
    for one in found:
        print(f"{one.note:.2f}\t{one.appellation.code_rome}\t{one.appellation.code}\t{one.appellation.libelle}")
    if not found:
        raise typer.Exit(1)
