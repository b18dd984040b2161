"""Free text, kept as it was written: too long, empty or too personal is refused, hostile stays literal."""

from bot.domain.champs import BY_CHAMP, Champ, Kind, of_kind
from bot.reading.outcome import ReadContext, Reading, Rejected, Value
from bot.reading.plain import visible
from bot.reading.sensitive import category

LONGEST = 2000
_NAMES = of_kind(Kind.NAME)


def read_text(text: str, ctx: ReadContext) -> Reading:
    """The text without hidden characters; `champ` says which field, `longueur_max` how long it may be."""
    kept = visible(text)
    if not any(char.isalnum() for char in kept):
        return Rejected("texte.vide")
    champ = str(ctx.answers.get("champ") or "")
    asked = ctx.answers.get("longueur_max")
    most = asked if isinstance(asked, int) and not isinstance(asked, bool) and asked > 0 else 0
    most = most or (BY_CHAMP[Champ(champ)].longest if champ in set(Champ) else LONGEST)
    found = category(kept, ctx)
    if found:
        return Rejected(f"texte.{found}")
    if len(kept) > most:
        return Rejected("texte.trop_long", {"longueur": str(len(kept)), "maximum": str(most)})
    if champ in _NAMES and (
        not any(char.isalpha() for char in kept) or any(char in "<>{}@" or char.isdigit() for char in kept)
    ):
        return Rejected("texte.nom")
    return Value(kept)
