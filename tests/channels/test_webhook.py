"""The webhook takes updates from Telegram only, and says 200 only once they are stored."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.telegram.webhook import PATH, Webhook

SECRET = "un-secret-de-test"
UPDATE = {"update_id": 5, "message": {"text": "bonjour"}}


class Store:
    def __init__(self):
        self.raws = []
        self.failing = False

    def __call__(self, raw):
        if self.failing:
            raise OSError
        self.raws.append(raw)
        return True


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def client(store, threads):
    hook = Webhook("https://exemple.fr", SECRET, store, threads)
    assert hook.address == f"https://exemple.fr{PATH}"
    with TestClient(Starlette(routes=[hook.route()])) as client:
        yield client


def post(client, secret=SECRET, **kwargs):
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    return client.post(PATH, headers=headers, **kwargs).status_code


def test_an_update_is_stored_then_acknowledged(client, store):
    assert post(client, json=UPDATE) == 200
    assert store.raws == [UPDATE]


@pytest.mark.parametrize("secret", [None, "", "autre", SECRET + "x", "é"])
def test_another_secret_is_refused_and_nothing_is_stored(client, store, secret):
    encoded = secret.encode() if secret else secret
    assert post(client, encoded, json=UPDATE) == 403
    assert store.raws == []


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b"3", b'{"update_id": "x"}', b"[" * 100_000])
def test_what_is_not_an_update_is_refused(client, store, body):
    assert post(client, content=body) == 400
    assert store.raws == []


def test_a_huge_body_is_refused(client, store):
    assert post(client, content=b"x" * 1_100_000) == 413


def test_a_database_failure_makes_telegram_send_it_again(client, store):
    store.failing = True
    assert post(client, json=UPDATE) == 503
    store.failing = False
    assert post(client, json=UPDATE) == 200


def test_an_address_with_a_path_is_kept(store, threads):
    hook = Webhook("https://exemple.fr/secret/chemin", SECRET, store, threads)
    assert hook.route().path == "/secret/chemin"
