"""The README's pictures are taken by this run, and are still true: every accessible element is where they show it."""

import re

import pytest

from tests.browser import layout
from tests.browser.conftest import CAPTURES
from tests.browser.stage import Stage
from tests.conversation.fakes import ROOT
from tests.dashboard.gallery import Gallery
from tests.dashboard.office import member, opened
from tests.dashboard.scenery import furnish

SHOWN = (1280, 1000)


def desk_pages(clock):
    """Name of the picture -> the page it shows."""
    lived = furnish(clock)
    member("valideur", name="v.blanc")
    made = Gallery(clock)
    client = made.enter(member("responsable", name="c.martin"))
    for name, path in (("demandes", "/demandes/"), ("demande", f"/demandes/{lived.id}/"), ("chiffres", "/chiffres/")):
        made.get(name, client, path)
    return made.shown


def test_the_pictures_of_the_desk_show_what_is_shown_now(chromium, db, clock, tmp_path, ecrire):
    opened(clock, tmp_path)
    stage, found = Stage(chromium, *SHOWN), {}
    for one in desk_pages(clock):
        stage.open(one)
        found |= layout.compared(stage.page, CAPTURES / one.name, SHOWN[1], write=ecrire)
    stage.close()
    assert found == {}, "retake them: pytest tests/browser --ecrire"


def test_every_picture_of_the_readme_is_taken_by_the_tests():
    named = re.findall(r"\]\(tests/browser/captures/(\w+)\.png\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert named
    assert "chat" in named
    for name in set(named):
        assert (CAPTURES / f"{name}.json").is_file(), f"{name}: no test compares it with the page"


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ([["button", "Envoyer", 10, 12, 100, 40]], []),
        ([["button", "Envoyer", 10, 90, 100, 40]], ["moved: button Envoyer [10, 10, 100, 40] -> [10, 90, 100, 40]"]),
        ([["button", "Partir", 10, 10, 100, 40]], ["gone: button Envoyer", "new: button Partir"]),
        ([], ["gone: button Envoyer"]),
    ],
)
def test_a_picture_that_lies_is_said_to(now, said):
    assert layout.differences([["button", "Envoyer", 10, 10, 100, 40]], now) == said
