"""The small words that lead to a value or tie two of them, as data: knowledge/paroles/tuiles.yaml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.domain import regex as re
from bot.reading.spoken import Words, pattern
from bot.reading.tiles.tile import Offer, Tile, What
from bot.reading.tiles.tokens import Token

FILE = "tuiles."
TURNS = f"{FILE}tournures"
"""Words that may turn what stands around them: looked for in what no tile covers."""

_COSTS: Mapping[What, float] = {What.LINK: 0.2, What.LABEL: 0.4, What.AIM: 0.35, What.FLAG: 0.8, What.WITHOUT: 0.6}

_KINDS: Mapping[str, What] = {
    "liens": What.LINK, "insiste": What.LINK, "chez_moi": What.LINK,
    "decouvrir": What.AIM, "confirmer": What.AIM, "recrutement": What.AIM,
    "rsa": What.FLAG, "rqth": What.FLAG, "suivi_non": What.FLAG, "equipement_oui": What.FLAG, "equipement_non": What.FLAG,
    "sans_siret": What.WITHOUT, "sans_mail": What.WITHOUT, "sans_voie": What.WITHOUT,
}  # fmt: skip
_NOT_LAID = frozenset({"genre_hote", "fonction", "raison", "nie", "tiers", "hesite", "fait_noter", "ouvre_question"})
"""Read with what follows them."""


BACK = re.compile(
    r"(?:(?:c est |cest |c )?(?:elle|lui|celle|celui) )?(?:qui|ki)\b|(?:il |elle )?(?:va |signe|doit )|(?:il|elle) sera|est |sera |comme |en "
)
"""How a label begins that is of whoever was named before it, and leads to nobody."""

Phrases = Mapping[str, tuple[re.Pattern[str], ...]]
"""The forms of each phrase, by its name; each begins at a word."""


def phrases_in(words: Words) -> Phrases:
    """Those of `tuiles.yaml` among all that people say."""
    named = ((key.removeprefix(FILE), spoken) for key, spoken in words.items() if key.startswith(FILE))
    return {
        name: tuple(re.compile(rf"\b(?:{pattern(form)})") for form in spoken.dit)
        for name, spoken in named
        if name != TURNS.removeprefix(FILE)
    }


@dataclass(frozen=True, slots=True)
class Line:
    """A message's words on one line, and at which character each token begins."""

    tokens: tuple[Token, ...]
    text: str
    places: tuple[int, ...]
    ends: Mapping[int, int]
    """Which token ends at a character of the line."""
    breaks: tuple[int, ...]
    """For each token, the character at which its clause ends."""

    @classmethod
    def of(cls, tokens: tuple[Token, ...]) -> "Line":
        """A figure with a shape of its own stands as a sign that no phrase holds."""
        places, ends, text = [], {}, ""
        for at, token in enumerate(tokens):
            places.append(len(text))
            text += token.word or "#"
            ends[len(text)] = at + 1
            text += " "
        limits, limit = [], len(text)
        for token, place in zip(reversed(tokens), reversed(places), strict=True):
            limits.append(limit)
            limit = place if token.breaks else limit
        return cls(tokens, text, tuple(places), ends, tuple(reversed(limits)))

    def longest(self, phrases: Phrases, name: str, at: int) -> int:
        """The token before which the longest form of this phrase ends, said from `at` on without a stop; `at` if none."""
        best, limit = at, self.breaks[at]
        for form in phrases.get(name, ()):
            found = form.match(self.text, self.places[at], limit)
            end = self.ends.get(len(self.text[: found.end()].rstrip()), at) if found else at
            best = max(best, end)
        return best


def phrases_at(line: Line, phrases: Phrases, at: int) -> Iterator[Offer]:
    """Yield every label, link, aim, flag or refusal that is said from this token on."""
    for name in phrases:
        end = line.longest(phrases, name, at) if name not in _NOT_LAID else at
        if end > at:
            what = _KINDS.get(name, What.LABEL)
            yield Offer(Tile(what, at, end, name=name), _COSTS[what])
