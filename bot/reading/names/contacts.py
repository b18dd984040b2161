"""A telephone and an e-mail: valid, the person’s own, and not another signatory’s."""

from collections.abc import Mapping

from bot.domain import regex as re
from bot.domain.champs import Champ
from bot.domain.places import departement_of
from bot.domain.reponses import Reponses
from bot.domain.session import Json
from bot.domain.texte import folded as fold
from bot.reading.french import digits, nearest
from bot.reading.numbers import LETTER_O, NONE_YET, apart
from bot.reading.outcome import Ask, ReadContext, Reading, Rejected, Value
from bot.reading.plain import plain, visible

_SAME_PHONE = ("telephone", "representant_telephone", "representant_legal_telephone", "signataire_telephone")
_SAME_EMAIL = ("email", "representant_email", "employeur_email", "tuteur_email", "signataire_email")
_ONE_PERSON = frozenset({Champ.TUTEUR_EMAIL, Champ.SIGNATAIRE_EMAIL})
"""The convention wants a different telephone and e-mail for each person who signs (Immersion Facilitée's rule).

The tutor may be the one who signs for the host.
"""


def read_phone(text: str, ctx: ReadContext) -> Reading:
    """E.164, overseas départements included; refused when it is another signatory's."""
    shown = re.sub(r"[()]", "", visible(text)[:200].replace("(0)", ""))
    shown = re.sub(r"(?<=\d\d)[,_](?=\d\d)", " ", shown)
    found = [run.group() for run in re.finditer(r"(?:\+|(?<![\d+]))\d(?:(?:[ .\-]{0,2}|/)\d)*", shown)]
    read = [number for run in found for part in _sides(run) if (number := _phone(part, ctx))]
    if len(set(read)) > 1:
        return Ask("telephone.un_seul", proposals=tuple((one, one) for one in dict.fromkeys(read)))
    if read:
        return _own_phone(read[0], ctx)
    return _not_phone(shown, ctx)


def _sides(run: str) -> list[str]:
    """Two national numbers written side by side."""
    bare = re.sub(r"\D", "", run)
    return apart(bare, 10) if len(bare) == 20 and not run.startswith("+") else [run]


def _phone(run: str, ctx: ReadContext) -> str | None:
    bare = "+" + re.sub(r"\D", "", run) if run.startswith("+") else re.sub(r"\D", "", run)
    if bare.startswith("00"):
        bare = "+" + bare[2:]
    national = len(bare) == 10 and bare.startswith("0") and len(set(bare[1:])) > 1
    if not national and not (bare.startswith("+") and 8 <= len(bare) <= 16):
        return None
    return ctx.formats.phone(bare, _departement(ctx.answers))


def _departement(answers: Mapping[str, Json]) -> str | None:
    code = answers.get("code_postal")
    if isinstance(code, str):
        return departement_of(code)
    return Reponses(answers).departement(Champ.COMMUNE) or None


def _own_phone(number: str, ctx: ReadContext) -> Reading:
    for other in _others(_SAME_PHONE, "telephone", ctx):
        if other == number or _phone(other, ctx) == number:
            return Rejected("telephone.deja_pris", {"telephone": number})
    special = number.startswith("+338")
    return Rejected("telephone.special", {"telephone": number}) if special else Value(number)


def _others(names: tuple[str, ...], field: str, ctx: ReadContext) -> list[str]:
    """What the other signatories gave; `champ` says whose field this is, and one that signs nothing is free."""
    own = str(ctx.answers.get("champ") or field)
    mine = {own, "representant_legal_telephone"} if own == "representant_telephone" else {own}
    mine |= _ONE_PERSON if own in _ONE_PERSON else set()
    return (
        [value for name in names if name not in mine and isinstance(value := ctx.answers.get(name), str)]
        if own in names
        else []
    )


def _not_phone(shown: str, ctx: ReadContext) -> Reading:
    spelled = re.sub(r"\D", "", digits(fold(LETTER_O.sub("0", shown))))
    written = re.sub(r"\D", "", shown)
    guess = _phone(spelled, ctx) or (_phone("0" + written, ctx) if len(written) == 9 and written[0] in "67" else None)
    guess = guess or (_phone("+" + written, ctx) if len(written) == 11 and written.startswith("33") else None)
    if guess and (spelled != written or len(written) in (9, 11)):
        return Ask("telephone.confirmer", {"telephone": guess}, ((guess, guess),))
    if not written:
        return Ask("telephone.aucun") if NONE_YET.fullmatch(plain(shown)) else Rejected("telephone.illisible")
    code = "telephone.court" if len(written) < 10 else "telephone.long" if len(written) > 10 else "telephone.invalide"
    return Rejected(code, {"nombre": str(len(written))})


