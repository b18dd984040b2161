"""`manage`: Django's own commands, on our settings."""

from typing import Annotated

import typer

from bot.config import settings
from bot.database import open_database

app = typer.Typer(add_completion=False)


@app.command(
    help="Django's own commands on the bot's database (createsuperuser, shell, dbshell…); `manage help` lists them. "
    "The tables are brought up to date first.",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
)
def manage(arguments: Annotated[list[str] | None, typer.Argument()] = None) -> None:
    """Hand over to Django, which exits as it sees fit."""
    open_database(settings())
    from django.core.management import execute_from_command_line

    execute_from_command_line(["immersion-bot manage", *(arguments or ["help"])])
