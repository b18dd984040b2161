"""How long one orientation takes, over every profile of the routing table."""

import time
from statistics import median
from typing import Any

from bot.cli.route import profil_from
from tests.orientation.test_orientation import ROUTER, ROWS

ROUNDS = 20


def main() -> dict[str, Any]:
    """Median and 99th percentile in milliseconds."""
    profils = [profil_from(row.values[3]) for row in ROWS] * ROUNDS
    spent = []
    for profil in profils:
        start = time.perf_counter()
        ROUTER.route(profil)
        spent.append((time.perf_counter() - start) * 1000)
    spent.sort()
    return {"profiles": len(profils), "p50_ms": median(spent), "p99_ms": spent[int(len(spent) * 0.99)]}
