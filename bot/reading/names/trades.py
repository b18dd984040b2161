"""A trade in the person's own words: free, but never a keyboard mash, a company or two trades at once."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain import regex as re
from bot.reading.french import distance
from bot.reading.outcome import Ask, ReadContext, Reading, Rejected, Value
from bot.reading.plain import plain, visible

LONGEST = 255
_LEAD = re.compile(
    r"^(?:(?:bonjour|salut|slt)[ ,!.]*|(?:euh|alors) |je (?:veux|voudrais|souhaite|cherche|aimerais)(?: bien)? |j['’]aimerais(?: bien)? |jv(?:eux)? "
    r"|(?:faire|[êe]tre|devenir|d[ée]couvrir|d[ée]couverte|observer|voir|tester|essayer) |(?:travailler|bosser) (?=dans |en |comme |chez |au )"
    r"|(?:stage|immersion) (?=\w)|(?:comme|en tant que) |m[ée]tier(?: de | du | d['’]| ?: ?)|poste (?:de |d['’])|[A-N]\d{4} ?:? ?"
    r"|(?:dans|en|de|le|la|les|un|une|du|ce serait|plut[oô]t) |(?:l|d|c['’]est)['’] ?|c['’]est )+",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"(?:(?:je |j )?(?:ne |n )?(?:sais|c|ai) (?:pas|plus)(?: encore| trop| du tout| choisi| decide)*|jsp|(?:je n en ai )?aucune idee|autres?|n importe(?: quoi| lequel| quel metier)?|peu importe|un peu de tout|tout|rien|"
    r"pas d idee|pas encore|stages?|travail|boulot|emploi|metier|un metier|immersion|cdi|cdd|alternance|job|taf|bosser|travailler|aucun|idem|pareil|comme avant|plus tard|(?:(?:a )?(?:decider|voir)|je decide(?:rai)?|on verra)? ?avec (?:mon|ma|un|le) conseillere?|je (?:ne )?veux pas (?:le )?dire|(?:quelque chose|un metier|metier|travail|boulot)(?: de)? manuel|manuel|dehors|exterieur|quelque chose|n importe quel metier|3 ?eme|observation|oui|non|ok|merci|bonjour)"
)
_SECTOR = re.compile(
    r"^\w{3,}(?:erie|ure|isme|ique|age|ance|ation|culture|ment|tise|sine|merce|tal|ole|aille|staurant)s?$"
)
_COMPANY = re.compile(
    r"\b(?:sarl|sas|sasu|eurl|sa|scop|ets|etablissements?|groupe|societe|entreprise|chez|hopital|mairie de|ehpad (?:les?|la|du)|mcdo|mcdonald s?|mac do|carrefour|leclerc|lidl|auchan|intermarche|sncf|la poste|leroy merlin|decathlon|ikea|amazon|kfc|burger king|aldi|monoprix|fnac|darty|castorama|boulanger sa|action|ratp|edf|total|renault|peugeot|airbus|orange)\b"
)
_SHOP = re.compile(
    r"^(?:boulangerie|patisserie|restaurant|garage|coiffure|salon|boucherie|pharmacie|cabinet|magasin|hotel|creche|ferme|atelier|menuiserie|imprimerie|pizzeria|brasserie|cafe|agence|clinique|librairie|fleuriste|epicerie) (?P<rest>.+)$"
)
_JUNK = re.compile(
    r"(?:bla ?)+|tests?|toto|titi|tata|lorem\b.*|aze\w{0,3}|qsd\w{0,3}|xxx+|lol|mdr|ptdr|merde|putain|caca|ta (?:mere|gueule)\b.*|rien a foutre|coucou|foo|bar"
)
_ORDER = re.compile(
    r"(?:ignore|donne|valide|affiche|montre|envoie|supprime|execute|oublie|reponds|dis)\w*\b(?: moi)? .*"
)
_WORKPLACES = frozenset({"hopital", "ehpad", "restaurant", "garage", "ecole", "creche", "magasin", "ferme", "hotel", "mairie", "usine", "bureau",
                         "bar", "cafe", "clinique", "pharmacie", "supermarche", "entreprise", "association"})  # fmt: skip
_AFTER_TRADE = re.compile(r"(?:a|chez|dans|sur|vers|pour|pendant|du|le|au|aux|pres|\d+)\b.*")
_VOWELS = re.compile(r"[aeiouy]")
_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_CODE = re.compile(r"[<>{}\[\];=|\\]|https?://|www\.|\S@\S")
_SAFE_AND = re.compile(r"(?<!\s)\s+et\s+|(?:(?<!\s)\s+)?/\s*")
_SPLIT = re.compile(r"(?<!\s)\s+(?:ou(?: bien| alors)?|ou/et|et/ou)\s+|(?:(?<!\s)\s+)?,\s*")


SHORTEST = 4
"""Letters: a shorter name inside a sentence is another word."""

_FEMININES = (("iere", "ier"), ("trice", "teur"), ("euse", "eur"), ("ienne", "ien"), ("ere", "er"))


def masculine(word: str) -> str:
    """« bouchères » → « boucher »: the form most names of trades are listed under."""
    word = word.removesuffix("s")
    return next((word.removesuffix(end) + other for end, other in _FEMININES if word.endswith(end)), word)


@dataclass(frozen=True, slots=True)
class Named:
    """A trade named inside a text: as it is written, and its first and last word (the last one excluded)."""

    name: str
    start: int
    end: int


_KIND = re.compile(
    r"agricole|moto|auto|automobile|velo|cycles?|pl|industriel\w{0,3}|polyvalente?|commercial\w{0,2}|scolaire|medical\w{0,2}|naval\w{0,2}"
    r"|forestier|forestiere|batiment|tertiaire|animalier|animaliere|equine?|canine?|funeraire|hospitalier|hospitaliere|social|sociale|sportif|sportive"
)
"""« mécano agricole », « mécano moto »: what kind, right after a trade's name; no town and no time."""


