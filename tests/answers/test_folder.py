"""The folder of the index: one process builds at a time, and whoever waits in vain is told what to do."""

import os

import pytest

from bot.answers import folder
from bot.answers.folder import IndexFolder
from bot.errors import IndexUnusable


def test_whoever_waits_for_a_build_in_vain_is_told_who_builds_where_and_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "_LOCK_PATIENCE_S", 0.1)
    home = IndexFolder(tmp_path)
    with home.building(), pytest.raises(IndexUnusable) as told, home.building():
        pytest.fail("two built at once")
    assert f"process {os.getpid()} has been building the index of {home.root}" in str(told.value)
    assert "let it finish, or stop it" in str(told.value)
    with home.building():
        assert (home.root / "lock").read_text() == str(os.getpid())
