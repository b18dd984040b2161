"""Options shared by every test."""

import pytest

pytest_plugins = ["tests.cas"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--ecrire` rewrites the golden dialogues; the diff is what a reviewer reads."""
    parser.addoption("--ecrire", action="store_true", default=False, help="rewrite the golden dialogues")


@pytest.fixture
def ecrire(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are rewritten."""
    return bool(request.config.getoption("--ecrire"))
