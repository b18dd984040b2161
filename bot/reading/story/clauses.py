"""A story cut into clauses: what is said of oneself now, apart from the past, the denied and the asked."""

from dataclasses import dataclass
from functools import cached_property

from bot.domain import regex as re
from bot.domain.texte import folded as fold
from bot.reading.french import unstuck
from bot.reading.plain import plain

_SENTENCES = re.compile(r"(?<=[.!?;\n])\s+|\n+|(?<=[!?])")
_CLAUSES = re.compile(
    r"[,;:.!?\n()]+|(?<!\s)\s+(?:et|mais|car|donc|puis|parce qu\w*|du coup|alors)\s+(?=(?:maintenant\s+|aujourd['’]hui\s+|l[àa]\s+)?(?:je|j['’]|g |mon|ma|on|il|elle|c['’]est|mes|suis|chui|habite)\b|j['’])",
    re.IGNORECASE,
)
_NEW_SUBJECT = re.compile(
    r"(?i)(?<!que)(?<!qu['’])(?<!\bqui)(?<!quand)(?<!\bsi)(?<!\boù)(?<!\bou)(?<!dont)(?<!comme)(?<!lorsque)(?<!depuis)(?<!sais si)(?<!-ce)"
    r"\s(?=(?:moi )?(?:je (?:suis|veux|voudrais|cherche|vis|travaille|touche|souhaite|m['’]app)|j['’](?:ai|habite|aimerais|étais|avais|essaie))\b)"
)
"""« licencié éco je suis en CSP je veux faire… »: dictation marks no clause, a new « je » does."""

_TITLE = re.compile(r"\b(M|Mr|Mme|Mlle|Dr|St|Ste)\.\s+(?=[A-ZÉÈ])")
"""« M. Delaunoy »: a dot that ends nothing."""

_PAST = re.compile(
    r"\b(?:etais|etait|avais|avait|ancien\w*|avant|autrefois|jadis|a l epoque|ex|quitte|demissionne|licenciee?|fus|ai (?:ete|travaille|bosse|fait|etudie|obtenu|quitte|eu|arrete|vecu|passe)|"
    r"travaillais|bossais|habitais|derniere?|annee derniere|il y a|depuis mon|apres (?:avoir|mon|ma)|mon (?:pere|frere|mari|ami|copain|oncle|patron|cousin|voisin|beau|grand|pote|prof)|ma (?:mere|soeur|femme|copine|tante|fille|cousine|voisine|belle|grand|prof|meilleure)|mes parents|son|sa|(?:mon|ma|notre) (?:fils|fille|enfant|neveu|niece|soeur|petit|petite|ado))\b"
)
_ASKED = re.compile(
    r"\b(?:est ce|puis je|peut on|peux je|comment|pourquoi|combien|quand|quel\w*|qui peut|faut il|dois je|c est quoi)\b"
)
_DENIED = re.compile(r"\b(?:ne|n|pas|plus|jamais|ni|aucune?|sans|sauf|surtout pas)\b")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence, as written and in plain words."""

    text: str
    words: str

    @property
    def past(self) -> bool:
        """Said of another time, or of somebody else."""
        return bool(_PAST.search(self.words))

    @property
    def denied(self) -> bool:
        """Said not to be."""
        return bool(_DENIED.search(self.words))


class Story:
    """A free text, its sentences that are not questions, and their clauses."""

    def __init__(self, text: str, *, short: bool | None = None) -> None:
        text = _TITLE.sub(r"\1 ", text)
        self.text = text
        self.folded = fold(text)
        self._short = short

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences that ask nothing."""
        parts = (part.strip() for part in _SENTENCES.split(self.text))
        return tuple(part for part in parts if part and not _question(part))

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of those sentences."""
        parts = (
            piece.strip()
            for sentence in self.sentences
            for part in _CLAUSES.split(sentence)
            for piece in _NEW_SUBJECT.split(part)
        )
        return tuple(Clause(part, unstuck(plain(part))) for part in parts if part)

    @cached_property
    def current(self) -> tuple[Clause, ...]:
        """The clauses that speak of now."""
        return tuple(clause for clause in self.clauses if not clause.past)

    @cached_property
    def short(self) -> bool:
        """A telegram rather than a story: its words need no introduction; a part is as short as its whole."""
        return self._short if self._short is not None else len(self.folded.split()) <= 16


def _question(sentence: str) -> bool:
    return sentence.endswith("?") or bool(_ASKED.match(plain(sentence)))
