"""`restore`: a backup into an empty place."""

import os
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.backup import PASSPHRASE
from bot.config import settings
from bot.database import open_database
from bot.storage.copies import restore as put

app = typer.Typer(add_completion=False)


@app.command(
    help="Put a backup in an empty database (DATA_DIR or DATABASE_URL), and bring its tables up to date. "
    f"{PASSPHRASE} opens an encrypted one."
)
def restore(source: Annotated[Path, typer.Argument(help="the backup")]) -> None:
    """Restore, then migrate."""
    given = settings()
    put(source, given.database, os.environ.get(PASSPHRASE, ""))
    open_database(given)
    print(f"restored from {source}")
