"""What a person says anew: « X, non pardon, Y » is Y, « pas X mais Y » is Y; one rule for every reader."""

from bot.domain import regex as re

_LED = r"(?:(?:ah|euh|oups|mince|zut|bah|ben|attends?|attendez|et|ou|mais)[\s,]{1,3}){0,3}"
_AGAIN = (
    r"(?:(?:non|nan)[\s,]{1,4}(?:non[\s,]{1,4})?(?:pardon|plut[oô]t|d[ée]sol[ée]e?|attends?|attendez|je voulais dire|enfin|en fait|s[ée]rieux|je corrige)"
    r"|(?:enfin|en fait)[\s,]{1,3}(?:non|nan|plut[oô]t)|pardon|oups|je voulais dire|je (?:corrige|rectifie|reprends)"
    r"|erratum|erreur|rectificati(?:on|f)|correction|ou plut[oô]t|je me suis tromp[ée]e?|plut[oô]t que [cç]a)"
)
ANEW = re.compile(rf"(?i)(?<![\s,;:.(…-])[\s,;:.(…-]{{1,4}}{_LED}{_AGAIN}\b[\s,;:.!)-]{{0,4}}")
"""Where a person says anew what they have just written, in words that can mean nothing else."""

_LIKELY = re.compile(
    rf"(?i)(?<![\s,;.(…-])[\s,;.(…-]{{0,4}}[,;.(…-][\s,;.(…-]{{0,4}}{_LED}(?:non|nan|enfin|plut[oô]t|en fait|finalement)\b[\s,;:.!)-]{{1,4}}(?:c['’ ]?est\s{{1,3}})?(?=\S)"
)
"""« le 17, non, le 18 », « Lille, enfin Roubaix »: a comma, then a word that opens something else."""

_MARK = re.compile(r"(?i)(?:non|nan|enfin|plut[oô]t|en fait|finalement|pardon|correction|erratum)")
_NOT_BUT = re.compile(
    r"(?i)(?:^|(?<=[\s,;.:]))(?:c['’ ]?est |non )?pas (?:le |la |l['’]|du |de |d['’]|au |à |en )?(?P<old>[^,;:.!?]{1,60}?)"
    r"(?:\s{0,3}[,;]\s{0,3}|\s{1,3})(?:mais |c['’ ]?est |plut[oô]t |c['’ ]?était |prenez |mettez |met[s]? |c (?=\d)){1,6}(?:plut[oô]t |c['’ ]?est )?"
)
SET_ASIDE = re.compile(
    r"(?i)\b(?:pas|plus|jamais|ni|surtout pas)\s{1,3}(?:(?:le|la|l['’]|au|sur|celui|celle|mon|ancien|ancienne|vieux|mail|num[ée]ro|t[ée]l)\s{0,3}:?\s{0,3}){0,4}$"
)
"""« pas le 06… »: the value that comes next is set aside."""
LONGEST = 600


def parts_said(text: str, *, likely: bool = True) -> tuple[str, ...]:
    """The text cut where it is said anew, the last part being the one that holds; the whole where nothing is."""
    text = text[:LONGEST]
    pieces = [text]
    for shape in (ANEW, _LIKELY) if likely else (ANEW,):
        pieces = [part for piece in pieces for part in shape.split(piece)]
    kept = tuple(part.strip(" ,;") for part in pieces if any(char.isalnum() for char in part))
    return kept or (text,)


def without_refused(text: str) -> str:
    """« pas 35h c'est 28h » without « pas 35h »: what is set aside with the words that set it aside."""
    return _NOT_BUT.sub(" ", text[:LONGEST]).strip() or text


def why_cut(text: str) -> str:
    """The text without its reason: « le 15 puisque le 16 c'est samedi » is « le 15 »."""
    return _WHY.split(text, maxsplit=1)[0].strip(" ,;") or text


_WHY = re.compile(
    r"(?i)[\s,;(]{1,4}(?:puisqu[e'’]|parce qu[e'’]|car |vu qu[e'’]|étant donné|(?:c['’ ]est )?à cause|(?:c['’ ]est )?pour (?:que|pas|être|fermer|ouvrir))"
)
"""Where what is answered ends and its reason begins."""
