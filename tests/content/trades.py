"""The table of ways to name trades, the real list where it is, and a made-up one of any size."""

from itertools import product
from pathlib import Path

from bot.config import ROOT
from bot.content.metiers import load_metiers
from bot.domain.appellation import Appellation
from tests.official import LISTS

REAL = LISTS / "rome.csv"
_PLACES = (
    "", "de nuit", "de chantier", "en collectivité", "à domicile", "de maintenance", "en grande surface", "de secteur",
    "en industrie", "du spectacle", "de précision", "en bureau", "d'atelier", "en milieu rural", "de marine",
    "en alimentation", "en formation", "de sécurité", "d'exploitation", "en logistique", "de recherche", "en conseil",
    "de production", "en automobile", "d'entretien", "en santé", "de laboratoire", "en extérieur", "en réseau",
    "d'accueil", "en bois", "en métal", "de transport", "de nettoyage", "en éducation", "en sport", "en culture",
)  # fmt: skip


DITS, ENTENDUS = "metiers_dits.tsv", "metiers_entendus.tsv"
"""The first table, seen since by whoever mended the search; the second, by somebody who had seen neither."""

PARLES, AGENCE = "metiers_parles.tsv", "metiers_agence.tsv"
"""Two more, by two people who had read the official list alone; their first runs are at their heads."""

TABLES = (DITS, ENTENDUS, PARLES, AGENCE)


def table(name: str = DITS) -> list[tuple[str, list[str]]]:
    """What people say, and what is right: labels, or beginnings of ROME codes."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(said, wanted.split("|")) for said, wanted in rows]


def right(found: Appellation, wanted: list[str]) -> bool:
    """Whether it is one of those."""
    return any(one == found.libelle or (_is_code(one) and found.code_rome.startswith(one)) for one in wanted)


def _is_code(text: str) -> bool:
    return text[:1].isupper() and (text[1:].isdigit() or len(text) == 1)


def made_up(size: int) -> list[Appellation]:
    """Our own trades, each in many places: as many labels as wanted, in the official form."""
    labels = (f"{name} {place}".strip() for place, name in product(_PLACES, load_metiers(ROOT / "knowledge")))
    return [
        Appellation(str(10_000 + n), f"A{1000 + n % 532}", label) for n, label in zip(range(size), labels, strict=False)
    ]
