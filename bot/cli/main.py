"""The command group: finds a command's module by name, and turns a BotError into one line."""

import importlib
import sys

import click
import typer

from bot.errors import BotError

COMMANDS: dict[str, str] = {
    "ask": "answer one question, or many (--jsonl)",
    "route": "name the body for situations (--jsonl)",
    "read": "read form fields as the bot would (--jsonl)",
    "demo": "everything on this machine, without a token",
    "run": "serve Telegram and the counsellors' pages",
    "chat": "the same conversation in this terminal",
    "knowledge": "check, index, eval, impact, gaps",
    "requests": "list, export or purge captured requests",
    "bench": "the project's own figures, side by side",
    "manage": "Django's own commands",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when called, so that `--help` and `read` start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """In the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command `cmd_name`, from `bot.cli.<cmd_name>.app` (a typer.Typer or a click.Command)."""
        if cmd_name not in COMMANDS:
            return None
        app = importlib.import_module(f"bot.cli.{cmd_name}").app
        command = typer.main.get_command(app) if isinstance(app, typer.Typer) else app
        assert isinstance(command, click.Command)
        command.name = cmd_name
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, help="Immersion-bot: sourced answers on PMSMP, and a request that reaches the right body.")
def cli() -> None:
    """The root command."""


def main() -> None:
    """Run; a refusal is one line on standard error and status 2, never a traceback."""
    try:
        cli(prog_name="immersion-bot")
    except BotError as error:
        print(error, file=sys.stderr)  # noqa: T201
        sys.exit(2)
