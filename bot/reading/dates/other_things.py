"""Dates of something else than the immersion, and days of it on which one does not come."""

from dataclasses import dataclass
from functools import lru_cache

from bot.domain import regex as re
from bot.reading.french import DAYS, PLAIN_MONTHS

_WEEKDAY = rf"(?:{'|'.join(DAYS)})s?"
_MONTH = rf"(?:{'|'.join(PLAIN_MONTHS)}|janv|fev|avr|juil|sept|oct|nov|dec)\b\.?"
_DAY = rf"(?:{_WEEKDAY} )?\d{{1,2}}(?: ?er)?(?!\d)(?! ?(?:h|heures?|:|jours?|semaines?|ans?)\b)(?!:)(?: {_MONTH}| ?/ ?\d{{1,2}})?(?: 20\d\d)?"
_LIST = rf"(?:le |les )?{_DAY}(?:(?: ?,| et| puis| ou) (?:le )?{_DAY}){{0,4}}"
_WHY_NOT = (
    r"(?:ferme\w*|viens pas|viendrai pas|vien pas|peux? pas|peut pas|pourrai pas|serai pas|suis pas|pas (?:la|possible|dispo\w*|libre)|absente?|ferie|impossible|repos|conges?|off"
    r"|rdv|rendez[- ]?vous|kine|medecin|pediatre|dentiste|ortho\w*|psy|hopital|examen|prefecture|tribunal|mariage|enterrement|entretien)\b"
)
_MISSED = re.compile(
    rf"(?:[,;.?!(]\s?)?(?:\b(?:mais|et|par contre|juste|alors|ah|au fait)\b,? ?){{0,3}}"
    rf"(?:\b(?:sauf|hormis|excepte|a part|sans compter|pas) (?P<out>{_LIST})(?: (?:c'est|car|parce qu|j'ai|je|le|mon|ma|il|elle|on|pour)\b[^,.;?!]{{0,60}})?"
    rf"|(?<!au )(?<!du )\b(?P<busy>(?:le|les) {_DAY}(?:(?: ?,| et| puis) (?:le )?{_DAY}){{0,4}}),? (?:(?!au\b|jusqu)[^,.;?!\d]){{0,40}}?{_WHY_NOT}[^,.;?!\d]{{0,60}}(?:\d{{1,2}} ?h\d{{0,2}})?)"
)
_NOT_THESE_DAYS = re.compile(
    rf"[,;]? ?(?:\b(?:mais|et) )?\b(?:sauf|hormis|excepte|a part|pas) (?P<days>(?:le |les )?{_WEEKDAY}(?:(?:,| et) (?:le )?{_WEEKDAY}){{0,3}})(?! \d)"
)
_CLAUSE = re.compile(
    r"[,;.!?()]\s|[!?)]|\b(?:mais|donc|car|parce qu\w*|du coup|alors|puis)\b|\bet (?=(?:je|j'|mon|ma|on|il|elle|l'immersion|le stage)\b)"
)
_APPOINTMENT = re.compile(
    r"\b(?:kines?|kinesi\w*|rdv|rendez[- ]?vous|pediatre|dentiste|medecins?|docteur|toubib|psy|ortho\w*|hopital|operation|mariage|enterrement|tribunal|spip|audience|examens?|bts blanc|bac blanc|prefecture|sous prefecture|concours|permis|code)\b"
)
_MINE_ELSEWHERE = re.compile(
    r"\b(?:en (?:arret|disponibilite|dispo|preavis|conges?|vacances|mission|formation|interim|deplacement|cure)|(?:mon|ma|mes|un|une) (?:arret|disponibilite|mise en disponibilite|preavis|contrat|cdd|mission|formation|conges?|vacances|rsa|allocation\w*|chomage|titre de sejour|recepisse|bail|demenagement)|mise en disponibilite|licenciee?|inscrite?)\b"
)
_ON_LEAVE = re.compile(r"\b(?:je suis|jsuis|chui|j'ai|moi) .{0,20}?\b(?:conges?|vacances|disponibilite|preavis)\b")
_SOMEBODY_ELSE = re.compile(
    r"\b(?:(?:ma|mon|la|le|sa|son) (?:conseiller\w*|referente?|patron\w*|tuteur|tutrice|chef\w*|responsable|educ\w*|assistante? sociale?|mari|femme|mere|pere|fille|fils|soeur|frere)|il|elle|m\. \w+|mme \w+|madame \w+|monsieur \w+)\b.{0,40}?\b(?:vacances|conges?|absente?|pas la|ferme\w*|rentre|revient|reprend|malade|accouche\w*)\b"
)
_OF_THE_STAY = re.compile(r"\b(?:immersion|stage|commenc\w*|debut\w*|demarr\w*|pendant|durant|a partir)\b")
_A_DAY = re.compile(rf"\b{_DAY}\b|\d{{1,2}} ?/ ?\d{{1,2}}")


@dataclass(frozen=True, slots=True)
class Aside:
    """A text without what is told beside the dates: days missed, in words; what dates are of something else."""

    rest: str
    missed: tuple[str, ...] = ()
    weekdays: str = ""
    """« mercredi » of « sauf le mercredi »."""
    elsewhere: tuple[str, ...] = ()
    """Clauses whose dates are of something else."""

    @property
    def free_then(self) -> bool:
        """Whether these dates may be those of the stay all the same: one is on leave, or out of work."""
        return any(_ON_LEAVE.search(one) for one in self.elsewhere)


@lru_cache(maxsize=16)
def aside(folded: str) -> Aside:
    """What a folded text tells beside the dates of the stay."""
    missed = tuple((one["out"] or one["busy"]).strip() for one in _MISSED.finditer(folded))
    bare = _MISSED.sub(" ", folded)
    if missed and not _A_DAY.search(bare):
        return Aside("", missed, "", missed)
    rest, elsewhere = _without_elsewhere(bare)
    days = _NOT_THESE_DAYS.search(rest)
    return Aside(" ".join(_NOT_THESE_DAYS.sub(" ", rest).split()), missed, days["days"] if days else "", elsewhere)


def of_something_else(folded: str) -> bool:
    """Whether every date of a folded text is one of something else: « j'ai kiné jusqu'au 30 janvier »."""
    found = aside(folded)
    return bool(found.elsewhere) and not _A_DAY.search(found.rest)


def _without_elsewhere(text: str) -> tuple[str, tuple[str, ...]]:
    kept, gone, at = [], [], 0
    stops = [*(found.start() for found in _CLAUSE.finditer(text)), len(text)]
    for stop in stops:
        clause = text[at:stop]
        if _A_DAY.search(clause) and _elsewhere(clause):
            gone.append(clause.strip(" ,;."))
        else:
            kept.append(clause)
        at = stop
    return "".join(kept), tuple(gone)


def _elsewhere(clause: str) -> bool:
    if _OF_THE_STAY.search(clause):
        return False
    return any(shape.search(clause) for shape in (_APPOINTMENT, _MINE_ELSEWHERE, _SOMEBODY_ELSE))
