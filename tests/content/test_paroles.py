"""What people say, as the maintainers' check sees it."""

import shutil

import pytest

from bot.cli.knowledge import problems
from bot.config import ROOT, settings
from bot.content.paroles import check


@pytest.fixture
def copy(tmp_path):
    """The folder of what people say, alone, free to be spoilt."""
    shutil.copytree(ROOT / "knowledge" / "paroles", tmp_path / "paroles")
    return tmp_path


def test_the_folder_has_no_fault(copy):
    assert check(copy) == []


def test_a_form_that_does_not_recognise_its_own_example_is_told_with_its_file_and_line(copy):
    (copy / "paroles" / "essai.yaml").write_text('attente:\n  dit: ["(une|deux) minutes"]\n  oui: ["je reviens"]\n')
    (fault,) = check(copy)
    assert "essai.yaml" in str(fault)
    assert "je reviens" in str(fault)


def test_an_example_too_long_is_told_beside_the_words(copy):
    (copy / "paroles" / "doutes.txt").write_text("mot " * 200)
    (copy / "paroles" / "essai.yaml").write_text('attente:\n  dit: ["minute"]\n  oui: ["je reviens"]\n')
    assert len(check(copy)) == 2


def test_the_check_of_the_knowledge_looks_at_what_people_say(monkeypatch):
    monkeypatch.setattr("bot.content.paroles.check", lambda folder: [f"vu : {folder.name}"])
    assert "vu : knowledge" in [str(one) for one in problems(settings())]
