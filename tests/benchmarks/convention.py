"""Two thousand random complete requests through the draft, the link and the page; how long each takes."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from bot.convention.draft import convention_draft
from bot.convention.link import prefilled_link
from bot.domain.demande import Demande
from tests.convention.demandes import check_draft, check_link, check_pdf, checked, demandes, made_pdf, organismes

REQUESTS = 2000


def main(requests: int = REQUESTS) -> dict[str, Any]:
    """How many requests passed every check, and milliseconds at the median and the 99th percentile."""
    seen: list[Demande] = []
    failures: list[str] = []
    quiet = settings(
        max_examples=requests, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip

    @seed(20261125)
    @quiet
    @given(demandes)
    def look(demande: Demande) -> None:
        seen.append(demande)
        for check in (check_draft, check_link, check_pdf):
            try:
                check(demande)
            except Exception as error:
                failures.append(f"{check.__name__}: {type(error).__name__}")

    look()
    timed = seen[:200]
    return {
        "requests": len(seen),
        "failures": len(failures),
        "first_failures": sorted(set(failures))[:5],
        "pdf_ms": _spent(made_pdf, timed),
        "draft_ms": _spent(lambda one: convention_draft(one, organismes()[one.organisme].agency_kind), timed),
        "link_ms": _spent(lambda one: prefilled_link(one.answers), timed),
        "checks_ms": _spent(checked, timed),
    }


def _spent(work: Callable[[Demande], object], demandes: list[Demande]) -> dict[str, float]:
    spent = []
    for one in demandes:
        start = time.perf_counter()
        work(one)
        spent.append((time.perf_counter() - start) * 1000)
    spent.sort()
    return {"p50": round(median(spent), 3), "p99": round(spent[int(len(spent) * 0.99)], 3)}


if __name__ == "__main__":
    print(main())  # noqa: T201
