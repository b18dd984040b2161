"""R15, R16: forty spellings and carriers of what must not stay, looked for byte by byte in everything that is written.

Twenty ways to write what is refused, twenty things that ride beside a text. Then what may be kept while it is needed: no
byte of it after an erasure, nor after retention; and none of either in a log, in the figures, in a backup.
"""

import json
import logging
from datetime import timedelta

import pytest
from django.db import connection
from prometheus_client import CollectorRegistry, generate_latest

from bot.channels.telegram import intake
from bot.cli.listening import JsonLines
from bot.cli.metrics import Figures
from bot.conversation.dialogue import Dialogue
from bot.storage import inbox, outbox
from bot.storage.connection import forget_deleted
from bot.storage.copies import backup
from bot.storage.models import Update
from bot.storage.stores import DjangoSessionStore
from bot.storage.sweeper import Sweeper
from bot.storage.turns import TurnTaker
from tests.bases import default_database, empty
from tests.conversation.fakes import ANSWERS, NOW, Person, house

SPELLINGS = {
    "2 99 05 69 123 456 63": "nir",
    "2990569123456 63": "nir",
    "2_99_05_69_123_456_63": "nir",
    "2/99/05/69/123/456/63": "nir",
    "2·99·05·69·123·456·63": "nir",
    "٢٩٩٠٥٦٩١٢٣٤٥٦٦٣": "nir",
    "２９９０５６９１２３４５６６３": "nir",
    "2️⃣9️⃣9️⃣0️⃣5️⃣6️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣6️⃣3️⃣": "nir",
    "𝟐𝟗𝟗𝟎𝟓𝟔𝟗𝟏𝟐𝟑𝟒𝟓𝟔𝟔𝟑": "nir",
    "2\u200b9\u200b9\u200b0\u200b5\u200b6\u200b9\u200b1\u200b2\u200b3\u200b4\u200b5\u200b6\u200b6\u200b3": "nir",
    "②⑨⑨⓪⑤⑥⑨①②③④⑤⑥⑥③": "nir",
    "2.99.05.69.123.456.63": "nir",
    "2  99  05  69  123  456  63": "nir",
    "FR76 3000 6000 0112 3456 7890 189": "iban",
    "FR76.3000.6000.0112.3456.7890.189": "iban",
    "fr7630006000011234567890189": "iban",
    "FR76_3000_6000_0112_3456_7890_189": "iban",
    "ＦＲ７６３０００６００００１１２３４５６７８９０１８９": "iban",
    "je suis schizophrene": "sante",
    "skizophrène": "sante",
}
"""What is sent as it is, after « mon numéro c'est » or alone."""

BESIDE = {
    "sticker set": {"sticker": {"emoji": "😅", "set_name": "zqporta_by_bot"}},
    "venue": {"venue": {"title": "zqportb", "address": "zqportb"}, "location": {"latitude": 45.7, "longitude": 4.8}},
    "poll": {"poll": {"question": "zqportc ?", "options": [{"text": "zqportc"}]}},
    "reply": {"text": "oui", "reply_to_message": {"message_id": 3, "text": "zqportd"}},
    "quote": {"text": "oui", "quote": {"text": "zqporte", "position": 0}},
    "link": {
        "text": "oui",
        "entities": [{"type": "text_link", "offset": 0, "length": 3, "url": "https://zqportf.example"}],
    },
    "first name": {
        "text": "oui",
        "from": {"id": 7, "first_name": "zqportg", "last_name": "zqportg", "username": "zqportg"},
    },
    "chat name": {"text": "oui", "chat": {"id": 7, "type": "private", "first_name": "zqporth", "username": "zqporth"}},
    "forwarded from": {"text": "oui", "forward_origin": {"type": "hidden_user", "sender_user_name": "zqporti"}},
    "vcard": {"contact": {"phone_number": "+33600000000", "first_name": "zqportj", "vcard": "BEGIN:VCARD zqportj"}},
    "file name": {"document": {"file_id": "x", "file_name": "zqportk.pdf"}},
    "audio tags": {"audio": {"file_id": "x", "title": "zqportl", "performer": "zqportl"}},
    "game": {"game": {"title": "zqportm", "description": "zqportm"}},
    "via bot": {"text": "oui", "via_bot": {"id": 1, "first_name": "zqportn", "username": "zqportn"}},
    "signature": {"text": "oui", "author_signature": "zqporto"},
    "external reply": {"text": "oui", "external_reply": {"chat": {"title": "zqportp"}}},
    "story": {"story": {"chat": {"id": 1, "title": "zqportq"}, "id": 1}},
    "link preview": {"text": "oui", "link_preview_options": {"url": "https://zqportr.example"}},
    "payment": {"successful_payment": {"order_info": {"name": "zqports", "email": "zqports@exemple.fr"}}},
    "group": {"text": "oui", "chat": {"id": -9, "type": "group", "title": "zqportt"}},
}
"""What a client or a server puts beside the text; « zqport » and a letter is in none of our files."""

KEPT = {
    "activites": "zqkept voir la pâte",
    "identite": "Zqlina Zqdurand",
    "contact": "zqmail@exemple.fr 06 12 34 56 70",
    "conseiller": "agence zqagence",
}


class Clock:
    def __init__(self):
        self.at = NOW

    def now(self):
        return self.at


