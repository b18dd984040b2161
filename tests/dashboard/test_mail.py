"""E-mails to members: who, when, once, nothing personal, as a mail server on this machine receives them."""

import email
import email.policy
import re
import socketserver
import threading
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client

from bot.dashboard import courrier
from bot.dashboard.models import Preference
from bot.domain.turn import OpenHandoff, RaiseAlarm, RelayToCounsellor
from bot.storage.effects import apply
from bot.storage.models import DemandeRow, HandoffRow
from tests.dashboard.office import NOW, member, opened, sent

SECRETS = (
    "Lina",
    "Durand",
    "lina.durand",
    "+336",
    "06 12",
    "Boulanger",
    "Exemple",
    "73282932",
    "rue de la Paix",
    "7003100199",
)
FAR = "2027-03-01"


@dataclass(frozen=True)
class Letter:
    """One e-mail as it arrived: who it was for, and what was sent, headers included."""

    to: list
    raw: bytes

    @property
    def message(self):
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    @property
    def body(self):
        return self.message.get_content().replace("\r\n", "\n")

    @property
    def whole(self):
        """Headers and words, decoded: what anybody on the way can read."""
        return "\n".join([*(f"{name}: {value}" for name, value in self.message.items()), self.body, *self.to])


class Mailbox(socketserver.ThreadingTCPServer):
    """A mail server of ours: it takes what it is given, or refuses it."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.taken, self.closed_today = [], False


class Talk(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as Django speaks."""

    def handle(self):
        self.say("220 here")
        to = []
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "RCPT":
                to.append(re.search(r"<(.*?)>", line).group(1))
                self.say("450 later" if self.server.closed_today else "250 ok")
            elif word == "DATA":
                self.say("354 go on")
                body = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    body += part
                self.server.taken.append(Letter(to, body))
                self.say("250 taken")
                to = []
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def smtp(settings):
    """The server, and Django sending to it."""
    with Mailbox() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server
        server.shutdown()


@pytest.fixture
def office(desk, clock, tmp_path, smtp):
    """Two counsellors and a reader, on a Wednesday at 7 in the morning: before the digest."""
    clock.at = NOW.replace(hour=7)
    here = opened(clock, tmp_path, public_url="https://bureau.exemple.fr", email_from="bureau@exemple.fr")
    for role, name in (("conseiller", "a.un"), ("valideur", "b.deux"), ("lecture", "c.lit")):
        member(role, name=name)
    member("conseiller", "cap-emploi", name="d.ailleurs")
    return here


def told(smtp):
    """Who has been written to, in order: one e-mail each, never a copy."""
    assert all(len(one.to) == 1 for one in smtp.taken)
    return sorted(one.to[0].split("@")[0] for one in smtp.taken)


def test_a_start_too_near_is_told_at_once_to_those_who_act_and_once(office, smtp):
    sent(1, date_debut="2026-11-26")
    sent(2, date_debut=FAR)
    assert courrier.post(office) == 2
    assert told(smtp) == ["a.un", "b.deux"]
    assert courrier.post(office) == 0
    text = smtp.taken[0].body
    assert "L. D. (demande 2026-T00001) : début le 26/11" in text
    assert "2026-T00002" not in text


def test_nothing_personal_leaves(office, smtp):
    one = sent(1, date_debut="2026-11-26", chat=7003100199)
    apply(
        [OpenHandoff("mission-locale", urgent=True), RelayToCounsellor("je m'appelle Lina Durand")],
        chat=one.chat,
        at=NOW,
    )
    apply([RaiseAlarm("suicide", "3114")], chat=one.chat, at=NOW)
    office.clock.later(hours=2)
    courrier.post(office)
    assert len(smtp.taken) == 4
    for one in smtp.taken:
        assert [secret for secret in SECRETS if secret in one.whole] == []
        assert "suicide" not in one.whole


def test_a_crisis_is_told_to_everybody_and_only_then_said_to_be(office, smtp):
    sent(1, chat=1, date_debut=FAR)
    apply([OpenHandoff("mission-locale"), RaiseAlarm("suicide", "3114")], chat=1, at=NOW)
    assert HandoffRow.objects.get().prevenu_at is None
    courrier.post(office)
    assert told(smtp) == ["a.un", "b.deux"]
    assert "mots de danger" in smtp.taken[0].body
    assert HandoffRow.objects.get().prevenu_at == office.clock.now()


def test_an_answer_to_my_message_is_told_to_me_alone(office, smtp, client):
    one = sent(1, date_debut=FAR)
    from bot.domain.turn import CounsellorWrote

    office.notifier.tell(one.chat, CounsellorWrote("Libre mardi ?", "mission-locale", one.id), auteur="b.deux")
    assert courrier.post(office) == 0
    apply([RelayToCounsellor("Oui")], chat=one.chat, at=NOW)
    courrier.post(office)
    apply([RelayToCounsellor("À 14 h")], chat=one.chat, at=NOW + timedelta(minutes=1))
    courrier.post(office)
    assert told(smtp) == ["b.deux"]
    assert "a répondu à votre message" in smtp.taken[0].body


def test_a_completed_demande_is_told_to_who_holds_it(office, smtp):
    one = sent(1, date_debut=FAR)
    DemandeRow.objects.filter(pk=one.id).update(statut="completee", pris_par="a.un")
    courrier.post(office)
    assert told(smtp) == ["a.un"]


