"""The offices of the country imported by the command, twice; then chosen by commune and by name, on the whole list.

On the real lists (450 missions locales, 894 agencies) where they lie beside the repository, else on made-up ones.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from bot.config import ROOT
from bot.content.bureaux import read_offices
from bot.domain.bureaux import choisir, reconnaitre
from tests.orientation.test_offices import CARTE, full_lists

SECONDS = 2.0


def main() -> dict[str, Any]:
    """Processor seconds of the whole command (start and all), what it wrote, milliseconds of a choice."""
    with tempfile.TemporaryDirectory() as folder:
        files = full_lists(Path(folder))[-1]
        _bot(Path(folder), "requests", "list")  # the tables are those of an installation that has started before
        first, second = (_imported(files, Path(folder)) for _ in range(2))
        bureaux = [bureau for file in files for bureau in read_offices(file, CARTE).bureaux]
    figures: dict[str, Any] = {"offices": len(bureaux), "first": first, "again": second}
    homes = [one for bureau in bureaux[::7] if (one := CARTE.insee(bureau.code_insee))]
    agencies = [one for one in bureaux if one.reseau == "france-travail"]
    figures["by_commune_ms"] = _spent([lambda home=home: choisir(agencies, home, CARTE) for home in homes])
    figures["by_name_ms"] = _spent(
        [lambda one=one: reconnaitre(bureaux, one.nom, one.departement) for one in bureaux[::31]]
    )
    figures["broken"] = second["written"] > 0 or max(first["cpu_s"], second["cpu_s"]) > SECONDS
    return figures


def _imported(files: Any, folder: Path) -> dict[str, Any]:
    before = os.times()
    told = _bot(folder, "offices", "import", *map(str, files))
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    counts = {line.rsplit(maxsplit=1)[0].strip(): int(line.rsplit(maxsplit=1)[1]) for line in told.splitlines()[:6]}
    written = sum(counts[name] for name in ("added", "changed", "reopened", "closed"))
    return {"cpu_s": round(spent, 2), "written": written, "set_aside": counts["set aside"]}


def _bot(folder: Path, *arguments: str) -> str:
    known = {**os.environ, "DATA_DIR": str(folder / "data"), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, cwd=ROOT, env=known, capture_output=True, text=True, check=True).stdout


def _spent(calls: Any) -> dict[str, float]:
    spent = []
    for call in calls:
        start = time.process_time_ns()
        call()
        spent.append((time.process_time_ns() - start) / 1e6)
    spent.sort()
    return {"p50": round(median(spent), 2), "p99": round(spent[int(len(spent) * 0.99)], 2)}


if __name__ == "__main__":
    print(main())  # noqa: T201
