"""R22: a broken fiche keeps no page of the desk from showing the last good ones."""

import os
import shutil

import pytest

from bot.app import Passages
from bot.config import ROOT


@pytest.fixture
def knowledge(tmp_path):
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    return tmp_path / "knowledge"


@pytest.mark.parametrize("content", [b"---\ntitre: x", b"\xff\xfe\x00", b"---\nx: !!python/object:os.system {}\n---\n"])
def test_the_last_good_fiches_are_shown_and_the_broken_file_is_named(knowledge, content):
    passages = Passages(knowledge)
    good = passages()
    assert good
    assert passages.broken == ""
    file = min((knowledge / "fiches").glob("*.md"))
    kept = file.read_bytes()
    file.write_bytes(content)
    os.utime(file, (1, 1))
    assert passages() == good
    assert file.name in passages.broken
    file.write_bytes(kept)
    os.utime(file, (2, 2))
    assert passages() == good
    assert passages.broken == ""
