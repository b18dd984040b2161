"""The host told in passing: the name before a street or a SIRET, the person who welcomes there."""

from collections.abc import Iterator
from itertools import pairwise

from bot.conversation import answering
from bot.conversation.deciding.clauses.clause import Stated
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.session import Json
from bot.form.flow import Step
from bot.reading.choices.situations import bodies_in
from bot.reading.names.street import STREET
from bot.reading.outcome import Value
from bot.reading.plain import plain


def host_before_street(scene: Scene, step: Step | None, pieces: tuple[re.Match[str], ...]) -> Iterator[Stated]:
    """« chez Cycles Delarue, 14 rue du Neufbourg »: the name right before a street is the host's, unless one lives there."""
    if scene.values.get(Champ.ENTREPRISE) is not None or (step is not None and step.name in _NO_HOST):
        return
    for before, after in pairwise(pieces):
        told_after = after["part"].strip()
        if not (STREET.match(told_after) or _SIRET_TOLD.match(told_after)) or _LIVES.search(plain(before["part"])):
            continue
        name, start = _host_named(before["part"])
        if not name:
            continue
        read = answering.read_field(scene, Champ.ENTREPRISE, name)
        if isinstance(read, Value):
            yield Stated({Champ.ENTREPRISE: read.value}, before.start("part") + start, before.end("part"))
            return


def host_named_last(text: str) -> str:
    """The last name that « chez » or « c'est » leads to, before a stop; an empty string where there is none."""
    told = (found["name"].strip() for part in re.split(r"[,.;!?]", text) if (found := _CHEZ.match(part)))
    named = [name for name in told if not _CIVIL.search(name) and not _SPEAKS.search(plain(name))]
    return named[-1] if named else ""


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


_SIRET_TOLD = re.compile(r"(?i)(?:le |son |n° ?)?siret\b|\d{3} ?\d{3} ?\d{3} ?\d{5}$")


_CIVIL = re.compile(
    r"(?i)(?<![\w'’])(?:m\.|mr|mme|mlle|monsieur|madame|patronn?e?|g[ée]rante?|directrice|directeur|tut(?:eur|rice))(?!\w)"
)


LONGEST_HOST = 9
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
    r"(?i)^(?:(?:(?:l['’]|le |la )?(?:entreprise|lieu(?: d['’]accueil)?|structure|soci[ée]t[ée])\s?[:=]|oui|yes|alors|bah|ben|et|donc|non|voil[àa]|je (?:vous |te )?l['’]ai (?:d[ée]j[àa] )?dit|c['’ ]?est|cest|c(?=\s)|chez|(?:le|la|l['’])\s?(?:garage|magasin|boutique|entreprise|bo[îi]te|salon|restaurant|lieu)\s(?:c['’ ]?est|cest|c(?=\s)|s['’]app?el+e))[\s,:]{0,3})+"
)


_CHEZ = re.compile(
    r"(?i)^.*(?P<lead>\b(?:chez|c['’ ]?est|cest|c|s['’]app?el+e|se nomme)\s)(?P<name>[^\W\d_][^,.;!?]{2,60})$"
)


def host_person(scene: Scene, step: Step | None, part: str) -> dict[Champ, Json]:
    """« Les Jardins de Fulvy, Monsieur Gauthier Lenoir », where the host is asked: who welcomes there."""
    if step is None or step.name not in {"entreprise", "hote_connu", "adresse"} or scene.values.get(Champ.TUTEUR):
        return {}
    found = _SOMEBODY.fullmatch(part)
    read = answering.read_field(scene, Champ.TUTEUR, found["who"]) if found else None
    return {Champ.TUTEUR: read.value} if isinstance(read, Value) else {}


_SOMEBODY = re.compile(
    r"(?i)(?:et )?(?:demande[rz]? |avec |contact ?:? ?|voir )?(?P<who>(?:m\.|mr|mme|mlle|monsieur|madame)\s[\w'’-]{2,30}(?: [\w'’-]{2,30})?)"
)
