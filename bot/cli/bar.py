"""A bar on standard error while the search index is built for the first time."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from bot.answers.progress import Progress as Told
from bot.answers.progress import Stage


def bar() -> Told:
    """What to tell of each step: drawn as a bar in a terminal, one line a step elsewhere; nothing until the first."""
    console = Console(stderr=True)
    columns = (TextColumn("building the search index"), BarColumn(), TextColumn("{task.description}"))
    drawn = Progress(*columns, console=console, transient=True)
    task = drawn.add_task("", total=1.0)

    def told(stage: Stage) -> None:
        if not console.is_terminal:
            console.print(f"building the search index: {stage.words}, {100 * stage.share:.0f} %")
            return
        drawn.start()
        drawn.update(task, completed=stage.share, description=stage.words)
        if stage is Stage.BUILT:
            drawn.stop()

    return told