_DOMAINS = {
    "gmail": ("com",), "hotmail": ("com", "fr"), "outlook": ("fr", "com"), "yahoo": ("fr", "com"), "icloud": ("com",),
    "orange": ("fr",), "wanadoo": ("fr",), "free": ("fr",), "sfr": ("fr",), "laposte": ("net",), "live": ("fr", "com"),
    "msn": ("com",), "bbox": ("fr",), "protonmail": ("com",), "proton": ("me",), "neuf": ("fr",), "numericable": ("fr",),
    "aol": ("com",), "ymail": ("com",), "gmx": ("fr", "com"), "mail": ("com",), "me": ("com",),
}  # fmt: skip
_KNOWN = tuple(f"{name}.{end}" for name, ends in _DOMAINS.items() for end in ends)
_ONE_END = frozenset({"gmail", "icloud", "wanadoo", "free", "bbox"})
_ABROAD = frozenset({"be", "ch", "es", "it", "de", "ca", "lu", "com", "fr", "net", "co.uk", "pt", "nl", "ie"})
_SPOKEN = (
    (
        re.compile(r"(?:(?<!\s)\s+)?[(\[]\s*(?:at|arobase|a)\s*[)\]]\s*|(?<!\s)\s+(?:ar+obas?e?|at)\s+", re.IGNORECASE),
        "@",
    ),
    (re.compile(r"(?:(?<!\s)\s+)?[(\[]\s*(?:point|dot)\s*[)\]]\s*|(?<!\s)\s+(?:point|dot)\s+", re.IGNORECASE), "."),
    (re.compile(r"(?<!\s)\s+(?:tiret (?:du )?bas|underscore)\s+", re.IGNORECASE), "_"),
    (re.compile(r"(?<!\s)\s+tiret(?: du (?:6|six))?\s+", re.IGNORECASE), "-"),
)
_ADDRESS = re.compile(r"(?<![^\s,;:<>()\[\]\"])[^\s,;:<>()\[\]\"]+@[^\s;:<>()\[\]\"]+")


def read_email(text: str, ctx: ReadContext) -> Reading:
    """A lower-case address; obvious slips are proposed right, another signatory's is refused."""
    shown = re.sub(r"(?:(?<!\s)\s+)?@\s*", "@", visible(text)[:600].lower().replace("mailto:", ""))
    spoken = shown
    if "@" not in shown:
        for pattern, sign in _SPOKEN:
            spoken = pattern.sub(sign, spoken)
    found = [one.rstrip(".,;!?") for one in _ADDRESS.findall(spoken)]
    if len(set(found)) > 1:
        return Ask("email.un_seul", proposals=tuple((one, one) for one in found[:5] if ctx.formats.email(one)))
    if not found:
        return _no_at(shown)
    if _cut(spoken, found[0], spelled=spoken != shown):
        return Ask("email.espace")
    return _address(found[0], ctx)


_INTRODUCED = re.compile(
    r"(?:mon |ma |mes |c est |le |l |la |adresse |mail |mel |email |e |courriel |est |voici |bonjour |perso |pro |contact |et |j ai |suivante? |electronique |moi |"
    r"oui |non |pardon |plutot |en fait )*"
)


def _cut(spoken: str, address: str, *, spelled: bool) -> bool:
    """A word left before the address may be its beginning: « lea martin@exemple.fr »."""
    written, _, _ = spoken.partition(address)
    before = plain(written)
    if not before or not (written.endswith(" ") or spelled):
        return False
    if all(len(word) == 1 for word in before.split()):
        return True
    return not _INTRODUCED.fullmatch(before + " ") and (spelled or len(before.split()) == 1)


def _address(address: str, ctx: ReadContext) -> Reading:
    right = _corrected(address)
    if right != address:
        return Ask("email.confirmer", {"email": right}, ((right, right),) if ctx.formats.email(right) else ())
    known = ctx.formats.email(address)
    if known is None or address.count("@") != 1 or not re.search(r"\.[a-z]{2,}$", address):
        return Rejected("email.invalide", {"email": address[:80]})
    for other in _others(_SAME_EMAIL, "email", ctx):
        if other.strip().lower() == known.lower():
            return Rejected("email.deja_pris", {"email": known})
    return Value(known.lower())


def _corrected(address: str) -> str:
    """The address as it was most likely meant: accents, doubled dots, a comma for a dot, a slip in the provider."""
    local, _, domain = address.partition("@")
    local = "".join(fold(char) if ord(char) > 127 else char for char in local)
    domain = re.sub(
        r"\.{2,}", ".", "".join(fold(char) if ord(char) > 127 else char for char in domain).replace(",", ".")
    )
    local = re.sub(r"\.{2,}", ".", local)
    return f"{local}@{_provider(domain)}" if local and domain else address


def _provider(domain: str) -> str:
    name, _, end = domain.partition(".")
    if domain in _KNOWN or (name in _DOMAINS and name not in _ONE_END and end in _ABROAD):
        return domain
    if name in _DOMAINS and (not end or name in _ONE_END):
        return f"{name}.{_DOMAINS[name][0]}"
    if end:
        near = nearest(domain, _KNOWN, 2 if len(domain) >= 9 else 1)
        return near[0] if near else domain
    return domain


def _no_at(shown: str) -> Reading:
    words = plain(shown)
    if NONE_YET.fullmatch(words):
        return Ask("email.aucune")
    glued = re.fullmatch(r"([a-z0-9._-]{2,}?)\.?((?:" + "|".join(_DOMAINS) + r")\.(?:com|fr|net|me))", shown.strip())
    if glued and not glued[1].startswith("www"):
        guess = f"{glued[1].rstrip('.')}@{glued[2]}"
        return Ask("email.arobase", {"email": guess}, ((guess, guess),))
    meant = re.fullmatch(r"(?:.*\s)?([a-z0-9._+-]{2,}) ?(?:à|chez|#) ?([a-z0-9-]+\.[a-z]{2,4})", shown.strip())
    if meant:
        guess = f"{meant[1]}@{_provider(meant[2])}"
        return Ask("email.arobase", {"email": guess}, ((guess, guess),))
    return Rejected("email.arobase_manque")
