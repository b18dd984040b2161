"""Samples of what the base does not answer: each may name the passage that says where to go."""

from bot.content.questions import check, load_negatifs
from tests.content.test_formulations import knowledge  # noqa: F401  the fixture

SAMPLE = '- {{question: "il pleut ?", refus: out_of_scope, proche: non, fiche: "{fiche}"}}\n'


def write(folder, fiche):
    (folder / "questions.yaml").write_text("[]\n", "utf-8")
    (folder / "negatifs.yaml").write_text(SAMPLE.format(fiche=fiche), "utf-8")


def test_a_sample_names_the_passage_that_says_where_to_go(knowledge):  # noqa: F811
    write(knowledge, "ailleurs#divers")
    (sample,) = load_negatifs(knowledge)
    assert sample.fiche == "ailleurs#divers"


def test_a_sample_that_names_no_section_is_a_fault_with_its_line(knowledge):  # noqa: F811
    write(knowledge, "ailleurs#nulle-part")
    (problem,) = check(knowledge)
    assert (problem.line, "aucune section" in problem.message) == (1, True)
