"""`immersion-bot run` as its users start it: a process of its own, which a test may kill."""

import json
import os
import sqlite3
import subprocess
import sys
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
        }
        return kept | given | self.settings

    def start(self, *arguments):
        """Start, and wait for the line that says it serves."""
        self.process = self.launch(*arguments)
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
