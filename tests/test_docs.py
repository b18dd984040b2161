"""The README agrees with the code: commands, settings, paths, glossary."""

import ast
import re
from pathlib import Path

import pytest

from bot.cli.main import COMMANDS
from bot.config import Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ENGLISH = {
    "UserMessage", "Reply", "Button", "Attachment", "SharedContact", "Kind", "Session", "SlotValue", "Turn", "Handoff",
    "SendDemande", "AnswerTransfer", "TransferAsked", "ChangeDemande", "WithdrawDemande", "EraseEverything", "DeleteIncoming", "RaiseAlarm", "RecordIncident",
    "OpenHandoff", "CloseHandoff", "RelayToCounsellor", "RecordFeedback", "RecordGap", "StatutChanged",
    "CounsellorWrote", "HandoffClosed", "DemandeTransferred", "Source", "Citation", "Passage", "Question", "Suggestion",
    "Answer", "Clarify", "Refusal", "Emergency", "Smalltalk", "NotAQuestion", "Contact", "Handicap", "Alternative",
    "Transition", "Role", "Ages", "Condition", "TableRouter", "RecordAnswered", "Danger",
    "Credit", "Field", "Hours", "Part", "Who",
}  # fmt: skip


def settings_table() -> str:
    rows = ["| setting | default | what it is |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = field.default
        if field.default_factory is not None:
            shown = "the packaged folder"
        elif hasattr(default, "get_secret_value") or default == "":
            shown = ""
        else:
            shown = f"`{str(default).lower() if isinstance(default, bool) else default}`"
        rows.append(f"| `{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(rows)


def test_every_setting_is_read_by_some_module_but_config() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py") if path.name != "config.py"
    )
    config = (ROOT / "bot" / "config.py").read_text(encoding="utf-8")
    unread = [name for name in Settings.model_fields if f".{name}" not in code and f"self.{name}" not in config]
    assert unread == [], "wire these settings, or take them away"


def test_the_settings_table_is_the_code(pytestconfig: pytest.Config) -> None:
    match = re.search(r"<!-- settings -->\n(.*?)\n?<!-- /settings -->", README, re.DOTALL)
    assert match is not None
    assert match[1].strip() == settings_table(), "paste the output of settings_table() between the settings marks"


def test_every_setting_is_in_the_example_file() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = {line.lstrip("# ").split("=")[0] for line in lines if "=" in line}
    assert {name.upper() for name in Settings.model_fields} <= named


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"| `{command}` |" in README


def test_every_path_the_readme_names_exists() -> None:
    table = README.split("## Where do I find…")[1].split("## Glossary")[0]
    paths = re.findall(r"`((?:bot|knowledge|prompts)/[\w./*-]*)`", table)
    assert paths
    missing = [path for path in paths if not list(ROOT.glob(path.rstrip("/")))]
    assert missing == []


def test_every_french_class_of_the_domain_is_in_the_glossary() -> None:
    glossary = README.split("## Glossary")[1]
    classes = {
        node.name
        for file in (ROOT / "bot/domain").glob("*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }
    assert sorted(name for name in classes - ENGLISH if f"| {name} |" not in glossary) == []


def test_every_decision_has_a_date_and_a_status() -> None:
    for file in sorted((ROOT / "bot/adr").glob("[0-9]*.md")):
        text = file.read_text(encoding="utf-8")
        if file.name != "0000-template.md":
            assert re.search(r"Date: \d{4}-\d\d-\d\d · Status: (accepted|rejected|replaced)", text), file.name


def readme_dialogue() -> str:
    """The first exchange, the recap and the sending of a golden dialogue, as they are tested."""
    golden = (ROOT / "tests/dialogues/chemin-droit/tout-dit-en-une-fois.txt").read_text(encoding="utf-8")
    _, *turns = golden.rstrip().split("\n\nmoi: ")
    shown = [turns[0], next(turn for turn in turns if "Relisez votre demande" in turn), turns[-1]]
    return "\n\n[…]\n\n".join(f"moi: {turn.rstrip()}" for turn in shown)


def test_the_dialogue_of_the_readme_is_a_tested_one(ecrire: bool) -> None:
    whole = re.compile(r"(?<=<!-- dialogue -->\n```text\n).*?(?=\n```\n<!-- /dialogue -->)", re.DOTALL)
    if ecrire:
        text = whole.sub(lambda _: readme_dialogue(), README)
        (ROOT / "README.md").write_text(text, encoding="utf-8")
        return
    found = whole.search(README)
    assert found is not None
    assert found[0] == readme_dialogue(), "run pytest tests/test_docs.py --ecrire"
