"""The program: finds a command's module by name, and turns a BotError into one line."""

import gc
import importlib
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.errors import BotError, InputError

if TYPE_CHECKING:
    import typer

COMMANDS: dict[str, str] = {
    "ask": "answer one question, or many (--jsonl)",
    "route": "name the body for situations (--jsonl)",
    "read": "read form fields as the bot would (--jsonl)",
    "turn": "play one message in a given situation (--jsonl)",
    "demo": "everything on this machine, without a token",
    "run": "serve Telegram and the counsellors' pages",
    "chat": "the same conversation in this terminal",
    "knowledge": "check, index, eval, impact, gaps",
    "trades": "import the official trades and their codes",
    "offices": "import the public directory of local offices",
    "requests": "list, export or purge captured requests",
    "backup": "copy the database while the program runs",
    "restore": "put a backup in an empty place",
    "doctor": "check this machine and say what to do",
    "bench": "the project's own figures, side by side",
    "manage": "Django's own commands",
}

SLOW_TO_START = {
    "demo": "starting; a first start also builds the search index, step by step below, and keeps it for the next ones",
}
"""What is said at once, before the imports, by a command that takes a while."""


SERVES = frozenset({"demo", "run"})
"""They let go of garbage again once they serve."""


def usage() -> str:
    """The help of the whole program, without importing any command."""
    rows = "\n".join(f"  {name:<10} {what}" for name, what in COMMANDS.items())
    return (
        "Usage: immersion-bot COMMAND [OPTIONS]\n\n"
        "Sourced answers on immersion professionnelle (PMSMP), and a request that reaches the right body.\n\n"
        f"Commands (each has its own --help):\n{rows}\n"
    )


def run(arguments: Sequence[str]) -> None:
    """Run one command; `bot.cli.<command>.app` is a typer.Typer."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print(usage())
        return
    name, *rest = arguments
    if name not in COMMANDS:
        print(f"{name}: no such command; use one of {', '.join(COMMANDS)}", file=sys.stderr)
        sys.exit(2)
    if name in SERVES:
        # What a start makes stays: looking through it again and again for garbage is a fifth of the start.
        gc.disable()
    if name in SLOW_TO_START and "--help" not in rest:
        print(SLOW_TO_START[name], file=sys.stderr, flush=True)
    _call(importlib.import_module(f"bot.cli.{name}").app, rest, f"immersion-bot {name}")


def _call(app: "typer.Typer", rest: Sequence[str], name: str) -> None:
    """The command; words that it does not take are refused as settings are, in one line that says what would be right."""
    import typer
    from pydantic import ValidationError

    from bot.config import wanted

    # What typer raises for words that a command does not take; it has no public name for all of them.
    misused: type[Exception] = typer.BadParameter.__mro__[1]
    try:
        status = app(args=rest, prog_name=name, standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except misused as error:
        told = str(getattr(error, "message", "")) or str(getattr(error, "format_message", str)())
        if not told:
            sys.exit(2)  # the help was shown: nothing had been asked for
        if isinstance(error.__cause__, ValidationError):
            told = wanted(error.__cause__)
        where = getattr(getattr(error, "param", None), "opts", None) or ()
        shown = f"{where[0]}: " if where else ""
        raise InputError(f"{shown}{told.rstrip('.')} (`{name} --help` tells more)") from None
    if status:
        sys.exit(status)


def main() -> None:
    """Run; a refusal is one line on standard error and status 2, never a traceback."""
    try:
        run(sys.argv[1:])
    except BotError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