def kind_after(words: Sequence[str], at: int) -> str:
    """The word at that place where it says which kind of a trade, else an empty string."""
    return words[at] if at < len(words) and _KIND.fullmatch(words[at]) else ""


class Trades:
    """The trades known, searched without accents, in any spelling of their names."""

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        self._labels = {plain(name): label for label, others in names.items() for name in (label, *others)}
        self._spelt = {plain(name): name for label, others in names.items() for name in (label, *others)}
        self._names = tuple(self._labels)

    def label(self, words: str) -> str | None:
        """The label of a trade by one of its names, in plain words."""
        return self._labels.get(words)

    def knows(self, text: str) -> bool:
        """Whether a text is the name of a trade, or begins with one that a place or a time follows."""
        words = plain(text)
        return self.label(words) is not None or self.first(words) is not None

    def spelling(self, words: str) -> str | None:
        """How that name is written, small letters first."""
        name = self._spelt.get(words)
        return name if name is None or name.isupper() or name[1:2].isupper() else name[:1].lower() + name[1:]

    def first(self, words: str) -> str | None:
        """The trade that the words begin with, when a place or a time follows: « boulanger à Lyon »."""
        parts = words.split()
        for size in range(min(6, len(parts) - 1), 0, -1):
            if _AFTER_TRADE.fullmatch(" ".join(parts[size:])) and self.label(" ".join(parts[:size])):
                return self.spelling(" ".join(parts[:size]))
        return None

    def inside(self, words: str) -> tuple[Named, ...]:
        """The trades that plain words name, the longest names first to be taken, in the order of the text."""
        parts, at, found = words.split(), 0, []
        while at < len(parts):
            size = next((n for n in range(min(6, len(parts) - at), 0, -1) if self.named(parts[at : at + n])), 0)
            if size:
                kind = kind_after(parts, at + size)
                name = f"{self.named(parts[at : at + size])} {kind}".strip()
                found.append(Named(name, at, at + size + bool(kind)))
                size += bool(kind)
            at += size or 1
        return tuple(found)

    def named(self, parts: Sequence[str]) -> str:
        """The spelling of the trade that these words are, in either gender; empty where they are none."""
        for words in (" ".join(parts), " ".join(masculine(part) for part in parts)):
            if self.label(words) is not None and len(words) >= SHORTEST:
                return self.spelling(words) or words
        return ""

    def beginning(self, words: str) -> tuple[str, ...]:
        """The trades whose name begins with these letters."""
        found = [name for name in self._names if name.startswith(words) and name != words]
        return tuple(dict.fromkeys(self.spelling(name) or name for name in sorted(found, key=len)))

    def close(self, words: str, ctx: ReadContext) -> str | None:
        """The name that is one slip away, as it is written."""
        if len(words) < 5 or len(words) > 40:
            return None
        first = tuple(name for name in self._names if abs(len(name) - len(words)) <= 2)
        found = ctx.formats.closest(words, first, 82.0)
        most = 1 if len(words) < 8 else 2
        return self.spelling(found) if found and distance(words, found) <= most else None