def test_the_rest_waits_for_the_digest_of_a_working_day(office, smtp, clock):
    sent(1, date_debut=FAR)
    assert courrier.post(office) == 0
    clock.later(hours=1)
    assert courrier.post(office) == 2
    assert courrier.post(office) == 0
    assert told(smtp) == ["a.un", "b.deux"]
    assert "1 en attente" in smtp.taken[0].message["Subject"]
    clock.at = NOW.replace(day=28, hour=9)  # a Saturday
    assert courrier.post(office) == 0
    clock.at = NOW.replace(day=30, hour=9)
    assert courrier.post(office) == 2


def test_nothing_waits_nothing_is_sent(office, smtp, clock):
    clock.later(hours=3)
    assert courrier.post(office) == 0


def test_the_triage_queue_is_told_to_whoever_acts_anywhere(office, smtp):
    sent(1, "a-confirmer", date_debut="2026-11-26")
    courrier.post(office)
    assert told(smtp) == ["a.un", "b.deux", "d.ailleurs"]


def test_each_member_chooses(office, smtp, clock):
    Preference.objects.create(user=user("a.un"), urgent=False, resume=True)
    Preference.objects.create(user=user("b.deux"), urgent=True, resume=False)
    sent(1, date_debut="2026-11-26")
    courrier.post(office)
    assert told(smtp) == ["b.deux"]
    clock.later(hours=2)
    courrier.post(office)
    assert told(smtp) == ["a.un", "b.deux"]


def user(name):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username=name)


def test_somebody_away_is_replaced_and_an_empty_office_is_told_all_the_same(office, smtp):
    away = {"absent_du": date(2026, 11, 24), "absent_au": date(2026, 11, 27)}
    Preference.objects.create(user=user("a.un"), remplacant=user("b.deux"), **away)
    one = sent(1, date_debut=FAR)
    DemandeRow.objects.filter(pk=one.id).update(statut="completee", pris_par="a.un")
    courrier.post(office)
    assert told(smtp) == ["b.deux"]
    Preference.objects.create(user=user("b.deux"), **away)
    sent(2, date_debut="2026-11-26")
    smtp.taken.clear()
    courrier.post(office)
    assert told(smtp) == ["a.un", "b.deux"]


def test_the_link_stops_one_kind_for_one_member_without_signing_in(office, smtp):
    sent(1, date_debut="2026-11-26")
    courrier.post(office)
    message = next(one for one in smtp.taken if one.to == ["a.un@exemple.fr"])
    link = re.search(r"https://bureau\.exemple\.fr(/avis/stop/\S+)", message.body).group(1)
    assert message.message["List-Unsubscribe"].strip() == f"<https://bureau.exemple.fr{link}>"
    strict = Client(enforce_csrf_checks=True)
    assert "Ne plus le recevoir" in strict.get(link).content.decode()
    assert not Preference.objects.exists()
    assert strict.post(link).status_code == 200
    kept = Preference.objects.get()
    assert (kept.user.username, kept.urgent, kept.resume) == ("a.un", False, True)
    assert strict.get(link[:-3] + "xx/").status_code == 410


def test_what_a_console_would_print_is_not_sent_and_tells_nobody(office, smtp, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    sent(1, date_debut="2026-11-26")
    assert courrier.post(office) == 0
    assert DemandeRow.objects.get().prevenu_at is None


def test_a_server_that_refuses_is_asked_again_and_nobody_is_said_to_be_told(office, smtp):
    sent(1, date_debut="2026-11-26")
    smtp.closed_today = True
    assert courrier.post(office) == 0
    assert DemandeRow.objects.get().prevenu_at is None
    smtp.closed_today = False
    assert courrier.post(office) == 2
    assert courrier.post(office) == 0
    assert told(smtp) == ["a.un", "b.deux"]
    assert DemandeRow.objects.get().prevenu_at is not None
    for one in smtp.taken:
        assert [secret for secret in SECRETS if secret in one.whole] == []


def test_a_server_that_is_away_harms_nothing(office, smtp, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    sent(1, date_debut="2026-11-26")
    assert courrier.post(office) == 0


def test_choices_are_made_on_a_page(as_role):
    client = as_role("conseiller")
    member("valideur", name="b.deux")
    data = {"urgent": "on", "absent_du": "2026-12-01", "absent_au": "2026-12-05", "remplacant": "b.deux"}
    client.post("/avis/", data)
    kept = Preference.objects.get()
    assert (kept.urgent, kept.resume, kept.remplacant.username) == (True, False, "b.deux")
    one = sent(1)
    assert client.post("/avis/", data | {"absent_au": "2026-11-01"}).status_code == 422
    assert "mission-locale.conseiller (moi)</option>" in client.get(f"/demandes/{one.id}/").content.decode()


def test_a_colleague_who_is_away_is_marked_where_one_assigns(as_role):
    client = as_role("conseiller")
    Preference.objects.create(
        user=member("valideur", name="b.deux"), absent_du=NOW.date(), absent_au=date(2026, 11, 27)
    )
    page = client.get(f"/demandes/{sent(1).id}/").content.decode()
    assert "b.deux – absent jusqu&#x27;au 27/11" in page


def test_rounds_cost_the_same_however_many_demandes(office, smtp, django_assert_max_num_queries):
    for number in range(1, 30):
        sent(number, date_debut="2026-11-26")
    with django_assert_max_num_queries(25):
        courrier.post(office)
    assert len(smtp.taken) == 2
