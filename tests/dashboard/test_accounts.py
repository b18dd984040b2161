"""Accounts: invitations that expire, password rules, lock-out, idle sessions, a second factor."""

import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from bot.dashboard import accounts, mailbox, totp
from bot.dashboard.models import Invitation, LoginAttempt, Membership, SecondFactor
from bot.domain.demande import Role
from bot.storage.heartbeat import beat
from tests.dashboard.office import NOW, PASSWORD, member, sent, signed_in

LINK = re.compile(r"(/invitation/\S+|/nouveau-mot-de-passe/\S+)")
GOOD = "un mot de passe vraiment long"


def sign_in(client, name, password=PASSWORD, where="/connexion/"):
    return client.post(where, {"nom": name, "mot_de_passe": password})


def invited(as_role):
    client = as_role("responsable")
    client.post("/equipe/mission-locale/inviter/", {"email": "nouvelle@exemple.fr", "role": "conseiller"})
    return LINK.search(mail.outbox[-1].body).group(1)


def posted(now=NOW):
    """What waits in the mailbox has left, as the worker makes it leave."""
    return mailbox.send_waiting(now, "", accounts.MAKERS)


def opened(client, link):
    """What the link leads to."""
    return client.get(link, follow=True)


def create(client, link, name, password=GOOD, again=None):
    """Open the link and fill the form."""
    opened(client, link)
    return client.post("/invitation/", {"identifiant": name, "nouveau": password, "encore": again or password})


def test_an_invitation_arrives_by_mail_and_makes_a_member(as_role):
    link = invited(as_role)
    assert mail.outbox[-1].to == ["nouvelle@exemple.fr"]
    newcomer = Client()
    assert opened(newcomer, link).status_code == 200
    response = create(newcomer, link, "n.nouvelle")
    assert response.status_code == 302
    row = Membership.objects.get(user__username="n.nouvelle")
    assert (row.organisme, row.role) == ("mission-locale", "conseiller")
    assert sign_in(newcomer, "n.nouvelle", GOOD).status_code == 302
    assert newcomer.get("/demandes/").status_code == 200


def test_opening_an_invitation_uses_nothing_up(as_role):
    link = invited(as_role)
    for _ in range(3):
        assert opened(Client(), link).status_code == 200


def test_an_invitation_is_used_once(as_role):
    link = invited(as_role)
    create(Client(), link, "un.premier")
    assert create(Client(), link, "un.second").status_code == 410
    assert not get_user_model().objects.filter(username="un.second").exists()


def test_an_invitation_expires(as_role, clock):
    link = invited(as_role)
    clock.later(days=7)
    response = opened(Client(), link)
    assert response.status_code == 410
    assert "ne fonctionne plus" in response.content.decode()


def test_the_token_of_an_invitation_is_not_in_the_database(as_role):
    token = invited(as_role).split("/")[2]
    row = Invitation.objects.get()
    assert token not in {str(value) for value in row.__dict__.values()}


def test_a_second_invitation_kills_the_first(as_role):
    first = invited(as_role)
    second = invited(as_role)
    assert opened(Client(), first).status_code == 410
    assert opened(Client(), second).status_code == 200


def test_a_member_of_another_body_joins_with_the_account_they_have(as_role):
    link = invited(as_role)
    other = signed_in(Client(), member("valideur", "cap-emploi"))
    opened(other, link)
    other.post("/invitation/", {"geste": "rejoindre"})
    assert Membership.objects.get(user__username="cap-emploi.valideur", organisme="mission-locale").role == "conseiller"


def test_a_body_keeps_a_responsable(as_role):
    client = as_role("responsable")
    row = Membership.objects.get()
    client.post(f"/equipe/mission-locale/{row.pk}/retirer/")
    client.post(f"/equipe/mission-locale/{row.pk}/role/", {"role": "lecture"})
    assert Membership.objects.get().role == "responsable"


