"""What leaves this machine: names, numbers, addresses and health are replaced by placeholders, and found again on spans.

Too much is masked rather than too little: a model needs no name to hear what a message does.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation.claims import Span
from bot.domain import regex as re
from bot.domain.texte import folded
from bot.llm.explained import Explained

LONGEST = 4096
"""Characters of a message that are sent: Telegram's own limit."""

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_MAIL = re.compile(
    r"(?<!\S)\S{1,90}(?:@| ?(?:\(at\)|\[at\]|arobase?|arobaz) ?| @ ?)\S{1,90}(?: (?:point|dot) \S{1,40}){0,3}",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)\S+|(?<!\w)@\w+", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?:[ \-]?[A-Za-z0-9]{2,4}){3,8}\b")
_NUMBER = re.compile(r"[+(]?(?<!\d)\d(?:[ \t.,\-/()_]{0,3}\d){4,60}\w{0,20}|\b(?=(?:\w{0,20}?\d){4})\w{4,60}")
_FIGURE = (
    r"(?:z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente"
    r"|quarante|cinquante|soixante|cent)"
)
_SPELLED = re.compile(rf"\b{_FIGURE}(?:[\s\-]+(?:et[\s\-]+)?{_FIGURE}){{4,}}\b", re.IGNORECASE)
_STREET = re.compile(
    r"\b(?:avenue|boulevard|impasse|all[ée]e|quai|rue)\s+(?:(?:de|du|des)\s|d['’])[^\s,;.!?]{1,40}(?:\s[^\s,;.!?]{1,40}){0,2}"
    r"|\b\d{1,4}(?:\s*(?:bis|ter))?,?\s+(?:rue|avenue|av\.?|boulevard|bd|place|chemin|impasse|all[ée]e|route|quai|cours"
    r"|square|lotissement|r[ée]sidence)\s[^,;.!?\n]{1,80}",
    re.IGNORECASE,
)
_CALLED = r"(?:j?e? ?m|s)['’ ]{0,2}ap+el+es?(?:nt)?|ap+el+ez[ \-]moi|moi,? c['’ ]?(?:est|é)"
"""« je m'appelle » as it is typed: « jmapelle », « je m appel »."""

_INTRODUCED = re.compile(
    rf"\b(?:{_CALLED}|nomm[ée]e?|pr[ée]nomm[ée]e?|cordialement,?|sign[ée],? ?:?|de la part d[e'’]|appeler|joindre|contacter|pr[ée]venir"
    r"|(?:mon |son |ma |notre )?(?:nom|pr[ée]nom)s?(?: de famille)?(?: complet)?(?: (?:est|c['’ ]?est))?"
    r"|monsieur|madame|mademoiselle|mme|mlle|mr|m\.|docteur|dr"
    r"|(?:mon|ma|mes|le|la|notre|son|sa|une?|avec) (?:tut(?:eur|rice)|conseill[eè]re?|r[ée]f[ée]rente?|patronn?e?|cheff?e?|g[ée]rante?|directeur|directrice"
    r"|responsable|coll[eè]gue|maman|papa|m[eè]re|p[eè]re|fr[eè]re|s[oœ]+e?ur|fils|fille|oncle|tante|cousine?|amie?|copine?|copain|voisine?|mari|femme)"
    r"(?:,? (?:c['’ ]?est|est|sera|s['’ ]?ap+el+e?))?)[\s:,]+",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"(?i:d[aeiou]s?|el|al|le|la|ben|van|von|den|y) [^\W\d_]+(?:['’\-][^\W\d_]+)*")
"""« da silva », « le goff »: one name."""

_PARTICLES = frozenset({"da", "de", "di", "do", "du", "dos", "das", "el", "al", "le", "la", "ben", "van", "von"})
"""Short words inside a name."""

_AFTER = 3
"""Words of a name after its introduction, at most."""

_TITLE = re.compile(r"\b(?:monsieur|madame|mademoiselle|mme|mlle|mr|m\.|docteur|dr)[\s:,]+$", re.IGNORECASE)
_NO_NAME = re.compile(
    r"(?:le|la|les|l|qui|que|est|et|je|j|il|elle|on|a|aux?|du|des?|d|en|vous|tu|nous|pour|mais|ou|oui|non|ne|n|pas|me|ma|mon"
    r"|mes|ces?|c|se|s|si|y|une?|dit|svp|merci)$"
)
"""Words that follow a title and are no name: « madame, je… »."""

