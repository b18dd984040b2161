"""The host: public or private by its legal category, or as the person says; never by a digit of its number."""

from collections.abc import Mapping

from bot.domain.controle import folded
from bot.domain.session import Json

HOTE_PUBLIC = "hote_public"
"""Answer: bool, what the person says of the host."""

HOTE_CATEGORIE = "hote_categorie"
"""Answer: the four digits of the legal category, as the public register gives them."""

_SHORTEST = 5


def categorie_publique(categorie: str) -> bool | None:
    """Whether a legal category (Insee, four digits) is a public body; None where it does not tell.

    7 is administrative law (State, communes, hospitals…). 4 is public law under commercial law (régies, EPIC), whose
    employees are not all public agents: asked. https://www.insee.fr/fr/information/2028129
    """
    if len(categorie) != 4 or not (categorie.isascii() and categorie.isdecimal()) or categorie[0] == "4":
        return None
    return categorie[0] == "7"


def hote_public(answers: Mapping[str, Json]) -> bool | None:
    """Whether the host is a public body: by its category, else as the person says; None where nobody knows."""
    categorie, dit = answers.get(HOTE_CATEGORIE), answers.get(HOTE_PUBLIC)
    known = categorie_publique(categorie) if isinstance(categorie, str) else None
    return known if known is not None else dit if isinstance(dit, bool) else None


def meme_nom(un: str, autre: str) -> bool:
    """Whether two names may be one company: the same words, or all those of the shorter one within the longer."""
    first, second = set(folded(un).split()), set(folded(autre).split())
    shared = first if first <= second else second if second <= first else set()
    return bool(shared) and (first == second or any(len(word) >= _SHORTEST for word in shared))
