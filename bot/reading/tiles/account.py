"""What a reading of the tiles has found so far: who is spoken of, and which words fill which field."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.domain.demande import Champ
from bot.domain.session import Json
from bot.reading.plain import plain
from bot.reading.tiles.laid import Laid
from bot.reading.tiles.tile import Tile, What

SELF = "moi"
NAMES: Mapping[str, Champ] = {
    SELF: Champ.NOM, "tuteur": Champ.TUTEUR, "conseiller": Champ.CONSEILLER, "representant": Champ.REPRESENTANT,
    "urgence": Champ.URGENCE_NOM, "signataire": Champ.SIGNATAIRE,
}  # fmt: skip
"""Whose name goes where; NOM stands for both of one's own names."""
PHONES: Mapping[str, Champ] = {
    SELF: Champ.TELEPHONE, "tuteur": Champ.TUTEUR_TELEPHONE, "representant": Champ.REPRESENTANT_TELEPHONE,
    "urgence": Champ.URGENCE_TELEPHONE, "signataire": Champ.SIGNATAIRE_TELEPHONE,
}  # fmt: skip
EMAILS: Mapping[str, Champ] = {
    SELF: Champ.EMAIL, "tuteur": Champ.TUTEUR_EMAIL, "representant": Champ.REPRESENTANT_EMAIL,
    "signataire": Champ.SIGNATAIRE_EMAIL,
}  # fmt: skip
ASKED_OF: Mapping[str, str] = {
    "identite": SELF, "contact": SELF, "tuteur": "tuteur", "conseiller": "conseiller", "representant": "representant",
    "representant_email": "representant", "urgence": "urgence", "signataire": "signataire",
}  # fmt: skip
"""Of whom a question asks."""
OF_THE_HOST = frozenset({"entreprise", "siret", "adresse", "tuteur"})
"""Questions at which a name or a street is the host's."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A field and the words that fill it; `start` and `end` are characters. Without a field, the question `passed` is."""

    champ: Champ | None
    words: str
    start: int
    end: int
    passed: str = ""


@dataclass(slots=True)
class Account:
    """The message, the question that waits, what the form knows; then what is found, tile after tile."""

    laid: Laid
    asked: str
    known: Mapping[str, Json]
    who: str = ""
    """Of whom the last words were; empty where nobody can tell."""
    last: str = ""
    """Whoever the sentence before spoke of, but oneself."""
    before: Tile | None = None
    """The last tile of this sentence that is no link."""
    found: dict[Champ, Meant] = field(default_factory=dict)
    passed: list[Meant] = field(default_factory=list)
    agency: str = ""
    """A body with the town of its office."""
    lost_host: bool = False
    """The host known until now welcomes no longer."""
    islands: list[tuple[int, int]] = field(default_factory=list)
    """The characters of what is understood of clauses that hold unknown words."""
    landed: bool = False
    """Whether the tile before is a label or something understood, in a clause that holds unknown words."""
    owned: bool = False
    """Whose a number is has just been said: « c'est le numéro de Mehdi »."""
    function: str = ""
    """What somebody is, told right before their name."""
    denied: tuple[Champ, Tile] | None = None
    """The field of which a value was said to be wrong, until what is right is told."""
    corrected: set[Champ] = field(default_factory=set)
    """The fields put right so."""
    names: dict[str, str] = field(default_factory=dict)
    """What people are called, by whom they are."""

    def tell(self, champ: Champ, tile: Tile, words: str = "") -> bool:
        """Note what fills a field; False where something else was told of it."""
        told = words or tile.value
        if champ in self.found:
            before, now = plain(self.found[champ].words), plain(told)
            if before == now or not _goes_on(before, now):
                return before == now
        start, end = self.laid.span(tile)
        self.found[champ] = Meant(champ, told, start, end)
        return True

    def go_on(self, champ: Champ, tile: Tile, words: str) -> None:
        """What fills a field goes on with this tile."""
        self.found[champ] = replace(self.found[champ], words=words, end=self.laid.span(tile)[1])

    def after(self, at: int) -> Tile | None:
        """The next tile that is no link."""
        return next((one for one in self.laid.tiles[at + 1 :] if one.what is not What.LINK), None)

    def then(self, tile: Tile) -> Tile | None:
        """The next tile after this one that is no link."""
        return next((one for one in self.laid.tiles if one.start >= tile.end and one.what is not What.LINK), None)

    def next_to(self, tile: Tile) -> Tile | None:
        """The tile right after this one, a link or not."""
        return next((one for one in self.laid.tiles if one.start == tile.end), None)

    def previous(self, tile: Tile) -> Tile | None:
        """The tile right before this one, a link or not."""
        return next((one for one in self.laid.tiles if one.end == tile.start), None)

    def follows(self, *whats: What) -> bool:
        """Whether the tile before is one of these."""
        return self.before is not None and self.before.what in whats

    def led_by(self, *names: str) -> bool:
        """Whether the tile before is a label of one of these names."""
        return self.before is not None and self.before.what is What.LABEL and self.before.name in names


def _goes_on(before: str, now: str) -> bool:
    """« Élodie, … Élodie Vaissade », « le docteur Chaliès, Bertrand Chaliès »: the same, told in full."""
    words = set(before.split()) - {"le", "la", "docteur", "dr", "m", "mme", "mr", "monsieur", "madame"}
    return bool(words) and words < set(now.split())
