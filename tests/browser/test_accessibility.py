"""axe-core finds nothing on any state of any page, at three widths, light and dark, with no rule disabled.

Nothing scrolls sideways either, and no page makes more than five requests.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from bot.domain.turn import RelayToCounsellor
from bot.storage.effects import apply
from bot.storage.models import HandoffRow
from tests.browser.conftest import sign_in
from tests.browser.stage import SCREENS, Stage
from tests.dashboard.gallery import gallery
from tests.dashboard.office import NOW, PASSWORD, member, opened
from tests.dashboard.scenery import furnish

KIND = re.compile(r'<[a-z0-9]+(?: class="[^"]*")?(?: role="[^"]*")?(?: aria-invalid)?')


def faults(page):
    """What axe-core reports, one line each."""
    results = Axe().run(page).response
    found = [f"{one['id']}: {node['html'][:160]}" for one in results["violations"] for node in one["nodes"]]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("the page scrolls sideways")
    return found


def test_no_state_of_any_page_has_a_fault(chromium, db, clock, tmp_path):
    """Each state that holds an element of a kind not looked at yet, on one of the six screens in turn.

    `bench pages` looks at every state on every screen.
    """
    opened(clock, tmp_path)
    stage, found, known, seen = Stage(chromium), {}, set(), 0
    for one in gallery(clock):
        if (kinds := set(KIND.findall(one.html))) - known:
            known |= kinds
            if wrong := stage.faults(one, [SCREENS[seen % len(SCREENS)]]):
                found[f"{one.name} ({one.path})"] = wrong
            seen += 1
    stage.close()
    assert seen > 2 * len(SCREENS)
    assert found == {}
    assert stage.errors == []


def test_a_page_left_open_learns_of_a_message_without_losing_what_is_typed(page, clock):
    member("conseiller", name="c.martin")
    sign_in(page, "c.martin", PASSWORD)
    row = HandoffRow.objects.create(
        chat=1, organisme="mission-locale", opened_at=NOW, taken_at=NOW, pris_par="c.martin"
    )
    page.goto(f"/conversations/{row.pk}/")
    page.get_by_label("Votre réponse").fill("Je commence à répondre")
    page.wait_for_function("document.title.startsWith('Conversation')")
    apply([RelayToCounsellor("Encore une chose")], chat=1, at=NOW)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_text("Encore une chose").wait_for()
    assert page.get_by_label("Votre réponse").input_value() == "Je commence à répondre"
    assert page.title().startswith("(1) ")


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_keys_move_through_the_list_tick_and_open_the_page_of_keys(page, clock):
    furnish(clock)
    member("conseiller", name="c.martin")
    sign_in(page, "c.martin", PASSWORD)
    page.goto("/demandes/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("input[name=demande]:checked").count() == 1
    assert page.get_by_text("1 cochée").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("j?")
    assert page.locator("#q").input_value() == "j?"
    page.locator("h1").click()
    page.keyboard.press("?")
    page.wait_for_url("**/raccourcis/")
    page.get_by_role("button", name="Désactiver").click()
    page.keyboard.press("d")
    assert "/raccourcis/" in page.url
