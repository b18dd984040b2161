"""Options shared by every test, and Django on a temporary SQLite file."""

import os
import tempfile
from pathlib import Path

import pytest

# A worker a core, and two kinds of BLAS that would each take every core and spin while they wait for one another:
# a build of the index costs a quarter more processor so, and a small one twice. Read when numpy is first imported.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

from bot.storage.setup import configure  # noqa: E402

pytest_plugins = ["tests.cas"]
"""The cases of the conversation and the table of tests/README.md."""

_FOLDER = tempfile.TemporaryDirectory(prefix="immersion-bot-tests-")


def _set_up_django() -> None:
    """While this file is imported, before any test module: a database file of our own, cheap passwords."""
    file = Path(_FOLDER.name) / "base.sqlite3"
    configure(
        database_url=f"sqlite:///{file}",
        secret_key="for-tests-only",
        allowed_hosts=("127.0.0.1", "localhost", "testserver"),
        extra={
            "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
            "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        },
    )
    from django.conf import settings

    # A file, not shared memory: threads then lock as they do in production.
    settings.DATABASES["default"]["TEST"]["NAME"] = str(file.with_suffix(".test.sqlite3"))


_set_up_django()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--ecrire` rewrites the golden dialogues; the diff is what a reviewer reads."""
    parser.addoption("--ecrire", action="store_true", default=False, help="rewrite the golden dialogues")


@pytest.fixture
def ecrire(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are rewritten."""
    return bool(request.config.getoption("--ecrire"))


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """A data folder with the index of the knowledge that ships: built once, whatever the number of workers and runs."""
    from bot.answers.cache import BuildCache
    from bot.answers.publishing import Publisher
    from bot.config import ROOT, settings

    run = tmp_path_factory.getbasetemp()
    data = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "published"
    # The index's own lock makes the second worker wait for the first, and then open what it built.
    Publisher(ROOT / "knowledge", data, cache=BuildCache(settings().cache_dir)).publish()
    return data


_LONGEST = ("tests/browser/test_accessibility.py", "tests/browser/test_day.py", "tests/browser/test_long_day.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: the browser's driver keeps a loop running, in which no asynchronous test can start.

    The longest of them come first, so that no worker is left alone with one of them at the very end.
    """

    def place(item: pytest.Item) -> int:
        file = item.nodeid.partition("::")[0]
        return 0 if "tests/browser/" not in file else 1 if file in _LONGEST else 2

    items.sort(key=place)
