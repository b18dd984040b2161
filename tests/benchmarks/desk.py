"""Ten thousand demandes and a hundred thousand messages, on SQLite and on PostgreSQL: time of every page one waits for.

Each database is measured in a process of its own: memory is the whole process's peak, Django is set up on a base that goes
away. `wall` is what a counsellor waits for; `cpu` is the work behind it, the database server's included, which is what is
left of the wait on a machine that does nothing else. A page keeps its promise where its work does.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.dashboard.filters import PAGE

DEMANDES = 10_000

A_THREAD = 20
"""Messages of one person."""

ENGINES = ("sqlite", "postgresql")
ROUNDS = 25
P95_MS = 150
EXPORT_SECONDS = 10
EXPORT_MB = 200

ROOT = Path(__file__).resolve().parents[2]
BODIES = ("mission-locale", "france-travail", "cap-emploi", "a-confirmer")
FIRST = ("Lina", "Noah", "Inès", "Yanis", "Chloé", "Adam", "Jade", "Sacha", "Zoé", "Nino")
LAST = ("Durand", "Petit", "Martin", "Bernard", "Robert", "Richard", "Simon", "Laurent", "Michel", "Garcia")
TRADES = ("Boulanger", "Menuisier", "Aide-soignant", "Cuisinier", "Fleuriste", "Maçon", "Vendeur", "Libraire")
SYLLABLES = (
    "ba",
    "cor",
    "del",
    "fran",
    "gui",
    "lou",
    "mer",
    "nau",
    "pel",
    "ric",
    "sau",
    "tour",
    "val",
    "vin",
    "bert",
    "mond",
)
"""Names of firms and of tutors, by three or four: as many words as real names make, among which a typo is looked for."""


def main(demandes: int = DEMANDES, rounds: int = ROUNDS) -> dict[str, Any]:
    """By database: milliseconds at the 95th percentile by page, seconds and megabytes of exports; `broken` names what is not kept."""
    figures: dict[str, Any] = {}
    for engine in ENGINES:
        command = [sys.executable, "-m", "tests.benchmarks.desk", engine, str(demandes), str(rounds)]
        given = dict(os.environ) | ({"BENCH_DATABASE_URL": _postgresql()} if engine == "postgresql" else {})
        done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{engine}: {done.stderr[-2000:]}")
        figures[engine] = json.loads(done.stdout.splitlines()[-1])
    figures["broken"] = [f"{engine}, {one}" for engine in ENGINES for one in figures[engine].pop("broken")]
    return figures


def _postgresql() -> str:
    """The database that BENCH_DATABASE_URL names, else a server started for this, that ends with us."""
    from tests.bases import postgres_url

    return os.environ.get("BENCH_DATABASE_URL") or postgres_url()


def fill(count: int, now: datetime) -> None:
    """Demandes of half a year, in every state, with the event of their taking."""
    from bot.domain.demande import Demande, Role, Statut
    from bot.storage.models import DemandeRow, EvenementRow
    from bot.storage.records import columns
    from tests.dashboard.office import answers

    draw = random.Random(13912)
    states = [*Statut]
    rows, events = [], []
    for number in range(count):
        sent = now - timedelta(minutes=draw.randrange(26 * 7 * 24 * 60))
        start = sent.date() + timedelta(days=draw.randrange(3, 60))
        first, last = draw.choice(FIRST), draw.choice(LAST)
        one = Demande(
            id=str(uuid.UUID(int=draw.getrandbits(128), version=4)), numero=f"2026-{number:06d}", chat=10_000 + number,
            organisme=draw.choice(BODIES), envoyee_le=sent, statut=draw.choice(states),
            answers=answers(prenom=first, nom=f"{last} {number}", email=f"{first}.{number}@exemple.fr".lower(),
                            metier=draw.choice(TRADES), entreprise=_word(draw, 4), tuteur=f"{_word(draw, 3)} {_word(draw, 3)}, gérant",
                            date_debut=start.isoformat(),
                            date_fin=(start + timedelta(days=draw.randrange(1, 20))).isoformat(),
                            date_naissance=date(draw.randrange(1975, 2011), draw.randrange(1, 13), 1).isoformat()),
        )  # fmt: skip
        rows.append(DemandeRow(id=one.id, numero=one.numero, **columns(one)))
        events.append(EvenementRow(demande_id=one.id, at=sent, auteur=Role.PERSONNE, quoi="envoyee"))
        if one.statut is not Statut.NOUVELLE:
            taken = sent + timedelta(hours=draw.randrange(1, 200))
            events.append(EvenementRow(demande_id=one.id, at=taken, auteur="c.martin", quoi="statut", de="nouvelle",
                                       vers=Statut.PRISE_EN_CHARGE.value))  # fmt: skip
            rows[-1].prise_jour = taken.date()
    DemandeRow.objects.bulk_create(rows, batch_size=500)
    EvenementRow.objects.bulk_create(events, batch_size=500)


def _word(draw: random.Random, syllables: int) -> str:
    return "".join(draw.choices(SYLLABLES, k=syllables)).capitalize()


def settle() -> None:
    """What PostgreSQL does by itself in the background, done: half a year's demandes do not come in a minute."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def talk(count: int, now: datetime) -> None:
    """Conversations of A_THREAD messages, open and closed, some of them waiting."""
    from bot.domain.demande import Role
    from bot.storage.models import HandoffRow, RelayedMessage

    draw = random.Random(1391)
    threads = []
    for number in range(count // A_THREAD):
        opened = now - timedelta(minutes=draw.randrange(26 * 7 * 24 * 60))
        closed = opened + timedelta(days=2) if draw.random() < 0.9 else None
        waits = opened + timedelta(hours=1) if closed is None and draw.random() < 0.5 else None
        threads.append(HandoffRow(chat=10_000 + number, organisme=draw.choice(BODIES), opened_at=opened, taken_at=opened,
                                  pris_par="c.martin", closed_at=closed, attend_depuis=waits))  # fmt: skip
    HandoffRow.objects.bulk_create(threads, batch_size=500)
    RelayedMessage.objects.bulk_create(
        (
            RelayedMessage(chat=one.chat, organisme=one.organisme, handoff=one, at=one.opened_at + timedelta(minutes=rank),
                           auteur="c.martin" if rank % 2 else Role.PERSONNE, texte="Bonjour, pouvez-vous me rappeler ?")
            for one in threads
            for rank in range(A_THREAD)
        ),
        batch_size=2000,
    )  # fmt: skip


def percentile(times: list[float], share: float = 0.95) -> float:
    """In milliseconds, rounded to a tenth."""
    return round(sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000, 1)


@contextmanager
def watch(wall: list[float], cpu: list[float]) -> Iterator[None]:
    """Add one measure of what happens inside."""
    start, busy, behind = time.perf_counter(), time.process_time(), _server()
    yield
    wall.append(time.perf_counter() - start)
    cpu.append(time.process_time() - busy + _server() - behind)


def _server() -> float:
    """Seconds of processor that the database server spent on our connection; none where the database is in the process."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text(encoding="ascii")
    return int(told.split()[0]) / 1e9


def timed(client: Any, rounds: int, *paths: str, search: str | None = None) -> dict[str, float]:
    """The 95th percentile of these pages, each asked for `rounds` times after one to warm up."""
    if search is not None:
        client.post("/demandes/recherche/", {"q": search})
    wall: list[float] = []
    cpu: list[float] = []
    for number in range((rounds + 1) * len(paths)):
        with watch(wall, cpu):
            response = client.get(paths[number % len(paths)])
        assert response.status_code == 200, (paths, response.status_code)
    return {"wall": percentile(wall[len(paths) :]), "cpu": percentile(cpu[len(paths) :])}


def sought(client: Any, rounds: int, words: str) -> dict[str, float]:
    """What a search costs when it is typed, until the list is there: the press, its typo found, and the page that follows."""
    wall: list[float] = []
    cpu: list[float] = []
    for _ in range(rounds + 1):
        with watch(wall, cpu):
            response = client.post("/demandes/recherche/", {"q": words}, follow=True)
        assert response.status_code == 200, words
    client.post("/demandes/recherche/", {"q": ""})
    return {"wall": percentile(wall[1:]), "cpu": percentile(cpu[1:])}


def turned(client: Any, rounds: int, path: str) -> dict[str, float]:
    """Going to the next demande of the list: the redirection and the page."""
    wall: list[float] = []
    cpu: list[float] = []
    for _ in range(rounds + 1):
        with watch(wall, cpu):
            assert client.get(path, follow=True).status_code == 200
    return {"wall": percentile(wall[1:]), "cpu": percentile(cpu[1:])}


def _amid(client: Any, count: int) -> str:
    """A demande in the middle of the list one looks at."""
    shown = client.get(f"/demandes/?statut=toutes&page={max(1, count // PAGE // 2)}").content.decode()
    return str(shown.split('<h2><a href="/demandes/')[1].split("/")[0])


def exported(client: Any, path: str) -> float:
    """Seconds to stream a whole export, nothing kept."""
    start = time.perf_counter()
    size = sum(len(chunk) for chunk in client.get(path).streaming_content)
    assert size > 0
    return round(time.perf_counter() - start, 2)


def measure(count: int, rounds: int) -> dict[str, Any]:
    """Fill a database, ask for the pages, stream the exports."""
    from django.test import Client

    from bot.storage.models import DemandeRow, HandoffRow
    from tests.dashboard.office import TestClock, member, opened, signed_in

    clock = TestClock()
    opened(clock)
    fill(count, clock.now())
    talk(10 * count, clock.now())
    settle()
    user = member("responsable", name="c.martin")
    for body in ("france-travail", "cap-emploi"):
        member("responsable", body, "c.martin")
    client = signed_in(Client(), user)
    one = DemandeRow.objects.filter(organisme="mission-locale").first().pk
    figures: dict[str, Any] = {"demandes": count, "messages": 10 * count, "p95_ms": {}}
    pages = figures["p95_ms"]
    pages["list"] = timed(
        client, rounds, "/demandes/", "/demandes/?statut=toutes&page=200", "/demandes/?statut=closes&tri=attente"
    )
    pages["filters"] = timed(client, rounds, "/demandes/?debut=5&mineur=oui&departement=69", "/demandes/?pour=personne")
    for name, word in (
        ("search name", "durand 99"),
        ("search e-mail", "lina.4242@exemple.fr"),
        ("search number", "2026-004242"),
        ("search trade", "fleuriste"),
        ("search nothing", "introuvable"),
        ("search typo", "fleurriste"),
    ):
        pages[name] = timed(client, rounds, "/demandes/?statut=toutes", search=word)
    timed(client, 1, "/demandes/", search="")
    for name, word in (("a name", "durand 99"), ("a telephone", "06 12 34 56 78"), ("a town", "villeurbanne"), ("a typo", "boulangerr"),
                       ("two typos", "fleurriste duran"), ("nothing", "zzyzzy")):  # fmt: skip
        pages[f"typing {name}"] = sought(client, rounds, word)
    pages["next one"] = turned(client, rounds, f"/demandes/{_amid(client, count)}/suivante/")
    thread = HandoffRow.objects.filter(organisme="mission-locale", closed_at=None).first().pk
    pages["threads"] = timed(client, rounds, "/conversations/", "/conversations/?etape=terminees&page=100")
    pages["one thread"] = timed(client, rounds, f"/conversations/{thread}/")
    pages["menu's counters"] = timed(client, rounds, f"/compteurs/?fil={thread}")
    pages["one demande"] = timed(client, rounds, f"/demandes/{one}/")
    pages["figures"] = timed(client, rounds, "/chiffres/?semaines=26", "/chiffres/?semaines=12")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures["export_seconds"] = {
        kind: exported(client, f"/demandes/export.{kind}?statut=toutes") for kind in ("csv", "xlsx", "json")
    }
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures["peak_mb"] = {"pages": round(before), "with exports": round(after)}
    slow = [f"{name}: {ms['cpu']} ms" for name, ms in pages.items() if ms["cpu"] > P95_MS]
    late = [f"{kind}: {seconds} s" for kind, seconds in figures["export_seconds"].items() if seconds >= EXPORT_SECONDS]
    figures["broken"] = slow + late + ([f"{after:.0f} MB"] if after >= EXPORT_MB else [])
    return figures


def inside(engine: str, count: int, rounds: int) -> None:
    """The process of its own."""
    from bot.storage.setup import configure, migrate

    with tempfile.TemporaryDirectory(prefix="immersion-bot-bench-") as folder:
        configure(
            database_url=os.environ["BENCH_DATABASE_URL"]
            if engine == "postgresql"
            else f"sqlite:///{folder}/desk.sqlite3",
            secret_key="for-benchmarks-only",
            allowed_hosts=("testserver",),
            extra={"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]},
        )
        migrate()
        sys.stdout.write(json.dumps(measure(count, rounds), ensure_ascii=False))


if __name__ == "__main__":
    inside(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
