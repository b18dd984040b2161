"""The demo's front page in a real browser: no accessibility fault, at three widths, light and dark."""

from importlib import resources

from bot.sandbox.landing import Door, Front, html
from tests.browser.stage import WIDTHS, faults

FRONT = Front(
    "/bac-a-sable/",
    (
        *(
            Door(f"{role}.ml", "La mission locale", role, "traite les demandes")
            for role in ("conseiller", "responsable")
        ),
        Door("valideur.ft", "France Travail", "valideur", "traite les demandes"),
    ),
    ((9001, "Alix Exemple"), (9002, "Noa Exemple")),
    10,
    lambda name: ("", name),
)


def test_the_front_page_has_no_fault(chromium):
    style = (resources.files("bot.sandbox") / "static" / "landing.css").read_text(encoding="utf-8")
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    page = context.new_page()
    page.route("**/accueil.css", lambda route: route.fulfill(body=style, content_type="text/css"))
    page.route("http://demo/", lambda route: route.fulfill(body=html(FRONT), content_type="text/html; charset=utf-8"))
    page.goto("http://demo/")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert faults(page, WIDTHS) == [], scheme
    context.close()