_SHORT = 4
"""Letters of the shortest word that is looked at without a capital and without an introduction."""

_AT_A_PLACE = re.compile(
    r"(?:\b(?:à|a|au|aux|de|du|d|sur|vers|en|par|dans|depuis|jusqu['’]?à|pr[eè]s de|entre|saint|sainte|st|ste|ville)[\s'’\-]+|\d{5}\s+)$",
    re.IGNORECASE,
)
"""What comes before a place; a place's name anywhere else may be a person's."""

_DETERMINED = re.compile(
    r"(?:\b(?:les?|la|une?|des|du|aux?|[mts]on|[mts]a|[mts]es|notre|nos|votre|vos|leurs?|cet?|cette|ces)\s+\w{2}|\bl['’])$",
    re.IGNORECASE,
)
"""A word with an article is a thing, an illness most of all (« le palu »): names have none, but in a name."""

_JOINS = re.compile(r"[cs]['’]?est$|[cs]['’ ]?ap+el+e$")
"""« cest yohan »: what links a role and a name, and is not part of it."""

_ELIDED = frozenset(["c", "d", "j", "l", "m", "n", "qu", "s", "t", "y"])
_INVERTED = frozenset(["je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce", "moi"])
"""Parts that bind a capital to its sentence: « L'abattoir », « Suis-je »."""

_FREQUENT = 4.6
"""Frequency of a word that opens many sentences: « Combien », « Bonjour »."""

_USUAL, _PLAIN = 6.1, 4.6
"""Frequencies, on Zipf's scale: of a word that goes on the sentence, and is no part of a name; of one that may be any
word, unless somebody says that a name comes."""

_NAMES_IT = re.compile(
    rf"(?:{_CALLED}|(?:pr[ée])?nomm[ée]e?|nom\w{0, 10}.{0, 40}(?:est|:)|c['’ ]?est|monsieur|madame|mademoiselle|mme|mlle|mr|m\.|docteur|dr)[\s:,]*$",
    re.IGNORECASE,
)
"""An introduction after which a name comes for sure."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the masked text, and the stretch of the message that it stands for."""

    start: int
    end: int
    of: Span
    hidden: bool


@dataclass(frozen=True, slots=True)
class Masked:
    """A message as it may leave."""

    text: str
    pieces: tuple[_Piece, ...]

    def find(self, quoted: str) -> Span | None:
        """Where the message holds these words, placeholders mapped back; None where it does not, word for word."""
        if not any(char.isalnum() for char in quoted):
            return None
        at = self.text.find(quoted)
        while at >= 0:
            end = at + len(quoted)
            if _whole(self.text, at, end):
                first, last = self._piece(at), self._piece(end - 1)
                return Span(_place(first, at, last=False), _place(last, end, last=True))
            at = self.text.find(quoted, at + 1)
        return None

    def _piece(self, at: int) -> _Piece:
        return next(one for one in self.pieces if one.start <= at < one.end)


def _whole(text: str, start: int, end: int) -> bool:
    """Whether these words are cut out of no longer word nor placeholder."""
    before, after = text[start - 1 : start], text[end : end + 1]
    left = not (before.isalnum() and text[start].isalnum()) and before != "["
    return left and not (after.isalnum() and text[end - 1].isalnum()) and after != "]"


def _place(piece: _Piece, at: int, *, last: bool) -> int:
    if piece.hidden:
        return piece.of.end if last else piece.of.start
    return piece.of.start + (at - piece.start)


