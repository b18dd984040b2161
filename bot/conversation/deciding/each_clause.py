"""A message of several clauses: what each of them says by itself, by a label, a role, a shape or a statement.

What is told is kept, whatever is asked; what is not told by itself stays as the message.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.conversation import answering
from bot.conversation.answering import EMAIL, PHONE, Filled
from bot.conversation.deciding import apart, whose
from bot.conversation.hearing import ear
from bot.conversation.scene import Scene
from bot.domain.demande import Champ
from bot.domain.session import Json
from bot.form.flow import Asking, Step
from bot.reading.choices.situations import bodies_in
from bot.reading.insisted import without_insisting
from bot.reading.names.labelled_name import names_labelled
from bot.reading.names.street import STREET
from bot.reading.outcome import Value
from bot.reading.plain import plain
from bot.reading.spoken import said
from bot.reading.story.first_time import first_time
from bot.reading.story.stated_figures import figures_told

FEWEST, MOST = 7, 24
"""Words of a message that is read clause by clause; clauses beyond which it is a pasted page."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What one clause says: values, questions that are passed, and where it stands."""

    values: Mapping[Champ, Json]
    start: int
    end: int
    passed: tuple[str, ...] = ()


def stated_by_clause(scene: Scene, step: Step | None) -> Iterator[Stated]:
    """In the order of the text; clauses that ask, or say nothing by themselves, are left out."""
    pieces = tuple(_PART.finditer(scene.text))
    if len(pieces) < 2 or len(pieces) > MOST or len(scene.text.split()) < FEWEST:
        return
    yield from _host_before_street(scene, step, pieces)
    for piece in pieces:
        part = piece["part"].strip()
        start = piece.start("part") + len(piece["part"]) - len(piece["part"].lstrip())
        if (
            piece["end"] == "?"
            or _OR_NOT.search(plain(part))
            or ear.asks(part, {})
            or said(scene.house.spoken, part, "personnes.autre_sujet")
        ):
            continue
        values, passed = _of_clause(scene, step, part)
        if values or passed:
            yield Stated(values, start, piece.end("part"), passed)
            continue
        told = _answered(scene, step, part)
        own = step is not None and step.asking in _OWN_WORDS
        if told and step is not None:
            # What a clause states besides may be said with the very answer: there, the words stay.
            kept = own or not set(step.fields).isdisjoint(told)
            yield Stated(told, start if kept else len(scene.text), piece.end("part") if kept else len(scene.text))


def _host_before_street(scene: Scene, step: Step | None, pieces: tuple[re.Match[str], ...]) -> Iterator[Stated]:
    """« chez Cycles Delarue, 14 rue du Neufbourg »: the name right before a street is the host's, unless one lives there."""
    if scene.values.get(Champ.ENTREPRISE) is not None or (step is not None and step.name in _NO_HOST):
        return
    for before, after in pairwise(pieces):
        if not STREET.match(after["part"].strip()) or _LIVES.search(plain(before["part"])):
            continue
        name, start = _host_named(before["part"])
        if not name:
            continue
        read = answering.read_field(scene, Champ.ENTREPRISE, name)
        if isinstance(read, Value):
            yield Stated({Champ.ENTREPRISE: read.value}, before.start("part") + start, before.end("part"))
            return


def _host_named(part: str) -> tuple[str, int]:
    """The host that a clause names, and where its words begin; an empty name where it names none."""
    named = _CHEZ.match(part)
    told = ((_LEADS_TO_HOST.sub("", part.strip()), 0), (named["name"], named.start("lead")) if named else ("", 0))
    for words, start in told:
        name = re.sub(r"(?i)^chez\s", "", words.strip(" ,.«»\"'"))
        fits = (
            0 < len(name.split()) <= LONGEST_HOST
            and not _CIVIL.search(name)
            and not re.search(r"(?i)siret|\d{5}", name)
        )
        if fits and not _SPEAKS.search(plain(name)) and not bodies_in(plain(name)):
            return name, start
    return "", 0


_CIVIL = re.compile(
    r"(?i)(?<![\w'’])(?:m\.|mr|mme|mlle|monsieur|madame|patronn?e?|g[ée]rante?|directrice|directeur|tut(?:eur|rice))(?!\w)"
)
LONGEST_HOST = 7
"""Words of a host's name."""

