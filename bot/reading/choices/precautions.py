"""Protective equipment, medical surveillance: what the host wants, where the person knows it."""

from bot.domain import regex as re
from bot.domain.session import Json
from bot.domain.texte import words
from bot.reading.choices.yes_no import read_yes_no
from bot.reading.outcome import Ask, ReadContext, Reading, Rejected, Value

_EQUIPMENT = re.compile(
    r"\b(?:equipements?|epi|casques?|gants?|gans?|chau?ss?ures?|choss?ures?|bottes?|lunettes?|masques?|blouses?|charlottes?|gilets?|combinaisons?"
    r"|harnais|bouchons?|tabliers?|tenues?|protections?)\b"
)
_MEDICAL = re.compile(
    r"\b(?:medicale?s?|medecin\w*|vaccin\w*|sanitaires?|hygiene|carnet de sante|certificat|radio|visites?|suivi)\b"
)
_UNKNOWN = re.compile(r"\b(?:sai[st]? (?:pas|plus)|jsp|aucune idee|pas sure?|peut etre|ignore|a voir|demander\w*)\b")
_WANTED = re.compile(
    r"\b(?:oui|ouais|obligatoires?|faut|faudra|demande\w*|il y a|porter|mettre)\b|\b(?:sinon|apres|a part ca|pour le reste) (?:rien|non|aucun\w*)\b"
)
"""« masque pour les vernis oui, sinon rien »: what is named is wanted, the rest is not."""

_NONE = re.compile(
    r"\b(?:aucun\w*|rien(?! dit| precise| demande)|ni l un ni l autre|ni \w+ ni \w+|pas besoin|pas d\w*|sans)\b"
)


_ONE_UNKNOWN = re.compile(
    rf"{_EQUIPMENT.pattern}.{{0,60}}{_MEDICAL.pattern}[\w ]{{0,20}}\b(?:sai[st]? (?:pas|plus)|jsp|aucune idee)\b"
)
"""« des chaussures, et le suivi médical je sais pas »: one is known."""


_REFUSED = re.compile(
    r"(?:non(?: merci)? )?(?:pas d|aucun|sans) (?:equipement|epi|protection)s?(?: de (?:protection|securite))?(?: special| particulier| specifique)?\b(?! mais)"
)
"""« non, pas d'équipement de protection. En revanche, un siège… »: the rest is no protection."""


def read_if_known(text: str, ctx: ReadContext) -> Reading:
    """`oui`, `non` or `ne-sait-pas`, of one field."""
    if _UNKNOWN.search(words(text)[:300]):
        return Value("ne-sait-pas")
    reading = read_yes_no(text, ctx)
    return Value("oui" if reading.value else "non") if isinstance(reading, Value) else reading


def _clause_by_clause(text: str) -> dict[str, Json]:
    """« des chaussures de sécurité, et pas de suivi médical »: a yes and a no, each of its own; empty where both are alike."""
    found: dict[str, Json] = {}
    for part in _CLAUSES.split(text[:300]):
        said = words(part)
        for name, shape in (("equipements", _EQUIPMENT), ("surveillance_medicale", _MEDICAL)):
            if shape.search(said):
                found[name] = "non" if _NONE.search(said) or _NOT.search(said) else found.get(name, "oui")
    return found if set(found.values()) == {"oui", "non"} else {}


_CLAUSES = re.compile(r"[.,;:!\n]|\b(?:et|mais|par contre)\b")
_NOT = re.compile(r"\bpas de\b|: ?non\b|\bnon$")


def read_precautions(text: str, ctx: ReadContext) -> Reading:
    """Which of the two: a field's name, `les-deux`, one value for both, or a value a field; a bare yes is asked about."""
    said = words(text)[:300]
    if _ONE_UNKNOWN.search(said):
        return Value("equipements")
    apart = _clause_by_clause(text)
    if apart:
        return Value(apart)
    if _UNKNOWN.search(said):
        return Value("ne-sait-pas")
    equipment, medical = _EQUIPMENT.search(said), _MEDICAL.search(said)
    wanted = (equipment or medical) and (_WANTED.search(said) or not _NONE.search(said))
    if _REFUSED.match(said) or (_NONE.search(said) and not wanted):
        return Value("non")
    if (equipment and medical) or re.search(r"\bles (?:deux|2)\b", said):
        return Value("les-deux")
    if equipment or medical:
        return Value("equipements" if equipment else "surveillance_medicale")
    return _yes_or_no_of_which(text, ctx)


def _yes_or_no_of_which(text: str, ctx: ReadContext) -> Reading:
    """A bare no is of both; a bare yes is asked about."""
    match read_yes_no(text, ctx):
        case Value(value=False):
            return Value("non")
        case Value() | Ask():
            return Ask("lequel")
    return Rejected("illisible")


def equipment_told(text: str) -> str:
    """What of a message names the equipment, as it was written: « des chaussures de sécurité, gants fournis »."""
    parts = [
        part.strip()
        for part in re.split(r"[,;:\n]|(?<=\w)\.(?=\s|$)|\b(?:mais|et si|est[- ]ce|c['’]est quoi)\b", text[:300])
    ]
    named = [part for part in parts if _EQUIPMENT.search(words(part)) and not _MEDICAL.search(words(part))]
    told = (_SAID_SO.sub("", _YES.sub("", part)).strip() for part in named if not _BARE.fullmatch(words(part)))
    return ", ".join(part for part in told if part)


_YES = re.compile(r"(?i)^(?:oui|ouais|bah|alors|donc|et|mais|il faut|faut|il faudra)\b[\s,]*")
_SAID_SO = re.compile(
    r"(?i)^(?:(?:bah?|ben|oui|non|alors|mais)\s)*(?:je |j['’ ]?)?(?:(?:vous |te |t['’]|le |l['’])*)(?:viens? de (?:le |vous le |te le )?(?:dire|dis)|vien de (?:le )?dire|ai (?:d[ée]j[àa] )?di[ts]?|lai (?:deja )?di[ts]?|dis|di)\b[\s,:]*"
)
"""« bah oui je viens de dire blouse et chaussons »."""
_BARE = re.compile(r"(?:un |des |de l |d )?(?:equipements?|protections?)(?: de protection)?")
