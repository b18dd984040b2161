"""OpenID Connect against a provider on this machine: who gets in, and every token that lets nobody in."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.urls import NoReverseMatch, reverse

from bot.dashboard.models import Identite, SecondFactor
from bot.dashboard.oidc import Provider
from bot.dashboard.rights import RIGHTS
from bot.storage.models import HandoffRow
from tests.dashboard.office import NOW, ROLES, member, opened, sent, signed_in
from tests.dashboard.test_accounts import sign_in

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class House:
    """What the provider answers; a test spoils one part of it."""

    def __init__(self):
        self.claims, self.key, self.headers, self.challenge = {}, KEY, {"kid": "k1"}, ""
        self.algorithm = "RS256"
        self.issuer = self.said = ""
        self.userinfo = None

    def token(self):
        return jwt.encode(self.claims, self.key, algorithm=self.algorithm, headers=self.headers)


def jwks():
    one = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
    return {"keys": [{**one, "kid": "k1", "use": "sig", "alg": "RS256"}]}


@pytest.fixture
def house():
    house = House()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def answer(self, body, kind="application/json", status=200):
            payload = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def do_GET(self):
            base = house.issuer
            match urlsplit(self.path).path:
                case "/.well-known/openid-configuration":
                    self.answer({"issuer": house.said or base, "authorization_endpoint": f"{base}/auth",
                                 "token_endpoint": f"{base}/token", "jwks_uri": f"{base}/jwks",
                                 "userinfo_endpoint": f"{base}/userinfo"})  # fmt: skip
                case "/jwks":
                    self.answer(jwks())
                case "/userinfo":
                    self.answer(house.userinfo, "application/jwt")

        def do_POST(self):
            given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            digest = hashlib.sha256(given["code_verifier"][0].encode()).digest()
            right = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == house.challenge
            right = right and given["client_secret"] == ["secret"] and given["code"] == ["c0de"]
            body = {"id_token": house.token(), "access_token": "a"} if right else {"error": "invalid_grant"}
            self.answer(body, status=200 if right else 400)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    house.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    yield house
    server.shutdown()
    server.server_close()


@pytest.fixture
def desk(db, clock, tmp_path, house):
    return opened(clock, tmp_path, oidc=Provider(house.issuer, "bureau", "secret", "Fournisseur"))


def through(house, client=None, suite="/demandes/", **spoiled):
    """There and back; `spoiled` replaces claims."""
    client = client or Client()
    gone = client.get(f"/connexion/ailleurs/?suite={suite}")
    assert gone.status_code == 302, gone.content
    asked = {name: values[0] for name, values in parse_qs(urlsplit(gone["Location"]).query).items()}
    assert asked["redirect_uri"].endswith("/connexion/ailleurs/retour/")
    house.challenge = asked["code_challenge"]
    now = int(time.time())
    house.claims = {"iss": house.issuer, "aud": "bureau", "sub": "s-1", "nonce": asked["nonce"], "iat": now, "exp": now + 60,
                    "email": "c.martin@exemple.fr", "email_verified": True, **spoiled}  # fmt: skip
    house.claims = {name: value for name, value in house.claims.items() if value is not None}
    return client.get("/connexion/ailleurs/retour/", {"code": "c0de", "state": asked["state"]}), client


def test_the_account_with_the_vouched_address_is_signed_in_and_lands_on_the_page_asked_for(desk, house):
    member("conseiller", name="c.martin")
    assert "Se connecter avec Fournisseur" in Client().get("/connexion/").content.decode()
    answer, client = through(house)
    assert answer["Location"] == "/demandes/"
    assert client.get("/demandes/").status_code == 200
    assert Identite.objects.get().sujet == "s-1"


def test_the_identity_is_kept_whatever_its_address_becomes_and_nobody_else_takes_the_account(desk, house):
    user = member("conseiller", name="c.martin")
    through(house)
    answer, _ = through(house, email="autre@exemple.fr")
    assert answer["Location"] == "/demandes/"
    assert through(house, sub="s-2")[0].status_code == 403
    user.is_active = False
    user.save()
    assert through(house)[0].status_code == 403


def test_its_second_factor_is_still_asked(desk, house):
    SecondFactor.objects.create(user=member("conseiller", name="c.martin"), secret="A" * 32, actif=True)
    assert through(house)[0]["Location"] == "/connexion/code/"


@pytest.mark.parametrize(
    "spoiled",
    [
        {"aud": "autre"}, {"iss": "http://ailleurs"}, {"nonce": "x"}, {"nonce": None}, {"exp": 1}, {"exp": None}, {"sub": None},
        {"email": "inconnue@exemple.fr"}, {"email_verified": False},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_that_is_not_ours_lets_nobody_in(desk, house, spoiled):
    member("conseiller", name="c.martin")
    answer, client = through(house, **spoiled)
    assert answer.status_code == 403
    assert client.get("/demandes/").status_code == 302
    assert not Identite.objects.exists()


@pytest.mark.parametrize("how", ["other key", "unknown kid", "none", "issuer", "hmac"])
def test_a_signature_that_is_not_the_provider_s_lets_nobody_in(desk, house, how):
    member("conseiller", name="c.martin")
    match how:
        case "other key":
            house.key = OTHER
        case "unknown kid":
            house.headers = {"kid": "k9"}
        case "none":
            house.key, house.algorithm = None, "none"
        case "hmac":
            house.key, house.algorithm = "x" * 64, "HS256"
        case "issuer":
            house.said = "http://ailleurs"
            assert Client().get("/connexion/ailleurs/").status_code == 403
            return
    assert through(house)[0].status_code == 403


def test_a_state_of_another_browser_lets_nobody_in(desk, house):
    member("conseiller", name="c.martin")
    victim = Client()
    victim.get("/connexion/ailleurs/")
    assert victim.get("/connexion/ailleurs/retour/", {"code": "c0de", "state": "x"}).status_code == 403
    assert Client().get("/connexion/ailleurs/retour/", {"code": "c0de", "state": "x"})["Location"] == "/connexion/"


def test_an_address_that_only_a_signed_userinfo_gives_is_taken(desk, house):
    member("conseiller", name="c.martin")
    house.userinfo = jwt.encode({"iss": house.issuer, "aud": "bureau", "sub": "s-1", "email": "c.martin@exemple.fr"},
                                KEY, algorithm="RS256", headers={"kid": "k1"}).encode()  # fmt: skip
    assert through(house, email=None, email_verified=None)[0]["Location"] == "/demandes/"


def test_a_provider_that_is_away_leaves_the_password(db, clock, tmp_path):
    opened(clock, tmp_path, oidc=Provider("http://127.0.0.1:9", "bureau", "secret", "Fournisseur"))
    member("conseiller", name="c.martin")
    client = Client()
    assert client.get("/connexion/ailleurs/").status_code == 403
    assert sign_in(client, "c.martin").status_code == 302


def test_without_a_provider_there_is_no_such_page(db, clock, tmp_path, client):
    opened(clock, tmp_path)
    assert client.get("/connexion/ailleurs/").status_code == 410
    assert "ailleurs" not in client.get("/connexion/").content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_whoever_enters_by_the_provider_may_do_what_the_role_may_and_nothing_else(desk, house, role):
    """The whole matrix again: the same answer, address by address, as after the password."""
    mine, other = sent(1), sent(2, "cap-emploi")
    thread = HandoffRow.objects.create(chat=5, organisme="mission-locale", opened_at=NOW)
    user = member(role, name="c.martin")
    _, outside = through(house)
    assert outside.session.get("_auth_user_id") == str(user.pk)
    inside = signed_in(Client(), user)
    for name in sorted(RIGHTS):
        for pk in (mine.id, other.id):
            path = _path(name, pk, thread.pk)
            if path and name not in {"deconnexion", "session-fin", "oidc", "oidc-retour"}:
                answers = [one.get(path).status_code for one in (outside, inside)]
                assert answers[0] == answers[1], (name, path, answers)


def _path(name, demande, thread):
    """An address of this name, or nothing where it needs what this test has not made."""
    for given in ({}, {"pk": demande}, {"pk": thread}, {"organisme": "mission-locale"}):
        try:
            return reverse(name, kwargs=given)
        except NoReverseMatch:
            continue
    return ""
