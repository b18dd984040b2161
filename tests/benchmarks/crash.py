"""kill -9 at random moments while simulated people fill requests: nothing lost, nothing twice, order kept.

`python -m tests.benchmarks.crash 200` kills one process on SQLite; `python -m tests.benchmarks.crash 200 apart` kills one
of four (intake, two workers, pages) on PostgreSQL, and starts it again at once. Each person answers what the last message
asks, again and again; once everything is quiet, every draft must be where the last message says, every update handled
once and in its order, and every request a person sent stored exactly once, with that person's own answers.
"""

import json
import random
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.cli.play import ANSWERS, period, step_on_screen
from bot.content.organismes import load_organismes
from bot.content.orientation import load_router
from bot.content.regles import load_regles
from bot.conversation.dialogue import House
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain.message import UserMessage
from bot.domain.turn import Dossier
from bot.formats import LibraryFormats
from bot.sandbox import people
from bot.sandbox.world import World
from tests.conversation.fakes import ROOT, FakeAnswerer
from tests.conversation.fakes import house as fakes_house
from tests.e2e.conftest import without_index
from tests.e2e.process import FLOW, WORDS, Apart, Bot
from tests.sandbox.live import live_sandbox, wait_for

PEOPLE = 20
PATIENCE = 600
"""Seconds for what was begun to end, on a machine that does other things too."""
TOLD_EVERY = 20
"""Kills between two lines on standard error: a long run says how far it is."""
TRADES = ("boulanger", "coiffeur", "menuisier", "cuisinier", "serveur", "fleuriste", "plombier", "maçon")
PARIS = ZoneInfo("Europe/Paris")
ORDER = (
    "SELECT count(*) FROM (SELECT {done} AS done, lag({done}) OVER (PARTITION BY chat ORDER BY {rank}) AS before"
    " FROM {table} WHERE {done} IS NOT NULL) AS pairs WHERE done < before"
)


@dataclass
class Applicant:
    """Answers the last message, once; a message delivered twice is answered once."""

    world: World
    chat: int
    sent: int = 0
    seen: int = 0
    last: str = ""
    answered: bool = True
    markup: dict[str, Any] = field(default_factory=dict)
    under: int = 0
    doubles: int = 0
    acts: int = 0
    """How many updates this person has caused."""

    @property
    def trade(self):
        return TRADES[self.sent % len(TRADES)]

    def look(self):
        """Read what is new; whether something waits for an answer."""
        with self.world.lock:  # else a question may come between the list of messages and the marks of the last changes
            messages = sorted(self.world.chat(self.chat).messages.values(), key=lambda one: one.id)
            fresh = [one for one in messages if not one.mine and one.rev > self.seen]
            self.seen = max((one.rev for one in fresh), default=self.seen)
        for one in fresh:
            if one.id < self.under:
                continue  # an answered question that keeps the choice made
            if one.text == self.last:
                self.doubles += one.id != self.under  # else the same message, whose buttons changed
                continue
            self.last, self.markup, self.under, self.answered = one.text, one.markup or {}, one.id, False
        return not self.answered

    def writes(self, text):
        self.acts += 1
        people.write(self.world, self.chat, text)

    def act(self, day):
        """Answer what is on screen."""
        self.answered = True
        buttons = [button for row in self.markup.get("inline_keyboard", []) for button in row]
        send = next((one for one in buttons if one.get("callback_data", "").startswith("recap:envoyer:")), None)
        step = step_on_screen(WORDS, FLOW, self.last)
        if send:
            self.sent += 1
            self.acts += 1
            people.press(self.world, self.chat, self.under, send["callback_data"])
        elif step:
            # Another week each time: two requests for the same days are one too many, and the second is asked about.
            known = ANSWERS | {"periode": period(WORDS, day + timedelta(weeks=self.sent))}
            known |= {"metier": self.trade}
            known |= {"identite": f"Léa Exemple{'abcdefghijklmnopqrstuvwxyz'[self.chat % 26]}"}
            self.writes(known.get(step, WORDS.say("boutons.passer")))
        else:
            self.writes("/demande")


@dataclass
class Crowd:
    """People who go on, whatever happens to the bot, until they are told to stop."""

    people: list[Applicant]
    day: Any
    going: threading.Event = field(default_factory=threading.Event)
    over: bool = False

    def run(self):
        while not self.over:
            self.going.wait()
            for one in self.people:
                if one.look():
                    one.act(self.day)
            time.sleep(0.01)


def house():
    """Enough to derive what a stored session asks."""
    return House(
        words=WORDS, answerer=FakeAnswerer(), router=load_router(ROOT / "knowledge"),
        regles=load_regles(ROOT / "knowledge"), formats=LibraryFormats(), reader=fakes_house().reader, flow=FLOW,
        organismes=load_organismes(ROOT / "knowledge"),
    )  # fmt: skip