class Bot:
    """The storage and the conversation, without a channel."""

    def __init__(self):
        self.clock, self.number = Clock(), 0
        self.dialogue = Dialogue(house())
        self.taker = TurnTaker(self.dialogue, intake.to_message, self.clock, apology="Pardon.")

    def gets(self, chat=7, **message):
        self.number += 1
        self.clock.at += timedelta(seconds=30)
        body = {"message_id": self.number, "chat": {"id": chat, "type": "private"}, "from": {"id": chat}} | message
        raw = {"update_id": self.number, "message": body | {"date": int(self.clock.at.timestamp())}}
        inbox.receive(intake.kept(raw), chat=intake.chat_of(raw), now=self.clock.now())
        return raw

    def hears(self, chat=7, **message):
        raw = self.gets(chat, **message)
        chat = intake.chat_of(raw)
        while chat is not None and self.taker.process_next(chat):
            pass
        while sent := outbox.due(self.clock.now(), 50):
            for one in sent:
                outbox.delivered(one.id, self.clock.now())

    def asked(self, chat):
        return Person(session=DjangoSessionStore().load(chat), now=self.clock.at).asked

    def fills(self, chat, until="recap"):
        self.hears(chat, text="/demande")
        for _ in range(40):
            if (step := self.asked(chat)) == until:
                return
            self.hears(chat, text=(ANSWERS | KEPT).get(step, "passer"))
        raise AssertionError(until)


@pytest.fixture
def written(tmp_path, django_db_blocker, caplog):
    """A SQLite file of this test alone, and every byte that was written: files, log, figures, a backup."""
    caplog.set_level(logging.DEBUG)
    file = tmp_path / "base" / "base.sqlite3"
    file.parent.mkdir()
    with default_database(f"sqlite:///{file}", django_db_blocker):
        yield lambda: everything(file, caplog.records)
        empty()


def everything(file, records):
    found = {one.name: one.read_bytes() for one in file.parent.iterdir()}
    lines = JsonLines()
    ours = [one for one in records if not one.name.startswith("django.db")]
    found["log"] = "\n".join(lines.format(one) for one in ours).encode()
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures(Clock()))
    found["figures"] = generate_latest(registry)
    copy = file.parent.parent / f"copie-{len(list(file.parent.parent.iterdir()))}"
    backup(f"sqlite:///{file}", copy)
    found["backup"] = copy.read_bytes()
    sealed = copy.with_suffix(".age")
    backup(f"sqlite:///{file}", sealed, "un secret long")
    found["sealed backup"] = sealed.read_bytes()
    return found


def forms(text):
    """The bytes of a text, as they are and as JSON writes them; of a number, its digits alone too."""
    yield from (text.encode(), json.dumps(text)[1:-1].encode())


def places(found, canaries):
    """Where any of these is, case aside."""
    lowered = {place: content.lower() for place, content in found.items()}
    return [
        (canary, place)
        for canary in canaries
        for form in forms(canary)
        for place, content in lowered.items()
        if form.lower() in content
    ]


@pytest.mark.parametrize("step", ["activites", "conseiller"])
def test_twenty_spellings_of_what_is_refused_leave_no_byte(written, step):
    bot = Bot()
    bot.fills(7, until=step)
    for text, kind in SPELLINGS.items():
        bot.hears(7, text=text if kind == "sante" else f"voici {text} merci")
        bot.hears(7, caption=text, photo=[{"file_id": "x"}])
    assert places(written(), [*SPELLINGS, "2990569123456", "7630006000011", "schizo", "skizo"]) == []


def test_twenty_things_that_ride_beside_a_text_are_never_written(written):
    bot = Bot()
    bot.hears(7, text="/demande")
    for message in BESIDE.values():
        bot.gets(**message)
    assert Update.objects.filter(done_at=None).exclude(payload={}).exists(), "looked at before anything is cleaned"
    canaries = [f"zqport{letter}" for letter in "abcdefghijklmnopqrst"]
    assert len(BESIDE) == len(canaries)
    assert places(written(), canaries) == []
    for chat in (7, -9):
        while bot.taker.process_next(chat):
            pass
    assert places(written(), canaries) == []


def held_of_somebody(bot, chat):
    """A draft, a message to a counsellor and a question nobody can answer: what may be kept for a while."""
    bot.fills(chat)
    bot.hears(chat, text="est-ce que Zqfirme prend des immersions ?")


def test_no_byte_of_a_person_is_left_after_an_erasure(written):
    bot = Bot()
    held_of_somebody(bot, 7)
    canaries = ["zqkept", "zqlina", "zqdurand", "zqmail", "zqagence", "zqfirme", "612345670"]
    assert {canary for canary, _ in places(written(), canaries)} >= set(canaries) - {"zqfirme"}
    bot.hears(7, text="/effacer")
    bot.hears(7, text="oui")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM storage_sessionrow WHERE body LIKE '%lina%'")
        assert cursor.fetchone() == (0,)
    assert forget_deleted()
    assert places(written(), canaries) == []


def test_no_byte_of_a_person_is_left_after_retention(written):
    bot = Bot()
    held_of_somebody(bot, 7)
    bot.clock.at += timedelta(days=800)
    Sweeper(bot.dialogue, bot.clock, retention_brouillon_jours=30, retention_close_jours=730).run()
    Sweeper(bot.dialogue, bot.clock, retention_brouillon_jours=30, retention_close_jours=730).run()
    canaries = ["zqkept", "zqlina", "zqdurand", "zqmail", "zqagence", "zqfirme", "612345670"]
    assert places(written(), canaries) == []


def test_the_search_sees_what_is_there(written):
    bot = Bot()
    bot.hears(7, text="/demande")
    bot.gets(7, text="zqseen ٢٩")
    found = {place for _, place in places(written(), ["zqseen ٢٩"])}
    assert "backup" in found
    assert any(place.startswith("base.sqlite3") for place in found)
    assert "sealed backup" not in found
