"""Text-message French written out before it is read: « jé trouvé, c le patron ki me suit » is « j'ai trouvé, c'est le patron qui me suit »."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain import regex as re

LONGEST = 2000
"""Characters of a message that are written out; a pasted page beyond that is nobody's text message."""

_WORD = re.compile(r"(?<![\w@.'’/-])[^\W\d_]{2,14}(?![\w@'’/-]|\.\w)")
"""A whole word, no part of an address, of a link or of a compound name."""

_SENTENCE = re.compile(r"(?:^|[.!?\n]\s?)$")
_BEFORE = 14
"""Characters before a letter that may say it is no word of a text message."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """A few letters that are a word in a text message and something else elsewhere: read by what stands beside them."""

    shape: re.Pattern[str]
    instead: str
    unless: re.Pattern[str] | None

    def out(self, text: str) -> str:
        """The text with it written out, but where what comes before says otherwise."""
        return self.shape.sub(self._one, text)

    def _one(self, found: re.Match[str]) -> str:
        if self.unless and self.unless.search(found.string, max(0, found.start() - _BEFORE), found.start()):
            return found.group()
        return found.expand(self.instead)


def _letter(shape: str, instead: str, unless: str = "") -> _Letter:
    before = re.compile(rf"(?i)(?:{unless})$") if unless else None
    return _Letter(re.compile(rf"(?<![\w'’@.-])(?:{shape})"), instead, before)


_THEN_I = r"(?=(?:j|jai|jé|je|j'\w+|g|c|cé|c'\w+|il|elle|on|ya|y|pas|pa|si|sa|ça|ca|mon|ma|jsui\w?|tu|vous|ki|kan|faut|fo|jatt?end\w?)\b)"
_VERB_OF_IT = r"(?=(?:va|dure|fait|fai|me|serait?|sera|march\w{0,5}|commenc\w{0,5}|compt\w{0,4}|d[ée]pen\w{0,2}|veu[tx]?|se|peu[tx]?|aide\w{0,3}|sert|pay\w{0,4}|y est|ne)\b)"

_LETTERS = (
    _letter(r"[jJ]é(?= [^\W_])", "j'ai"),
    _letter(r"[jJ]e? c pa?s?(?= |$)", "je sais pas"),
    _letter(r"(?:[jJ]|[jJ]e )?sé(?= pa?s?\b)", "je sais"),
    _letter(r"ché pa?s?(?= |$)", "je sais pas"),
    _letter(r"(?:ché|chè)(?= [^\W\d_])", "chez"),
    _letter(r"[jJ] (?=(?:ai|habit|aim|attend|avai|étai|etai|arriv|essa|écri|ecri)\w{0,12})", "j'"),
    _letter(r"[jJgG][ '’]?h?abit(?=e)", "j'habit"),
    _letter(r"[jJ](?= (?:cherch|trav|boss|veu|peu|pe[nu]s|croi|sui|fai|vien|vai|touch|pren|voud|connai|sai)\w)", "je"),
    _letter(r"[cC] est(?![\w'’-])", "c'est"),
    _letter(
        r"(?:cé?|C(?= [a-zéèêà]{2})) (?=[^\W\d_])(?!(?:et|ou)\b)(?![A-Z]\b)",
        "c'est ",
        r"\b(?:permis|bac|b[aâ]t\.?|b[aâ]timent|porte|hall|classe|cat[eé]gorie|plan|type|vitamine|escalier|bloc|et|ou) ",
    ),
    _letter(r"[gG]é? (?=[^\W\d_])(?!(?:et|ou|de|du)\b)", "j'ai ", r"\b(?:m|mme|mr|monsieur|madame|\d{1,4}) "),
    _letter(r"[mM](?:é|s)(?= [^\W\d_])", "mais", r"\d "),
    _letter(rf"mai (?={_THEN_I})", "mais ", r"(?:\d|\b(?:er|en|de|fin|mi|au|d[ée]but|mois|courant|avril|avant|apr[eè]s)) "),
    _letter(rf"[sS]a (?={_VERB_OF_IT})", "ça "),
    _letter(r"(comme|parl[ée]r? de) sa(?= ?(?:$|[.,!?]))", r"\1 ça"),
    _letter(r"é (?=[^\W\d_])", "et "),
    _letter(r"(d|l)é(?= [^\W\d_])", r"\1es"),
    _letter(r"((?:[tlmj]['’])?ai|tai|d[ée]j[àa]|vous|l['’]a) di(?![\w'’-])", r"\1 dit"),
    _letter(r"((?:[tlmj]['’])?ai|m['’]a|ça|il|elle) fai(?![\w'’-])", r"\1 fait"),
    _letter(r"je fai(?![\w'’-])", "je fais"),
)  # fmt: skip


def written_out(text: str, spellings: Mapping[str, str]) -> str:
    """The message as it would be written in full; names, capitals, addresses and figures stay as they are."""
    if len(text) > LONGEST:
        return text
    for letter in _LETTERS:
        text = letter.out(text)
    return _WORD.sub(lambda found: _word(found, spellings), text)


def _word(found: re.Match[str], spellings: Mapping[str, str]) -> str:
    word = found.group()
    named = found.string[found.end() + 1 : found.end() + 2].isupper()
    opens = (
        not named
        and word[:1].isupper()
        and _SENTENCE.search(found.string, max(0, found.start() - 2), found.start()) is not None
    )
    if not (word.islower() or (opens and word[1:].islower())):
        return word
    return spellings.get(word.lower(), word)
