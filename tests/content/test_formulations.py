"""Phrasings kept beside a fiche belong to its sections, and a fault in them is named with its line."""

import shutil
from pathlib import Path

import pytest

from bot.content.fiches import check, load_fiches

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


@pytest.fixture
def knowledge(tmp_path):
    folder = tmp_path / "knowledge"
    folder.mkdir()
    shutil.copytree(KNOWLEDGE / "fiches", folder / "fiches")
    for name in ("faits.yaml", "sources.yaml", "regles.yaml"):
        shutil.copy(KNOWLEDGE / name, folder / name)
    (folder / "formulations").mkdir()
    return folder


def write(knowledge, text, name="duree.md"):
    (knowledge / "formulations" / name).write_text(text, "utf-8")


def questions(knowledge, ref):
    return next(one.questions for fiche in load_fiches(knowledge) for one in fiche.passages if one.ref == ref)


def test_phrasings_beside_a_fiche_are_questions_of_its_section(knowledge):
    before = questions(knowledge, "duree#minimale")
    write(knowledge, "# Autres façons\n\n## minimale\n\n- juste le temps d'un café, ça compte ?\n")
    assert questions(knowledge, "duree#minimale") == (*before, "juste le temps d'un café, ça compte ?")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("## inconnue\n- x ?\n", 1, "n'a pas de section {#inconnue}"),
        ("## minimale\nsans tiret\n", 2, "après un tiret"),
        ("- avant toute section ?\n", 1, "écrivez « ## nom-de-la-section »"),
        ("## minimale\n- a b c ?\n\n## minimale\n- d e f ?\n", 4, "est écrit deux fois"),
        (
            "## maximale\n- une seule et même phrase ?\n## minimale\n- Une seule et même phrase\n",
            4,
            "est déjà une question de",
        ),
    ],
)
def test_a_fault_in_them_is_named_with_its_file_and_line(knowledge, text, line, says):
    write(knowledge, text)
    [problem] = check(knowledge)
    assert problem.path == "knowledge/formulations/duree.md"
    assert problem.line == line
    assert says in problem.message


def test_phrasings_of_no_fiche_are_a_fault(knowledge):
    write(knowledge, "## x\n- y ?\n", "nulle-part.md")
    [problem] = check(knowledge)
    assert "il n'y a pas de fiche fiches/nulle-part.md" in problem.message


def test_a_file_that_is_not_text_is_a_fault(knowledge):
    (knowledge / "formulations" / "duree.md").write_bytes(b"\xff\xfe\x00")
    assert any("UTF-8" in problem.message for problem in check(knowledge))
