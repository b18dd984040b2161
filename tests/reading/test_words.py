"""Every outcome has its sentence: vouvoiement, what was wrong, what would be right with an example."""

import re
from pathlib import Path

import pytest

import bot.reading
from bot.content.wording import load_wording
from bot.reading.outcome import Value
from tests.reading.test_table import ROWS

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(Path(bot.reading.__file__).parent.rglob("*.py"))
WORDS = load_wording(ROOT / "prompts")
SPOKEN = {key: text for key, text in WORDS.entries.items() if key.startswith("lecture.")}
FAMILIES = {key.split(".")[1] for key in SPOKEN}


def codes():
    found = set()
    for path in MODULES:
        source = path.read_text(encoding="utf-8")
        found |= {code for code in re.findall(r'"([a-z_]+\.[a-z_0-9]+)"', source) if code.split(".")[0] in FAMILIES}
    return found


def test_every_code_has_a_sentence_and_every_sentence_a_code():
    named = codes() | {
        f"texte.{name}" for name in ("nir", "iban", "carte", "mot_de_passe", "identifiant", "sante", "tiers")
    }
    written = {key.removeprefix("lecture.") for key in SPOKEN} - {"vide", "propositions"}
    assert named == written


@pytest.mark.parametrize("key", sorted(SPOKEN))
def test_a_sentence_speaks_to_vous_and_gives_an_example(key):
    text = SPOKEN[key]
    assert not re.search(r"\b(?:tu|ton|tes|toi)\b", text.lower())
    if not key.startswith(("lecture.remarque.", "lecture.propositions", "lecture.vide", "lecture.fin.trop_longue")):
        assert "«" in text, "an example between « »"


def test_no_reading_of_the_table_says_nothing_or_leaves_a_placeholder(reader, context):
    for row in ROWS:
        known = {name: value for name, value in row.get("context", {}).items() if name != "choix_proposes"}
        reading = reader.read(row["field"], row["input"], context(row["today"], **known))
        said = [reading.code] if not isinstance(reading, Value) else list(reading.remarks)
        for code in said:
            text = WORDS.entries[f"lecture.{code}"]
            missing = set(re.findall(r"\{([a-z_]+)\}", text)) - set(reading.params)
            assert not missing, f"{row['id']} {code} {missing}"
