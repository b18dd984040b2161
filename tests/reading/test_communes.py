"""knowledge/communes.csv: complete enough to find people, faults named with their line."""

from pathlib import Path

import pytest

from bot.content.communes import check, load_communes
from bot.domain.places import DEPARTEMENTS, departement_of
from bot.errors import ContentError

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"


def test_the_shipped_file_is_right_and_covers_every_departement():
    assert check(KNOWLEDGE) == []
    communes = [one for found in load_communes(KNOWLEDGE).values() for one in found]
    assert {one.departement for one in communes} == DEPARTEMENTS


def test_a_postcode_and_its_departement_agree():
    """A few communes are served from the next département: the exceptions are rare."""
    communes = [one for found in load_communes(KNOWLEDGE).values() for one in found]
    apart = [one for one in communes if departement_of(one.codes_postaux[0]) != one.departement]
    assert len(apart) / len(communes) < 0.01


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Lyon,69001,69", "quatre colonnes"),
        ("Lyon,69001,99,5", "département"),
        ("Lyon,6900,69,5", "code postal"),
        ("Lyon,,69,5", "code postal"),
        ("Lyon,69001,69,beaucoup", "habitants"),
        (",69001,69,5", "quatre colonnes"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path, row, said):
    text = f"nom,codes_postaux,departement,habitants\nBron,69500,69,40000\n{row}\n"
    (tmp_path / "communes.csv").write_text(text, encoding="utf-8")
    problems = check(tmp_path)
    assert [problem.line for problem in problems] == [3]
    assert said in problems[0].message
    with pytest.raises(ContentError):
        load_communes(tmp_path)


def test_a_missing_file_or_heading_is_said(tmp_path):
    assert "manque" in check(tmp_path)[0].message
    (tmp_path / "communes.csv").write_text("Bron,69500,69,40000\n", encoding="utf-8")
    assert "première ligne" in check(tmp_path)[0].message
