"""What a model is told is read whole at the start, and every fault of it is named at once."""

import shutil

import pytest

from bot.config import ROOT
from bot.content.consignes import load_consignes
from bot.errors import ContentError


@pytest.fixture
def prompts(tmp_path):
    shutil.copytree(ROOT / "prompts" / "modele", tmp_path / "modele")
    return tmp_path


def test_the_calm_messages_are_read_one_a_line(prompts):
    calm = load_consignes(prompts).textes["temoins"].splitlines()
    assert len(calm) >= 3
    assert all(line.strip() for line in calm)


def test_every_fault_is_told_with_its_file(prompts):
    (prompts / "modele" / "temoins.txt").unlink()
    (prompts / "modele" / "choisir.md").write_text("sans version\n", "utf-8")
    with pytest.raises(ContentError) as caught:
        load_consignes(prompts)
    told = str(caught.value)
    assert "prompts/modele/temoins.txt" in told
    assert "prompts/modele/choisir.md" in told
    assert "version:" in told
