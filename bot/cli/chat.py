"""`chat`: the same conversation in a terminal."""

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import typer

from bot.app import clock_of, open_answers_aside, open_house, open_model
from bot.channels.console import Console
from bot.config import settings
from bot.conversation.dialogue import Dialogue
from bot.database import check_folder

app = typer.Typer(add_completion=False)


def _lines() -> Iterator[str]:
    """Standard input, line by line; a prompt only where somebody types."""
    typed = sys.stdin.isatty()
    while True:
        if typed:
            print("> ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            return
        yield line.rstrip("\n")


@app.command(
    help="Talk to the bot here: one line in, one reply out. A button shown [like this] is pressed by typing its "
    "label. Nothing is stored, and a request sent here goes nowhere. Ctrl-D leaves."
)
def chat(
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the date to go by")] = None,
) -> None:
    """Answer until the end of the input."""
    given = settings()
    check_folder(given)
    model = open_model(given, clock_of(today.date() if today else None))
    dialogue = Dialogue(open_house(given, open_answers_aside(given, model), model))
    console = Console(dialogue, clock_of(today.date() if today else None))
    console.run(_lines(), lambda text: print(text, end="\n\n", flush=True))
