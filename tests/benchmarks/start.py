"""A newcomer's first `demo`, then a second one in another empty folder: seconds until each thing is there.

Everything by HTTP, as the chat page asks for it: the page, the form's first question, a question's sourced answer.
The cache is a folder of this bench, empty at first; the second start finds in it what the first has made.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from bot.config import ROOT

FIRST_ANSWER_S, SECOND_START_S, STOP_S = 15.0, 3.0, 5.0
PATIENCE = 300.0
ASKED, SOURCED = "c'est payé ?", "Source :"


@dataclass
class Demo:
    """One `demo` in an empty folder, timed from the moment the command is entered."""

    folder: Path
    cache: Path
    began: float = field(default_factory=time.monotonic)
    told: list[str] = field(default_factory=list)
    first_line: float = 0.0
    address: str = ""
    ready: float = 0.0

    def __post_init__(self) -> None:
        """Enter the command, and read what it says."""
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "demo", "--port", "0"],
            env=kept | {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(self.cache)}, cwd=self.folder,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        threading.Thread(target=self._read, daemon=True).start()
        for line in self.process.stdout or ():
            if line.startswith("ready "):
                self.ready, self.address = self.since(), line.split()[1]
                return
        raise AssertionError(f"it never was ready: {self.told[-5:]}")

    def since(self) -> float:
        """Seconds since the command was entered."""
        return time.monotonic() - self.began

    def _read(self) -> None:
        for line in self.process.stderr or ():
            self.first_line = self.first_line or self.since()
            self.told.append(line)

    def answered(self, person: int, text: str, holds: Callable[[str], bool]) -> float:
        """Somebody writes this; seconds, since the command was entered, until a message of which this holds."""
        chat, body = f"{self.address}bac-a-sable", urlencode({"personne": person, "texte": text}).encode()
        urlopen(Request(f"{chat}/envoyer", body, {"Accept": "application/json"}), timeout=30).close()
        seen = 0
        while self.since() < PATIENCE:
            with urlopen(f"{chat}/fil?personne={person}&depuis={seen}", timeout=60) as feed:
                news = json.load(feed)
            seen = news["rev"]
            if any(holds(one["html"]) for one in news["messages"] if " bot" in one["html"][:60]):
                return self.since()
        raise AssertionError(f"{text!r} was never answered: {self.told[-5:]}")

    def figures(self) -> dict[str, float]:
        """What a newcomer waits for, in the order in which they do; then the stop, as Ctrl-C asks for it."""
        asked = self.answered(1, "/demande", bool)
        sourced = self.answered(2, ASKED, lambda html: SOURCED in html.replace("\u00a0", " "))
        stopping = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)
        return {
            "first word s": self.first_line, "ready s": self.ready, "form answers s": asked, "question answered s": sourced,
            "lines of progress": len(self.told), "stop s": time.monotonic() - stopping,
        }  # fmt: skip


def main() -> dict[str, Any]:
    """The two starts; broken where the first answer, the second start or a stop come later than is promised."""
    with tempfile.TemporaryDirectory() as cache:
        first, second = (_start(Path(cache)) for _ in range(2))
    late = first["form answers s"] > FIRST_ANSWER_S or second["ready s"] > SECOND_START_S
    stuck = max(first["stop s"], second["stop s"]) > STOP_S
    return {"first": first, "second": second, "broken": late or stuck}


def _start(cache: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        return Demo(Path(folder), cache).figures()
