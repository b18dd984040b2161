"""The words and the figures of a message, each with its place and with what stands before it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain import regex as re
from bot.reading.plain import plain

LONGEST, MOST = 600, 120
"""Characters and words of a message that is laid out: beyond, it is a story, or a pasted page."""


class Sort(StrEnum):
    """What a token is by its shape alone."""

    EMAIL = "courriel"
    SIRET = "siret"
    PHONE = "telephone"
    DAY = "jour"
    CLOCK = "heure"
    NUMBER = "nombre"
    WORD = "mot"


_SHAPES = (
    (Sort.EMAIL, r"[^\s,;:<>()@]{1,64}@[^\s,;<>()@]{2,255}[\w]"),
    (Sort.SIRET, r"(?<!\d)\d(?:[ .]?\d){13}(?![ .]?\d)"),
    (Sort.PHONE, r"(?<![\d+])(?:(?:\+|00)\d{1,3}[ .\-/]?(?:\(0\)[ .]?)?\d(?:[ .\-/]?\d){8}|0(?:[ .\-/]?\d){9})(?!\d)"),
    (Sort.DAY, r"(?<!\d)\d{1,2}[/.\-]\d{1,2}(?:[/.\-](?:\d{4}|\d{2}))?(?![\dh])"),
    (Sort.CLOCK, r"(?<!\d)\d{1,2} ?(?:[hH] ?(?:\d{2})?(?!\w)|:\d{2})(?!\d)"),
    (Sort.NUMBER, r"\d+"),
    (Sort.WORD, r"[^\W\d_]+"),
)
_TOKEN = re.compile("|".join(f"(?P<{sort.name}>{shape})" for sort, shape in _SHAPES))
_BREAK = re.compile(r"[,;:.!?\n()…]")
_STOP = re.compile(r"[;.!?\n…]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, or one figure; `word` is it without accents nor capitals, empty where it is neither word nor number."""

    sort: Sort
    word: str
    start: int
    end: int
    gap: str
    """What the text has between the token before and this one."""

    @property
    def breaks(self) -> bool:
        """Whether a comma or a stop comes before it."""
        return _BREAK.search(self.gap) is not None

    @property
    def stops(self) -> bool:
        """Whether a sentence ends before it."""
        return _STOP.search(self.gap) is not None

    @property
    def tied(self) -> bool:
        """Whether a hyphen or an apostrophe ties it to the one before: « Jean-Luc », « L'Hermite »."""
        return self.gap in {"-", "'", "’"}


_TITLES = frozenset({"m", "mr", "mme", "mlle", "dr", "st", "ste", "av", "bd", "tel"})


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens in their order; the dot of « M. Lenoir » ends nothing."""
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        sort = Sort[match.lastgroup or "WORD"]
        gap = text[end : match.start()]
        if found and found[-1].word in _TITLES and gap.startswith("."):
            gap = gap[1:] or " "
        word = plain(match.group()).replace(" ", "") if sort in {Sort.WORD, Sort.NUMBER} else ""
        found.append(Token(sort, word, match.start(), match.end(), gap if found else ""))
        end = match.end()
    return tuple(found)
