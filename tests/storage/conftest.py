"""Both databases, and one conversation a test scripts."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.message import Kind, Reply, UserMessage
from bot.domain.session import SlotValue
from bot.domain.turn import Turn
from bot.storage import inbox
from bot.storage.turns import TurnTaker
from tests.bases import default_database, empty, url_of

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=PARIS)
APOLOGY = "Pardon, réessayez."


@pytest.fixture(scope="package", params=["sqlite", "postgresql"])
def engine(request, tmp_path_factory, django_db_blocker):
    """Each database in turn, its tables in place; the value is its address."""
    url = url_of(request.param, tmp_path_factory.mktemp("storage"))
    with default_database(url, django_db_blocker):
        yield url


@pytest.fixture
def base(engine):
    """An empty database: its address."""
    empty()
    return engine


@dataclass
class FixedClock:
    """A clock that a test moves."""

    at: datetime = NOW

    def now(self):
        return self.at

    def later(self, **delta):
        self.at += timedelta(**delta)
        return self.at


def to_message(raw, now):
    """The smallest reading of an update: text, or the data of a press."""
    if "callback_query" in raw:
        query = raw["callback_query"]
        chat = query["message"]["chat"]["id"]
        return UserMessage(chat, now, kind=Kind.BUTTON, button=query["data"], message_id=query["message"]["message_id"])
    message = raw.get("message")
    if message is None:
        return None
    kind = Kind(message.get("kind", "text"))
    return UserMessage(message["chat"]["id"], now, text=message["text"], kind=kind, message_id=message["message_id"])


def text_update(number, chat, text, **more):
    """A raw update as the Bot API gives it."""
    return {"update_id": number, "message": {"message_id": number, "chat": {"id": chat}, "text": text, **more}}


def press_update(number, chat, data):
    """A raw button press."""
    under = {"message_id": number - 1, "chat": {"id": chat}}
    return {"update_id": number, "callback_query": {"id": f"q{number}", "data": data, "message": under}}


@dataclass
class Notebook:
    """A conversation that writes each text down as an answer and repeats it; `script` replaces what it does."""

    script: Callable | None = None
    seen: list = field(default_factory=list)
    telling: Callable | None = None
    dueing: Callable | None = None

    def take_turn(self, session, message, dossier):
        self.seen.append(message.text)
        if self.script:
            made = self.script(session, message, dossier)
            if made is not None:
                return made
        number = len(session.answers)
        answers = {**session.answers, f"r{number}": SlotValue(message.text, message.at, message.message_id)}
        after = replace(session, answers=answers, version=session.version + 1, updated_at=message.at)
        return Turn(after, (Reply(f"{number}:{message.text or message.button}"),))

    def tell(self, session, event, at, dossier):
        if self.telling:
            return self.telling(session, event, at, dossier)
        return Turn(replace(session, updated_at=at), (Reply(type(event).__name__),))

    def due(self, session, dossier, now):
        return self.dueing(session, dossier, now) if self.dueing else None


@dataclass
class Desk:
    """One bot at work on the database of the test."""

    conversation: Notebook = field(default_factory=Notebook)
    clock: FixedClock = field(default_factory=FixedClock)
    count: int = 0

    @property
    def taker(self):
        return TurnTaker(self.conversation, to_message, self.clock, apology=APOLOGY, too_fast="Trop vite.")

    def gets(self, text, chat=7, **more):
        """One message, received; not handled yet."""
        self.count += 1
        return inbox.receive(text_update(self.count, chat, text, **more), chat=chat, now=self.clock.now())

    def handles(self, chat=7):
        """Everything that waits in this chat; how many updates."""
        taker, handled = self.taker, 0
        while taker.process_next(chat):
            handled += 1
        return handled

    def does(self, effect, chat=7, text="x"):
        """One turn whose only effect is this one."""
        self.conversation.script = lambda session, message, _: Turn(session, (Reply("fait"),), (effect,))
        self.gets(text, chat)
        self.handles(chat)
        self.conversation.script = None


@pytest.fixture
def desk(base):
    """A bot, ready."""
    return Desk()