_NO_HOST = frozenset(
    {
        "employeur",
        "contrat",
        "situation",
        "tuteur",
        "representant",
        "urgence",
        "signataire",
        "consentement",
        "entreprise",
        "commune",
    }
)
_LIVES = re.compile(r"\b(?:habite\w*|demeure|vis|loge|reside|adresse|domicile|chez (?:moi|mes|ma|mon))\b")
_SPEAKS = re.compile(
    r"\b(?:je|j|il|elle|on|vous|est|sera|a|veut|dit|pour|avec|qui|que|mission locale|france travail)\b"
)
_LEADS_TO_HOST = re.compile(
    r"(?i)^(?:(?:oui|yes|alors|bah|ben|et|donc|non|voil[àa]|je (?:vous |te )?l['’]ai (?:d[ée]j[àa] )?dit|c['’ ]?est|cest|c(?=\s)|chez|(?:le|la|l['’])\s?(?:garage|magasin|boutique|entreprise|bo[îi]te|salon|restaurant|lieu)\s(?:c['’ ]?est|cest|c(?=\s)|s['’]app?el+e))[\s,:]{0,3})+"
)
_CHEZ = re.compile(r"(?i)^.*(?P<lead>\b(?:chez|c['’ ]?est|s['’]app?el+e|se nomme)\s)(?P<name>[^\W\d_][^,.;!?]{2,60})$")

_OR_NOT = re.compile(r"\bou (?:pas|non)\b")
"""« il va le voir ou pas » asks."""

_PART = re.compile(
    r"(?P<part>(?:[^.!?;,\n]|[.,](?=\S)|(?<=\bM)\.|(?<=\bm)\.|(?<=\bMr)\.|(?<=\bMme)\.|(?<=\bDr)\.)+?)\s{0,2}(?P<end>[!?;\n]|[.,](?=\s|$)|\s(?=(?i:et|mais) (?i:je|j['’]|mon |ma |le |la |l['’]|c['’]est|il |elle |on ))|$)"
)
"""A stretch without a stop; « et je », « et le … » begin another one."""


def _of_clause(scene: Scene, step: Step | None, part: str) -> tuple[Mapping[Champ, Json], tuple[str, ...]]:
    if _NO_SIRET.search(plain(part)) and scene.values.get(Champ.SIRET) is None:
        return {}, ("siret",)
    part = without_insisting(part)
    if step is not None and step.optional and "?" not in scene.text and _PASSES.fullmatch(plain(part)):
        return {}, (step.name,)
    if first_time(part) and scene.values.get(Champ.DEJA_ACCUEILLI) is None:
        return {Champ.DEJA_ACCUEILLI: False}, ()
    return _taken_out(scene, part) or _named(scene, part) or _labelled(scene, step, part), ()


_NO_SIRET = re.compile(
    r"\b(?:pas|plus|aucune idee|sans|passe[rz]?|connais pas|sais pas) (?:\w+ ){0,4}siret\b|\bsiret (?:\w+ ){0,4}(?:pas|plus|passe[rz]?|aucune idee|inconnu|plus tard)\b"
)
_PASSES = re.compile(
    r"(?:(?:et|mais|oui|non|bon|ben|bah|alors|donc|euh) )*(?:passe[rz]?|on passe|je passe|je (?:ne )?(?:l )?(?:ai|sais|connais) pas|on l a pas|j ai pas|jlai pas|je n en ai pas)(?: (?:je|j) (?:vous |te |t )?(?:l )?ai (?:deja )?dit)?"
)


def _named(scene: Scene, part: str) -> dict[Champ, Json]:
    """« mon nom c'est Payet, prénom Jean-Hugues »: each under its own label, in any order."""
    told = names_labelled(part)
    read = {champ: answering.read_field(scene, champ, name) for champ, name in told.items()}
    return {champ: one.value for champ, one in read.items() if isinstance(one, Value)}


def _taken_out(scene: Scene, part: str) -> dict[Champ, Json]:
    """« enlève 3e fois de l'adresse », « faut enlever et l'adresse »: those words leave the only text that holds them."""
    found = _TAKE_OUT.search(part)
    if found is None:
        return {}
    owner = apart.step_labelled(scene, found["where"]) if found["where"] else None
    owners = (owner,) if owner is not None else scene.house.flow.steps
    told = [one for each in owners for one in [without_words(scene, each, found["what"])] if one]
    return told[0] if len(told) == 1 else {}