def read_trade(text: str, ctx: ReadContext, trades: Trades) -> Reading:
    """The trade, as the person says it; what is doubtful is asked."""
    shown = _shown(text)
    if not any(char.isalpha() for char in shown):
        return Rejected("metier.illisible")
    if len(shown) > LONGEST:
        return Rejected("metier.trop_long", {"maximum": str(LONGEST)})
    said = without_lead(shown)
    if _CODE.search(shown) or re.search(r"\d{3,}|\d{2}[ ./-]\d{2}", said):
        return Rejected("metier.illisible")
    words = plain(re.sub(r"\((?:e|ne|le|se|rice|euse)\)|·e\b", "", said))
    return (
        _unsaid(shown, words, ctx)
        or _known(said, words, trades)
        or _settled(said, ctx, trades)
        or _unlisted(said, words, ctx, trades)
    )


def _shown(text: str) -> str:
    """The text without emoji, quotes or asterisks around it."""
    kept = "".join(
        char for char in visible(text) if unicodedata.category(char) not in {"So", "Sk"} and char != "\ufe0f"
    )
    return " ".join(kept.split()).strip(' "«»“”*_')


def _unsaid(shown: str, words: str, ctx: ReadContext) -> Reading | None:
    """No trade said, or one that is refused."""
    if _UNKNOWN.fullmatch(plain(shown)) or _UNKNOWN.fullmatch(words):
        with_counsellor = "conseiller" in words and "avec-conseiller" in ctx.choices
        return Value("avec-conseiller") if with_counsellor else Ask("metier.inconnu")
    if re.match(r"(?:non )?(?:pas|sauf|tout sauf|surtout pas)\b", plain(shown)) or _ORDER.fullmatch(words):
        return Ask("metier.lequel")
    return Rejected("metier.frappe") if _JUNK.fullmatch(words) else None


def _known(said: str, words: str, trades: Trades) -> Value | None:
    """A trade of the list, alone or followed by a place or a time."""
    if trades.label(words):
        return Value(_own_case(said, words, trades))
    first = trades.first(words)
    return Value(first) if first else None


def without_lead(shown: str) -> str:
    """The trade without « je voudrais découvrir le métier de »."""
    rest = _LEAD.sub("", shown, count=1).strip(" .,!?:")
    rest = re.sub(
        r"(?<!\s)\s+(?:svp|stp|s['’]il vous pla[iî]t|merci|fr[èe]re|frero|frr|bro|poto|mec|lol|mdr+)$",
        "",
        rest,
        flags=re.IGNORECASE,
    )
    return rest or shown.strip(" .,!?:")


def _own_case(said: str, words: str, trades: Trades) -> str:
    if said.isupper() and len(said) <= 5:
        return said
    if said.isupper() or (said[:1].isupper() and said[1:].islower()):
        return trades.spelling(words) or said
    return said


