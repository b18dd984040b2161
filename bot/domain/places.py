"""French départements: their codes, and the one a postcode belongs to."""

from dataclasses import dataclass

DEPARTEMENTS: frozenset[str] = frozenset(
    [f"{number:02d}" for number in range(1, 96) if number != 20]
    + ["2A", "2B", "971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988"]
)
"""The official codes: Corsica is 2A and 2B, overseas codes have three digits."""


def departement_of(code_postal: str) -> str | None:
    """The département of a five-digit postcode, or None where no such département exists."""
    if len(code_postal) != 5 or not code_postal.isdigit():
        return None
    head = code_postal[:2]
    if head in ("97", "98"):
        code = code_postal[:3]
    elif head == "20":
        # 200xx and 201xx are Corse-du-Sud, 202xx and above Haute-Corse.
        code = "2A" if code_postal[2] in "01" else "2B"
    else:
        code = head
    return code if code in DEPARTEMENTS else None


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of the official code: its postcodes, its département, how many people live there."""

    nom: str
    codes_postaux: tuple[str, ...]
    departement: str
    habitants: int
