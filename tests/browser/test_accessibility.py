"""axe-core finds nothing on any page, large and at 320 pixels, with no rule disabled; nothing scrolls sideways."""

import pytest

from bot.dashboard import accounts
from bot.dashboard.models import ReplyTemplate, SecondFactor
from bot.domain.turn import RelayToCounsellor
from bot.storage.effects import apply
from bot.storage.models import HandoffRow
from tests.browser.conftest import sign_in
from tests.browser.stage import UNFOLD, faults
from tests.dashboard.office import NOW, PASSWORD, member
from tests.dashboard.scenery import furnish

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
AT_ONCE = pytest.mark.parametrize("width", [1280], indirect=True)
"""The page is opened once, large; `faults` then looks at it at every width."""


@AT_ONCE
def test_no_page_without_an_account_has_a_fault(page, desk):
    _, token = accounts.invite("a@exemple.fr", "mission-locale", "conseiller", by="c.martin", now=NOW)
    for path in (
        "/connexion/",
        "/mot-de-passe-oublie/",
        "/accessibilite/",
        f"/invitation/{token}/",
        "/invitation/perdue/",
        "/absente/",
    ):
        page.goto(path)
        assert faults(page) == [], path
    page.goto("/connexion/")
    page.get_by_role("button", name="Se connecter").click()
    assert faults(page) == []


@AT_ONCE
def test_no_page_of_a_responsable_has_a_fault(page, clock):
    lived = furnish(clock)
    member("responsable", name="c.martin")
    member("lecture", "france-travail", name="c.martin")
    sign_in(page, "c.martin", PASSWORD)
    first, template = HandoffRow.objects.first().pk, ReplyTemplate.objects.first().pk
    inside = f"/demandes/{lived.id}/"
    paths = ["/demandes/", "/demandes/?statut=toutes&debut=30", inside, f"{inside}modifier/", f"{inside}effacer/",
             "/conversations/", f"/conversations/{first}/", "/conversations/?etape=terminees", "/demandes/?cocher=tout", "/raccourcis/", "/avis/", "/base/", "/modeles/", "/modeles/nouveau/", f"/modeles/{template}/",
             "/equipe/", "/chiffres/", "/etat/", "/compte/"]  # fmt: skip
    for path in paths:
        page.goto(path)
        page.evaluate(UNFOLD)
        assert faults(page) == [], path


@AT_ONCE
def test_no_page_has_a_fault_in_the_dark(page, clock):
    lived = furnish(clock)
    HandoffRow.objects.filter(urgent=True).update(danger="suicide", danger_at=NOW, danger_dit="3114")
    member("responsable", name="c.martin")
    page.emulate_media(color_scheme="dark")
    sign_in(page, "c.martin", PASSWORD)
    for path in ("/demandes/", f"/demandes/{lived.id}/", "/conversations/", f"/conversations/{HandoffRow.objects.first().pk}/",
                 "/chiffres/", "/etat/", "/base/"):  # fmt: skip
        page.goto(path)
        page.evaluate(UNFOLD)
        assert faults(page, (1280, 390)) == [], path


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


@AT_ONCE
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


@AT_ONCE
def test_no_page_that_says_what_is_wrong_has_a_fault(page, clock):
    lived = furnish(clock)
    user = member("responsable", name="c.martin")
    sign_in(page, "c.martin", PASSWORD)
    page.goto(f"/demandes/{lived.id}/")
    page.locator("summary", has_text="Refuser").click()
    page.locator("#d-refusee").get_by_role("button", name="Refuser").click()
    assert page.locator("[aria-invalid=true]").count() == 1
    assert faults(page) == []
    page.goto(f"/demandes/{lived.id}/modifier/")
    page.get_by_label("SIRET de la structure").fill("12")
    page.get_by_role("button", name="Enregistrer les modifications").click()
    assert faults(page) == []
    page.goto("/compte/")
    page.get_by_role("button", name="Mettre en place").click()
    assert faults(page) == []
    page.get_by_role("button", name="Changer le mot de passe").click()
    assert faults(page) == []
    SecondFactor.objects.filter(user=user).update(actif=True, secret=SECRET)
    page.goto("/compte/")
    assert faults(page) == []
    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_label("Identifiant ou adresse électronique").fill("c.martin")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    assert "/connexion/code/" in page.url
    assert faults(page) == []


@AT_ONCE
def test_an_empty_desk_has_no_fault(page):
    member("conseiller", name="c.martin")
    sign_in(page, "c.martin", PASSWORD)
    for path in ("/demandes/", "/conversations/", "/modeles/", "/chiffres/", "/etat/", "/avis/"):
        page.goto(path)
        assert faults(page, (1280,)) == [], path
