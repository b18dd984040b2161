"""`backup`: a copy of the database while the program runs."""

import os
from pathlib import Path
from typing import Annotated

import typer

from bot.config import settings
from bot.storage.copies import backup as copy

app = typer.Typer(add_completion=False)

PASSPHRASE = "BACKUP_PASSPHRASE"  # noqa: S105 - the name of a variable


@app.command(
    help="Copy the database (requests, conversations, accounts) to a new file while the program runs. With "
    f"{PASSPHRASE} in the environment, the file is encrypted (age). The index is not copied: it is built again."
)
def backup(target: Annotated[Path, typer.Argument(help="the file to write; must not exist")]) -> None:
    """Write the copy and say its size."""
    size = copy(settings().database, target, os.environ.get(PASSPHRASE, ""))
    print(f"{target}: {size} bytes{', encrypted' if os.environ.get(PASSPHRASE) else ''}")
