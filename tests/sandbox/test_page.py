"""The chat page works without its script, escapes everything, and keeps people apart."""

import pytest
from starlette.testclient import TestClient

from bot.sandbox import people
from bot.sandbox.server import sandbox
from bot.sandbox.world import World

BOT = "/bot4242:sandbox-token"


@pytest.fixture
def world():
    return World()


@pytest.fixture
def client(world):
    with TestClient(sandbox(world), follow_redirects=True) as client:
        yield client


def test_the_first_page_offers_to_start(client, world):
    page = client.get("/?personne=2")
    assert "Démarrer" in page.text
    assert 'lang="fr"' in page.text
    assert client.post("/envoyer", data={"personne": "2", "texte": "/start"}).status_code == 200
    assert [message.text for message in world.chats[2].messages.values()] == ["/start"]
    assert world.waiting()[0]["message"]["chat"]["id"] == 2


def test_the_policy_allows_nothing_from_elsewhere_and_nothing_inline(client):
    page = client.get("/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert " style=" not in page.text
    assert "<script>" not in page.text
    assert "onclick" not in page.text
    assert client.get("/static/chat.js").status_code == client.get("/static/chat.css").status_code == 200


def test_what_people_write_is_escaped(client):
    client.post("/envoyer", data={"personne": "1", "texte": "<script>alert(1)</script> & R&D"})
    page = client.get("/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; R&amp;D" in page


def test_buttons_are_shown_and_pressed(client, world):
    world.chat(1)
    markup = {
        "inline_keyboard": [[{"text": 'Oui "<', "callback_data": 'q:"oui":1'}, {"text": "Site", "url": "https://x.fr"}]]
    }
    sent = client.post(f"{BOT}/sendMessage", json={"chat_id": 1, "text": "?", "reply_markup": markup}).json()["result"]
    page = client.get("/").text
    assert 'value="q:&quot;oui&quot;:1">Oui &quot;&lt;</button>' in page
    assert '<a href="https://x.fr"' in page
    client.post("/presser", data={"personne": "1", "message": str(sent["message_id"]), "data": 'q:"oui":1'})
    query = world.waiting()[-1]["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ('q:"oui":1', sent["message_id"])


def test_the_feed_gives_what_changed_since(client, world):
    people.write(world, 1, "un")
    first = client.get("/fil?personne=1&depuis=0").json()
    assert len(first["messages"]) == 1
    message = people.write(world, 1, "deux")
    people.edit(world, 1, message.id, "trois")
    second = client.get(f"/fil?personne=1&depuis={first['rev']}").json()
    assert [one["id"] for one in second["messages"]] == [message.id]
    assert "trois" in second["messages"][0]["html"]
    assert "modifié" in second["messages"][0]["html"]


def test_what_is_too_long_is_cut_into_messages_as_telegram_does(client, world):
    client.post("/envoyer", data={"personne": "1", "texte": "x" * 9000})
    assert [len(message.text) for message in world.chats[1].messages.values()] == [4096, 4096, 808]


@pytest.mark.parametrize("kind", ["sticker", "voice", "photo", "document", "location"])
def test_something_else_than_text_can_be_sent(client, world, kind):
    client.post("/autre", data={"personne": "1", "kind": kind})
    assert kind in world.waiting()[-1]["message"]


def test_another_site_cannot_speak_for_a_person(client, world):
    client.post("/envoyer", data={"personne": "1", "texte": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert not world.waiting()


@pytest.mark.parametrize("odd", ["0", "-3", "abc", "99999999999999999999", "", "²"])
def test_an_odd_person_number_is_a_person_all_the_same(client, odd):
    assert client.get("/", params={"personne": odd}).status_code == 200
