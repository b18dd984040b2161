"""kill -9 of one process of four (intake, two workers, pages) on PostgreSQL, started again at once: `crash`, apart."""

from typing import Any

from tests.benchmarks import crash


def main(size: int = 30) -> dict[str, Any]:
    """Kill `size` times, and return the figures."""
    return dict(crash.main(size, apart=True))
