"""A desk for each test, on its own database."""

import pytest

from tests.dashboard.office import TestClock, member, opened, signed_in


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
