"""What is installed is what is here: every package is named, every file the program reads is carried."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


def test_every_package_is_named_in_pyproject():
    here = {
        ".".join(file.parent.relative_to(ROOT).parts)
        for file in (ROOT / "bot").rglob("__init__.py")
        if "_content" not in file.parts
    }
    assert {name for name in SETUPTOOLS["packages"] if not name.startswith("bot._content")} == here


def test_the_content_folders_are_carried():
    assert SETUPTOOLS["package-dir"] == {"bot._content.knowledge": "knowledge", "bot._content.prompts": "prompts"}


def test_every_kind_of_file_the_program_reads_is_carried():
    carried = {pattern.removeprefix("**/*") for pattern in SETUPTOOLS["package-data"]["bot"]}
    code = {".py", ".md", ".pyc"}
    kinds = {file.suffix for file in (ROOT / "bot").rglob("*") if file.is_file()} - code
    assert kinds <= carried, f"add {sorted(kinds - carried)} to package-data"