def _unlisted(said: str, words: str, ctx: ReadContext, trades: Trades) -> Reading:
    several = [part for part in _SPLIT.split(said) if part.strip()]
    if len(several) == 1:
        pair = [part for part in _SAFE_AND.split(said) if part.strip()]
        known = [trades.label(plain(part)) for part in pair]
        several = pair if len(pair) > 1 and all(known) and len(set(known)) > 1 else several
    if len(several) > 1:
        return Ask(
            "metier.un_seul",
            proposals=tuple((part.strip(), without_lead(part.strip()).lower()) for part in several[:5]),
        )
    if mashed(words):
        return Rejected("metier.frappe")
    shop = _SHOP.match(words)
    if (
        words in _WORKPLACES
        or _COMPANY.search(words)
        or (
            shop
            and not re.match(
                r"(?:de|du|des|d|et|en|industrielle?|artisanale?|auto\w*|scolaire|dentaire|collective|rapide)\b",
                shop["rest"],
            )
        )
    ):
        return Ask("metier.entreprise", proposals=_from_shop(words, trades))
    domain = _domain(said, words, trades)
    if domain:
        return domain
    close = trades.close(words, ctx)
    if close:
        return Ask("metier.faute", {"metier": close}, ((close, close),))
    if len(words.split()) > 10:
        return Ask("metier.phrase")
    begun = trades.beginning(words) if len(words) >= 4 and " " not in words else ()
    if begun and len(begun) <= 3 and not any(plain(one).startswith(f"{words} ") for one in begun):
        return Ask("metier.faute", {"metier": begun[0]}, tuple((one, one) for one in begun))
    return Value(_tidy(said))


def _settled(said: str, ctx: ReadContext, trades: Trades) -> Reading | None:
    alone = _alone(said, trades)
    return read_trade(alone, ctx, trades) if alone and alone != said else None


def _alone(said: str, trades: Trades) -> str:
    """The trade settled on, « A ou plutôt B », or the name before what is said of it; empty where the text is one thing."""
    settled = _SETTLED.split(said)[-1].strip(" .,!")
    if settled and settled != said and len(settled.split()) <= A_NAME:
        return settled
    first, *others = [part.strip() for part in _COMMENT.split(said, maxsplit=1)]
    named = bool(others) and len(first.split()) <= A_NAME and _AND_OR.search(first) is None
    return first if named and not trades.inside(plain(others[0])) else ""


A_NAME = 5
"""Words of a trade's name."""

_SETTLED = re.compile(
    r"(?i)\b(?:ou plut[oô]t|enfin plut[oô]t|allez mettez|allez|finalement|mettez|mets|disons)\s(?:plut[oô]t |mettez |mets )?"
)
_COMMENT = re.compile(r"\s?[,:]\s")
_AND_OR = re.compile(r"(?i)\s(?:ou|et|/)\s")
"""« agent de médiathèque, j'ai distribué assez de lettres »: the name, then why."""


def _from_shop(words: str, trades: Trades) -> tuple[tuple[str, str], ...]:
    """« boulangerie Martin » may be about a baker: offered, not guessed."""
    stem = words.split(maxsplit=1)[0].removesuffix("erie").removesuffix("ure")
    name = next((trades.spelling(one) for one in (f"{stem}er", f"{stem}eur", f"{stem}ier") if trades.label(one)), None)
    return ((name, name),) if name else ()


def _domain(said: str, words: str, trades: Trades) -> Ask | None:
    """« boulangerie » is a domain: its trade is offered, the domain may be kept."""
    offered = _from_shop(words, trades) if _SECTOR.match(words) else ()
    return Ask("metier.domaine", proposals=(*offered, (said, said))) if offered else None


def _tidy(said: str) -> str:
    """Shouting is written small; an acronym stays."""
    return said.lower() if said.isupper() and len(said) > 6 else said


def mashed(words: str) -> bool:
    """Keys struck at random: a row of the keyboard, a letter repeated, or no vowel at all."""
    letters = words.replace(" ", "")
    if len(letters) < 2 or re.search(r"(.)\1{3,}", letters):
        return True
    if any(
        letters[at : at + 5] in row or letters[at : at + 5] in row[::-1]
        for row in _ROWS
        for at in range(max(1, len(letters) - 4))
        if len(letters) >= 5
    ):
        return True
    return len(letters) >= 4 and all(not _VOWELS.search(word) for word in words.split()) and not letters.isupper()


__all__ = ["Named", "Trades", "masculine", "mashed", "read_trade", "without_lead"]
