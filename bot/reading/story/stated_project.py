"""What a story says of the project: its aim and its trade."""

from collections.abc import Iterator

from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.reading.choices.objectives import objectives_in
from bot.reading.french import nearest
from bot.reading.names.trades import Trades, kind_after
from bot.reading.outcome import Ask, ReadContext, Reading, Value
from bot.reading.plain import plain
from bot.reading.story.clauses import Clause, Story

Found = Iterator[tuple[Champ, Reading]]

_AIM = re.compile(
    r"\b(?:decouvr\w*|decouverte|observer|confirm\w* (?:mon|un|le|ce|que)|valid\w* (?:mon|un|le|ce|que)|verifi\w* (?:mon|un|le|ce|que|si)|embauch\w*|recrut\w*)\b"
)
_UNWANTED = re.compile(r"\bpas (?:pour |de |d |le |la |un |une |me |etre )*(?:decouvr|confirm|valid|embauch|recrut)\w*")


class Project:
    """The aim and the trade stated in a story."""

    def __init__(self, trades: Trades) -> None:
        self._trades = trades

    def objective(self, story: Story, ctx: ReadContext) -> Found:  # noqa: ARG002
        """The aim, where its own word is said; two are asked about."""
        said = [_UNWANTED.sub(" ", clause.words) for clause in story.current]
        found = tuple(
            dict.fromkeys(
                aim for words in said for aim in objectives_in(" ".join(part.group() for part in _AIM.finditer(words)))
            )
        )
        if len(found) == 1:
            yield Champ.OBJECTIF, Value(found[0])
        elif found:
            yield Champ.OBJECTIF, Ask("objectif.un_seul", proposals=tuple(("", aim) for aim in found))

    def trade(self, story: Story, ctx: ReadContext) -> Found:
        """A known trade wanted, or what follows « métier de »; two are asked about."""
        found: dict[str, str] = {}
        for clause in story.current:
            for name, said in self._named(clause, story):
                found.setdefault(self._trades.label(name) or name, said)
        if len(found) == 1:
            yield Champ.METIER, Value(next(iter(found.values())))
        elif found:
            yield (
                Champ.METIER,
                Ask("metier.un_seul", proposals=tuple((said, said) for said in list(found.values())[:5])),
            )
        else:
            yield from self._at_somebody(story)
            yield from self._doubtful(story, ctx)

    def _at_somebody(self, story: Story) -> Found:
        """« une immersion chez un fleuriste »: most likely the trade, so it is offered."""
        said = next((match["name"] for clause in story.current if (match := _AT.search(clause.words))), "")
        words = said.split()
        for size in range(len(words), 0, -1):
            name = " ".join(words[:size])
            if self._trades.label(name):
                spelled = self._trades.spelling(name) or name
                yield Champ.METIER, Value(spelled)
                return

    def _named(self, clause: Clause, story: Story) -> Iterator[tuple[str, str]]:
        """(plain name, words as written) of the trades of a clause, longest first, the denied left out."""
        words = clause.words.split()
        wanted = _wanted_from(words, short=story.short)
        at = 0
        while at < len(words):
            size = next(
                (n for n in range(min(6, len(words) - at), 0, -1) if self._trades.label(" ".join(words[at : at + n]))),
                0,
            )
            name = " ".join(words[at : at + size])
            if size and not _denied(words, at) and at >= wanted and not _held(words, at):
                yield name, f"{self._trades.spelling(name) or name} {kind_after(words, at + size)}".strip()
            at += size or 1
        unknown = _TRADE_OF.search(clause.text) or _TRADE_BY_ENDING.search(clause.text)
        if unknown and not any(
            self._trades.label(" ".join(words[i : i + n])) for i in range(len(words)) for n in range(1, 6)
        ):
            said = unknown["name"].strip()
            if 2 < len(said) < 60:
                yield plain(said), said.lower() if said.isupper() else said

    def _doubtful(self, story: Story, ctx: ReadContext) -> Found:
        """A slip in a trade, or a domain: to be confirmed."""
        tried: set[str] = set()
        for clause in story.current:
            words, proper = clause.words.split(), _proper(clause)
            wanted = _wanted_from(words, short=story.short)
            for at, word in enumerate(words):
                if len(word) < 6 or word in _COMMON or word in tried:
                    continue
                if at < wanted or word in proper or _denied(words, at) or _held(words, at):
                    continue
                tried.add(word)
                close = self._domain(word) or self._trades.close(word, ctx)
                if close:
                    yield Champ.METIER, Ask("metier.faute", {"metier": close}, ((close, close),))
                    return

    def _domain(self, word: str) -> str | None:
        word = word.replace("cuizin", "cuisin")
        known = word if word in _DOMAINS else next(iter(nearest(word, _DOMAINS)), "")
        stem = _DOMAINS.get(known) or re.sub(r"(?:erie|ure|ie)$", "", word)
        if stem == word:
            return None
        names = (stem, f"{stem}er", f"{stem}eur", f"{stem}ier")
        return next((self._trades.spelling(name) for name in names if self._trades.label(name)), None)


