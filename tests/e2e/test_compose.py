"""compose.yaml is what it says: each of its roles is started as a process with its very settings, on PostgreSQL."""

import re
import tomllib

import psycopg
import pytest
import yaml

from bot.config import ROOT, Settings
from bot.sandbox import people
from tests.bases import url_of
from tests.e2e.conftest import without_index
from tests.e2e.person import Person
from tests.e2e.process import Apart, Bot
from tests.sandbox.live import live_sandbox

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
OURS = {name: one for name, one in COMPOSE["services"].items() if "build" in one}
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def test_every_role_is_a_service_and_every_setting_is_one():
    roles = {one["command"][one["command"].index("--role") + 1] for one in OURS.values()}
    assert roles == {"intake", "worker", "web"}
    for one in OURS.values():
        assert {name.lower() for name in one["environment"]} <= set(Settings.model_fields)


@pytest.mark.parametrize("name", OURS)
def test_a_container_runs_without_rights_and_writes_nowhere_but_where_it_must(name):
    one = OURS[name]
    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in one["security_opt"]
    assert re.search(r"^USER (?!root)\w+$", DOCKERFILE, re.MULTILINE)
    written = re.findall(r"(?:DATA_DIR|XDG_CACHE_HOME)=(\S+)", DOCKERFILE)
    assert written
    assert all(folder.startswith("/data") for folder in written)
    assert "VOLUME /data" in DOCKERFILE


def test_the_pages_have_a_health_check_and_the_servers_their_versions():
    assert OURS["web"]["healthcheck"]["test"][0] == "CMD"
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    (client,) = [line.partition("==")[2] for line in extras["chroma"] if line.startswith("chromadb==")]
    assert COMPOSE["services"]["chroma"]["image"] == f"chromadb/chroma:{client}"
    assert re.fullmatch(r"postgres:\d+", COMPOSE["services"]["database"]["image"])


@pytest.fixture
def database(tmp_path):
    """An empty database of this test's own."""
    url = url_of("postgresql", tmp_path)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS composee WITH (FORCE)")
        server.execute("CREATE DATABASE composee")
    return url.replace("/postgres?", "/composee?")


@pytest.mark.lent
def test_its_services_started_as_processes_serve_a_person_together(database, tmp_path):
    """Its commands and its settings, but for where the database is; its Chroma server is away, which holds nobody."""
    with live_sandbox() as live:
        people.write(live.world, 93, "/demande")
        together = Apart(tmp_path / "data", live.url, settings={"DATABASE_URL": database}, roles={})
        for name, one in OURS.items():
            given = {key: str(value) for key, value in one["environment"].items()}
            given |= {"DATABASE_URL": database, "CHROMA_URL": "http://127.0.0.1:9"}
            folder = without_index(tmp_path / name)
            part = Bot(folder, live.url, tuple(one["command"][1:]), given)
            together.parts[name] = part
            part.process = part.launch()
        together.start()
        try:
            person = Person(live.world, 93)
            person.reply()
            assert person.step == "suivi_par"
            person.says("la mission locale")
            assert together.session(93).answers["suivi_par"].value == "mission-locale"
            assert "pages" in together.parts["web"].ready
        finally:
            assert together.stop() == 0
