"""Numbers checked by their own key: SIRET and postcode."""

from bot.domain import regex as re
from bot.domain.places import departement_of
from bot.domain.texte import folded as fold
from bot.reading.outcome import Ask, ReadContext, Reading, Rejected, Value
from bot.reading.plain import plain, visible

_RUN = re.compile(r"(?<![\d+])\d(?:[ .\-]{0,2}\d)*")
NONE_YET = re.compile(
    r".*\b(?:sais pas|jsp|ai pas|pas encore|aucune? idee|aucun|plus tard|connais pas|retrouve pas|pas de (?:mail|email|telephone|siret|numero)"
    r"|en ai pas|ai plus)\b.*"
)  # fmt: skip
LETTER_O = re.compile(r"(?<=\d)[oO](?=[\d oO])|(?<![a-zA-Z])[oO](?=[\d])|(?<=\d)[oO]\b")


_OTHER_CODE = re.compile(r"(?i)[\s,]{1,2}(?:code )?(?:naf|ape)\s?:?\s?\d{2}\.?\d{2}\s?[a-z]")
"""« … code NAF 5610A »: another number of the firm."""


def read_siret(text: str, ctx: ReadContext) -> Reading:
    """The 14 figures of an establishment, key checked; a SIREN or a VAT number is explained."""
    shown = visible(text)[:400]
    shown = _OTHER_CODE.sub(" ; ", shown)
    runs = [part for run in _RUN.finditer(shown) for part in apart(re.sub(r"\D", "", run.group()), 14)]
    right = [run for run in dict.fromkeys(runs) if _siret(run, ctx)]
    if len(right) > 1:
        return Ask("siret.un_seul", proposals=tuple((run, run) for run in right[:5]))
    if right:
        return Value(right[0])
    return _not_siret(shown, runs, ctx)


def apart(run: str, size: int) -> list[str]:
    """Two numbers written side by side, each of `size` figures."""
    return [run[:size], run[size:]] if len(run) == 2 * size else [run]


def _siret(run: str, ctx: ReadContext) -> bool:
    return len(run) == 14 and len(set(run)) > 1 and ctx.formats.siret(run)


def _not_siret(shown: str, runs: list[str], ctx: ReadContext) -> Reading:
    zeroed = re.sub(r"\D", "", LETTER_O.sub("0", shown))
    if _siret(zeroed, ctx) and zeroed not in runs:
        code = "siret.lettre_o" if LETTER_O.search(shown) else "siret.confirmer"
        return Ask(code, {"siret": zeroed}, ((zeroed, zeroed),))
    figures = "".join(runs)
    if not figures:
        return Ask("siret.inconnu") if NONE_YET.fullmatch(plain(shown)) else Rejected("siret.illisible")
    if re.search(r"\bfr ?\d{2} ?\d{9}\b", fold(shown).replace(" ", " ")) or re.search(
        r"(?i)FR[ .]?\d{2}[ .]?(?:\d[ .]?){9}$", shown
    ):
        return Rejected("siret.tva")
    if len(figures) == 9:
        return Rejected("siret.siren" if ctx.formats.siren(figures) else "siret.siren_faux", {"siren": figures})
    if len(figures) == 14:
        return Rejected("siret.cle", {"siret": figures})
    return Rejected("siret.longueur", {"nombre": str(len(figures))})


_POSTCODE = re.compile(r"(?<!\d)(?<!\d )(?:\d{2}[.-]\d{3}|\d(?: ?\d){4})(?! ?\d)")


def read_postcode(text: str, ctx: ReadContext, codes: tuple[str, ...] = ()) -> Reading:  # noqa: ARG001
    """Five figures of an existing département; `codes` are those of a commune named in the text."""
    shown = visible(text)[:200]
    found = list(dict.fromkeys(re.sub(r"\D", "", run.group()) for run in _POSTCODE.finditer(shown)))
    if len(found) > 1:
        return Ask("code_postal.un_seul", proposals=tuple((one, one) for one in found[:5] if departement_of(one)))
    if found:
        return Value(found[0]) if departement_of(found[0]) else Rejected("code_postal.inexistant", {"code": found[0]})
    return _not_postcode(shown, codes)


def _not_postcode(shown: str, codes: tuple[str, ...]) -> Reading:
    words = plain(shown)
    if re.search(r"\b2 ?[ab] ?\d{3}\b", words) or re.fullmatch(
        r"\A(?:dans |departement |le |la |du |dpt )*(?:20|2 ?[ab])", words
    ):
        return Rejected("code_postal.corse")
    figures = re.sub(r"\D", "", shown)
    zeroed = re.sub(r"\s", "", LETTER_O.sub("0", shown))
    if re.fullmatch(r"\d{5}", zeroed) and departement_of(zeroed):
        return Ask("code_postal.confirmer", {"code": zeroed}, ((zeroed, zeroed),))
    if codes:
        return Ask("code_postal.commune", proposals=((codes[0], codes[0]),) if len(codes) == 1 else ())
    if NONE_YET.fullmatch(words):
        return Ask("code_postal.inconnu")
    alone = re.fullmatch(r"(?:dans |departement |le |du |dpt )*(\d{2,3})", words)
    if (
        alone
        and departement_of(alone[1].ljust(5, "1"))
        and len(alone[1]) in (2, 3)
        and (len(alone[1]) == 2 or alone[1].startswith("9"))
    ):
        return Ask("code_postal.departement_seul", {"departement": alone[1]})
    return Rejected("code_postal.longueur" if figures else "code_postal.illisible", {"nombre": str(len(figures))})
