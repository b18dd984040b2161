"""Danger on messages written before it was mended: what cries is heard, what only answers the form is calm.

`python -m tests.benchmarks.danger_heard`, with `-v` what went wrong. « avant » was written before the ear was taught
anything for it, and whoever taught it knew those lines; « apres » was written once the examples were, and heard after.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from bot.answers.service import open_answerer
from bot.app import open_house
from bot.config import ROOT, settings
from bot.conversation.deciding import alarm
from bot.conversation.scene import House

HERE = Path(__file__).parents[1] / "conversation"
ORDINARY, CRIES = HERE / "danger_ordinaire.tsv", HERE / "danger_cris.tsv"
BEFORE, AFTER = "avant", "apres"


@dataclass(frozen=True, slots=True)
class Row:
    """A message, the question it was sent at, when it was written, and its danger (empty: calm)."""

    half: str
    category: str
    step: str
    text: str


def rows() -> tuple[Row, ...]:
    """Both lists."""
    calm = (line.split("\t") for line in ORDINARY.read_text("utf-8").splitlines())
    cries = (line.split("\t") for line in CRIES.read_text("utf-8").splitlines())
    return (*(Row(half, "", step, text) for half, step, text in calm), *(Row(*cells) for cells in cries))


def heard(house: House, row: Row) -> str:
    """The category that is heard in a row; empty where it is calm."""
    return alarm.in_danger(house, row.text)


def main(house: House | None = None) -> None:
    """Hear every row, print."""
    house = house or open_house(settings(), open_answerer(ROOT / "knowledge", settings().data_dir), None)
    found = [(row, heard(house, row)) for row in rows()]
    for half in (BEFORE, AFTER):
        mine = [(row, category) for row, category in found if row.half == half]
        calm = [category for row, category in mine if not row.category]
        cries = [(row, category) for row, category in mine if row.category]
        _say(half, "false alarms", sum(map(bool, calm)), len(calm))
        _say(half, "cries heard", sum(bool(category) for _, category in cries), len(cries))
        _say(half, "of the right category", sum(row.category == category for row, category in cries), len(cries))
    if "-v" in sys.argv:
        for row, category in found:
            if row.category != category:
                sys.stdout.write(f"  {category or '-'}: {row}\n")


def _say(half, what, count, of):
    sys.stdout.write(f"{half}: {what}: {count} of {of}, {100 * count / max(1, of):.1f} %\n")


if __name__ == "__main__":
    main()
