"""One index of the real knowledge for the whole folder, and a small knowledge that tests may break."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.answers.answerer import IndexAnswerer
from bot.answers.publishing import Publisher
from bot.config import ROOT

TODAY = date(2026, 11, 25)
KNOWLEDGE = ROOT / "knowledge"
SMALL = ("duree", "remuneration", "urgences", "ailleurs")


@pytest.fixture(scope="session")
def real(published):
    """The answerer on the knowledge that ships."""
    return IndexAnswerer(Publisher(KNOWLEDGE, published).publish().index)


def small_knowledge(folder: Path) -> Path:
    """A copy of a few fiches, with a register cut to what they cite and an exam cut to what they answer."""
    folder.mkdir()
    (folder / "fiches").mkdir()
    for name in ("sources.yaml", "regles.yaml", "lexique.yaml"):
        shutil.copy(KNOWLEDGE / name, folder / name)
    texts = []
    for name in SMALL:
        text = (KNOWLEDGE / "fiches" / f"{name}.md").read_text("utf-8")
        texts.append(_with_fewer_phrasings(text))
    kept = [_without_outside_links(text) for text in texts]
    for name, text in zip(SMALL, kept, strict=True):
        (folder / "fiches" / f"{name}.md").write_text(text, "utf-8")
    whole = "\n".join(kept)
    facts = [
        line
        for line in (KNOWLEDGE / "faits.yaml").read_text("utf-8").splitlines()
        if line.startswith("F-") and line[:5] in whole
    ]
    (folder / "faits.yaml").write_text("\n".join(facts) + "\n", "utf-8")
    known = {line[:5] for line in facts}
    rows = [
        line
        for line in (KNOWLEDGE / "questions.yaml").read_text("utf-8").splitlines()
        if "partie: reglage" in line and "historique" not in line and _asks(line, known)
    ]
    (folder / "questions.yaml").write_text("\n".join(rows) + "\n", "utf-8")
    negatives = [line for line in (KNOWLEDGE / "negatifs.yaml").read_text("utf-8").splitlines() if line.startswith("-")]
    (folder / "negatifs.yaml").write_text("\n".join(negatives[::10]) + "\n", "utf-8")
    return folder


def _with_fewer_phrasings(text: str, kept: int = 20) -> str:
    """The first phrasings of each passage: an index of these is built in a second."""
    lines, count = [], 0
    for line in text.splitlines():
        count = count + 1 if line.startswith("- ") else 0 if line.startswith("#") else count
        if count <= kept:
            lines.append(line)
    return "\n".join(lines)


def _asks(line: str, known: set[str]) -> bool:
    wanted = line.partition("attendu:")[2]
    facts = {wanted[at : at + 5] for at in range(len(wanted)) if wanted.startswith("F-", at)}
    return facts <= known


def _without_outside_links(text: str) -> str:
    lines, skipping = [], False
    for line in text.splitlines():
        if line.startswith("#"):
            skipping = line.startswith("### Voir aussi")
        if not skipping:
            lines.append(line)
    return "\n".join(lines) + "\n"


@pytest.fixture
def small(tmp_path):
    """A small knowledge folder of this test alone."""
    return small_knowledge(tmp_path / "knowledge")


@pytest.fixture(scope="session")
def small_served(tmp_path_factory):
    """A small knowledge folder and a data folder with its index, to be copied and never changed."""
    root = tmp_path_factory.mktemp("small")
    knowledge = small_knowledge(root / "knowledge")
    Publisher(knowledge, root / "data").publish()
    return knowledge, root / "data"


@pytest.fixture
def served(small_served, tmp_path):
    """Copies of the small knowledge and of its data folder, free to change."""
    knowledge, data = tmp_path / "knowledge", tmp_path / "data"
    shutil.copytree(small_served[0], knowledge)
    shutil.copytree(small_served[1], data)
    return knowledge, data