_TAKE_OUT = re.compile(
    r"(?i)\b(?:enl[eèé]v|retir|supprim|vire|ôte)\w*\s(?:le mot |les mots |la phrase |le bout )?[«\"“ ]{0,2}(?P<what>[^«»\"“”]{2,80}?)[»\"” ]{0,2}"
    r"(?:\s(?:de |dans |du |à |sur )(?P<where>(?:l['’]|la |le |les |mon |ma )?[a-zéèêàç]{3,20}))?(?:\s(?:svp|stp|s['’]il .{3,12}))?$"
)


def _labelled(scene: Scene, step: Step | None, part: str) -> Mapping[Champ, Json]:
    """« l'adresse c'est juste 12 rue de Lannoy, pas le reste »: the field of the label, told anew or for the first time."""
    found = _LABEL.match(part.strip(" .,!")) or _SAID_YES.match(part.strip(" .,!"))
    owner = apart.step_labelled(scene, found["name"]) if found else None
    if found is None or owner is None or owner.name in _BY_OTHERS:
        return {}
    if owner.name == "conseiller" and scene.values.get(Champ.CONSEILLER) is None:
        return {}  # who it is, and of which agency, is read with the whole
    value = _TAIL.sub("", without_insisting(_MERELY.sub("", found["value"]))).strip(" .,«»\"'")
    if not value or apart.APPROVED.match(plain(value)) or apart.TAKEN_OUT.match(plain(value)):
        return {}
    less = _WITHOUT.match(value)
    if less is not None:
        return without_words(scene, owner, less["what"])
    if step is not owner and owner.asking in {Asking.YES_NO, Asking.HOURS, Asking.PERIOD} and not found["is"]:
        return {}
    read = apart.read_labelled(scene, owner, plain(found["name"]), value)
    return read.values if isinstance(read, Filled) else {}


_BY_OTHERS = frozenset({"consentement", "siret", "tuteur", "representant", "urgence", "signataire", "contact"})
"""Questions on people, whose answer has several parts, and those that a label alone never answers."""


def without_words(scene: Scene, owner: Step, words: str) -> dict[Champ, Json]:
    """The text known there without those words, where it holds them: « sans « contact » à la fin »."""
    for champ in owner.champs:
        known = scene.values.get(champ)
        bare = words.strip(" .,«»\"'")
        if isinstance(known, str) and bare and bare.lower() in known.lower() and bare.lower() != known.lower():
            at = known.lower().index(bare.lower())
            left = re.sub(r"\s{2,}", " ", f"{known[:at]} {known[at + len(bare) :]}").strip(" ,;.")
            return {champ: left} if left else {}
    return {}


_LABEL = re.compile(
    r"(?i)^(?:(?:et|mais|non|donc|alors|pour|bon|voilà|sinon|en fait|du coup|oui|ah)[\s,]{1,3}){0,4}"
    r"(?P<name>(?:le |la |les |l['’]|mon |ma |mes |l )?(?:bon(?:ne)? |vrai(?:e)? )?[a-zéèêàçôûîù-]{3,20}(?: (?:de naissance|de la boutique|de l['’]\w+|de fin|de début|d['’]accueil|mail|du \w+))?)"
    r",?\s?(?:(?P<is>c['’ ]?est|cest|c(?=\s)|est|sera|ce sera|:|=)|(?=\d))\s?(?P<value>\S.*)$"
)
_SAID_YES = re.compile(
    r"(?i)^(?:(?:et|mais|non|donc|pour)[\s,]{1,3}){0,2}(?P<name>(?:la |le |l['’])?(?:rsa|rqth))(?P<is>\s)(?P<value>oui|non)$"
)
"""« RSA oui »."""

_MERELY = re.compile(r"(?i)^(?:(?:juste|seulement|simplement|bien|plut[ôo]t|en fait)[\s,:]{1,3}){1,3}")
_TAIL = re.compile(
    r"(?i)[\s,]{1,3}(?:tout court|(?:et )?pas le reste|point(?: final)?|sans rien d['’]autre|c['’ ]?est tout|voil[àa]|et rien d['’]autre|hein|svp|stp|merci)(?:[\s,].{0,40})?$"
)
_WITHOUT = re.compile(
    r"(?i)^sans (?:le |la |les |l['’])?[«\"“ ]{0,2}(?P<what>[^«»\"“”]{1,60}?)[»\"” ]{0,2}(?:[àa] la fin|derri[èe]re|apr[èe]s)?$"
)


