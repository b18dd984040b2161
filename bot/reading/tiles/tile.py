"""A tile: a stretch of a message and what it is."""

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What a tile is, before anybody asks whose it is."""

    LINK = "lien"
    LABEL = "etiquette"
    EMAIL = "courriel"
    PHONE = "telephone"
    SIRET = "siret"
    BIRTH = "naissance"
    PERIOD = "periode"
    HOURS = "horaires"
    STREET = "adresse"
    TOWN = "commune"
    PERSON = "personne"
    OCCUPATION = "metier_ou_fonction"
    BODY = "organisme"
    SITUATION = "situation"
    AIM = "objectif"
    HOST = "hote"
    TASKS = "activites"
    FLAG = "coche"
    """Said to be so: the RSA, an RQTH."""
    WITHOUT = "sans"
    """Said not to be had: no SIRET, no e-mail."""
    DENIED = "nie"
    """Said not to be so: « ce n'est plus Bruno »; `name` is what kind of tile its value would be."""
    LOOSE = "libre"
    """A word that no tile covers."""


@dataclass(frozen=True, slots=True)
class Tile:
    """`start` and `end` count tokens (end excluded), `value` its words as written, `name` which label or which value."""

    what: What
    start: int
    end: int
    value: str = ""
    name: str = ""
    bare: bool = True
    """False where a label of its own leads to it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A tile that may be laid, and what that costs: the cheapest way to cover a message is how it is read."""

    tile: Tile
    cost: float
    free: int = -1
    """The token from which its words are one's own, and may swallow others; none before."""
