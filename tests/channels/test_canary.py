"""What nobody should send, sent outside the form, at the summary and to a counsellor: no byte of it stays anywhere."""

import io
import itertools
import subprocess
import sys
import zipfile

import pytest

from tests.e2e.conftest import without_index
from tests.e2e.person import Person
from tests.e2e.process import WORDS, Bot
from tests.e2e.test_canary import CANARIES, everywhere
from tests.sandbox.live import live_sandbox, wait_for

XLSX = """
import sys
from types import SimpleNamespace
from bot.database import open_database
from bot.config import settings
from bot.content.organismes import load_organismes
open_database(settings())
from bot.dashboard import exports
from bot.storage.models import DemandeRow
desk = SimpleNamespace(organismes=load_organismes(settings().knowledge_dir))
lines = exports.rows(DemandeRow.objects.all(), desk)
for chunk in exports.xlsx_chunks("demandes", exports.header(), lines):
    sys.stdout.buffer.write(chunk)
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = without_index(tmp_path_factory.mktemp("canary") / "data")
    with live_sandbox() as live:
        bot = Bot(folder, live.url, settings={"LOG_LEVEL": "DEBUG"}).start()
        yield bot, live.world
        bot.stop()


def workbook(bot):
    """The files inside the spreadsheet that the desk exports."""
    command = [sys.executable, "-c", XLSX]
    done = subprocess.run(command, env=bot.environment(), cwd=bot.folder.parent, capture_output=True, check=True)
    with zipfile.ZipFile(io.BytesIO(done.stdout)) as book:
        return {f"xlsx {name}": book.read(name) for name in book.namelist()}


def test_nothing_of_it_stays_outside_the_form_at_the_summary_nor_while_a_counsellor_holds_the_conversation(served):
    bot, world = served
    person = Person(world, 1)

    def careless():
        for text in CANARIES:
            person.says(text)

    careless()
    person.says("/demande")
    person.fills()
    careless()
    person.says("parler à quelqu'un")
    person.taps(WORDS.say("boutons.humain_avec"))
    careless()
    person.says("mon message au conseiller")
    person.says("revenir au robot")
    person.says("envoyer")
    careless()
    wait_for(bot.quiet)
    assert bot.demandes(1)
    found = everywhere(bot) | workbook(bot)
    assert any(b"mon message au conseiller" in content for content in found.values())
    for place, content in found.items():
        for canary in itertools.chain(*CANARIES.values()):
            assert canary not in content, f"{canary!r} in {place}"