def test_nobody_manages_the_members_of_another_body(as_role):
    client = as_role("responsable")
    theirs = Membership.objects.get(user=member("conseiller", "cap-emploi"))
    for path in (f"/equipe/mission-locale/{theirs.pk}/role/", f"/equipe/cap-emploi/{theirs.pk}/role/"):
        assert client.post(path, {"role": "lecture"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.role == "conseiller"


def test_the_first_responsable_is_invited_from_the_command_line(desk, capsys):
    call_command("inviter", "premiere@exemple.fr", "cap-emploi")
    link = capsys.readouterr().out.strip()
    # The command counts from the real day; the page from the desk's clock.
    Invitation.objects.update(creee_le=NOW, expire_le=NOW + accounts.INVITATION)
    assert opened(Client(), link).status_code == 200
    assert Invitation.objects.get().role == "responsable"
    with pytest.raises(CommandError):
        call_command("inviter", "premiere@exemple.fr", "cap-emploi", "--role", "chef")


def test_the_printed_link_leads_where_the_pages_listen(desk, capsys):
    call_command("inviter", "premiere@exemple.fr", "cap-emploi")
    assert capsys.readouterr().out.startswith("http://127.0.0.1:8000/invitation/")
    beat("web", NOW, {"adresse": "http://127.0.0.1:40123"})
    call_command("inviter", "premiere@exemple.fr", "cap-emploi")
    assert capsys.readouterr().out.startswith("http://127.0.0.1:40123/invitation/")
    call_command("inviter", "premiere@exemple.fr", "cap-emploi", "--adresse", "https://bureau.exemple.fr/")
    assert capsys.readouterr().out.startswith("https://bureau.exemple.fr/invitation/")


@pytest.mark.parametrize(
    ("password", "said"),
    [("court-zz", "12 caractères"), ("845123790164", "chiffres"), ("nouvelle@exemple", "semblable")],
)
def test_a_weak_password_is_refused_beside_its_field(as_role, password, said):
    response = create(Client(), invited(as_role), "n.nouvelle", password)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert 'aria-invalid="true" aria-describedby="id_nouveau_helptext id_nouveau_error"' in page
    assert f'value="{password}"' not in page


def test_two_different_passwords_are_refused(as_role):
    response = create(Client(), invited(as_role), "n.nom", GOOD, GOOD + "x")
    assert "différents" in response.content.decode()


def test_an_account_takes_no_name_that_history_uses(as_role):
    for name in ("personne", "Systeme", "mission-locale.responsable"):
        response = create(Client(), invited(as_role), name)
        assert response.status_code == 422


def test_whoever_fails_five_times_waits_longer_and_longer_and_what_is_tried_meanwhile_adds_nothing(desk, clock, client):
    member("conseiller", name="c.martin")
    for _ in range(5):
        assert sign_in(client, "c.martin", "mauvais").status_code == 422
    for _ in range(20):
        assert "dans 15 secondes" in sign_in(client, "c.martin").content.decode()
    clock.later(seconds=16)
    assert "dans 30 secondes" in sign_in(client, "c.martin", "mauvais").content.decode()
    clock.later(seconds=31)
    assert sign_in(client, "c.martin").status_code == 302


def test_an_unknown_name_gets_the_same_words_as_a_wrong_password(desk, client):
    member("conseiller", name="c.martin")
    pages = [sign_in(client, name, "mauvais").content.decode() for name in ("c.martin", "c.inconnu")]
    alerts = [re.search(r'role="alert">(.*?)</div>', page, re.DOTALL).group(1) for page in pages]
    assert alerts[0] == alerts[1]


def test_failures_are_kept_without_the_name_typed(desk, client):
    sign_in(client, "mon mot de passe tapé trop tôt", "x")
    for row in LoginAttempt.objects.all():
        assert "passe" not in row.empreinte + row.compte
        assert len(row.empreinte) == 64


def test_one_signs_in_by_address_too(desk, client):
    member("conseiller", name="c.martin")
    assert sign_in(client, "C.Martin@exemple.fr").status_code == 302


def test_after_signing_in_one_lands_on_the_page_asked_for_and_never_elsewhere(desk, client):
    member("conseiller", name="c.martin")
    one = sent()
    asked = client.get(f"/demandes/{one.id}/")
    assert sign_in(client, "c.martin", where=asked["Location"])["Location"] == f"/demandes/{one.id}/"
    for elsewhere in ("https://pirate.exemple/", "//pirate.exemple", "javascript:alert(1)"):
        assert sign_in(Client(), "c.martin", where=f"/connexion/?suite={elsewhere}")["Location"] == "/"


def test_an_idle_session_ends_after_an_hour(as_role, clock):
    client = as_role("conseiller")
    clock.later(minutes=50)
    assert client.get("/demandes/").status_code == 200
    clock.later(minutes=59)
    assert client.get("/demandes/").status_code == 200
    clock.later(minutes=61)
    assert client.get("/demandes/")["Location"].startswith("/connexion/")


def test_a_session_ends_after_twelve_hours_in_any_case(as_role, clock):
    client = as_role("conseiller")
    for _ in range(15):
        clock.later(minutes=50)
        last = client.get("/demandes/")
    assert last.status_code == 302


def test_a_member_removed_sees_nothing_at_the_next_click(as_role):
    client = as_role("conseiller")
    one = sent()
    assert client.get(f"/demandes/{one.id}/").status_code == 200
    Membership.objects.all().delete()
    assert client.get(f"/demandes/{one.id}/").status_code == 404


def test_a_code_is_asked_once_the_second_factor_is_active(as_role, clock):
    client = as_role("conseiller")
    client.post("/compte/double-authentification/", {"geste": "preparer"})
    factor = SecondFactor.objects.get()
    assert factor.secret in client.get("/compte/").content.decode().replace(" ", "")

    def code():
        return totp.code_at(factor.secret, int(clock.now().timestamp()) // 30)

    assert client.post("/compte/double-authentification/", {"geste": "activer", "code": "000000"}).status_code == 422
    client.post("/compte/double-authentification/", {"geste": "activer", "code": code()})
    newcomer = Client()
    assert sign_in(newcomer, "mission-locale.conseiller")["Location"] == "/connexion/code/"
    assert newcomer.get("/demandes/")["Location"].startswith("/connexion/")
    assert newcomer.post("/connexion/code/", {"code": code()}).status_code == 422, "a code serves once"
    clock.later(seconds=30)
    assert newcomer.post("/connexion/code/", {"code": code()}).status_code == 302
    assert newcomer.get("/demandes/").status_code == 200


def test_the_first_step_alone_lasts_ten_minutes(desk, clock, client):
    user = member("conseiller", name="c.martin")
    secret = totp.new_secret()
    SecondFactor.objects.create(user=user, secret=secret, actif=True)
    sign_in(client, "c.martin")
    clock.later(minutes=11)
    code = totp.code_at(secret, int(clock.now().timestamp()) // 30)
    assert client.post("/connexion/code/", {"code": code})["Location"] == "/connexion/"


def test_codes_cannot_be_tried_for_ever(desk, clock, client):
    user = member("conseiller", name="c.martin")
    secret = totp.new_secret()
    SecondFactor.objects.create(user=user, secret=secret, actif=True)
    sign_in(client, "c.martin")
    for _ in range(5):
        client.post("/connexion/code/", {"code": "000000"})
    right = totp.code_at(secret, int(clock.now().timestamp()) // 30)
    assert client.post("/connexion/code/", {"code": right}).status_code == 422


def test_a_responsable_frees_a_member_who_lost_the_telephone(as_role):
    client = as_role("responsable")
    user = member("conseiller", name="c.martin")
    SecondFactor.objects.create(user=user, secret=totp.new_secret(), actif=True)
    row = Membership.objects.get(user=user)
    client.post(f"/equipe/mission-locale/{row.pk}/code/")
    assert not SecondFactor.objects.exists()


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_codes_are_those_of_rfc_6238(seconds, code):
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # the RFC's "12345678901234567890"
    assert totp.code_at(secret, seconds // totp.STEP) == code


def test_a_code_of_the_neighbouring_half_minute_is_taken_and_an_older_one_is_not():
    secret = totp.new_secret()
    code = totp.code_at(secret, 100)
    assert totp.accepted_step(secret, code, 101 * 30, 0) == 100
    assert totp.accepted_step(secret, code, 150 * 30, 0) is None
    assert totp.accepted_step(secret, code, 100 * 30, 100) is None


def test_a_forgotten_password_is_chosen_anew_by_mail_once(desk, client):
    member("conseiller", name="c.martin")
    client.post("/mot-de-passe-oublie/", {"email": "c.martin@exemple.fr"})
    posted()
    link = LINK.search(mail.outbox[-1].body).group(1)
    assert opened(client, link).status_code == 200
    assert client.post("/nouveau-mot-de-passe/", {"nouveau": GOOD, "encore": GOOD}).status_code == 302
    assert opened(client, link).status_code == 410
    assert client.post("/nouveau-mot-de-passe/", {"nouveau": GOOD, "encore": GOOD}).status_code == 410
    assert sign_in(client, "c.martin", GOOD).status_code == 302


def test_nobody_learns_whether_an_address_has_an_account(desk, client):
    member("conseiller", name="c.martin")
    known = client.post("/mot-de-passe-oublie/", {"email": "c.martin@exemple.fr"}, follow=True).content
    unknown = client.post("/mot-de-passe-oublie/", {"email": "x@exemple.fr"}, follow=True).content
    bare = [re.sub(rb"csrfmiddlewaretoken.*?>", b"", page) for page in (known, unknown)]
    assert bare[0] == bare[1]
    posted()
    assert len(mail.outbox) == 1


def test_a_forgotten_password_cannot_flood_a_mailbox(desk, client):
    member("conseiller", name="c.martin")
    for _ in range(9):
        client.post("/mot-de-passe-oublie/", {"email": "c.martin@exemple.fr"})
    posted()
    assert len(mail.outbox) == accounts.FORGOTTEN_A_DAY


def test_sessions_that_ended_are_erased_at_the_next_sign_in(desk, client):
    Session.objects.create(session_key="vieille", session_data="Durand", expire_date=datetime(2020, 1, 1, tzinfo=UTC))
    member("conseiller", name="c.martin")
    sign_in(client, "c.martin")
    assert not Session.objects.filter(session_key="vieille").exists()


def test_an_invitation_that_mail_cannot_carry_is_not_left_behind(as_role, settings):
    settings.EMAIL_BACKEND = "tests.dashboard.test_accounts.Broken"
    client = as_role("responsable")
    response = client.post("/equipe/mission-locale/inviter/", {"email": "a@exemple.fr", "role": "conseiller"})
    assert response.status_code == 502
    assert "n&#x27;est pas parti" in response.content.decode()
    assert not Invitation.objects.exists()


class Broken:
    """A mail server that is down."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError


def test_passwords_and_tokens_never_reach_the_log(as_role, caplog):
    with caplog.at_level(logging.DEBUG):
        link = invited(as_role)
        create(Client(), link, "n.nouvelle")
        create(Client(), link, "n.encore", "faible")
        sign_in(Client(), "n.nouvelle", GOOD)
    assert GOOD not in caplog.text
    dead = link.split("/")[2]
    assert all(dead not in record.getMessage() or "Gone" in record.getMessage() for record in caplog.records)


def test_create_member_gives_an_existing_account_one_more_body(desk):
    first = accounts.create_member("demo", "demo@exemple.fr", PASSWORD, "mission-locale", "conseiller", at=NOW)
    again = accounts.create_member(
        "demo", "demo@exemple.fr", "autre", "cap-emploi", Role.LECTURE, at=NOW + timedelta(1)
    )
    assert first == again
    assert again.check_password(PASSWORD)
    assert set(Membership.objects.values_list("organisme", "role")) == {
        ("mission-locale", "conseiller"),
        ("cap-emploi", "lecture"),
    }
