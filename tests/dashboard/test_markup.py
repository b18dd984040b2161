"""Every state of every page: written without a fault for the Nu HTML checker, light, and reached by the gallery at all."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test.signals import template_rendered

from bot.dashboard import assets
from tests.dashboard.gallery import gallery

TEMPLATES = Path(__file__).resolve().parents[2] / "bot" / "dashboard" / "templates" / "dashboard"
MISSING = "no Nu HTML checker here: java, and VNU_JAR or `npm install vnu-jar` (see .ci/run)"
PAGE_BYTES = 60_000


@pytest.fixture
def seen():
    """The names of the templates that are rendered."""
    names = set()

    def note(template, **_):
        names.add(Path(template.name).name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


@pytest.fixture
def pages(desk, clock, typeset, seen):
    """Every state of every page."""
    return gallery(clock)


def checker():
    """How the checker is started; nothing where it is not."""
    jar = os.environ.get("VNU_JAR", "")
    return ["java", "-Xss4m", "-jar", jar] if jar and Path(jar).is_file() and shutil.which("java") else None


def test_every_state_is_well_written_light_and_there(pages, seen, tmp_path):
    """HTML as it is written, style and script as they travel; no template of the desk is left out."""
    weight = sum(len(assets._packed(name)) for name in assets._TYPES)
    assert {one.name: size for one in pages if (size := len(one.html.encode()) + weight) >= PAGE_BYTES} == {}
    assert {file.name for file in TEMPLATES.iterdir()} - seen == set()
    found = faults(pages, tmp_path)
    assert found == []


def faults(pages, folder):
    """What the Nu HTML checker says, warnings included."""
    command = checker()
    if command is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    files = {}
    for number, one in enumerate(pages):
        file = folder / f"{number:03}.html"
        file.write_text(one.html, encoding="utf-8")
        files[file.name] = one.name
    every = sorted(map(str, folder.glob("*.html")))
    done = subprocess.run(
        [*command, "--format", "json", "--stdout", *every], capture_output=True, text=True, timeout=300, check=False
    )
    return [f"{files.get(Path(one.get('url', '')).name)}: {one['message']} | {one.get('extract', '')}"
            for one in json.loads(done.stdout)["messages"]]  # fmt: skip
