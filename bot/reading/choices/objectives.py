"""The aim of an immersion: one of three, and one only."""

from collections.abc import Mapping
from re import Pattern

from bot.domain import regex as re
from bot.reading.french import nearest
from bot.reading.outcome import Ask, ReadContext, Reading, Rejected, Value
from bot.reading.plain import plain

OBJECTIVES: Mapping[str, Pattern[str]] = {
    "decouvrir": re.compile(r"\b(?:decouvr\w*|decouvert\w*|observ\w*|explor\w*|voir ce que c est|voir comment (?:c est|ca se passe)|(?:mieux )?connaitre (?:le|un|ce) (?:metier|secteur))\b"),
    "confirmer": re.compile(r"\b(?:confirm\w*|valid\w*|verifi\w*|(?:etre|suis) (?:bien )?sure?|m assurer|bon choix|conforter)\b"),
    "recrutement": re.compile(r"\b(?:embauch\w*|recrut\w*|cdi|cdd|connaitre d un employeur|faire connaitre|promesse d embauche|decrocher un (?:emploi|contrat|poste)|(?:garder|prendre) apres)\b"),
}  # fmt: skip
_ROOTS = {"decouvrir": "decouvrir", "decouverte": "decouvrir", "confirmer": "confirmer", "valider": "confirmer",
          "embauche": "recrutement", "embaucher": "recrutement", "recrutement": "recrutement"}  # fmt: skip
_SOFT = re.compile(
    r"\b(?:voir si|pour voir|tester?|test|essayer|essai|me plai\w*|se rendre compte|me faire une idee|voir)\b"
)
_OTHER_AIM = re.compile(
    r"\b(?:stage (?:\w+ )?(?:obligatoire|d observation|de (?:licence|master|bts|fin d etude\w*|3e|troisieme))|argent|gagner|salaire|remplac\w*)\b"
)
_OPEN_AIM = re.compile(
    r"\b(?:sais pas|jsp|stage|immersion|autre|experience|travail\w*|bosser|reconver\w*|projet|emploi|formation|apprendre|les (?:deux|trois)|tous|tout|un peu|aucun\w*|metier|contrat|orient\w*|me former|depend)\b"
)
_NEGATED = re.compile(
    r"\bpas (?:besoin (?:de |d )|envie (?:de |d )|venue? )?(?:pour |de |d |le |la |un |une |me |etre |du tout )*\w+(?: (?:un|le|mon) \w+)?"
)


def read_objective(text: str, ctx: ReadContext) -> Reading:  # noqa: ARG001
    """One of the three legal aims; two at once, or a wish that is none of them, are asked about."""
    words = plain(text)[:400]
    if not words or "<" in text:
        return Rejected("objectif.illisible")
    if _OTHER_AIM.search(words):
        return Rejected("objectif.autre_but")
    named = objectives_in(_NEGATED.sub(" ", words))
    if len(named) == 1:
        return Value(named[0])
    settled = _settled(words) if len(named) > 1 else ()
    if len(settled) == 1:
        return Value(settled[0])
    if named:
        return Ask("objectif.un_seul", proposals=tuple(("", value) for value in named))
    if _SOFT.search(words):
        return Ask("objectif.decouvrir", proposals=(("", "decouvrir"),))
    asks = _OPEN_AIM.search(words) or objectives_in(words)
    return (
        Ask("objectif.lequel", proposals=tuple(("", value) for value in OBJECTIVES))
        if asks
        else Rejected("objectif.illisible")
    )


def _settled(words: str) -> tuple[str, ...]:
    """« découvrir, non, confirmer plutôt »: what is named after the word that takes the first one back."""
    told = [part for part in _TAKEN_BACK.split(words) if objectives_in(part)]
    return objectives_in(told[-1]) if len(told) > 1 else ()


_TAKEN_BACK = re.compile(r"\b(?:non|nan|plutot(?! que)|finalement|en fait|enfin non|pardon)\b")


def objectives_in(words: str) -> tuple[str, ...]:
    """The aims that plain words name, a slip of one letter forgiven."""
    found = {value for value, pattern in OBJECTIVES.items() if pattern.search(words)}
    for word in words.split():
        if len(word) >= 7:
            found |= {_ROOTS[name] for name in nearest(word, _ROOTS)}
    return tuple(value for value in OBJECTIVES if value in found)
