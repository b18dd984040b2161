"""Reading of typed fields over the whole table: right, invented, and time a field."""

import time
from collections import Counter
from typing import Any

from bot.config import ROOT
from bot.content.communes import load_communes
from bot.content.metiers import load_trades
from bot.conversation.hearing.orders import heard_as_order
from bot.reading.reader import FieldReader
from tests.reading.conftest import context_maker
from tests.reading.test_table import ROWS, judged, outcome


def main() -> dict[str, Any]:
    """Verdicts by part of the table, and milliseconds a field."""
    knowledge = ROOT / "knowledge"
    reader = FieldReader(load_communes(knowledge), load_trades(knowledge), heard_as_order)
    context = context_maker()
    verdicts: Counter[tuple[str, str]] = Counter()
    spent = []
    for row in ROWS:
        start = time.perf_counter()
        kind, value = outcome(reader, context, row)
        spent.append((time.perf_counter() - start) * 1000)
        verdicts[row["part"], judged(row, kind, value)] += 1
    spent.sort()
    parts = {part: sum(count for (one, _), count in verdicts.items() if one == part) for part, _ in verdicts}
    return {
        **{f"{part} right": f"{verdicts[part, 'right']}/{total}" for part, total in parts.items()},
        "invented": sum(count for (_, verdict), count in verdicts.items() if verdict == "invented"),
        "p50_ms": spent[len(spent) // 2],
        "p99_ms": spent[int(len(spent) * 0.99)],
    }