@dataclass(frozen=True, slots=True)
class Masker:
    """Knows which words are names and which are not."""

    ordinary: frozenset[str]
    """Folded words that a sentence may begin with: written without a capital in what the bot knows and says."""
    kept: frozenset[str]
    """Folded words that bear a capital and name nobody: RSA, PMSMP, « France Travail »."""
    given: frozenset[str]
    """Folded given names, masked without their capital too."""
    doubles: frozenset[str]
    """Folded given names that are usual words too: masked beside a name."""
    usual: Callable[[str], float]
    """How usual a word is, on Zipf's scale."""
    explained: Explained
    """What a word without a capital is, if it is no name."""
    health: Callable[[str], Sequence[str]] = lambda _: ()
    """The clauses of a message that tell of somebody's health."""
    withheld: Callable[[str], bool] = lambda _: False
    """Whether a message must not leave at all: a password, a card, an account."""

    def mask(self, text: str, known: Sequence[str] = ()) -> Masked:
        """The message with placeholders; `known`: what the form already knows of people, masked wherever it stands."""
        text = text[:LONGEST]
        found = _merged(text, self._found(text, known))
        pieces: list[_Piece] = []
        parts: list[str] = []
        counts: dict[str, int] = {}
        at = length = 0
        for start, end, label in found:
            counts[label] = counts.get(label, 0) + 1
            for shown, of, hidden in (
                (text[at:start], Span(at, start), False),
                (f"[{label}{counts[label]}]", Span(start, end), True),
            ):
                if shown:
                    pieces.append(_Piece(length, length + len(shown), of, hidden))
                    parts.append(shown)
                    length += len(shown)
            at = end
        if text[at:]:
            pieces.append(_Piece(length, length + len(text) - at, Span(at, len(text)), hidden=False))
            parts.append(text[at:])
        return Masked("".join(parts), tuple(pieces))

    def _found(self, text: str, known: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        for clause in self.health(text):
            yield from _all(text, clause, "SANTE")
        for value in _each(known):
            if len(value) >= _SHORT or folded(value) not in self.ordinary:
                yield from _all(text, value, "NOM")
        for label, shape in (
            ("COURRIEL", _MAIL), ("LIEN", _LINK), ("ADRESSE", _STREET), ("NUMERO", _IBAN), ("NUMERO", _NUMBER),
            ("NUMERO", _SPELLED),
        ):  # fmt: skip
            for one in shape.finditer(text):
                yield one.start(), one.end(), label
        yield from self._introduced(text)
        yield from self._names(text)

    def _introduced(self, text: str) -> Iterator[tuple[int, int, str]]:
        """The words after « je m'appelle », « mon tuteur c'est », while they may be a name."""
        for one in _INTRODUCED.finditer(text):
            at = one.end()
            most = _USUAL if _NAMES_IT.search(one.group()) else _PLAIN
            titled = _TITLE.search(one.group()) and _WORD.match(text, at)
            if titled and not _NO_NAME.match(folded(titled.group())):
                yield titled.start(), titled.end(), "NOM"
                at, most = titled.end() + 1, _USUAL
            for _ in range(_AFTER):
                word = _PARTICLE.match(text, at) or _WORD.match(text, at)
                if word is None or not self._may_be_named(word.group(), most):
                    break
                most = _USUAL
                yield word.start(), word.end(), "NOM"
                at = word.end() + 1

    def _may_be_named(self, words: str, most: float) -> bool:
        """Whether what follows an introduction, with its particle, may be a name."""
        particle, _, last = words.rpartition(" ")
        if self._names_somebody(last):
            return True
        return self._goes_on(folded(last), most) and not (particle and folded(last) in self.ordinary)

    def _goes_on(self, said: str, most: float) -> bool:
        """Whether a word may be part of a name that has begun: less usual than `most`, or short and not ours."""
        if len(said) < _SHORT:
            return said.isalpha() and said not in self.ordinary and not self.explained.ours(said)
        return self.usual(said) < most and not (most == _PLAIN and self.explained.ours(said))

    def _names_somebody(self, word: str) -> bool:
        said = folded(word)
        return (word[0].isupper() and said not in self.kept) or said in self.given or said in self.doubles

    def _names(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Words with a capital that nothing else explains, given names, and words that nothing explains at all.

        With the words beside them.
        """
        shouted = sum(char.isupper() for char in text) > sum(char.islower() for char in text)
        leads = [one.span() for one in _INTRODUCED.finditer(text)]
        most, before = 0.0, None
        for word in _WORD.finditer(text):
            said = folded(word.group())
            named = said in self.given or any(part in self.given for part in re.split(r"['’\-]", said))
            strange = said not in self.ordinary and said not in self.kept
            capital = not shouted and word.group()[0].isupper() and len(said) > 1
            capped = capital and said not in self.kept and not self._opens(text, word)
            leading = any(at <= word.start() < to for at, to in leads)
            alone = strange and not word.group()[0].isupper() and not leading
            unknown = alone and self._unknown(said, text[: word.start()])
            after = bool(most) and (strange or said in self.doubles) and self._goes_on(said, most)
            hidden = named or capped or after or unknown or (shouted and strange and self.usual(said) < _USUAL)
            if hidden:
                yield word.start(), word.end(), "NOM"
            if (named or unknown or after) and before and not text[before.end() : word.start()].strip(" "):
                yield before.start(), before.end(), "NOM"
            # « chauvin anaïs », « claire delattre »: a rare word, or a name that is a word too, beside a name is of it.
            near = said in self.doubles or (strange and self.usual(said) < _PLAIN and not _JOINS.match(said))
            before = word if near and not hidden and not leading else None
            most = self._followed(said, most, named=named or capped, unknown=unknown)

    def _followed(self, said: str, most: float, *, named: bool, unknown: bool) -> float:
        """How usual the next word may be and still go on the name; 0 where no name is under way."""
        if named or (most and said in _PARTICLES):
            return _USUAL
        return _PLAIN if unknown or said in self.doubles else 0.0

    def _opens(self, text: str, word: re.Match[str]) -> bool:
        """Whether a capital only opens a sentence: « Combien », « J'aimerais », « Peut-on »."""
        said, start = folded(word.group()), text[: word.start()].rstrip(" \"«'’(-")
        if start.strip() and start[-1:] not in ".!?:\n":
            return False
        if said in self.ordinary or (said not in self.doubles and self.usual(said) >= _FREQUENT):
            return True
        first, *rest = re.split(r"['’\-]", word.group())
        bound = first.lower() in _ELIDED or bool(rest and rest[-1] in _INVERTED)
        return bound and all(part.islower() for part in rest) and self.explained.word(said)

    def _unknown(self, said: str, before: str) -> bool:
        """Whether nothing explains a word: no French, nothing of ours, no place after « à », no slip."""
        if len(said) < _SHORT or _DETERMINED.search(f"{before}{said[:2]}") or self.explained.word(said):
            return False
        return not (_AT_A_PLACE.search(before) and self.explained.place(said))


def _each(known: Sequence[str]) -> Iterator[str]:
    """What is known, whole, and each short word of it: « Li » of « Li Wang »."""
    for value in known:
        yield from (one for one in (value.strip(), *value.split()) if len(one) > 1)


def _all(text: str, value: str, label: str) -> Iterator[tuple[int, int, str]]:
    """Every place of a value, as whole words, accents and capitals apart."""
    there, wanted = _level(text), _level(value)
    at = there.find(wanted)
    while at >= 0:
        end = at + len(value)
        if not (there[at - 1 : at].isalnum() and wanted[0].isalnum()) and not (
            there[end : end + 1].isalnum() and wanted[-1].isalnum()
        ):
            yield at, end, label
        at = there.find(wanted, at + 1)


def _level(text: str) -> str:
    """Lower case without accents, a letter for a letter: places are the same in both."""
    return "".join(_bare(char) for char in text)


@lru_cache(maxsize=4096)
def _bare(char: str) -> str:
    plain = "'" if char == "’" else unicodedata.normalize("NFKD", char)[0].lower()
    return plain if len(plain) == 1 else char


def _merged(text: str, found: Iterator[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Places in order, those that touch or overlap made one, and the words of one name."""
    merged: list[tuple[int, int, str]] = []
    for start, end, label in sorted(found, key=lambda one: (one[0], -one[1])):
        near = bool(merged) and label == merged[-1][2] and not text[merged[-1][1] : start].strip(" -'’")
        if merged and (start <= merged[-1][1] or near):
            before = merged[-1]
            merged[-1] = (before[0], max(before[1], end), before[2])
        else:
            merged.append((start, end, label))
    return merged
