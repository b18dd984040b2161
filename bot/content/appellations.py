"""Files of official trades: the three-column CSV, and France Travail's open data; every fault by its line."""

import csv
from collections.abc import Mapping
from pathlib import Path

from bot.domain import regex as re
from bot.domain.appellation import Appellation
from bot.domain.controle import folded
from bot.errors import ContentError, Problem

COLONNES = ("code_rome", "code_appellation", "libelle")

_NOMS: Mapping[str, tuple[str, ...]] = {
    "code": ("code_appellation", "code_ogr", "ogr_appellation", "code_ogr_appellation", "code"),
    "code_rome": ("code_rome", "rome_code", "rome"),
    "libelle": ("libelle", "libelle_appellation_long", "libelle_appellation", "libelle_appellation_court"),
    "libelle_rome": ("libelle_rome", "intitule_rome", "rome_libelle"),
}
"""How each form of the file names a column; the first that is there is read."""

_ROME = re.compile(r"[A-N]\d{4}")
_CODE = re.compile(r"\d{5,6}")
_LONGEST = 250


def read_appellations(files: list[Path]) -> tuple[Appellation, ...]:
    """The appellations of these files together; one that gives ROME codes and labels alone names the others' codes.

    Raises ContentError with every faulty line: nothing is kept of files that hold one.
    """
    tables = [(file, *_table(file)) for file in files]
    labels = {
        row[columns["code_rome"]].strip(): row[columns["libelle_rome"]].strip()
        for _, columns, rows in tables
        if "libelle_rome" in columns
        for _, row in rows
        if row.get(columns["code_rome"]) and row.get(columns["libelle_rome"])
    }
    found: dict[str, Appellation] = {}
    problems: list[Problem] = []
    for file, columns, rows in tables:
        if "code" not in columns:
            continue
        for line, row in rows:
            code, rome, libelle = (" ".join((row.get(columns[name]) or "").split()) for name in _NEEDED)
            fault = _fault(code, rome, libelle)
            if fault or found.get(code, _same := Appellation(code, rome, libelle, labels.get(rome, ""))) != _same:
                problems.append(Problem(file.name, line, fault or f"le code {code} nomme déjà un autre métier"))
                continue
            found[code] = Appellation(code, rome, libelle, labels.get(rome, ""))
    if problems:
        raise ContentError(problems)
    if not found:
        raise ContentError([Problem(files[0].name, 1, f"aucun métier : il faut les colonnes {';'.join(COLONNES)}")])
    return tuple(found.values())


_NEEDED = ("code", "code_rome", "libelle")


def _fault(code: str, rome: str, libelle: str) -> str:
    if not _CODE.fullmatch(code):
        return f"code_appellation : « {code} » n'en est pas un ; il faut cinq ou six chiffres, comme 11573"
    if not _ROME.fullmatch(rome):
        return f"code_rome : « {rome} » n'en est pas un ; il faut une lettre de A à N et quatre chiffres, comme D1102"
    if not libelle or len(libelle) > _LONGEST:
        return f"libelle : il faut le nom du métier, {_LONGEST} caractères au plus"
    return ""


def _table(file: Path) -> tuple[dict[str, str], list[tuple[int, dict[str, str]]]]:
    """The columns that are ours, by our name, and the rows with their lines."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ContentError([Problem(file.name, 1, "ce fichier manque")]) from None
    except (OSError, UnicodeDecodeError):
        raise ContentError([Problem(file.name, 1, "ce fichier ne se lit pas : il faut de l'UTF-8")]) from None
    first = text.partition("\n")[0]
    reader = csv.DictReader(text.splitlines(), delimiter=max(";,\t", key=first.count))
    reader.fieldnames = [folded(name or "").replace(" ", "_") for name in reader.fieldnames or ()]
    columns = {
        ours: theirs
        for ours, names in _NOMS.items()
        if (theirs := next((n for n in names if n in reader.fieldnames), ""))
    }
    known = {"code", "code_rome", "libelle"} <= set(columns) or {"code_rome", "libelle_rome"} <= set(columns)
    if not known:
        raise ContentError([Problem(file.name, 1, f"la première ligne nomme les colonnes : {';'.join(COLONNES)}")])
    if "libelle" not in columns:
        columns.pop("code", None)
    return columns, [(reader.line_num, row) for row in reader]
