"""The rest of a counsellor's day, twice: on a phone with a finger; and at 390 pixels, without a script, with keys alone."""

import json
import re
import sqlite3
import uuid
from dataclasses import dataclass

import pytest

from tests.browser.conftest import PATIENCE, sign_in
from tests.browser.test_day import CHIEF, accept, asks, focus_on, mailed, town  # noqa: F401 - the fixture of that story
from tests.dashboard.office import PASSWORD
from tests.e2e.person import Person
from tests.sandbox.live import wait_for

COLLEAGUE = "c.collegue"


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

    def tick(self, label, within=""):
        self._in(within).get_by_label(label).first.check()

    def choose(self, label, value, within=""):
        self._in(within).get_by_label(label).first.select_option(value)


@dataclass
class Keyboard(Pointer):
    """Tab, Enter, Space and letters."""

    def press(self, name, within=""):
        focus_on(self.page, name, most=250)
        if self.page.evaluate("document.activeElement.matches('summary')"):
            self.page.keyboard.press("Enter")
            return
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def unfold(self, name, within):
        if self.page.locator(within).get_attribute("open") is None:
            self.press(name)

    def fill(self, label, text, within=""):
        focus_on(self.page, label, most=250)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def tick(self, label, within=""):
        focus_on(self.page, label, most=250)
        self.page.keyboard.press("Space")

    def choose(self, label, value, within=""):
        focus_on(self.page, label, most=250)
        self.page.keyboard.type(value)


PHONE = {"viewport": {"width": 390, "height": 844}}
HANDS = {
    "telephone": (Pointer, PHONE),
    "clavier-sans-script-390px": (Keyboard, PHONE | {"java_script_enabled": False}),
}


@pytest.fixture(scope="module")
def colleague(town, chromium):  # noqa: F811 - the fixture
    """Somebody to confide a request to, invited by mail."""
    bot, _ = town
    context = chromium.new_context(base_url=bot.pages.rstrip("/"))
    page = context.new_page()
    sign_in(page, CHIEF, PASSWORD)
    page.goto("/equipe/")
    page.get_by_label("Adresse électronique").fill("c.collegue@exemple.fr")
    page.get_by_role("button", name=re.compile("Envoyer l.invitation")).click()
    link = mailed(bot)
    context.clear_cookies()
    accept(page, link, COLLEAGUE)
    context.close()


def seven_more(bot, world, chat, surname):
    """Seven new requests like the one of this chat, from seven other persons."""
    with sqlite3.connect(bot.folder / "immersion-bot.sqlite3", timeout=30) as base:
        base.row_factory = sqlite3.Row
        row = dict(base.execute("SELECT * FROM storage_demanderow WHERE chat=?", [chat]).fetchone())
        for rank in range(7):
            answers = json.loads(row["answers"]) | {"nom": surname}
            one = row | {
                "id": uuid.uuid4().hex, "numero": f"2026-{surname[:3].upper()}{chat % 100:02}{rank}", "chat": chat * 10 + rank,
                "statut": "nouvelle", "pris_par": "", "a_completer": "[]", "version": 1, "answers": json.dumps(answers),
                "recherche": f"{surname} {rank}", "prevenu_at": None, "prise_jour": None,
            }  # fmt: skip
            world.chat(one["chat"])
            marks = ", ".join("?" * len(one))
            base.execute(f"INSERT INTO storage_demanderow ({', '.join(one)}) VALUES ({marks})", [*one.values()])  # noqa: S608


def statut(bot, person):
    return bot.demandes(person.chat)[-1]["statut"]


