"""The chat page in a real browser: no accessibility fault, and the picture that the README shows is still true."""

import shutil

import pytest

from tests.browser import layout
from tests.browser.conftest import CAPTURES, PATIENCE
from tests.browser.stage import faults
from tests.e2e.process import Bot
from tests.sandbox.live import live_sandbox

QUESTION = "si je me casse la jambe là-bas, qui paye ?"
PARAGRAPH = (
    "Je veux découvrir le métier de boulanger à Lyon du 7 au 18 décembre, je suis au chômage et suivi par la mission "
    "locale"
)


SHOWN = {"width": 760, "height": 1000}


@pytest.fixture(scope="module")
def chat(tmp_path_factory, published):
    """The address of a chat page with the program behind it."""
    folder = tmp_path_factory.mktemp("chat") / "data"
    shutil.copytree(published, folder)
    with live_sandbox() as live:
        bot = Bot(folder, live.url).start("--today", "2026-11-25")
        yield live.url
        bot.stop()


def _say(page, text):
    messages = page.locator("article.message")
    before = messages.count()
    page.get_by_role("textbox").fill(text)
    page.get_by_role("button", name="Envoyer", exact=True).click()
    messages.nth(before + 1).wait_for()


def test_a_conversation_has_no_fault_and_looks_as_the_readme_shows(chromium, chat, ecrire):
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{chat}/?personne=1280")
    assert faults(page) == []
    for text in (QUESTION, PARAGRAPH):
        _say(page, text)
    assert faults(page) == []
    page.set_viewport_size(SHOWN)
    page.get_by_text("Voici ce que").scroll_into_view_if_needed()
    assert layout.compared(page, CAPTURES / "chat", SHOWN["height"], write=ecrire) == {}, "--ecrire retakes it"
    context.close()
