"""What a story says of the person: a name said as such, an e-mail and a telephone that are theirs."""

from collections.abc import Iterator

from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.reading import numbers
from bot.reading.names import contacts as ways
from bot.reading.names.first_names import is_first_name, opens_compound
from bot.reading.outcome import ReadContext, Reading, Rejected, Value
from bot.reading.plain import plain
from bot.reading.story.clauses import Story

Found = Iterator[tuple[Champ, Reading]]

_NAME = r"[^\W\d_][\w'’-]*"
_CALLED = re.compile(
    rf"\b(?:je m['’ ]?app?el+e|mon nom (?:complet )?(?:est|c['’ ]est)|(?<!de )(?<!avec )(?<!pour )(?<!chez )moi c['’ ]est|mon pr[ée]nom (?:est|c['’ ]est)|je me nomme|nom et pr[ée]nom ?:|pr[ée]nom et nom ?:)\s+(?P<names>{_NAME}(?:\s+{_NAME}){{0,3}})",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    r"(?:^|[.!?\n]\s)(?P<names>[A-ZÉÈÀÎ][\w'’-]+(?:\s[A-ZÉÈÀÎ][\w'’-]+){1,2})(?=,\s(?:\d{2}\sans|n[ée]e?\sle|j['’]habite)\b)"
)
"""« Clémence Weber, 29 ans »: how one presents oneself in writing."""

_STOP = re.compile(
    r"(?i)^(?:et|j|je|j['’]ai|jai|g|ai|suis|habite|mais|de|a|à|un|une|le|la|pour|en|né|née|ne|nee|mon|ma|chui|age|agé|agée|au|dans|vis|cherche|du|actuellement|bonjour|jsuis?|chuis?|jhabite|jcherche|jv[ei]s?|qui|o|ds|é|et moi|avec|chez|sans)$"
)
_ENDS = re.compile(r"\s{0,3}(?:$|[.,;!?\n]|(?:et|mon|ma|je|j['’]|née?)\b)", re.IGNORECASE)
_PARTICLES = frozenset({"de", "du", "la", "le", "des", "ben", "el"})
_OTHERS = re.compile(
    r"\b(?:tuteur|tutrice|mere|pere|parents?|maman|papa|conseill\w+|referent\w*|patron\w*|employeur|entreprise|boite|societe|gerante?|responsable|son|sa|leur|il a|elle a|mairie|ecole|representant\w*|contact(?:er)? l|appelez l[ea]|appeler l[ea])\b[^.!?]{0,50}$"
)

_MINE = re.compile(
    r"\b(?:mon|mes) (?:adresse )?(?:e-?mail|mail|adresse|tel\w*|numero|num|portable|contacts?)\b[^,;.!?]{0,12}$"
)


def identity(story: Story, ctx: ReadContext) -> Found:  # noqa: ARG001
    """« je m'appelle Léa Martin »: first name, then family name."""
    found = _CALLED.search(story.text) or _SHOWN.search(story.text)
    if found is None or re.search(r"(?i)\b(?:mon|ma) (?:fils|fille|enfant)\b", story.text):
        return
    names: list[str] = []
    written = found["names"].split()
    for at, word in enumerate(written):
        # « de La Tour »: a small word belongs to the name when a capital follows.
        last = at + 2 == len(written) and _ENDS.match(story.text, found.end("names")) is not None
        follows = at + 1 < len(written) and (
            written[at + 1][:1].isupper() or (last and names and is_first_name(names[0]))
        )
        particle = bool(names) and word.lower() in _PARTICLES and follows
        if (
            _STOP.match(word)
            or re.match(r"(?i)(?:[jcsmtnl]|qu)['’]", word)
            or (len(names) > 1 and word.islower() and written[0][:1].isupper())
        ) and not particle:
            break
        names.append(word if word[:1].isupper() else word.capitalize())
    if len(names) > 2 and opens_compound(names[0]) and is_first_name(names[1]):
        names[:2] = [" ".join(names[:2])]
    if names and "emploi" not in plain(" ".join(names)):
        yield Champ.PRENOM, Value(names[0])
    if len(names) > 1 and "emploi" not in plain(" ".join(names)):
        yield Champ.NOM, Value(" ".join(names[1:]))


def contacts(story: Story, ctx: ReadContext) -> Found:
    """One e-mail, one telephone and one SIRET, unless they are said to be somebody else's."""
    shapes = (
        (Champ.EMAIL, r"(?<![^\s,;:<>()])[^\s,;:<>()]+@[^\s,;<>()]+", ways.read_email),
        (Champ.TELEPHONE, r"(?<![\d+])(?<!\d[ .\-])(?:\+|00)?\d(?:[ .\-]?\d){8,12}(?![ .\-]?\d)", ways.read_phone),
    )
    for champ, shape, read in shapes:
        found = list(re.finditer(shape, story.text))
        before = story.folded[: found[0].start()] if found else ""
        if len(found) == 1 and (_MINE.search(before) or not _OTHERS.search(before)):
            reading = read(found[0].group(), ctx)
            if not isinstance(reading, Rejected) or champ is Champ.EMAIL or reading.code == "telephone.deja_pris":
                yield champ, reading
    siret = re.findall(r"(?<![\d.])\d(?:[ .]?\d){13}(?![ .]?\d)", story.text)
    if len(siret) == 1 and not re.search(r"\b(?:mon employeur|employeur actuel|mon patron)\b", story.folded):
        reading = numbers.read_siret(siret[0], ctx)
        if isinstance(reading, Value) or re.search(r"\bsiret\b", story.folded):
            yield Champ.SIRET, reading
