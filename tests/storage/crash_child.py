"""A whole bot in one process, made to be killed: it receives, handles and delivers until everything is done."""

import os
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import django.contrib.auth
import django.db.backends.sqlite3.base  # noqa: F401 - imported once for all children

from bot.domain.demande import Demande, Evenement, Role
from bot.domain.message import Reply, UserMessage
from bot.domain.session import SlotValue
from bot.domain.turn import SendDemande, Turn
from bot.storage.setup import configure

CHATS = 5
SENT_EVERY = 4
"""One update in four sends a demande."""


class SystemClock:
    def now(self):
        return datetime.now(UTC)


def demande(chat, number):
    at = datetime(2026, 3, 2, tzinfo=UTC)
    identifier = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{chat}:{number}"))
    return Demande(
        identifier,
        f"n{number}",
        chat,
        "mission-locale",
        {"metier": "x"},
        at,
        evenements=(Evenement(at, Role.PERSONNE, "envoyee"),),
    )


class Chain:
    """Each answer depends on the one before: a turn lost, repeated or crossed breaks the chain."""

    def take_turn(self, session, message, dossier):
        number = int(message.text)
        answers = {**session.answers, str(session.version): SlotValue(number, message.at)}
        effects = (SendDemande(demande(message.chat, number)),) if number % SENT_EVERY == 0 else ()
        after = replace(session, answers=answers, version=session.version + 1)
        return Turn(after, (Reply(f"{session.version}:{number}"),), effects)

    def tell(self, session, event, at, dossier):
        raise NotImplementedError

    def due(self, session, dossier, now):
        return None


def to_message(raw, now):
    message = raw["message"]
    return UserMessage(message["chat"]["id"], now, text=message["text"])


def run(url: str, updates: int, log: str) -> None:
    """Go on from wherever the last one was killed; returns once nothing is left to do."""
    configure(database_url=url, secret_key="x")
    from bot.storage import inbox, outbox
    from bot.storage.models import Outgoing
    from bot.storage.turns import TurnTaker

    clock = SystemClock()
    taker = TurnTaker(Chain(), to_message, clock, apology="!")
    written = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    while True:
        # What the last acknowledged update is, the server knows from us: it offers it again, and the next ones.
        last = inbox.last_update_id() or 0
        for number in range(max(1, last), min(updates, last + 7) + 1):
            chat = number % CHATS + 1
            raw = {"update_id": number, "message": {"chat": {"id": chat}, "text": str(number)}}
            inbox.receive(raw, chat=chat, now=clock.now())
        for chat in inbox.waiting_chats(CHATS):
            taker.process_next(chat)
        for item in outbox.due(clock.now(), CHATS):
            os.write(written, f"{item.chat} {item.reply.text}\n".encode())
            outbox.delivered(item.id, clock.now())
        # Counted, not asked for: `due` claims what it gives.
        left = Outgoing.objects.filter(etat=Outgoing.Etat.A_ENVOYER).exists()
        if last >= updates and not inbox.waiting_chats(1) and not left:
            Path(f"{log}.done").touch()
            return
