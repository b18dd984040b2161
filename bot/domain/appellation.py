"""Trades with their official codes: appellations of the ROME, their masculine and feminine, and what was found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.controle import folded


@dataclass(frozen=True, slots=True)
class Appellation:
    """One name of a trade in the official list: its own code (5 or 6 digits), its ROME code (A1234), their labels."""

    code: str
    code_rome: str
    libelle: str
    libelle_rome: str = ""
    """Empty where the file does not tell it."""


@dataclass(frozen=True, slots=True)
class Trouvaille:
    """An appellation that a search found, and how sure it is: 1 where a whole name was typed."""

    appellation: Appellation
    note: float


VIDES = frozenset(
    {"le", "la", "les", "l", "un", "une", "de", "des", "du", "d", "a", "au", "aux", "en", "et", "ou", "pour", "par"}
    | {"sur", "dans", "chez", "avec", "je", "j", "voudrais", "veux", "aimerais", "etre", "devenir", "faire", "metier"}
    | {"travailler", "travail", "travaille", "bosser", "comme", "domaine", "secteur", "mon", "ma", "son", "sa", "ce"}
    | {"plutot", "stage", "immersion", "decouvrir", "poste", "emploi", "suis", "ai", "s", "qui", "que"}
)
"""Words of a sentence that name no trade."""


def genres(libelle: str) -> tuple[str, str]:
    """The masculine and the feminine name, folded: « Agent / Agente d'accueil » → « agent d accueil », « agente … ».

    What follows the feminine belongs to both; a label without a slash has one name, given twice.
    """
    left, slash, right = libelle.partition(" / ")
    masculine, feminine = folded(left).split(), folded(right.replace(" / ", " ")).split()
    if not slash or not masculine or not feminine:
        return folded(libelle), folded(libelle)
    if not _alike(masculine[0], feminine[0]) and _alike(masculine[-1], feminine[0]):
        # « Aide maternel / maternelle d'école »: the feminine repeats the last word alone.
        return " ".join([*masculine, *feminine[1:]]), " ".join([*masculine[:-1], *feminine])
    return " ".join([*masculine, *feminine[len(masculine) :]]), " ".join(feminine)


def _alike(one: str, other: str) -> bool:
    return one[:3] == other[:3]


def paires(appellations: Iterable[Appellation]) -> Mapping[str, str]:
    """Feminine word → masculine word, as the labels themselves pair them."""
    found: dict[str, str] = {}
    for one in appellations:
        for his, her in zip(*(name.split() for name in genres(one.libelle)), strict=False):
            if his != her and _alike(his, her):
                found.setdefault(her, his)
    return {her: his for her, his in found.items() if found.get(his) is None}


def mots(texte: str, feminins: Mapping[str, str]) -> tuple[str, ...]:
    """The words that name a trade: folded, singular, masculine."""
    return tuple(_singulier(word, feminins) for word in folded(texte).split() if word not in VIDES)


def _singulier(word: str, feminins: Mapping[str, str]) -> str:
    if word in feminins:
        return feminins[word]
    bare = word[:-1] if len(word) > 4 and word.endswith(("s", "x")) else word
    return feminins.get(bare, bare)
