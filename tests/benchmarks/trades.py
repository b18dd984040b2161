"""The official trades searched as people name them: right first, right in three, milliseconds; and a plain alternative.

On the real list (11,118 appellations) where it lies beside the repository, else on a made-up one of the same size.
"""

import time
from statistics import median
from typing import Any

from rapidfuzz import fuzz, process

from bot.config import ROOT
from bot.content.appellations import read_appellations
from bot.content.metiers import load_activites, load_appellations, load_metiers
from bot.domain.appellation import Appellation
from bot.domain.controle import folded
from bot.trade_search import TradeIndex
from tests.content.trades import AGENCE, DITS, ENTENDUS, PARLES, REAL, made_up, right, table


def main() -> dict[str, Any]:
    """Shares of the table, and milliseconds of one search; the alternative is rapidfuzz's WRatio over the labels."""
    real = REAL.is_file()
    trades = read_appellations([REAL]) if real else made_up(11_118)
    start = time.perf_counter()
    index = TradeIndex(
        trades, *(load(ROOT / "knowledge") for load in (load_metiers, load_appellations, load_activites))
    )
    built = time.perf_counter() - start
    figures: dict[str, Any] = {"appellations": len(trades), "real_list": real, "build_s": round(built, 2)}

    def ours(text: str) -> list[Appellation]:
        return [one.appellation for one in index.search(text)]

    figures["ours"], figures["heard"] = _measured(ours), _measured(ours, ENTENDUS)
    figures["parles"], figures["agence"] = _measured(ours, PARLES), _measured(ours, AGENCE)
    names = {one.code: folded(one.libelle) for one in trades}
    codes = {one.code: one for one in trades}

    def plain(text: str) -> list[Appellation]:
        found = process.extract(folded(text), names, scorer=fuzz.WRatio, limit=3)
        return [codes[code] for _, _, code in found]

    figures["wratio"] = _measured(plain)
    bars = figures["ours"], figures["heard"], figures["agence"]
    wrong = real and any(one["first"] < 0.9 or one["three"] < 0.97 for one in bars)
    figures["broken"] = wrong or any(one["p99_ms"] > 5 for one in (*bars, figures["parles"]))
    return figures


def _measured(search: Any, name: str = DITS) -> dict[str, float]:
    rows, spent, first, three = table(name), [], 0, 0
    for said, wanted in rows:
        start = time.process_time_ns()
        found = search(said)
        spent.append((time.process_time_ns() - start) / 1e6)
        marks = [right(one, wanted) for one in found]
        first += bool(marks) and marks[0]
        three += any(marks)
    spent.sort()
    return {
        "first": round(first / len(rows), 3),
        "three": round(three / len(rows), 3),
        "p50_ms": round(median(spent), 2),
        "p99_ms": round(spent[int(len(spent) * 0.99)], 2),
    }


if __name__ == "__main__":
    print(main())  # noqa: T201
