"""A counsellor's day on a phone: a search, an undo, a reply, a crisis in an open thread."""

import re
from dataclasses import dataclass

from tests.browser.conftest import sign_in
from tests.browser.test_day import CHIEF, asks, town  # noqa: F401 - the fixture of that story
from tests.dashboard.office import PASSWORD
from tests.e2e.person import Person
from tests.sandbox.live import wait_for


@dataclass
class Pointer:
    """Finger or mouse: what is named is touched, inside `within` where the name is there twice."""

    page: object

    def _in(self, within):
        return self.page.locator(within) if within else self.page

    def press(self, name, within=""):
        scope = self._in(within)
        found = scope.get_by_role("button", name=name, exact=True).or_(scope.get_by_role("link", name=name, exact=True))
        found.first.click()

    def unfold(self, name, within):
        if self.page.locator(within).get_attribute("open") is None:
            self.page.locator(f"{within} > summary").click()

    def fill(self, label, text, within=""):
        self._in(within).get_by_label(label).first.fill(text)


def test_a_crisis_an_undo_and_a_reply_on_a_phone(town, chromium):  # noqa: F811 - the fixture
    bot, world = town
    context = chromium.new_context(
        base_url=bot.pages.rstrip("/"), locale="fr-FR", viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    hand = Pointer(page)
    sign_in(page, CHIEF, PASSWORD)
    first = "Zélie"
    person = Person(world, 710)
    number = asks(person, hote_connu="oui", identite=f"{first} Exemple")

    # Found by the telephone as one reads it, and by the town.
    for typed in ("06 12 34 56 78", "Lyon"):
        page.goto("/demandes/")
        hand.fill("Rechercher", typed)
        hand.press("Rechercher")
        page.get_by_text(number).wait_for()
    hand.press(f"{first} Exemple")
    page.wait_for_url(re.compile("/demandes/[0-9a-f-]{36}/"))
    inside = page.url

    # Taken, undone before anybody was told, taken again.
    wait_for(bot.quiet)
    person.seen = max(one.rev for one in world.chat(person.chat).messages.values())
    hand.press("Prendre en charge")
    hand.press("Annuler ce changement")
    page.get_by_role("button", name="Prendre en charge").wait_for()
    assert bot.demandes(person.chat)[-1]["statut"] == "nouvelle"
    assert bot.quiet()
    assert not person.fresh()
    hand.press("Prendre en charge")
    assert number in person.reply().text

    # Written to; the answer comes to the thread; words of danger mark it, first of all.
    page.goto(inside)
    hand.fill("Écrire à la personne", "Quand puis-je vous appeler ?")
    hand.press("Envoyer")
    assert "Quand puis-je vous appeler" in person.reply().text
    person.says("mardi à 14 h")
    assert "3114" in person.says("je n'en peux plus, je veux mourir").text
    page.goto("/conversations/")
    assert page.get_by_text("pense au suicide").first.is_visible()
    assert int(page.locator("#n-urgences").inner_text()) >= 1
    hand.press(f"{first} Exemple")
    page.get_by_text("mardi à 14 h").wait_for()
    page.get_by_text("je veux mourir").wait_for()
    hand.press("J’ai lu, je m’en occupe")
    page.get_by_text("Lu par r.responsable").wait_for()
    hand.unfold("Terminer la conversation", "details.action")
    hand.press("Terminer et rendre la main au service automatique")
    person.reply()

    context.close()
