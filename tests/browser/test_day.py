"""A whole day: the program as it is run, a person in the chat, counsellors in a browser."""

import re
import shutil
import subprocess
import sys

import pytest

from tests.browser.conftest import sign_in
from tests.dashboard.office import PASSWORD
from tests.e2e.person import Person
from tests.e2e.process import WORDS, Bot
from tests.sandbox.live import live_sandbox, wait_for

CHIEF = "r.responsable"


@pytest.fixture(scope="module")
def town(tmp_path_factory, chromium, published):
    """The program on a database of its own, and the town where people write to it."""
    with live_sandbox() as live:
        folder = tmp_path_factory.mktemp("day") / "data"
        shutil.copytree(published, folder)
        bot = Bot(folder, live.url).start()
        context = chromium.new_context(base_url=bot.pages.rstrip("/"))
        accept(context.new_page(), first_responsable(bot), CHIEF)
        context.close()
        yield bot, live.world
        bot.stop()


@pytest.fixture
def browser_of(chromium, town):
    """A page of one's own on the program's desk."""
    contexts = []

    def opened():
        contexts.append(chromium.new_context(base_url=town[0].pages.rstrip("/"), locale="fr-FR", accept_downloads=True))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


def first_responsable(bot, body="mission-locale"):
    """The link that the operator prints."""
    command = [sys.executable, "-m", "bot", "manage", "inviter", "r.responsable@exemple.fr", body]
    done = subprocess.run(
        command, env=bot.environment(), cwd=bot.folder.parent, capture_output=True, text=True, check=True
    )
    return done.stdout.strip().splitlines()[-1]


def mailed(bot):
    """The next link that the program's mail prints on its console."""
    for line in iter(bot.process.stdout.readline, ""):
        if found := re.search(r"/invitation/\S+", line):
            return found.group(0)
    raise AssertionError("no mail came")


def accept(page, link, name):
    page.goto(link)
    page.get_by_label("Identifiant").fill(name)
    page.get_by_label("Nouveau mot de passe").fill(PASSWORD)
    page.get_by_label("Le même, encore une fois").fill(PASSWORD)
    page.get_by_role("button", name="Créer mon accès").click()
    sign_in(page, name, PASSWORD)


def asks(person, **answers):
    """A demande, from the first word to « Envoyer »; its number, once both messages after sending are there."""
    person.says("/demande")
    person.fills(**answers)
    person.taps("Envoyer")
    wait_for(lambda: any("reste à faire" in one for one in written(person)), 60)
    person.seen = max(one.rev for one in person.world.chat(person.chat).messages.values())
    return re.findall(r"\d{4}-[A-Z2-7]{6}", "\n".join(written(person)))[-1]


def written(person):
    """What the bot has written in this chat."""
    return [one.text or "" for one in person.world.chat(person.chat).messages.values() if not one.mine]


def focus_on(page, words, most=120):
    """Tab until what has the focus says these words: nothing but the keyboard."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "(() => { const e = document.activeElement; const l = e.labels && e.labels[0];"
            " return (l || e).textContent.trim().replace(/\\s+/g, ' '); })()"
        )
        if said.startswith(words):
            return
    raise AssertionError(f"the keyboard never reaches {words!r}")


def ready(page, person):
    """Mark it ready, whether or not something still misses: the confirmation is asked where it does."""
    act = page.locator("#d-prete-a-conventionner")
    if act.count():
        if act.get_attribute("open") is None:
            act.locator("summary").click()
        act.get_by_label("Je confirme").check()
        act.get_by_role("button", name="Marquer prête à conventionner").click()
    else:
        page.get_by_role("button", name="Marquer prête à conventionner").click()
    return person.reply()


def test_a_day_at_the_desk(town, browser_of):
    bot, world = town
    chief, counsellor = browser_of(), browser_of()
    sign_in(chief, CHIEF, PASSWORD)
    chief.get_by_role("link", name="Équipe").click()
    chief.get_by_label("Adresse électronique").fill("c.martin@exemple.fr")
    chief.get_by_role("button", name=re.compile("Envoyer l.invitation")).click()
    accept(counsellor, mailed(bot), "c.martin")

    person = Person(world, 301)
    number = asks(person, hote_connu="oui")
    counsellor.goto("/demandes/")
    counsellor.get_by_role("link", name=re.compile("Exemple")).first.click()
    assert number in counsellor.get_by_role("heading", level=1).inner_text()

    counsellor.get_by_role("button", name="Prendre en charge").click()
    assert number in person.reply().text

    asked = counsellor.locator("#d-a-completer")
    if asked.get_attribute("open") is None:
        asked.locator("summary").click()
    # What misses is ticked already: this one asks for something else.
    ticked = asked.locator("input[name=champs]:checked")
    while ticked.count():
        ticked.first.uncheck()
    asked.get_by_label("Dénomination").check()
    asked.get_by_label("Raison, transmise à la personne").fill("Quel est le nom exact de l'entreprise ?")
    asked.get_by_role("button", name="Demander à compléter").click()
    assert "Quel est le nom exact" in person.reply().text
    person.says("Boulangerie du Marché")
    if "Envoyer" in " ".join(person.labels()):
        person.taps("Envoyer")
    wait_for(lambda: bot.demandes(person.chat)[-1]["statut"] == "completee", 60)

    counsellor.reload()
    changed = counsellor.get_by_role("region", name="Ce qui a changé depuis votre demande")
    assert "Boulangerie du Marché" in changed.inner_text()
    assert "prête" in ready(counsellor, person).text
    with counsellor.expect_download() as saved:
        counsellor.get_by_role("link", name="PDF").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF")

    counsellor.get_by_label("Organisme qui reçoit la demande").select_option("france-travail")
    counsellor.get_by_role("region", name="Pourquoi cet organisme").get_by_label("Raison").fill(
        "Suivi par France Travail."
    )
    counsellor.get_by_role("button", name="Proposer à la personne").click()
    assert "France Travail" in person.reply().text
    assert bot.demandes(person.chat)[-1]["organisme"] == "mission-locale"
    person.taps(person.labels()[0])
    wait_for(lambda: bot.demandes(person.chat)[-1]["organisme"] == "france-travail")
    assert bot.demandes(person.chat)[-1]["organisme"] == "france-travail"

    with counsellor.expect_download() as saved:
        counsellor.goto("/demandes/?statut=toutes")
        asks(Person(world, 302), prenom="Export")
        counsellor.reload()
        counsellor.get_by_role("link", name="CSV").click()
    assert saved.value.path().read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_person_who_asks_for_somebody_is_answered_by_somebody(town, browser_of):
    _, world = town
    page = browser_of()
    sign_in(page, CHIEF, PASSWORD)
    person = Person(world, 501)
    asks(person)
    person.says("je veux parler à un conseiller")
    person.taps(WORDS.say("boutons.humain_sans"))
    person.says("Je commence demain, que faire ?")
    page.goto("/conversations/")
    page.get_by_role("button", name=re.compile("^Prendre")).first.click()
    page.get_by_text("Je commence demain").wait_for()
    page.get_by_label("Votre réponse").fill("Je vous appelle tout de suite.")
    page.get_by_role("button", name="Envoyer").click()
    assert "Je vous appelle tout de suite." in person.reply().text
    page.locator("summary", has_text="Terminer la conversation").click()
    page.get_by_role("button", name=re.compile("Terminer")).click()
    person.reply()
    page.get_by_text("Conversation terminée").wait_for()
