"""Ways to reach somebody in a message, written or spoken, in any order: addresses, numbers, and the other words."""

from dataclasses import dataclass

from bot.domain import regex as re
from bot.domain.texte import folded
from bot.reading.anew import ANEW, SET_ASIDE
from bot.reading.french import NUMBER_WORDS, digits
from bot.reading.plain import plain

EMAIL = re.compile(r"(?<![^\s,;:<>()])[^\s,;:<>()]+@[^\s,;<>()]+")
PHONE = re.compile(r"(?:\+|00)?\d(?:[\s.\-/()]*\d){7,14}")
SIRET = re.compile(r"(?<!\d)(?:\d[\s.]?){14}(?!\d)")
LONGEST, NEAR = 600, 40

_NATIONAL = re.compile(
    r"(?<![\d+])(?:(?:\+|00)\d{1,3}[\s.\-/]{0,4}(?:\(0\)[\s.\-/]{0,4})?(?:\d[\s.\-/]{0,4}){8,11}\d|0(?:[\s.,\-()]{0,3}\d){9})(?!\d)"
)
"""A whole number: what stands next to it is no part of it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The addresses and the numbers that hold at the end of a message, and the words around them."""

    emails: tuple[str, ...]
    phones: tuple[str, ...]
    rest: str


def ways_told(text: str) -> Reach:
    """What is set aside (« pas le 06… ») or said anew is left out."""
    shown = written(text)
    emails, without = _holding(EMAIL, shown)
    phones, rest = _holding(_NATIONAL, without)
    if not phones:
        phones, rest = _holding(PHONE, without)
    return Reach(tuple(one.rstrip(".,;!?/") for one in emails), phones, rest)


def _holding(shape: re.Pattern[str], text: str) -> tuple[tuple[str, ...], str]:
    kept: list[str] = []
    rest, end = "", 0
    for found in shape.finditer(text):
        between = text[end : found.start()]
        if kept and _SPARE.search(between):
            rest, end = f"{rest}, ", found.end()
            continue
        rest, end = f"{rest}{between}, ", found.end()
        if kept and _INSTEAD.search(between):
            kept.pop()
        if not SET_ASIDE.search(between[-NEAR:]):
            kept.append(found.group().strip())
    return tuple(dict.fromkeys(kept)), rest + text[end:]


_INSTEAD = re.compile(
    rf"{ANEW.pattern}|^[\s,;.(]{{0,4}}(?:ou |et |mais )?(?:non|nan|enfin|plut[oô]t|en fait|finalement)\b|\bmais [^@\d]{{0,40}}\bplut[oô]t\b",
    re.IGNORECASE,
)
"""Where the value that follows takes the place of the one before."""

_SPARE = re.compile(
    r"(?i)\bau cas o[uù]\b|\ben (?:secours|cas)\b|\bsi (?:il |elle |[çc]a |je )?(?:ne )?r[ée]pond\w{0,4}\b|\b[àa] d[ée]faut\b"
)
"""Before a value that only serves where the first one does not."""

_AT = r"(?:\s{0,3}[(\[]\s{0,3}(?:at|arobase|a)\s{0,3}[)\]]\s{0,3}|\s{1,3}(?:ar+obas?e?s?|at|a commercial)\s{1,3}|\s{1,3}@\s{0,3}|@\s{1,3})"
_JOINT = r"(?:point|dot|tiret (?:du )?bas|underscore|tiret(?: du (?:6|six|milieu))?|trait d['’]union|chiffres?|\.)"
_SPELT = rf"(?:{NUMBER_WORDS.replace('zero', 'z[eé]ro')})(?!\w)"
_WORD = r"[^\W_][\w.{1,400}-]{0,40}"
_SPOKEN = re.compile(
    rf"(?i)(?<![\w.{{1,400}}-])(?P<local>{_WORD}(?:\s{_JOINT}\s{_WORD}){{0,5}}(?:\s{_SPELT}){{0,4}}){_AT}"
    rf"(?P<domain>{_WORD}(?:\s?(?:point|dot|tiret|\.)\s[a-z0-9-]{{1,30}}){{0,3}})"
)
_SIGNS = (
    (re.compile(r"(?i)\s(?:tiret (?:du )?bas|underscore)\s"), "_"),
    (re.compile(r"(?i)\s(?:tiret(?: du (?:6|six|milieu))?|trait d['’]union)\s"), "-"),
    (re.compile(r"(?i)\s(?:point|dot)\s|\s?\.\s"), "."),
    (re.compile(r"(?i)\schiffres?\s"), "#"),
)
_COMMA = re.compile(r"(@[\w-]{1,40}),\s?(?=(?:fr|com|net|org|eu|be)\b)")
_FIGURE = rf"(?:{NUMBER_WORDS.replace('zero', 'z[eé]ro')}|un|\d{{1,2}})"
_DICTATED = re.compile(
    rf"(?i)(?<![\w{{1,30}}@.-]){_FIGURE}(?:[\s,.-]{{1,3}}(?:et[\s-](?=un|onze))?{_FIGURE}){{4,}}(?![\w@])"
)
_BEFORE = re.compile(
    r"(?:mon|ma|mes|c|est|cest|le|la|l|adresse|mail|mel|email|courriel|voici|et|ou|puis|a|suivante?|electronique|moi|perso|pro|contact"
    r"|oui|non|pardon|plutot|fait|pour|par|sur|sinon|suis|joindre|ecrire|ecrivez|internet|avec|dans|d|ordre|tout|\d+|"
    + NUMBER_WORDS
    + ")"
)
"""Words that stand before a spoken address and are no part of it."""


def written(text: str) -> str:
    """« valérie point giraud arobase exemple point fr », « zéro six trente-neuf… » as they are written."""
    shown = " ".join(re.sub(r"(?i)mailto:", "", text[:LONGEST]).split())
    shown = _COMMA.sub(r"\1.", _SPOKEN.sub(_address, shown))
    return _DICTATED.sub(_number, shown)


SPOKEN = re.compile(r"(?i)\b(?:ar+obas?e?s?|z[eé]ro)\b")
"""A word without which nothing is dictated."""


def _address(found: re.Match[str]) -> str:
    local, domain = found["local"], found["domain"]
    for shape, sign in _SIGNS:
        local, domain = shape.sub(sign, local), shape.sub(sign, domain)
    last = re.search(r"([^\W_]{1,40})\s$", found.string[: found.start()])
    known = last is None or " " in found["local"].strip() or _BEFORE.fullmatch(plain(last[1])) is not None
    if not known or not re.search(r"\.[a-z]{2,}[.,;!?]{0,4}$", domain, re.IGNORECASE):
        return found.group()
    local = re.sub(rf"(?i)(?:\s{_SPELT})+$", lambda spelt: re.sub(r"\D", "", digits(folded(spelt.group()))), local)
    local = re.sub(r"#(\S+)", lambda figures: digits(folded(figures[1])).replace("-", ""), local)
    return f"{folded(local)}@{folded(domain)}"


def _number(found: re.Match[str]) -> str:
    figures = re.sub(r"\D", "", re.sub(r"\bun\b", "1", digits(folded(found.group()))))
    if len(figures) != 10 or not figures.startswith("0"):
        return found.group()
    return " ".join(figures[at : at + 2] for at in range(0, 10, 2))
