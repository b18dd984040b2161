"""The demo plays the whole story: questions with sources, a request, the right counsellor."""

import shutil
import subprocess
import sys

import pytest

from tests.e2e.process import Bot


@pytest.mark.lent
def test_the_played_demo_ends_with_a_request_that_one_counsellor_sees(tmp_path, published):
    shutil.copytree(published, tmp_path / "data")
    environment = Bot(tmp_path / "data", "http://127.0.0.1:9").environment()
    played = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--play"],
        env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip
    assert played.returncode == 0, played.stderr[-2000:]
    lines = played.stdout.splitlines()
    assert sum(line.startswith("> ") for line in lines) > 15
    assert played.stdout.replace("\u00a0", " ").count("Source : ") >= 2
    assert [line for line in lines if line.startswith("stored ")]
    assert "boulanger → pâtissier" in played.stdout
    desk = [line for line in lines if line.startswith("desk ")]
    assert len([line for line in desk if line.endswith("sees it, its page 200")]) == 1
    assert len([line for line in desk if line.endswith("not in the list, its page 404")]) == len(desk) - 1 >= 3
