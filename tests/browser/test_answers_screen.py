"""Ten usual questions on a phone: the whole answer is on the screen, nothing has to be scrolled."""

import shutil

import pytest

from tests.e2e.process import Bot
from tests.sandbox.live import live_sandbox

QUESTIONS = (
    "c'est payé ?",
    "combien de temps dure une immersion au maximum ?",
    "je garde mes allocations chômage ?",
    "qui signe la convention ?",
    "je peux commencer avant la validation ?",
    "je suis couvert en cas d'accident ?",
    "j'ai 17 ans, qui doit signer ?",
    "je suis salarié, mon employeur doit signer ?",
    "mes trajets sont remboursés ?",
    "où trouver une entreprise ?",
)

INSIDE = """article => {
    const fil = document.getElementById('fil').getBoundingClientRect();
    const text = (article.querySelector('.texte') || article).getBoundingClientRect();
    return {top: text.top - fil.top, bottom: fil.bottom - text.bottom, wide: text.right <= fil.right + 1};
}"""


@pytest.fixture(scope="module")
def answering(tmp_path_factory, published):
    """The address of a chat page with the whole program, answers included, behind it."""
    folder = tmp_path_factory.mktemp("answers") / "data"
    shutil.copytree(published, folder)
    with live_sandbox() as live:
        bot = Bot(folder, live.url).start("--today", "2026-11-25")
        yield live.url
        bot.stop()


@pytest.mark.lent
def test_the_whole_answer_is_on_the_first_screen_of_a_phone(chromium, answering, tmp_path):
    for at, question in enumerate(QUESTIONS):
        context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
        page = context.new_page()
        page.goto(f"{answering}/?personne={3900 + at}")
        messages = page.locator("article.message")
        for said in ("bonjour", question):
            before = messages.count()
            page.get_by_role("textbox").fill(said)
            page.get_by_role("button", name="Envoyer", exact=True).click()
            messages.nth(before + 1).wait_for(timeout=60_000)
        page.wait_for_timeout(300)
        answer = page.locator("article.message", has_text="vérifié le").last
        room = answer.evaluate(INSIDE)
        page.screenshot(path=tmp_path / f"reponse-{at + 1}.png")
        context.close()
        seen = (room["top"] >= 0, room["bottom"] >= 0, room["wide"])
        assert seen == (True, True, True), (question, room)