def pending(bot, chat, known):
    """The step that the stored session asks; empty once nothing is missing or nothing is open."""
    session = bot.session(chat)
    now = datetime.now(PARIS)
    step = questions.current(Scene(known, session, Dossier(), now, UserMessage(chat, now)))
    return step.name if step else ""


def settled(bot, crowd, known):
    """Wait until nothing waits; every person's draft is then where the last message says. The faults found."""
    wait_for(bot.quiet, PATIENCE)
    faults = []
    for one in crowd.people:
        one.look()
        shown = step_on_screen(WORDS, FLOW, one.last)
        stored = pending(bot, one.chat, known)
        if shown != stored:
            faults.append(f"{one.chat}: the screen asks {shown!r}, the draft {stored!r}")
    return faults


def stored_once(bot, crowd):
    """Every request sent is stored once, with its own answers. The faults found."""
    faults = []
    for one in crowd.people:
        found = bot.demandes(one.chat)
        trades = [demande["metier"] for demande in found]
        wanted = [TRADES[rank % len(TRADES)] for rank in range(one.sent)]
        if trades != wanted:
            faults.append(f"{one.chat}: {wanted} sent, {trades} stored")
        names = {demande["nom"].casefold() for demande in found}
        if len(names) > 1 or any(one.chat % 26 != ord(name[-1]) - ord("a") for name in names):
            faults.append(f"{one.chat}: the names of others: {names}")
    return faults


def in_order(bot, crowd):
    """Every update stored and handled, those of a chat in their order, and so are its replies. The faults found."""
    ((handled, failed),) = bot.rows("SELECT count(done_at), count(nullif(attempts, 0)) FROM storage_update")
    acts = sum(one.acts for one in crowd.people)
    faults = [] if handled == acts else [f"{acts} updates, {handled} handled"]
    faults += [f"{failed} updates failed before they were handled"] if failed else []
    for table, done, rank in (("storage_update", "done_at", "update_id"), ("storage_outgoing", "delivered_at", "id")):
        ((crossed,),) = bot.rows(ORDER.format(table=table, done=done, rank=rank))
        faults += [f"{crossed} rows of {table} out of order"] if crossed else []
    return faults


def run(kills, folder, seed=2026, people_count=PEOPLE, database=""):
    """Kill `kills` times, on SQLite or with the roles apart on `database`; the figures, and the faults found."""
    chance, known, faults = random.Random(seed), house(), []
    started = time.monotonic()
    # Nobody asks a question here: without an index, a start takes no longer than it must.
    without_index(folder)
    with live_sandbox() as live:
        bot = Apart(folder, live.url, settings={"DATABASE_URL": database}) if database else Bot(folder, live.url)
        applicants = [Applicant(live.world, 1000 + rank) for rank in range(people_count)]
        crowd = Crowd(applicants, datetime.now(PARIS).date())
        for one in applicants:
            one.writes("/demande")
        thread = threading.Thread(target=crowd.run, daemon=True)
        thread.start()
        crowd.going.set()
        for rank in range(1, kills + 1):
            bot.strike(chance)
            if rank % TOLD_EVERY == 0:
                sys.stderr.write(f"{rank} kills, {time.monotonic() - started:.0f} s\n")
        bot.start()
        faults += settle(bot, crowd, known)
        crowd.going.set()
        finish(bot, crowd)
        faults += settle(bot, crowd, known) + stored_once(bot, crowd) + in_order(bot, crowd)
        crowd.over = True
        crowd.going.set()
        thread.join(10)
        ((handled,),) = bot.rows("SELECT count(*) FROM storage_update WHERE done_at IS NOT NULL")
        doubles = sum(one.doubles for one in applicants)
        assert bot.stop() == 0
    return {
        "kills": kills, "people": people_count, "updates": handled, "requests": sum(one.sent for one in applicants),
        "replies delivered twice": doubles, "seconds": round(time.monotonic() - started, 1), "faults": faults,
        "broken": bool(faults),
    }  # fmt: skip


def settle(bot, crowd, known):
    """Hold the people still, and look."""
    crowd.going.clear()
    time.sleep(0.2)
    return settled(bot, crowd, known)


def finish(bot, crowd):
    """Everybody sends at least one request."""
    wait_for(lambda: all(one.sent for one in crowd.people), PATIENCE)


@contextmanager
def own_server():
    """The address of an empty database on a PostgreSQL of our own."""
    import psycopg

    from tests.bases import postgres_url

    url = postgres_url()
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS chutes WITH (FORCE)")
        server.execute("CREATE DATABASE chutes")
    yield url.replace("/postgres?", "/chutes?")


def main(size=30, *, apart=False):
    """Kill `size` times, and return the figures."""
    with tempfile.TemporaryDirectory(prefix="immersion-bot-crash-") as folder:
        if not apart:
            return run(size, Path(folder) / "data")
        with own_server() as database:
            return run(size, Path(folder) / "data", database=database)


if __name__ == "__main__":
    figures = main(int(sys.argv[1]) if len(sys.argv) > 1 else 30, apart="apart" in sys.argv)
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2))
