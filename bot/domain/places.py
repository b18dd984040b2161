"""French départements: their codes, and the one a postcode belongs to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.domain.controle import folded

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
    insee: str = ""
    arrondissement: str = ""
    """Of the département: the communes around one sous-préfecture."""


_METROPOLES = {"75056": range(75101, 75121), "13055": range(13201, 13217), "69123": range(69381, 69390)}
"""Paris, Marseille and Lyon: their arrondissements have Insee codes of their own."""


def code_commune(insee: str) -> str:
    """The Insee code of the commune: that of the city for one of its arrondissements."""
    number = int(insee) if insee.isdecimal() else 0
    return next((city for city, districts in _METROPOLES.items() if number in districts), insee)


class Carte:
    """The communes, found by Insee code or by name."""

    def __init__(self, communes: Iterable[Commune]) -> None:
        self._communes = tuple(communes)

    @cached_property
    def _codes(self) -> Mapping[str, Commune]:
        return {one.insee: one for one in self._communes}

    @cached_property
    def _names(self) -> Mapping[tuple[str, str], list[Commune]]:
        """Thirty-five thousand names are folded when the first is looked up: a start does not wait for it."""
        found: dict[tuple[str, str], list[Commune]] = {}
        for one in self._communes:
            found.setdefault((one.departement, spelt(one.nom)), []).append(one)
        return found

    @cached_property
    def _towns(self) -> Mapping[tuple[str, str], Commune]:
        found: dict[tuple[str, str], Commune] = {}
        for (departement, name), namesakes in self._names.items():
            first, more, _ = name.partition(" ")
            for one in namesakes if more and first not in {"saint", "sainte"} else ():
                if one.habitants >= _TOWN and found.setdefault((departement, first), one).habitants < one.habitants:
                    found[departement, first] = one
        return found

    def insee(self, code: str) -> Commune | None:
        """The commune with this Insee code, or None."""
        return self._codes.get(code_commune(code)) if code else None

    def commune(self, nom: str, departement: str, code_postal: str = "") -> Commune | None:
        """The commune of that name in that département; the postcode tells namesakes apart, the largest else."""
        found = self._names.get((departement, spelt(nom)), [])
        here = [one for one in found if code_postal in one.codes_postaux] or found
        return max(here, key=lambda one: one.habitants, default=None)

    def nommee(self, mots: tuple[str, ...], departement: str) -> Commune | None:
        """The commune whose name these folded words begin with; the longest name wins."""
        for size in range(min(len(mots), _LONGEST_NAME), 0, -1):
            found = self.commune(" ".join(mots[:size]), departement)
            if found is not None and len(found.nom) > 2:
                return found
        # « Clermont » alone is Clermont-Ferrand: the largest town of the département that begins so.
        return self._towns.get((departement, mots[0])) if mots and len(mots[0]) >= _SHORTENED else None


_LONGEST_NAME, _SHORTENED, _TOWN = 8, 5, 5000


def spelt(nom: str) -> str:
    """A commune's name as it is compared: no article before it, « saint » in full."""
    words = ["saint" if word == "st" else "sainte" if word == "ste" else word for word in folded(nom).split()]
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"le", "la", "les", "l"} else words)
