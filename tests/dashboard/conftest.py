"""A desk for each test, on its own database."""

import pytest

from tests.dashboard.office import TestClock, member, opened, signed_in


@pytest.fixture(autouse=True)
def as_written(request, monkeypatch):
    """Words are compared as they are written; how they are set has its own tests."""
    if "typeset" not in request.fixturenames:
        monkeypatch.setattr("bot.dashboard.pages.typeset", str)


@pytest.fixture
def typeset():
    """Pages as people see them."""


@pytest.fixture
def clock():
    """The clock of the desk."""
    return TestClock()


@pytest.fixture
def desk(db, clock, tmp_path):
    """The desk, installed."""
    return opened(clock, tmp_path)


@pytest.fixture
def as_role(desk, client):
    """Sign the client in with a role in a body."""

    def sign(role, organisme="mission-locale"):
        return signed_in(client, member(role, organisme))

    return sign