@pytest.mark.lent
@pytest.mark.parametrize("way", list(HANDS))
def test_a_long_day(town, colleague, chromium, way):  # noqa: F811 - the fixture
    bot, world = town
    kind, options = HANDS[way]
    context = chromium.new_context(base_url=bot.pages.rstrip("/"), locale="fr-FR", **options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    hand = kind(page)
    sign_in(page, CHIEF, PASSWORD)
    rank = list(HANDS).index(way)
    first, surname = ("Zélie", "Ysé")[rank], ("Lotier", "Lotus")[rank]
    person = Person(world, 710 + rank)
    number = asks(person, hote_connu="oui", identite=f"{first} Exemple")

    # The skip link leads to the page's own words.
    page.goto("/demandes/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#contenu$"))

    # Found by the telephone as one reads it, and by the town.
    for typed in ("06 12 34 56 78", "Lyon"):
        page.goto("/demandes/")
        hand.fill("Rechercher", typed)
        hand.press("Rechercher")
        page.get_by_text(number).wait_for()
    hand.press(f"{first} Exemple")
    page.wait_for_url(re.compile("/demandes/[0-9a-f-]{36}/"))
    inside = page.url
    copying = page.get_by_role("button", name=re.compile("^Copier"))
    if options.get("java_script_enabled", True):
        copying.first.wait_for()
    else:
        assert copying.count() == 0

    # Taken, undone before anybody was told, taken again.
    wait_for(bot.quiet)
    person.seen = max(one.rev for one in world.chat(person.chat).messages.values())
    hand.press("Prendre en charge")
    hand.press("Annuler ce changement")
    page.get_by_role("button", name="Prendre en charge").wait_for()
    assert statut(bot, person) == "nouvelle"
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

    # Two fields asked in one go.
    page.goto(inside)
    asked = "#d-a-completer"
    hand.unfold("Demander à compléter", asked)
    ticked = page.locator(f"{asked} input[name=champs]:checked")
    while ticked.count():
        ticked.first.uncheck()
    hand.tick("Dénomination", asked)
    hand.tick("Téléphone du tuteur", asked)
    hand.fill("Raison, transmise à la personne", "Le nom exact et le téléphone du tuteur ?", asked)
    hand.press("Demander à compléter", f"{asked} form")
    assert "Le nom exact et le téléphone" in person.reply().text
    person.says("Boulangerie du Marché")
    person.says("06 39 98 00 11")
    person.fills()
    person.taps("Envoyer")
    wait_for(lambda: statut(bot, person) == "completee", 60)
    assert bot.demandes(person.chat)[-1]["tuteur_telephone"] == "+33639980011"

    # Confided to a colleague; refused, then opened again with a reason.
    page.goto(inside)
    hand.choose("Confier à", COLLEAGUE, ".attribuer")
    hand.press("Confier", ".attribuer")
    page.get_by_text(f"Suivie par {COLLEAGUE}").first.wait_for()
    hand.unfold("Refuser", "#d-refusee")
    hand.fill("Raison, transmise à la personne", "L'entreprise n'accueille pas.", "#d-refusee")
    hand.press("Refuser", "#d-refusee form")
    assert "n'accueille pas" in person.reply().text
    page.goto(inside)
    hand.unfold("Rouvrir", "#d-prise-en-charge")
    hand.fill("Raison, transmise à la personne", "L'entreprise a changé d'avis.", "#d-prise-en-charge")
    hand.press("Rouvrir", "#d-prise-en-charge form")
    person.reply()
    assert statut(bot, person) == "prise-en-charge"

    # Seven at once, in two presses.
    seven_more(bot, world, person.chat, surname.lower())
    page.goto("/demandes/")
    hand.fill("Rechercher", surname)
    hand.press("Rechercher")
    page.get_by_text("7 demandes", exact=True).wait_for()
    hand.press("Tout cocher")
    hand.press("Prendre en charge")
    page.get_by_text("7 demandes prises en charge").wait_for()
    taken = "SELECT count(*) FROM storage_demanderow WHERE chat BETWEEN ? AND ? AND pris_par=?"
    assert bot.rows(taken, person.chat * 10, person.chat * 10 + 9, CHIEF) == [(7,)]
    context.close()
