"""One database an engine for the whole folder, emptied before each test."""

import pytest

from tests.bases import default_database, empty, url_of
from tests.llm.parts import client, clock, consignes, masker, over_server, server

__all__ = ["client", "clock", "consignes", "masker", "over_server", "server"]


@pytest.fixture(scope="package", params=["memory", "sqlite", "postgresql"])
def engine(request, tmp_path_factory, django_db_blocker):
    """Which implementation is under test; its database is in place."""
    if request.param == "memory":
        yield "memory"
        return
    url = url_of(request.param, tmp_path_factory.mktemp("contracts"))
    with default_database(url, django_db_blocker):
        yield request.param


@pytest.fixture
def clean(engine):
    """The engine's name, its tables empty."""
    if engine != "memory":
        empty()
    return engine