_AT = re.compile(
    r"\b(?:immersion|imersion|stage|pmsmp)(?: \w+){0,4} chez (?:un|une|1|le|la|mon|ma) (?P<name>\w+(?: \w+){0,3})"
)
_WANTED = re.compile(
    r"\b(?:decouvr\w*|observer|voir|tester|essayer|devenir|etre|comme|metiers?|stages?|immersions?|poste|projet|travailler|faire|reconver\w*|veux|voudrais|aimerais|souhaite|interesse\w*|cherche|jve\w*|fer|fr|jvoudrai\w*|jaimerai\w*|jcherche|valider|confirmer|domaine|secteur|former|formation|reve)\b"
)
_TRADE_OF = re.compile(
    r"(?i)\bm[ée]tier\s+(?:de\s+|d['’]|du\s+)(?P<name>[^\W\d_][\w'’-]*(?:\s+(?!(?:à|a|dans|en|chez|pour|et|du|sur|au|vers|avec|car|mais|pendant)\b)[\w'’-]+){0,3})"
)
_TRADE_BY_ENDING = re.compile(
    r"(?i)\b(?:stage (?:de |d['’]|comme )|immersion (?:de |d['’]|comme )|poste (?:de |d['’])|devenir |comme |en tant que )"
    r"(?!premi|derni|mani|mati|hier|observation)(?P<name>[^\W\d_]{3,}(?:eur|euse|ier|i[èe]re|ien|ienne|iste|trice|graphe|logue|ger|g[èe]re))\b"
)
_COMMON = frozenset(
    [
        "decouvrir",
        "decouverte",
        "semaine",
        "semaines",
        "janvier",
        "fevrier",
        "octobre",
        "novembre",
        "decembre",
        "septembre",
        "juillet",
        "mission",
        "locale",
        "travail",
        "chomage",
        "pendant",
        "partir",
        "depuis",
        "bonjour",
        "recherche",
        "formation",
        "projet",
        "metier",
        "immersion",
        "stages",
        "emploi",
        "conseiller",
        "conseillere",
        "accompagne",
        "suivie",
        "entreprise",
        "aimerais",
        "voudrais",
        "souhaite",
        "appelle",
        "personne",
        "familles",
        "enfants",
        "voiture",
        "maison",
        "toujours",
        "vraiment",
        "passion",
        "quelque",
        "chose",
        "depart",
        "arriver",
        "domaine",
        "secteur",
        "validee",
        "trouver",
    ]
)
_DOMAINS = {"cuisine": "cuisinier", "cuisines": "cuisinier", "mecanique": "mecanicien", "plomberie": "plombier", "electricite": "electricien", "vente": "vendeur",
            "coiffure": "coiffeur", "boulangerie": "boulanger", "patisserie": "patissier", "menuiserie": "menuisier", "jardinage": "jardinier"}  # fmt: skip


_REACH = 12
"""Words that the longest wish may take."""


def _wanted_from(words: list[str], *, short: bool) -> int:
    """The first word that a wish comes before; past the last one where nothing is wished."""
    if short:
        return 0
    tails = (at for at in range(1, len(words) + 1) if _WANTED.search(" ".join(words[max(0, at - _REACH) : at])))
    return next(tails, len(words) + 1)


def _proper(clause: Clause) -> frozenset[str]:
    """The names in a clause: written with a capital inside a sentence that is not shouted."""
    if clause.text.isupper():
        return frozenset()
    return frozenset(plain(name) for name in re.findall(r"(?<=[\w,:] )[^\W\d_a-z][\w'’-]+", clause.text))


def _denied(words: list[str], at: int) -> bool:
    """« pas boulanger », unless « mais » comes between."""
    before = words[max(0, at - 4) : at]
    for turn in ("mais", "plutot"):
        before = before[len(before) - before[::-1].index(turn) :] if turn in before else before
    return any(word in {"pas", "plus", "sauf", "jamais", "ni"} for word in before)


def _held(words: list[str], at: int) -> bool:
    """« je suis boulanger » is what the person does, not what they want."""
    before = " ".join(words[max(0, at - 4) : at])
    return bool(_HELD.search(before)) and not re.search(r"\b(?:interess|attir|passionn|veux|voudrais)\w*", before)


_HELD = re.compile(
    r"\b(?:je suis|chui|jsuis)(?: \w+){0,2}$|\b(?:j etais|auto|micro|ancien\w*|chez un\w*"
    r"|(?:diplom\w*|cap|bac pro|experience|travaill?e|bosse) (?:de|d|en|comme|en tant que))$"
)
