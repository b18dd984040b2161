"""Keys are changed without ending a session, a link or Telegram's pushes; and HTTPS is said to last as one sets it."""

import pytest
from django.core import signing
from django.test import Client

from bot.channels.telegram.webhook import Webhook
from tests.channels.test_set_aside import update
from tests.dashboard.office import member, signed_in

NEW = "another-key-for-tests-only"


def test_whoever_is_signed_in_stays_so_while_the_key_is_changed(desk, settings):
    client = signed_in(Client(), member("responsable"))
    link = signing.dumps(7, salt="x")
    former, settings.SECRET_KEY = settings.SECRET_KEY, NEW
    settings.SECRET_KEY_FALLBACKS = [former]
    assert client.get("/demandes/").status_code == 200
    assert signing.loads(link, salt="x") == 7
    fresh = signed_in(Client(), member("conseiller"))
    settings.SECRET_KEY_FALLBACKS = []
    assert fresh.get("/demandes/").status_code == 200


def test_whoever_has_not_come_back_by_the_end_signs_in_again(desk, settings):
    client = signed_in(Client(), member("responsable"))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, []
    assert client.get("/demandes/").status_code == 302


async def pushed(hook, secret):
    import httpx
    from starlette.applications import Starlette

    transport = httpx.ASGITransport(Starlette(routes=[hook.route()]))
    async with httpx.AsyncClient(transport=transport, base_url="https://exemple.fr") as client:
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        return (await client.post("/telegram/webhook", content=update(4, b"1"), headers=headers)).status_code


@pytest.mark.parametrize(("former", "secret", "status"), [("old", "old", 200), ("old", "new", 200), ("", "old", 403), ("old", "", 403)])  # fmt: skip
async def test_telegram_may_send_the_former_secret_while_it_is_changed(former, secret, status):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as threads:
        hook = Webhook("https://exemple.fr", "new", lambda _raw: True, threads, former=former)
        assert await pushed(hook, secret) == status


@pytest.mark.parametrize(("seconds", "said"), [(0, None), (60, "max-age=60"), (31_536_000, "max-age=31536000")])
def test_browsers_are_told_to_come_back_by_https_for_as_long_as_set(desk, settings, seconds, said):
    settings.SECURE_HSTS_SECONDS = seconds
    assert Client().get("/connexion/", secure=True).headers.get("Strict-Transport-Security") == said
    assert "Strict-Transport-Security" not in Client().get("/connexion/").headers
