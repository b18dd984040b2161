"""What strangers and colleagues may try against accounts: R9 to R14 and R21 of the reliability report."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from bot.dashboard import accounts, naming, totp
from bot.dashboard.models import Courriel, Membership, SecondFactor
from bot.storage.models import EvenementRow, Outgoing
from tests.dashboard.office import NOW, PASSWORD, member, sent, signed_in
from tests.dashboard.test_accounts import create, invited, posted, sign_in


class TestForgottenPassword:
    def test_a_mail_server_that_is_down_answers_the_same_to_all(self, desk, client, settings):
        settings.EMAIL_BACKEND = "tests.dashboard.test_accounts.Broken"
        member("conseiller", name="c.martin")
        codes = [
            client.post("/mot-de-passe-oublie/", {"email": f"{name}@exemple.fr"}).status_code
            for name in ("c.martin", "x")
        ]
        assert codes == [200, 200]
        assert posted() == 0
        assert Courriel.objects.count() == 1, "the letter of a known address waits for the server; nobody's is done"
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        desk.clock.later(minutes=2)
        assert posted(desk.clock.now()) == 1
        assert len(mail.outbox) == 1
        assert not Courriel.objects.exists()

    def test_the_page_does_the_same_work_whoever_the_address_belongs_to(self, desk, client):
        member("conseiller", name="c.martin")
        counts = []
        for name in ("c.martin", "inconnue"):
            with _counting() as queries:
                client.post("/mot-de-passe-oublie/", {"email": f"{name}@exemple.fr"})
            counts.append(len(queries))
        assert counts[0] == counts[1]
        assert not mail.outbox

    def test_a_stranger_s_visits_write_no_session(self, desk, client):
        for path in ("/nouveau-mot-de-passe/1/abc-def/", "/invitation/xyz/", "/connexion/", "/demandes/"):
            client.get(path)
        client.post("/mot-de-passe-oublie/", {"email": "x@exemple.fr"})
        client.post("/demandes/00000000-0000-0000-0000-000000000001/note/", {"note": "x" * 5000})
        assert not Session.objects.exists()


def _counting():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)


class TestSignIn:
    def test_a_stranger_holds_no_counsellor_out(self, desk, clock):
        member("conseiller", name="c.martin")
        stranger = Client(REMOTE_ADDR="203.0.113.9")
        for _ in range(30):
            sign_in(stranger, "c.martin", "mauvais")
            clock.later(seconds=1)
        assert sign_in(Client(REMOTE_ADDR="198.51.100.7"), "c.martin").status_code == 302

    def test_even_from_the_counsellor_s_own_network_a_browser_that_has_signed_in_goes_on(self, desk):
        member("conseiller", name="c.martin")
        own, stranger = Client(), Client()
        assert sign_in(own, "c.martin").status_code == 302
        own.post("/deconnexion/")
        for _ in range(30):
            sign_in(stranger, "c.martin", "mauvais")
        assert sign_in(stranger, "c.martin").status_code == 422
        assert sign_in(own, "c.martin").status_code == 302

    def test_the_name_and_the_address_are_one_account(self, desk, client):
        member("conseiller", name="c.martin")
        for name in ("c.martin", "C.Martin@exemple.fr", "C.MARTIN", "c.martin@exemple.fr", "c.martin"):
            sign_in(client, name, "mauvais")
        for name in ("c.martin", "c.martin@exemple.fr"):
            assert sign_in(client, name).status_code == 422

    def test_the_owner_is_told_once_that_somebody_insists(self, desk, clock, client):
        member("conseiller", name="c.martin")
        for _ in range(25):
            sign_in(client, "c.martin", "mauvais")
            clock.later(minutes=16)
        posted(clock.now())
        assert [one.to for one in mail.outbox] == [["c.martin@exemple.fr"]]
        assert "votre accès reste ouvert" in mail.outbox[0].body.lower()

    @pytest.mark.parametrize("suite", ["/..//pirate.exemple", "/%2f/pirate.exemple", "/\\pirate.exemple", "/demandes/../..//x",
                                       "/demandes//", "/nulle-part/", "/demandes/\t", "/deconnexion/x"])  # fmt: skip
    def test_after_signing_in_only_a_known_page_is_followed(self, desk, suite):
        member("conseiller", name="c.martin")
        answer = Client().post(f"/connexion/?suite={suite}", {"nom": "c.martin", "mot_de_passe": PASSWORD})
        assert answer["Location"] in {"/", "/demandes/"}

    @pytest.mark.parametrize("field", ["nom", "mot_de_passe"])
    def test_a_nul_is_refused_by_the_form(self, desk, client, field):
        given = {"nom": "c.martin", "mot_de_passe": "x", field: "a\x00b"}
        assert client.post("/connexion/", given).status_code == 422
        assert client.post("/mot-de-passe-oublie/", {"email": "a\x00@exemple.fr"}).status_code == 422
        assert client.post("/connexion/?suite=/a\x00", given).status_code == 422


class TestCodes:
    @pytest.fixture
    def factor(self, desk):
        user = member("conseiller", name="c.martin")
        return SecondFactor.objects.create(user=user, secret=totp.new_secret(), actif=True)

    @pytest.mark.parametrize("code", ["１２３４５６", "é12345", "²²²²²²", "a\u0301bcde", "\x00", ""])
    def test_a_code_that_is_no_number_is_refused_at_sign_in_and_at_removal(self, factor, client, code):
        sign_in(client, "c.martin")
        assert client.post("/connexion/code/", {"code": code}).status_code in {200, 422}
        signed_in(client, factor.user)
        answer = client.post("/compte/double-authentification/", {"geste": "retirer", "code": code})
        assert answer.status_code == 422
        assert SecondFactor.objects.exists()

    def test_the_code_that_removes_it_cannot_be_guessed(self, factor, client, clock):
        signed_in(client, factor.user)
        for _ in range(5):
            client.post("/compte/double-authentification/", {"geste": "retirer", "code": "000000"})
        right = totp.code_at(factor.secret, int(clock.now().timestamp()) // 30)
        assert client.post("/compte/double-authentification/", {"geste": "retirer", "code": right}).status_code == 422
        assert SecondFactor.objects.exists()

    def test_a_responsable_removes_nothing_from_who_works_elsewhere_too(self, factor, as_role):
        client = as_role("responsable")
        row = Membership.objects.get(user=factor.user)
        accounts.create_member("c.martin", "", "", "cap-emploi", "conseiller", at=NOW)
        client.post(f"/equipe/mission-locale/{row.pk}/code/")
        assert SecondFactor.objects.exists()

    def test_who_loses_it_is_told_by_whom(self, factor, as_role):
        client = as_role("responsable")
        client.post(f"/equipe/mission-locale/{Membership.objects.get(user=factor.user).pk}/code/")
        posted()
        assert not SecondFactor.objects.exists()
        assert mail.outbox[-1].to == ["c.martin@exemple.fr"]
        assert "mission-locale.responsable" in mail.outbox[-1].body

    def test_recovery_codes_are_shown_once_and_each_opens_once(self, desk, client, clock):
        user = member("conseiller", name="c.martin")
        signed_in(client, user)
        client.post("/compte/double-authentification/", {"geste": "preparer"})
        factor = SecondFactor.objects.get()
        page = client.get("/compte/").content.decode()
        assert "<svg" in page
        assert "Code QR" in page
        code = totp.code_at(factor.secret, int(clock.now().timestamp()) // 30)
        page = client.post("/compte/double-authentification/", {"geste": "activer", "code": code}).content.decode()
        codes = re.findall(r"<code>([0-9a-f]{4}-[0-9a-f]{4})</code>", page)
        assert len(set(codes)) == 10
        assert codes[0] not in client.get("/compte/").content.decode()
        for expected in (302, 422):
            newcomer = Client()
            sign_in(newcomer, "c.martin")
            assert newcomer.post("/connexion/code/", {"code": codes[0].upper()}).status_code == expected


class TestNames:
    @pytest.mark.parametrize("name", ["c.mаrtin", "c.martin\n", "systeme", "Système", "ｓｙｓｔｅｍｅ", "personne", "C.MARTIN", "c.màrtin",
                                      "c-martin", "Valideur", "c.mart1n\u200b", "μartin", "ab", "c.martln"])  # fmt: skip
    def test_no_name_reads_like_another(self, as_role, name):
        member("conseiller", name="c.martin")
        assert create(Client(), invited(as_role), name).status_code == 422

    @pytest.mark.parametrize("name", ["a.lefèvre", "zoe.durand", "j-p.martin", "c.martinez"])
    def test_ordinary_names_are_taken(self, as_role, name):
        member("conseiller", name="c.martin")
        assert create(Client(), invited(as_role), name).status_code == 302
        assert get_user_model().objects.filter(username=name).exists()

    def test_a_wide_spelling_is_kept_in_its_usual_form(self):
        assert naming.normalised("ｚｏｅ.durand") == "zoe.durand"


class TestSessions:
    def test_what_was_being_written_survives_a_session_that_ends(self, desk, client):
        user = member("conseiller", name="c.martin")
        sign_in(client, "c.martin")
        one = sent()
        page = f"/demandes/{one.id}/"
        client.post("/deconnexion/")
        lost = client.post(
            f"{page}message/", {"message": "Bonjour, venez lundi."}, HTTP_REFERER=f"http://testserver{page}"
        )
        assert lost["Location"] == f"/connexion/?suite={page}"
        assert "Votre texte est gardé" in client.get(lost["Location"]).content.decode()
        assert sign_in(client, "c.martin", where=lost["Location"])["Location"] == "/connexion/reprise/"
        shown = client.get("/connexion/reprise/").content.decode()
        assert "Bonjour, venez lundi." in shown
        assert f'action="{page}message/"' in shown
        assert client.post(f"{page}message/", {"message": "Bonjour, venez lundi."})["Location"] == page
        assert Outgoing.objects.count() == 1
        assert client.get("/connexion/reprise/")["Location"] == "/"
        assert user.is_active

    def test_my_sessions_are_listed_and_ended(self, desk):
        member("conseiller", name="c.martin")
        here, there = (
            Client(HTTP_USER_AGENT="Mozilla Firefox/140 Windows"),
            Client(HTTP_USER_AGENT="Chrome/150 Android"),
        )
        for one in (here, there):
            sign_in(one, "c.martin")
        page = here.get("/compte/").content.decode()
        assert "Firefox sur Windows" in page
        assert "Chrome sur Android" in page
        number = re.search(r"/compte/sessions/(\d+)/fin/", page).group(1)
        here.post(f"/compte/sessions/{number}/fin/")
        assert there.get("/demandes/").status_code == 302
        assert here.get("/demandes/").status_code == 200

    def test_nobody_ends_the_sessions_of_somebody_else(self, desk):
        member("conseiller", name="c.martin")
        member("conseiller", name="l.durand")
        mine, theirs = Client(), Client()
        sign_in(mine, "c.martin"), sign_in(theirs, "l.durand")
        number = accounts.Ouverture.objects.get(user__username="l.durand").pk
        mine.post(f"/compte/sessions/{number}/fin/")
        mine.post("/compte/sessions/0/fin/")
        assert theirs.get("/demandes/").status_code == 200

    def test_a_new_password_ends_the_other_sessions(self, desk):
        member("conseiller", name="c.martin")
        here, there = Client(), Client()
        sign_in(here, "c.martin"), sign_in(there, "c.martin")
        good = "un mot de passe vraiment long"
        here.post("/compte/mot-de-passe/", {"actuel": PASSWORD, "nouveau": good, "encore": good})
        assert here.get("/compte/").status_code == 200
        assert there.get("/compte/").status_code == 302

    def test_my_activity_shows_my_acts_and_nobody_else_s(self, as_role):
        client = as_role("conseiller")
        one = sent()
        EvenementRow.objects.create(
            demande_id=one.id, at=NOW, auteur="mission-locale.conseiller", quoi="note", motif="secret"
        )
        EvenementRow.objects.create(demande_id=one.id, at=NOW, auteur="autre", quoi="transfert")
        page = client.get("/compte/activite/").content.decode()
        assert "Note privée" in page
        assert "transfert" not in page
        assert "secret" not in page


def test_a_database_that_breaks_while_running_is_said_in_a_page(desk, monkeypatch):
    """R19: the page of an error reads nothing from what is broken."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import DatabaseError

    def broken(_self):
        raise DatabaseError("database disk image is malformed")

    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "x" * 32
    monkeypatch.setattr(SessionStore, "load", broken)
    answer = client.get("/demandes/")
    assert answer.status_code == 500
    assert "Erreur du service" in answer.content.decode()
