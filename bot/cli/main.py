"""The program: finds a command's module by name, and turns a BotError into one line."""

import gc
import importlib
import sys
from collections.abc import Sequence

from bot.errors import BotError

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
    importlib.import_module(f"bot.cli.{name}").app(args=rest, prog_name=f"immersion-bot {name}")


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
