"""What the demo's desk shows at first, and its front page."""

from types import SimpleNamespace

import pytest
from django.test import Client
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.cli import samples
from bot.cli.demo import CAN, open_session
from bot.conversation.dialogue import Dialogue
from bot.domain.demande import Statut
from bot.sandbox.landing import Door, Front, routes
from bot.storage.models import DemandeRow, HandoffRow
from tests.conversation.fakes import house
from tests.dashboard.office import member


@pytest.fixture
def whole(desk, clock):
    """As much of the program as the demo's desk needs."""
    return SimpleNamespace(clock=clock, house=house(), conversation=Dialogue(house()))


def test_every_status_is_there_with_conversations_and_an_urgent_one(whole):
    assert samples.furnish(whole) == samples.known() >= 8
    assert set(DemandeRow.objects.values_list("statut", flat=True)) == {one.value for one in Statut}
    assert HandoffRow.objects.filter(closed_at=None).count() == 3
    assert HandoffRow.objects.get(urgent=True).danger
    assert {name.split()[1] for _, name in samples.persons()} == {"Exemple"}


def test_a_desk_where_something_was_sent_is_left_alone(whole):
    samples.furnish(whole)
    assert samples.furnish(whole) == 0
    assert samples.known() == DemandeRow.objects.count()


def test_one_press_signs_in_as_a_role_and_a_page_elsewhere_signs_in_nobody(whole):
    user = member("responsable", name="responsable.ml")
    door = Door(user.username, "La mission locale", "responsable", "tout")
    # Opened here: the page does it in a thread, which would not see this test's transaction.
    opened = open_session(whole, user.username)
    front = Front("/bac-a-sable/", (door,), (), 0, lambda _: opened)
    page = TestClient(Starlette(routes=routes(front)), follow_redirects=False)
    assert 'value="responsable.ml"' in page.get("/").text
    assert page.post("/entrer", data={"compte": "inconnu"}).status_code == 404
    refused = page.post("/entrer", data={"compte": user.username}, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 404
    entered = page.post("/entrer", data={"compte": user.username}, headers={"Sec-Fetch-Site": "same-origin"})
    assert (entered.status_code, entered.headers["location"]) == (303, "/demandes/")
    inside = Client()
    inside.cookies["sessionid"] = entered.cookies["sessionid"]
    assert inside.get("/equipe/").status_code == 200


def test_every_role_of_a_body_can_be_taken():
    assert {role.value for role in CAN} == {"lecture", "conseiller", "valideur", "responsable"}
