"""Words and code agree: a forgotten piece names the file and the key to add."""

import ast
import re
from pathlib import Path

import pytest

import bot.conversation
from bot.content.wording import STEP_PARTS, check, load_wording, said
from bot.domain.demande import Champ, Statut
from bot.domain.orientation import Handicap, Situation, SuiviPar
from bot.form.demande_flow import demande_flow
from bot.form.flow import Asking

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted(Path(bot.conversation.__file__).parent.rglob("*.py"))
WORDS = load_wording(ROOT / "prompts")
STEPS = demande_flow().steps


def test_the_words_are_complete():
    assert check(ROOT / "prompts") == []


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_every_step_has_its_words(step):
    for part in STEP_PARTS:
        assert WORDS.step(step.name, part), f"prompts/demande.yaml : il manque {step.name}.{part}"


@pytest.mark.parametrize(
    "step", [step for step in STEPS if len(step.champs) > 1 or step.also], ids=lambda step: step.name
)
def test_every_field_of_a_grouped_step_has_its_own_label(step):
    alone = step.champs if len(step.champs) > 1 else ()
    for champ in (*alone, *step.also):
        named = {f"libelle_{champ}", "libelle"} if champ is step.champs[0] else {f"libelle_{champ}"}
        assert any(WORDS.step(step.name, part) for part in named), f"{step.name}.libelle_{champ}"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("suivi_par", SuiviPar),
        ("situation", Situation),
        ("handicap", Handicap),
        ("objectif", ("decouvrir", "confirmer", "recrutement")),
    ],
)
def test_every_value_of_a_choice_has_a_label_and_no_other(name, values):
    assert {value for value, _ in WORDS.choices(name)} == {str(value) for value in values}


def test_every_field_is_filled_by_exactly_one_step():
    filled = [champ for step in STEPS for champ in step.fields]
    assert sorted(filled) == sorted(Champ)


def test_the_words_follow_the_order_of_the_form():
    written = [key.split(".")[1] for key in WORDS.entries if key.startswith("demande.") and key.endswith(".libelle")]
    assert set(written) == {step.name for step in STEPS}


@pytest.mark.parametrize("statut", list(Statut))
def test_every_status_has_its_three_sentences(statut):
    for family in ("statut", "suite", "dit"):
        assert WORDS.has(f"{family}.{statut.value}")


def test_every_question_has_an_example_and_one_question_mark_at_most():
    for step in STEPS:
        assert WORDS.step(step.name, "question").count("?") <= 2, step.name


def test_labels_fit_on_a_phone():
    for step in STEPS:
        if step.asking in {Asking.CHOICE, Asking.HOURS}:
            assert all(len(label) <= 40 for _, label in WORDS.choices(step.name)), step.name


def test_nobody_is_called_tu():
    for key, text in WORDS.entries.items():
        assert not re.search(r"\b(?:tu|ton|tes|toi)\b", text.lower()), key


def _sentences(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise | ast.Assert):
            skipped |= {id(child) for child in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.name)
def test_no_sentence_lives_in_the_dialogue_code(path):
    for node in _sentences(path):
        plain_words = re.fullmatch(r"[\w'’,;:.!?«» -]+", node.value)
        if plain_words and len(node.value.split()) >= 4 and not _is_a_form_of_words(path, node):
            pytest.fail(f"{path.name}:{node.lineno}: {node.value!r} belongs to prompts/")


def _is_a_form_of_words(path, node):
    """What people say (matched on, never said) may be written where it is recognised: no accent, no capital."""
    return (
        path.name in {"confirmations.py", "hearing.py", "phrases.py"}
        and node.value == node.value.lower()
        and node.value.isascii()
    )


def test_the_keys_said_exist():
    missing = [key for key in said() if not WORDS.has(key)]
    assert missing == []


def test_an_unknown_placeholder_is_reported_with_its_line(tmp_path):
    for path in (ROOT / "prompts").glob("*.yaml"):
        name, text = path.name, path.read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("{jours} jours", "{semaines} jours"), encoding="utf-8")
    problems = check(tmp_path)
    assert problems
    assert all("{semaines}" in problem.message and problem.line > 1 for problem in problems)


def test_a_missing_key_is_named(tmp_path):
    for path in (ROOT / "prompts").glob("*.yaml"):
        name, text = path.name, path.read_text(encoding="utf-8")
        (tmp_path / name).write_text(
            text.replace("  aide: Êtes", "  aidee: Êtes").replace("  fait:", "  faitt:"), encoding="utf-8"
        )
    assert "il manque : envoi.fait" in [problem.message for problem in check(tmp_path)]