def _answered(scene: Scene, step: Step | None, part: str) -> dict[Champ, Json]:
    """What the clause states of fields that nothing fills yet, that of the question asked included."""
    if step is None or step.asking is Asking.OFFICE:
        return {}
    sure = _SURE - _OF_SITUATION if step.name == "situation" else _SURE
    found = {champ: value for champ, value in apart.others_told(scene, step, (part,)).items() if champ in sure}
    whole = step.asking in {Asking.HOURS, Asking.PERIOD} and not _BUT.search(plain(scene.text))
    if (
        whole
        and not said(scene.house.spoken, scene.text, "dates.prise")
        and not isinstance(answering.read_step(scene, step, scene.text), Filled)
    ):
        for one in figures_told(part):
            read = answering.read_step(scene, step, one.words) if one.champ in step.champs else None
            found |= read.values if isinstance(read, Filled) else {}
    doubts = _DOUBTS.search(plain(scene.text)) or re.search(r"\bpas\b", plain(part))
    if step.asking in _SHAPED or (step.name in _WHO_ONE_IS and not doubts):
        own = apart.stated(scene, part, step)
        found |= {champ: one.value for champ, one in own.items() if isinstance(one, Value) and champ in step.fields}
    if (
        step.name in _WHO_ONE_IS
        and not doubts
        and len(part.split()) <= A_SENTENCE
        and not apart.PAST.search(plain(part))
    ):
        read = answering.read_step(scene, step, part)
        found |= read.values if isinstance(read, Filled) else {}
    return {champ: value for champ, value in found.items() if champ not in _WAYS or _mine(scene, step, part)}


A_SENTENCE = 10
"""Words of a clause that may be the whole answer to who one is."""

_OF_SITUATION = frozenset({Champ.INSCRIT_FRANCE_TRAVAIL, Champ.RSA})
"""Read with the situation, which they tell apart."""

_WAYS = frozenset({Champ.EMAIL, Champ.TELEPHONE})


def _mine(scene: Scene, step: Step, part: str) -> bool:
    """Whether an address or a number of a clause is one's own: said so, or nobody else spoken of."""
    if _MY.search(plain(part)):
        return True
    about_others = step.name in {holder.step for holder in whose.HOLDERS.values()} - {"contact"}
    at = scene.text.find(part)
    shapes = [found.start() for shape in (EMAIL, PHONE) for found in shape.finditer(part)]
    owners = {whose.owner(scene, scene.text, at + one) for one in shapes} if at >= 0 else set()
    return not about_others and not _THEIRS.search(plain(part)) and owners <= {"", "moi"}


_MY = re.compile(r"\b(?:mon|mes|moi|le mien|la mienne|me joindre|m appeler)\b")
_THEIRS = re.compile(r"\b(?:son|sa|ses|leur|lui|celui|celle|il|elle)\b")

_WHO_ONE_IS = frozenset({"suivi_par", "situation"})
_DOUBTS = re.compile(
    r"\b(?:doute|peut etre|ou bien|je sais (?:plus|pas)|ni|ou alors|soit|plus (?:a|la|le|de)|termine)\b"
)

_BUT = re.compile(r"\b(?:mais|sauf|pas|enfin|non|ou)\b")
"""Words by which hours and dates are read whole, or not at all."""

_OWN_WORDS = frozenset({Asking.TEXT, Asking.NAMES, Asking.DETAILS, Asking.OFFICE})
_SHAPED = frozenset({Asking.DATE, Asking.PLACE})
_SURE = frozenset(
    {
        Champ.DATE_NAISSANCE, Champ.COMMUNE, Champ.PRENOM, Champ.NOM, Champ.EMAIL, Champ.TELEPHONE, Champ.SIRET,
        Champ.SUIVI_PAR, Champ.HANDICAP, Champ.INSCRIT_FRANCE_TRAVAIL, Champ.RSA,
    }
)  # fmt: skip
"""Fields that a clause told in passing fills: each says by its shape, or by its words, what it is."""

__all__ = ["Stated", "stated_by_clause", "without_words"]
