"""A choice taken by its number, its rank or its value."""

from bot.domain import regex as re
from bot.domain.texte import folded as fold
from bot.reading.outcome import Ask
from bot.reading.plain import plain

_RANKS = (
    ("premier", "premiere", "1er", "1ere", "1", "un", "une"), ("deuxieme", "second", "seconde", "2e", "2eme", "2", "deux"),
    ("troisieme", "3e", "3eme", "3", "trois"), ("quatrieme", "4e", "4eme", "4", "quatre"),
    ("cinquieme", "5e", "5eme", "5", "cinq"), ("sixieme", "6e", "6eme", "6", "six"),
)  # fmt: skip
_AROUND = re.compile(
    r"^(?:non |alors |plutot |je (?:prends|choisis|dirais) |pour moi |reponse |c est )*(?P<no>pas )?(?:le |la |les |l |numero |n o |no |n |choix |option )*"
    r"(?P<rank>\w+)(?: (?:choix|option|reponse|svp|stp|merci|s il vous plait))*$"
)
_BOTH = re.compile(
    r"(?:les |tous les |toutes les )?(?:deux|trois|tous|toutes|2|3)(?: les deux)?|aucun(?:e)?(?: des (?:deux|trois|2|3))?|ni l un ni l autre"
)
_TWO_NUMBERS = re.compile(r"(?:le |la )?\d+(?:er|e)? (?:et|ou|puis) (?:le |la )?\d+(?:er|e)?")


def numbered(text: str, choices: tuple[str, ...]) -> int | Ask | None:
    """The place of the choice named by its number or its rank; a question where two are named; None otherwise."""
    words = plain(text)
    if not choices or not words or len(words) > 40:
        return None
    exact = next((at for at, value in enumerate(choices) if fold(value) == fold(text).strip(" .!")), None)
    if exact is not None:
        return exact
    if _TWO_NUMBERS.fullmatch(words) or (
        _BOTH.fullmatch(words) and words.split()[0] not in {"deux", "trois", "2", "3"}
    ):
        return Ask("choix.un_seul", {"nombre": str(len(choices))})
    found = _AROUND.fullmatch(words)
    rank = found["rank"] if found else ""
    place = next((at for at, names in enumerate(_RANKS) if rank in names), None)
    if rank.isdecimal() and place is None:
        place = int(rank) - 1 if len(rank) < 3 else None
    if rank in {"dernier", "derniere"}:
        place = len(choices) - 1
    return _within(place, len(choices), negated=bool(found and found["no"]))


def _within(place: int | None, count: int, *, negated: bool) -> int | Ask | None:
    if place is None or not 0 <= place < count:
        return None
    if not negated:
        return place
    return 1 - place if count == 2 else Ask("choix.un_seul", {"nombre": str(count)})
