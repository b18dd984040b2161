"""knowledge/communes.csv: the communes of the official geographic code (Insee) with their postcodes (La Poste)."""

import csv
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from bot.domain import regex as re
from bot.domain.places import DEPARTEMENTS, Commune
from bot.errors import ContentError, Problem

COLONNES = ("nom", "codes_postaux", "departement", "habitants")
"""Of communes.csv, separated by commas, UTF-8, with a first line naming them; several postcodes have spaces between."""

PRECISIONS = ("insee", "arrondissement")
"""Columns that may follow, both together: they tell the offices near a commune."""

FICHIER = "knowledge/communes.csv"

_CODES = re.compile(r"\d{5}(?: +\d{5})*", re.ASCII)
_INSEE = re.compile(r"\d[\dAB]\d{3}")


@lru_cache(maxsize=2)
def load_communes(knowledge: Path) -> Mapping[str, tuple[Commune, ...]]:
    """The communes by name as written, namesakes together; raises ContentError with every fault."""
    communes: dict[str, tuple[Commune, ...]] = {}
    problems: list[Problem] = []
    for found in _rows(knowledge):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            communes[found.nom] = (*communes.get(found.nom, ()), found)
    if problems:
        raise ContentError(problems)
    return communes


def check(knowledge: Path) -> list[Problem]:
    """Every fault of communes.csv."""
    return [found for found in _rows(knowledge) if isinstance(found, Problem)]


def _rows(knowledge: Path) -> Iterator[Commune | Problem]:
    file = knowledge / "communes.csv"
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines)
            first = tuple(next(reader, ()))
            if first not in (COLONNES, (*COLONNES, *PRECISIONS)):
                yield Problem(FICHIER, 1, f"la première ligne doit être : {','.join((*COLONNES, *PRECISIONS))}")
                return
            for row in reader:
                yield _commune(row, reader.line_num, len(first))
    except FileNotFoundError:
        yield Problem(FICHIER, 1, "ce fichier manque")
    except (OSError, UnicodeDecodeError):
        yield Problem(FICHIER, 1, "ce fichier ne se lit pas : il doit être en UTF-8")


def _commune(row: list[str], line: int, columns: int) -> Commune | Problem:
    if len(row) != columns or not row[0].strip():
        wanted = "quatre colonnes : nom, codes postaux, département, habitants"
        more = "" if columns == len(COLONNES) else ", puis le code Insee et l'arrondissement"
        return Problem(FICHIER, line, f"il faut {wanted}{more}")
    nom, codes, departement, habitants, *more_known = row
    if departement not in DEPARTEMENTS:
        return Problem(FICHIER, line, f"« {departement} » n'est pas un département")
    if not _is_code(codes) and not _CODES.fullmatch(codes.strip()):
        return Problem(FICHIER, line, f"« {codes} » : un code postal a cinq chiffres")
    if not habitants.isdecimal():
        return Problem(FICHIER, line, f"« {habitants} » n'est pas un nombre d'habitants")
    insee, arrondissement = more_known or ("", "")
    if insee and not _is_code(insee) and not _INSEE.fullmatch(insee):
        return Problem(FICHIER, line, f"« {insee} » : un code Insee a cinq caractères, comme 01004 ou 2A004")
    postcodes = (codes,) if _is_code(codes) else tuple(codes.split())
    return Commune(nom, postcodes, departement, int(habitants), insee, arrondissement)


def _is_code(text: str) -> bool:
    """Five digits, as nearly all of them are: a start reads thirty-five thousand, and a pattern costs more."""
    return len(text) == 5 and text.isascii() and text.isdecimal()
