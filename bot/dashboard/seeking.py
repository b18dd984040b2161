"""What one types to find a demande: a name, a telephone in any form, a SIRET with spaces, a town, with its typos."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Value
from django.db.models.functions import StrIndex

from bot.dashboard.desk import Desk
from bot.dashboard.portee import Portee
from bot.dashboard.vocabulary import correctable
from bot.domain import regex as re
from bot.storage.models import DemandeRow
from bot.storage.records import found_by, national

WORDS = 8

_DIGITS = re.compile(r"(?<!\w)\+?\d(?:[\s.\-/()]*\d)+(?!\w)")
_APART = re.compile(r"[\s\-'’,;()]+")


@dataclass(frozen=True, slots=True)
class Sought:
    """The words to find, and those that were understood as others."""

    mots: tuple[str, ...]
    corrections: Mapping[str, str] = field(default_factory=dict)


def words(text: str) -> tuple[str, ...]:
    """The words to find, folded; a telephone or a SIRET is one word however it is spaced."""
    joined = _DIGITS.sub(lambda found: _number(found.group()), text)
    return tuple(word for word in _APART.split(found_by(joined)) if word)[:WORDS]


def _number(typed: str) -> str:
    """Digits together where they make a telephone, a SIREN or a SIRET; as they were typed otherwise."""
    digits = re.sub(r"[^\d+]", "", typed.replace("(0)", ""))
    bare = digits.removeprefix("+").removeprefix("00")
    if digits.startswith(("+", "00")) or len(digits) in (8, 9, 10, 14) or (bare.startswith("33") and len(bare) == 11):
        return f" {national(digits)} "
    return typed


def search(rows: Any, mots: Sequence[str]) -> Any:
    """The rows in which every word is found. Both are folded: a place in the text costs less to find than a pattern."""
    for rank, word in enumerate(mots):
        rows = rows.alias(**{f"place_{rank}": StrIndex("recherche", Value(word))}).filter(**{f"place_{rank}__gt": 0})
    return rows


def understand(text: str, bodies: Sequence[str], desk: Desk, portee: Portee) -> Sought:
    """The words as they are found in the demandes in sight; one that is nowhere becomes the nearest that is."""
    rows = portee.rows(DemandeRow.objects.filter(organisme__in=bodies))
    typed = words(text)
    long = [word for word in typed if correctable(word)]
    known = desk.vocabulary.of(bodies, DemandeRow.objects) if long and desk.vocabulary.read else None
    # What no word holds is nowhere: only the others are looked for in what this member sees.
    lost = [word for word in long if (known and not known.hold(word)) or not search(rows, [word]).exists()]
    if not lost:
        return Sought(typed)
    known = known or desk.vocabulary.of(bodies, DemandeRow.objects)
    near = {word: found for word in lost if (found := desk.formats.closest(word, known.mots, 75.0))}
    # A word that was erased since is proposed to nobody.
    wrong = {word: found for word, found in near.items() if search(rows, [found]).exists()}
    return Sought(tuple(wrong.get(word, word) for word in typed), wrong)
