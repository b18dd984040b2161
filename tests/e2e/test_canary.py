"""What nobody should send, sent at every question of the form: no byte of it stays anywhere."""

import itertools
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from bot.form.demande_flow import demande_flow
from tests.e2e.person import Person
from tests.e2e.process import Bot
from tests.sandbox.live import live_sandbox, wait_for

ANOTHER = "appelez mon conseiller Marc Dubreuil au 06 98 76 54 32"
CANARIES = {
    "mon numéro de sécu est 2 99 05 69 123 456 63": (b"123 456 63", b"299056912345663"),
    "mon rib FR76 3000 6000 0112 3456 7890 189 merci": (b"0112 3456", b"FR7630006000011234567890189"),
    "je suis schizophrène depuis Romorantin": (b"Romorantin", b"romorantin"),
    ANOTHER: (b"06 98 76 54", b"698765432", b"Dubreuil"),
}
OF_SOMEBODY = {"tuteur", "representant", "representant_email", "employeur", "urgence", "signataire"}
"""Questions that do ask how to reach somebody else."""

NEVER_ASKED = {"cadre", "veut_tester_esat", "consentement", "bureau"}
"""Shown once the person has said so; sending is the consent; offices are asked of where they are imported."""

PEOPLE = (
    {"urgence": "Anne Exemple 0612345679", "amenagements": "un siège réglable",
     "situation": "je suis salarié dans le privé", "suivi_par": "je ne sais pas", "sur_temps_travail": "oui",
     "employeur": "Garage des Lilas", "inaptitude": "non", "deja_accueilli": "oui"},
    {"situation": "salarié en insertion", "suivi_par": "structure d'insertion", "sur_temps_travail": "non"},
    {"date_naissance": "12/03/2009", "representant": "Anne Exemple 0612345679"},
    {"situation": "sans activité", "suivi_par": "personne", "date_naissance": "12/03/1985", "rsa": "oui"},
    {"situation": "agent contractuel du public", "suivi_par": "je ne sais pas", "sur_temps_travail": "non"},
    {"situation": "indépendant", "suivi_par": "personne", "inscrit_france_travail": "non", "hote_connu": "non"},
)  # fmt: skip
EXTRAS = ("Ajouter une personne à prévenir", "Ajouter un aménagement")
"""Questions that the summary offers to add."""


def everywhere(bot):
    """Every file the program wrote, and what the operator's exports say, as bytes."""
    found = {str(path): path.read_bytes() for path in bot.folder.rglob("*") if path.is_file()}
    found["log"] = bot.log().encode()
    for kind in ("csv", "json"):
        command = [sys.executable, "-m", "bot", "requests", "export", "--format", kind]
        done = subprocess.run(command, env=bot.environment(), cwd=bot.folder.parent, capture_output=True, check=True)
        found[f"export {kind}"] = done.stdout
    return found


@pytest.fixture(scope="module")
def own(published, tmp_path_factory):
    """A program of its own, with an index, that says everything it can in its log."""
    folder = tmp_path_factory.mktemp("canary") / "data"
    shutil.copytree(published, folder)
    with live_sandbox() as live:
        bot = Bot(folder, live.url, settings={"LOG_LEVEL": "DEBUG"}).start()
        yield bot, live.world
        bot.stop()


@dataclass
class Careless:
    """Sends every canary at each question that nobody was asked before."""

    person: Person
    seen: set

    def at(self, step):
        if step and step not in self.seen:
            self.seen.add(step)
            for text in CANARIES:
                if text != ANOTHER or step not in OF_SOMEBODY:
                    self.person.says(text)

    def fills(self, answers):
        self.person.says("/demande")
        self.person.fills(before=self.at, **answers)
        for extra in EXTRAS:
            self.person.taps(extra)
            self.person.fills(before=self.at, **answers)
        for text in CANARIES:
            self.person.says(text)
        self.person.says("envoyer")


def test_no_byte_of_what_is_refused_stays_whatever_the_question(own):
    bot, world = own
    seen = set()
    careless = [Careless(Person(world, number), seen) for number in range(1, len(PEOPLE) + 1)]
    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        list(pool.map(Careless.fills, careless, PEOPLE))
    assert {step.name for step in demande_flow().steps} - seen == NEVER_ASKED
    wait_for(bot.quiet)
    for place, content in everywhere(bot).items():
        for canary in itertools.chain(*CANARIES.values()):
            assert canary not in content, f"{canary!r} in {place}"
