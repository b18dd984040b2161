"""A browser in front of pages that were rendered before: the same words at every width, in both schemes."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.test import RequestFactory

from bot.dashboard.assets import asset
from bot.dashboard.middleware import HEADERS
from tests.browser.conftest import PATIENCE

ORIGIN = "https://bureau.exemple"
"""Copying is offered on secure pages only."""
SCREENS = tuple((width, scheme) for width in (1280, 390, 320) for scheme in ("light", "dark"))
MOST_REQUESTS = 5

AXE = Axe().axe_script
RUN = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations.flatMap(
  (one) => one.nodes.map((node) => one.id + ": " + node.html.slice(0, 160)))"""
STICKS_OUT = """() => [...document.querySelectorAll(".carte *")].filter((one) => {
  const edge = (one.ownerSVGElement || one.closest(".carte")).getBoundingClientRect().right
  const box = one.getBoundingClientRect()
  return box.width > 1 && box.right > edge + 1 && !one.closest(".defile, .hors-ecran")
}).map((one) => one.outerHTML.slice(0, 120))"""
"""What is drawn past the edge of its card, or of its drawing, where it is cut."""
UNFOLD = "for (const one of document.querySelectorAll('details')) one.open = true"
SIDEWAYS = "document.documentElement.scrollWidth > window.innerWidth"
WIDTHS = (1280, 390, 320)
RULED = (1280, 320)
"""Where every rule runs: what is told of a page by a width between them is told by one of them, or by `bench pages`."""


def faults(page, ruled=RULED):
    """What axe-core reports at these widths, and at which width the page scrolls sideways; one line each."""
    before, found = page.viewport_size, []
    page.evaluate(AXE)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": before["height"]})
        if page.evaluate(SIDEWAYS):
            found.append(f"{width}: scrolls sideways")
        if width in ruled:
            found += [f"{width} {one}" for one in page.evaluate(RUN)]
    page.set_viewport_size(before)
    return found


class Stage:
    """One page of a browser, answered from memory: no server, no session, the desk's own headers."""

    def __init__(self, browser, width=1280, height=900):
        self.html, self.asked, self.loaded, self.errors = "", 0, 0, []
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, locale="fr-FR", reduced_motion="reduce"
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.route("**/*", self._answer)

    def _answer(self, route):
        self.asked += 1
        path = urlsplit(route.request.url).path
        if path.startswith("/statique/"):
            answer = asset(RequestFactory().get(path), path.rpartition("/")[2])
            route.fulfill(body=answer.content, content_type=answer["Content-Type"])
        elif path == "/compteurs/":
            route.fulfill(json={"urgences": 1, "demandes": 2, "conversations": 3, "messages": 0})
        else:
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8", headers=HEADERS)

    def open(self, shown):
        """Show this page."""
        self.html, self.asked = shown.html, 0
        self.page.goto(ORIGIN + shown.path)
        self.loaded = self.asked  # what the page needs; later ones are its counters, asked again every minute

    def faults(self, shown, screens=SCREENS):
        """What is wrong with this page, unfolded, on these screens."""
        self.open(shown)
        self.page.evaluate(AXE)
        self.page.evaluate(UNFOLD)
        found = [f"{self.loaded} requests"] if self.loaded > MOST_REQUESTS else []
        for width, scheme in screens:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme)
            if self.page.evaluate(SIDEWAYS):
                found.append(f"{width}: scrolls sideways")
            found += [f"{width}: sticks out: {one}" for one in self.page.evaluate(STICKS_OUT)]
            found += [f"{width} {scheme} {one}" for one in self.page.evaluate(RUN)]
        return found

    def close(self):
        """The browser stays for the next one."""
        self.context.close()
