"""A headless Chromium of the system, and the desk served to it."""

import os
import shutil
from pathlib import Path

import pytest

from tests.dashboard.office import TestClock, opened

# Playwright's synchronous driver runs a loop in this thread, which Django takes for an asynchronous caller.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
MISSING = "no Chromium here: apt-get install -y --no-install-recommends chromium"
PATIENCE = 180_000
"""Milliseconds, only there so as not to hang: a busy machine is no fault of a page."""
CAPTURES = Path(__file__).parent / "captures"


@pytest.fixture(scope="session")
def chromium():
    """The browser; without one these tests are skipped, except where CI must have it."""
    playwright = pytest.importorskip("playwright.sync_api")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def clock():
    """The clock of the desk."""
    return TestClock()


@pytest.fixture
def desk(transactional_db, live_server, clock, tmp_path):
    """The desk, served; the value's `url` is its address."""
    return opened(clock, tmp_path), live_server.url


@pytest.fixture(params=["1280", "390", "320"], ids=["large", "390px", "320px"])
def width(request):
    """The width of the screen."""
    return int(request.param)


@pytest.fixture
def page(chromium, desk, width):
    """A fresh page on the desk; any script error fails the test."""
    context = chromium.new_context(base_url=desk[1], viewport={"width": width, "height": 900}, locale="fr-FR")
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            errors.append(message.text) if message.type == "error" and "status of" not in message.text else None
        ),
    )
    yield page
    context.close()
    assert errors == []


def sign_in(page, name, password):
    """Through the sign-in page, as a person does."""
    page.goto("/connexion/")
    page.get_by_label("Identifiant ou adresse électronique").fill(name)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda url: "/connexion/" not in url)
