"""`immersion-bot run` as its users start it: a process of its own, which a test may kill."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from bot.content.wording import load_wording
from bot.domain.session import session_from_json
from bot.form.demande_flow import demande_flow
from tests.conversation.fakes import ROOT
from tests.sandbox.live import TOKEN

WORDS = load_wording(ROOT / "prompts")
FLOW = demande_flow()


@dataclass
class Bot:
    """One data folder, and the process that serves it now."""

    folder: Path
    base_url: str
    arguments: tuple[str, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None
    ready: str = ""

    def environment(self):
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
        given = {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_BASE_URL": self.base_url,
            "SECRET_KEY": "a-key-for-tests-" * 4,
            "DATA_DIR": str(self.folder),
            "LOG_LEVEL": "WARNING",
            "PYTHONPATH": str(ROOT),
            "HF_HUB_OFFLINE": "1",
            "OPENBLAS_NUM_THREADS": "1",  # as in tests/conftest.py: the other core is another test's
        }
        return kept | given | self.settings

    def start(self, *arguments):
        """Start, and wait for the line that says it serves."""
        self.process = self.launch(*arguments)
        return self.wait()

    def wait(self):
        """Until the line that says it serves."""
        line = self.process.stdout.readline()
        assert line.startswith("ready "), f"{line!r}, then {self.log()[-2000:]}"
        self.ready = line
        return self

    def launch(self, *arguments):
        """Start without waiting."""
        command = [sys.executable, "-m", "bot", "run", "--port", "0", *self.arguments, *arguments]
        with (self.folder.parent / f"{self.folder.name}.log").open("a") as log:
            return subprocess.Popen(
                command, env=self.environment(), cwd=self.folder.parent, stdout=subprocess.PIPE, stderr=log, text=True
            )

    def kill(self):
        """As a power cut does."""
        self.process.kill()
        self.process.wait(30)
        self.process.stdout.close()

    def strike(self, chance):
        """Start, be killed at a random moment of the work; three times in four, before it has said that it is ready."""
        if chance.random() < 0.75:
            self.process = self.launch()
            time.sleep(chance.uniform(0.0, 4.0))
        else:
            self.start()
            time.sleep(chance.uniform(0.0, 1.6))
        self.kill()

    def stop(self):
        """As an operator does; the exit status."""
        self.process.terminate()
        status = self.process.wait(30)
        self.process.stdout.close()
        return status

    def log(self):
        return (self.folder.parent / f"{self.folder.name}.log").read_text(errors="replace")

    @property
    def pages(self):
        return self.ready.split("pages ")[1].split(" ")[0]

    def rows(self, query, *values):
        """What the database holds, read from outside."""
        with sqlite3.connect(f"file:{self.folder / 'immersion-bot.sqlite3'}?mode=ro", uri=True, timeout=30) as base:
            return base.execute(query, values).fetchall()

    def demandes(self, chat):
        """The answers of the demandes of this chat."""
        found = self.rows(
            "SELECT answers, organisme, statut FROM storage_demanderow WHERE chat=? ORDER BY envoyee_le", chat
        )
        return [
            json.loads(answers) | {"organisme": organisme, "statut": statut} for answers, organisme, statut in found
        ]

    def session(self, chat):
        """The stored session of this chat."""
        ((body,),) = self.rows("SELECT body FROM storage_sessionrow WHERE chat=?", chat)
        return session_from_json(json.loads(body))

    def quiet(self):
        """Whether nothing waits, on either side."""
        ((pending,),) = self.rows("SELECT count(*) FROM storage_update WHERE done_at IS NULL")
        ((waiting,),) = self.rows("SELECT count(*) FROM storage_outgoing WHERE etat='a-envoyer'")
        return pending + waiting == 0


ROLES = {"intake": "intake", "worker-1": "worker", "worker-2": "worker", "web": "web"}


@dataclass
class Apart(Bot):
    """Roles as processes with folders of their own on one database; by default intake, two workers and the pages."""

    roles: dict[str, str] = field(default_factory=lambda: dict(ROLES))
    parts: dict[str, Bot] = field(default_factory=dict)

    def start(self, *arguments):
        """Start what does not run, and wait until each says it serves."""
        for name, role in self.roles.items():
            if name not in self.parts:
                part = Bot(self.folder / name, self.base_url, ("--role", role), self.settings)
                part.folder.mkdir(parents=True)
                (part.folder / "index").write_text("no index here")
                self.parts[name] = part
                part.process = part.launch(*arguments)
        for part in self.parts.values():
            if not part.ready:
                part.wait()
        return self

    def strike(self, chance):
        """One of the four is killed at a random moment, ready or not, and started again at once."""
        if not self.parts:
            self.start()
        time.sleep(chance.uniform(0.3, 5.0))
        part = self.parts[chance.choice(list(self.parts))]
        part.kill()
        part.ready = ""
        part.process = part.launch()

    def stop(self):
        """All of them; zero where each ended well."""
        return max(part.stop() for part in self.parts.values())

    def log(self):
        return "".join(part.log() for part in self.parts.values())

    def rows(self, query, *values):
        if self.settings["DATABASE_URL"].startswith("sqlite:"):
            file = self.settings["DATABASE_URL"].removeprefix("sqlite:///")
            with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30) as base:
                return base.execute(query, values).fetchall()
        import psycopg
        from psycopg.types.string import TextLoader

        with psycopg.connect(self.settings["DATABASE_URL"]) as base:
            base.adapters.register_loader("jsonb", TextLoader)
            return base.execute(query.replace("?", "%s"), values).fetchall()
