"""`ask` and `knowledge` as a person or an exam calls them."""

import io
import json

import pytest
from typer.testing import CliRunner

from bot.answers.gaps import grouped, scrubbed, stub
from bot.answers.impact import compare, report
from bot.cli.ask import as_json, handler, shown
from bot.cli.knowledge import app
from bot.cli.lines import answer_lines
from bot.config import ROOT
from bot.content import fiches, lexique, questions
from bot.content.questions import load_exam
from bot.content.wording import load_wording
from bot.domain.answer import Answer
from bot.domain.fiche import Citation
from bot.errors import IndexUnusable
from tests.answers.conftest import KNOWLEDGE, TODAY

STATUSES = {"answered", "clarify", "abstained", "emergency", "smalltalk", "error"}
HOSTILE = (
    '{"id": 1, "question": "c\'est payé ?"}', "", "pas du json", "[1]", '{"id": 2}', '{"id": 3, "question": 5}',
    '{"id": 4, "question": "et pour un mineur ?", "history": ["combien d\'heures par semaine ?"]}',
    '{"id": 5, "question": "je veux mourir"}', '{"id": 6, "question": "a", "history": [1]}', '{"id": 7, "question": ""}',
    '{"id": 8, "question": "can I do an internship?"}', '{"id": 9, "question": "bonjour"}', "[" * 3000,
)  # fmt: skip


@pytest.fixture(scope="module")
def words():
    return load_wording(ROOT / "prompts")


def run(answerer, words, lines):
    out = io.StringIO()
    answer_lines(handler(answerer, words, TODAY), lines, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_ask_answers_every_line_in_order_whatever_it_holds(real, words):
    replies = run(real, words, HOSTILE)
    assert [reply["id"] for reply in replies] == [1, None, None, 2, 3, 4, 5, 6, 7, 8, 9, None]
    good = [reply for reply in replies if "error" not in reply]
    assert {reply["id"] for reply in good} == {1, 4, 5, 7, 8, 9}
    for reply in good:
        assert set(reply) == {
            "id", "status", "answer", "detail", "computed", "fiches", "sources", "reason", "suggestions", "ms",
        }  # fmt: skip
        assert reply["status"] in STATUSES
        assert reply["answer"]
        assert (reply["reason"] is not None) == (reply["status"] == "abstained")
        assert all(set(source) == {"title", "url", "checked"} for source in reply["sources"])


def test_what_is_said_first_is_apart_from_the_detail(words):
    source = Citation("Service-Public", "https://www.service-public.fr", TODAY)
    reply = as_json(Answer("Rien n'est payé.", "En détail.", ("remuneration#paye",), (source,)), words)
    assert (reply["answer"], reply["detail"], reply["computed"]) == ("Rien n'est payé.", "En détail.", None)


def test_an_unusable_index_is_said_on_the_line_and_the_next_goes_on(words):
    class Broken:
        def answer(self, question):
            raise IndexUnusable("the index is damaged: run `knowledge index`")

    replies = run(Broken(), words, HOSTILE[:1] * 2)
    assert [reply["status"] for reply in replies] == ["error", "error"]
    assert "knowledge index" in replies[0]["error"]


def test_what_a_person_reads_has_the_source_and_its_check_date(real, words):
    text = shown(handler(real, words, TODAY)({"question": "c'est payé ?"}))
    assert "https://" in text
    assert "vérifié le 20" in text


def test_the_knowledge_that_ships_has_no_fault():
    result = CliRunner().invoke(app, ["check"])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("### Sources", "### Surces", "n'existe pas"),
        ("F-101", "F-999", "n'est pas dans faits.yaml"),
        ("verifiee_le: 2026-11-23", "verifiee_le: 23/11/2026", "AAAA-MM-JJ"),
        ("titre: ", "titre : un deux : ", "deux-points"),
        ("### Voir aussi", "### Voir aussi\n\nnulle#part\n", "existe"),
    ],
)
def test_a_fault_is_named_with_its_file_and_line(small, old, new, expected):
    file = small / "fiches" / "remuneration.md"
    text = file.read_text("utf-8")
    if old not in text:
        old, new, expected = "### Faits", "### Voir aussi\n\nnulle#part\n\n### Faits", "lien mort"
    file.write_text(text.replace(old, new, 1), "utf-8")
    problems = [str(problem) for problem in fiches.check(small)]
    assert any(expected in problem and "remuneration.md:" in problem for problem in problems), problems


def test_a_number_that_contradicts_the_rules_is_a_fault(small):
    file = small / "fiches" / "duree.md"
    text = file.read_text("utf-8")
    assert "60 jours" in text
    file.write_text(f"{text}\n## Combien en tout ? {{#en-tout}}\n\n75 jours sur douze mois.\n", "utf-8")
    assert any("contredit regles.yaml" in problem.message for problem in fiches.check(small))


def test_the_same_phrasing_in_two_passages_is_a_fault(small):
    file = small / "fiches" / "duree.md"
    lines = file.read_text("utf-8").splitlines()
    phrasing = next(line for line in lines if line.startswith("- ") and "?" in line)
    last = (small / "fiches" / "remuneration.md").read_text("utf-8")
    (small / "fiches" / "remuneration.md").write_text(f"{last}\n{phrasing}\n", "utf-8")
    assert any("déjà une question" in problem.message for problem in fiches.check(small))


def test_a_bad_exam_row_and_a_bad_facet_are_named(small):
    exam = small / "questions.yaml"
    exam.write_text(
        exam.read_text("utf-8") + '- {id: X, partie: autre, style: oral, question: "a", attendu: ["F-101"]}\n'
    )
    assert any("reglage ou reserve" in problem.message for problem in questions.check(small))
    lexicon = small / "lexique.yaml"
    lexicon.write_text(
        lexicon.read_text("utf-8").replace("concepts:", "concepts:\n  x:\n    publics: [personne]\n    dit: [y]", 1)
    )
    assert any("public inconnu" in problem.message for problem in lexique.check(small))


def test_gaps_show_no_personal_data_and_group_near_questions():
    asked = [
        ("je m'appelle Zoé Untel et mon 06 11 22 33 44, y a-t-il une cantine ?", "not_in_base"),
        ("y a-t-il une cantine", "not_in_base"),
        ("y a t il une cantine ? zoe@exemple.fr", "avis"),
        ("est-ce que le bus passe le soir", "not_in_base"),
    ]
    groups = grouped(asked)
    text = "\n".join(map(stub, groups))
    assert len(groups) == 2
    assert groups[0].count == 3
    assert "### Sources" in text
    for secret in ("Zoé", "Untel", "06 11", "zoe@"):
        assert secret not in text
    assert scrubbed("mon numéro 2 99 05 75 123 456 78") == "mon numéro [numéro]"


def test_impact_of_no_edit_is_nothing_and_reserve_rows_are_never_shown(real):
    exam = load_exam(KNOWLEDGE)[:20]
    assert compare(real, real, exam, TODAY) == []
    assert "0 réponse(s)" in report([], 20)
