"""What bot/README.md says of adding a field or a body is enough: done on a copy of the tree, the files counted."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("bot", "prompts", "knowledge", "tests/conversation", "tests/domain")
ALONE = ("pyproject.toml", "tests/__init__.py", "tests/conftest.py", "tests/cas.py", "tests/test_consistency.py")
ROUTED = 'Step("handicap", section, Asking.CHOICE, (Champ.HANDICAP,), when=rqth, optional=True),\n'

PERMIS = {
    "bot/domain/champs.py": (
        ('    CONSENTEMENT = "consentement"\n', '    PERMIS = "permis"\n'),
        (
            "    Field(Champ.DATE_DEBUT,",
            '    Field(Champ.PERMIS, Kind.YES_NO, Who.PERSON, Part.BENEFICIAIRE, "permis.libelle", "Permis B"),\n',
        ),
    ),
    "bot/form/demande_flow.py": (
        (
            f"        {ROUTED}",
            '        Step("permis", section, Asking.YES_NO, (Champ.PERMIS,), optional=True),\n',
        ),
    ),
    "prompts/demande.yaml": (
        (
            "objectif:\n",
            """permis:
  libelle: Permis de conduire
  question: Avez-vous le permis de conduire ?
  exemple: oui
  aide: Si vous conduisez une voiture avec un permis, répondez oui.
  pourquoi: Certains lieux d'accueil ne sont pas desservis par un bus.
  noms: permis

""",
        ),
    ),
}
BODY = {
    "knowledge/organismes.yaml": (
        (
            "france-travail:\n",
            """maison-emploi:
  nom: La maison de l'emploi
  peut_conventionner: oui
  agency_kind: autre
  contact:
    note: Demandez l'accueil.
    source: F14102
    verifie_le: 2026-11-23
""",
        ),
    ),
    "knowledge/orientation.yaml": (
        (
            "  - id: R-02-apprenti\n",
            """  - id: R-00-essai
    quand: {age: "60-62", suivi_par: [aucun]}
    organisme: maison-emploi
    dispositif: pmsmp
    motif: La maison de l'emploi suit les personnes de votre âge.
    motif_conseiller: Ligne d'essai.
    sources: [F14102]
""",
        ),
    ),
}
FIELD_PLAYED = """
from tests.conversation.fakes import at
from bot.domain.champs import Champ
from bot.convention.draft import convention_draft

person = at("permis")
person.taps("Oui")
assert person.slot(Champ.PERMIS) is True
person = at("recap", permis="non")
assert "Permis de conduire : Non" in person.last.text, person.last.text
person.taps("Envoyer")
assert person.sent()[-1].answers["permis"] is False
assert at("recap").slot(Champ.PERMIS) is None
"""
BODY_PLAYED = """
from tests.conversation.fakes import ROOT, at
from bot.content import organismes, orientation

assert organismes.check(ROOT / "knowledge") == orientation.check(ROOT / "knowledge") == []
person = at("recap", date_naissance="14/05/1964", suivi_par="personne")
assert "la maison de l'emploi" in person.last.text, person.last.text
"""


@pytest.fixture
def copy(tmp_path):
    """The tree, without what no addition touches."""
    for folder in COPIED:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ALONE:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def write(copy, additions):
    """Each text is put before its anchor, which must be there once."""
    for name, pairs in additions.items():
        text = (copy / name).read_text(encoding="utf-8")
        for anchor, added in pairs:
            found = f"\n{anchor}" if not anchor.startswith(" ") else anchor
            assert text.count(found) == 1, (name, anchor)
            text = text.replace(found, found.replace(anchor, added + anchor))
        (copy / name).write_text(text, encoding="utf-8")


def touched(copy):
    """The files that differ from the tree."""
    files = [file for folder in COPIED for file in (copy / folder).rglob("*") if file.suffix in {".py", ".yaml"}]
    return {
        str(file.relative_to(copy))
        for file in files
        if not (ROOT / file.relative_to(copy)).exists()
        or file.read_bytes() != (ROOT / file.relative_to(copy)).read_bytes()
    }


def run(copy, *command):
    """In the copy, where `bot` is the one that was changed."""
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *command], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


@pytest.mark.lent
def test_a_yes_or_no_field_is_two_files_and_its_words(copy):
    write(copy, PERMIS)
    assert touched(copy) == set(PERMIS) == {"bot/domain/champs.py", "bot/form/demande_flow.py", "prompts/demande.yaml"}
    run(copy, "-c", FIELD_PLAYED)
    run(copy, "-m", "pytest", "-p", "no:cacheprovider", "-n", "0", "-q", "tests/domain/test_champs.py",
        "tests/test_consistency.py", "-k", "permis or every_field or order_of_the_form")  # fmt: skip


@pytest.mark.lent
def test_a_body_is_yaml_only(copy):
    write(copy, BODY)
    assert touched(copy) == set(BODY)
    assert all(name.endswith(".yaml") for name in touched(copy))
    run(copy, "-c", BODY_PLAYED)


@pytest.mark.lent
def test_a_field_without_its_words_is_told_by_the_file_and_the_key(copy):
    write(copy, {name: pairs for name, pairs in PERMIS.items() if name.endswith(".py")})
    with pytest.raises(AssertionError, match=r"prompts/demande\.yaml.*il manque : permis\.libelle"):
        run(copy, "-c", FIELD_PLAYED)


@pytest.mark.lent
def test_a_field_without_its_row_does_not_start(copy):
    champs = PERMIS["bot/domain/champs.py"]
    write(copy, {"bot/domain/champs.py": champs[:1]})
    with pytest.raises(AssertionError, match="KeyError"):
        run(copy, "-c", "import bot.domain.demande")
