"""A message of several clauses: what each of them says by itself, by a label, a role, a shape or a statement.

What is told is kept, whatever is asked; what is not told by itself stays as the message.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.conversation import answering
from bot.conversation.answering import EMAIL, PHONE, Filled
from bot.conversation.deciding import apart, whose
from bot.conversation.hearing import ear
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.session import Json
from bot.form.flow import Asking, Step
from bot.reading.choices.situations import bodies_in
from bot.reading.insisted import without_insisting
from bot.reading.names.first_names import is_first_name
from bot.reading.names.labelled_name import names_labelled
from bot.reading.names.street import STREET
from bot.reading.outcome import Value
from bot.reading.plain import plain
from bot.reading.spoken import said
from bot.reading.story.first_time import first_time
from bot.reading.story.stated_figures import figures_told
from bot.reading.story.told_people import people_told

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
    another, wrong = False, None
    for piece in pieces:
        part = piece["part"].strip()
        about_another = bool(said(scene.house.spoken, part, "personnes.autre_sujet"))
        another = about_another or (another and _GOES_ON.match(part) is not None)
        if another or piece["end"] == "?" or _OR_NOT.search(plain(part)) or ear.asks(part, {}):
            continue
        put_right: Mapping[Champ, Json] = _put_right(scene, wrong, part) if wrong is not None else {}
        wrong = _said_wrong(scene, part)
        if put_right:
            yield Stated(put_right, piece.start("part"), piece.end("part"))
        elif wrong is not None:
            yield Stated({}, piece.start("part"), piece.end("part"), ("",))
        else:
            yield from _of_piece(scene, step, piece, part)


def _of_piece(scene: Scene, step: Step | None, piece: re.Match[str], part: str) -> Iterator[Stated]:
    """What one clause says, and which of its words say it."""
    tasks = _tasks_listed(scene, piece.start("part"))
    if tasks is not None:
        yield tasks
        return
    values, passed = _of_clause(scene, step, part)
    if values or passed:
        start = piece.start("part") + len(piece["part"]) - len(piece["part"].lstrip())
        yield Stated(values, start, piece.end("part"), passed)
        return
    told = _answered(scene, step, part)
    if not told or step is None:
        return
    # What a clause states besides may be said with the very answer: there, the words stay.
    kept = step.asking in _OWN_WORDS or not set(step.fields).isdisjoint(told)
    for champ, shape in ((Champ.EMAIL, EMAIL), (Champ.TELEPHONE, PHONE)):
        way = shape.search(scene.text, piece.start("part"), piece.end("part")) if champ in told else None
        if way is not None:
            led = _LEADS_TO_WAY.search(scene.text[piece.start("part") : way.start()])
            begins = piece.start("part") + led.start() if led else way.start()
            yield Stated({champ: told.pop(champ)}, begins, way.end())
    if told:
        whole = len(scene.text)
        yield Stated(told, piece.start("part") if kept else whole, piece.end("part") if kept else whole)


_LEADS_TO_WAY = re.compile(
    r"(?i)[\s,.]{0,3}(?:et |mais )?(?:mon |ma |mes |le )?(?:num[ée]ro|num|t[ée]l\w*|portable|e?-?mail|adresse (?:mail|[ée]lectronique)|courriel)"
    r"(?: (?:à moi|perso))?\s?(?:c['’ ]?est|est|:|c)?\s?(?:le\s)?$"
)
"""« et mon téléphone c'est le », before the number."""


def _said_wrong(scene: Scene, part: str) -> Step | None:
    """« le lieu d'accueil n'est pas bon »: which line is wrong; what is right comes next."""
    found = _IS_WRONG.match(part)
    return _owner(scene, found["name"]) if found else None


def _owner(scene: Scene, name: str) -> Step | None:
    """The question that a label names; « le lieu » is the host's name once there is a host."""
    owner = apart.step_labelled(scene, name)
    if owner is not None and owner.name == "lieu" and scene.values.get(Champ.HOTE_CONNU) is True:
        return scene.house.flow.step("entreprise")
    return owner


def _put_right(scene: Scene, owner: Step, part: str) -> Mapping[Champ, Json]:
    """« c'est : Boulangerie Le Fournil », right after what was wrong."""
    found = _IS_RIGHT.match(part)
    if found is None or owner.name in {"consentement", "siret"}:
        return {}
    read = apart.read_labelled(scene, owner, owner.name, found["value"].strip(" .,!«»"))
    return read.values if isinstance(read, Filled) else {}


_IS_WRONG = re.compile(
    r"(?i)^(?:(?:et|mais|non|attention|ah)[\s,]{1,3}){0,2}(?P<name>(?:le |la |les |l['’]|mon |ma |mes )?[a-zéèêàç]{3,15}(?: d['’]accueil| de naissance)?) "
    r"(?:(?:c['’ ]?est|est|sont|n['’]est|a été|vous avez (?:mis|not[ée])) )?(?:toujours |encore |pas |mal )*(?:bon(?:ne)?s?|faux|fausses?|[ée]crit|compris|[çc]a)(?: encore| toujours)?(?: ?:.*)?$"
)
_IS_RIGHT = re.compile(
    r"(?i)^(?:(?:en fait|non|mais)[\s,]{1,3})?(?:c['’ ]?est|il faut|mettez|mets) ?:?\s(?P<value>\S.{1,120})$"
)


def _host_before_street(scene: Scene, step: Step | None, pieces: tuple[re.Match[str], ...]) -> Iterator[Stated]:
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
_CHEZ = re.compile(r"(?i)^.*(?P<lead>\b(?:chez|c['’ ]?est|s['’]app?el+e|se nomme)\s)(?P<name>[^\W\d_][^,.;!?]{2,60})$")

_GOES_ON = re.compile(r"(?i)(?:et |mais )?(?:lui|elle|il|ils|elles)\b")
"""« mon cousin m'a dit pour vous, lui il est à la mission locale »."""

_OR_NOT = re.compile(r"\bou (?:pas|non)\b")
"""« il va le voir ou pas » asks."""

_PART = re.compile(
    r"(?P<part>(?:[^.!?;,\n]|[.,](?=\S)|(?<=\bM)\.|(?<=\bm)\.|(?<=\bMr)\.|(?<=\bMme)\.|(?<=\bDr)\.)+?)\s{0,2}(?P<end>[!?;\n]|(?<!\bM)(?<!\bm)(?<!\bMr)(?<!\bMme)(?<!\bDr)(?<!\bt[eé]l)[.,](?=\s|$)|\s(?=(?i:et|mais) (?i:je|j['’]|mon |ma |le |la |l['’]|c['’]est|il |elle |on ))|$)"
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
    told = (
        _signed_by(scene, step, part)
        or _followed_by(scene, step, part)
        or _host_person(scene, step, part)
        or _taken_out(scene, part)
        or _named(scene, part)
        or _introduced(scene, step, part)
        or _labelled(scene, step, part)
    )
    return told, ()


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


def _tasks_listed(scene: Scene, at: int) -> Stated | None:
    """« activités : bouquets, vente, entretien »: the whole list, to the end of its sentence."""
    found = _TASKS.match(scene.text, at)
    if found is None:
        return None
    read = answering.read_field(scene, Champ.ACTIVITES, found["value"].strip(" ,;."))
    return Stated({Champ.ACTIVITES: read.value}, found.start(), found.end()) if isinstance(read, Value) else None


_TASKS = re.compile(
    r"(?i)\s{0,3}(?:et |mais )?(?:(?:les |mes |pour les )?(?:activit[ée]s?|t[âa]ches?|missions?)) ?(?:sont|seraient|c['’ ]?est|c(?=\s)|:|=) ?:? ?(?P<value>[^.;!?\n]{3,400})"
)


def _followed_by(scene: Scene, step: Step | None, part: str) -> dict[Champ, Json]:
    """« c'est Cap emploi qui me suit », « mon conseiller c'est M. Bazin à Coutances »: told anew, whatever is asked."""
    if step is None or step.name in {"suivi_par", "conseiller", "activites"}:
        return {}
    body = _BODY_FOLLOWS.match(part)
    named = bodies_in(plain(body["who"])) if body else ()
    if len(named) == 1:
        return {Champ.SUIVI_PAR: named[0]}
    found = _ADVISER_IS.match(part)
    read = answering.read_field(scene, Champ.CONSEILLER, found["who"]) if found else None
    return {Champ.CONSEILLER: read.value} if isinstance(read, Value) else {}


_BODY_FOLLOWS = re.compile(
    r"(?i)^(?:(?:et|mais|oui|non|du coup|en fait|maintenant)[\s,]{1,3}){0,3}c['’ ]?est (?P<who>[^,;!?]{3,40}?) (?:qui|ki) (?:me |m['’])(?:suit|accompagne|suivent)\w*$"
)
_ADVISER_IS = re.compile(
    r"(?i)^(?:(?:et|mais|oui|non)[\s,]{1,3}){0,2}(?:mon|ma) (?:conseill[eè]re?|r[ée]f[ée]rente?)(?: rsa| emploi)? (?:c['’ ]?est|est|:) (?P<who>(?:m\.|mr|mme|mlle|monsieur|madame)\s[^,;!?]{2,60})$"
)


def _host_person(scene: Scene, step: Step | None, part: str) -> dict[Champ, Json]:
    """« Les Jardins de Fulvy, Monsieur Gauthier Lenoir », where the host is asked: who welcomes there."""
    if step is None or step.name not in {"entreprise", "hote_connu", "adresse"} or scene.values.get(Champ.TUTEUR):
        return {}
    found = _SOMEBODY.fullmatch(part)
    read = answering.read_field(scene, Champ.TUTEUR, found["who"]) if found else None
    return {Champ.TUTEUR: read.value} if isinstance(read, Value) else {}


_SOMEBODY = re.compile(
    r"(?i)(?:et )?(?:demande[rz]? |avec |contact ?:? ?|voir )?(?P<who>(?:m\.|mr|mme|mlle|monsieur|madame)\s[\w'’-]{2,30}(?: [\w'’-]{2,30})?)"
)


def _signed_by(scene: Scene, step: Step | None, part: str) -> dict[Champ, Json]:
    """« c'est monsieur Chalancon qui signe », « pas d'équipement », told before they are asked."""
    if scene.values.get(Champ.SIGNATAIRE) is None and (step is None or step.name != "signataire"):
        who = _SIGNS.match(part)
        read = answering.read_field(scene, Champ.SIGNATAIRE, who["who"]) if who else None
        if isinstance(read, Value):
            return {Champ.SIGNATAIRE: read.value}
    if _NO_EQUIPMENT.fullmatch(plain(part)) and scene.values.get(Champ.EQUIPEMENTS) is None:
        return {Champ.EQUIPEMENTS: "non"}
    return {}


_SIGNS = re.compile(
    r"(?i)^(?:(?:et|mais|oui|non)[\s,]{1,3}){0,2}(?:c['’ ]?est|ce sera) (?P<who>(?!moi|nous|qui)[^,;!?]{2,60}?)[\s,]{1,3}(?:qui|ki) (?:va |doit |peut )?sign\w{1,6}$"
)
_NO_EQUIPMENT = re.compile(
    r"(?:et |donc |sinon )*(?:pas d|aucun|sans) (?:equipement|epi|protection)s?(?: (?:de protection|special|particulier))?"
)


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


def _introduced(scene: Scene, step: Step | None, part: str) -> dict[Champ, Json]:
    """« c'est Enzo Delattre », « Kevin Marchetti 22 ans », said before anybody else is asked about: one's own name."""
    found = _PRESENTS.match(part)
    early = step is None or step.name in _BEFORE_OTHERS
    if found is None or not early or scene.values.get(Champ.NOM) is not None or not is_first_name(found["first"]):
        return {}
    alone = not found["lead"] and not found["then"]
    if _COMES_WITH.search(plain(scene.text)) or (
        alone and (step is None or not scene.text.strip(" .!").endswith(part))
    ):
        return {}  # « c'est Claire Monnier, la coach de Yonas »
    if any(word in _NO_SURNAME for word in plain(found["last"]).split()):
        return {}
    read = {champ: answering.read_field(scene, champ, found[name]) for champ, name in _PARTS}
    values = {champ: one.value for champ, one in read.items() if isinstance(one, Value)}
    return values if len(values) == len(_PARTS) else {}


_COMES_WITH = re.compile(
    r"\b(?:coach|educ\w*|sa mere|son pere|sa maman|son papa|assistante sociale|(?:il|elle) me passe|je l accompagne|je (?:lui|le|la) suis|sa conseillere|son conseiller|je remplis pour)\b"
)
_PARTS = ((Champ.PRENOM, "first"), (Champ.NOM, "last"))
_BEFORE_OTHERS = frozenset(
    {"suivi_par", "situation", "date_naissance", "commune", "handicap", "rsa", "inscrit_france_travail"}
)
_PRESENTS = re.compile(
    r"(?i)^(?:(?:et|donc|alors|bon|voil[àa]|bonjour|slt|salut|moi|oui|ok)[\s,]{1,3}){0,3}(?P<lead>c['’ ]?est|je suis|moi c['’ ]?est|moi)?\s?"
    r"(?P<first>[^\W\d_][\w'’-]{1,20})\s(?P<last>(?:(?:de|du|le|la|ben|el|da|di)\s)?[^\W\d_][\w'’-]{2,25}(?:-[^\W\d_][\w'’-]{1,25})?)(?=$|(?P<then>\s(?:\d{2} ans|n[ée]e?\b|j['’]|j\w|je|et)))"
)
_NO_SURNAME = frozenset(
    [
        "patron",
        "patronne",
        "gerant",
        "gerante",
        "tuteur",
        "tutrice",
        "chef",
        "directeur",
        "directrice",
        "conseiller",
        "conseillere",
        "est",
        "sera",
        "pas",
        "qui",
        "et",
        "ou",
        "veut",
        "dit",
        "peut",
        "va",
        "vient",
        "suit",
        "aide",
        "connait",
        "m",
        "ma",
        "mon",
        "avec",
        "pour",
        "chez",
        "dans",
        "la",
        "les",
        "des",
        "son",
        "sa",
        "ses",
        "elle",
        "il",
        "ans",
        "boulanger",
        "fleuriste",
    ]
)


def labelled_owner(scene: Scene, part: str) -> Step | None:
    """The question that a clause names at its head: « changez les dates, c'est … » speaks of no other one."""
    found = _LABEL.match(part.strip(" .,!"))
    return _owner(scene, found["name"]) if found else None


def _labelled(scene: Scene, step: Step | None, part: str) -> Mapping[Champ, Json]:
    """« l'adresse c'est juste 12 rue de Lannoy, pas le reste »: the field of the label, told anew or for the first time."""
    found = _match_any(part.strip(" .,!"), _CHANGED, _LABEL, _SAID_YES)
    owner = _owner(scene, found["name"]) if found else None
    if found is None or owner is None or owner.name in _BY_OTHERS:
        return {}
    if step is not None and step.asking is Asking.PLACE and owner.name == "adresse":
        return {}  # one's own, where one's town is asked
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


def _match_any(text: str, *shapes: re.Pattern[str]) -> re.Match[str] | None:
    return next((found for shape in shapes if (found := shape.match(text))), None)


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
    r"(?i)^(?:(?:et|mais|non|donc|alors|pour|bon|voilà|sinon|en fait|du coup|oui|ah|change[rz]?|remplace[rz]?|corrige[rz]?|mettez|mets|met)[\s,]{1,3}){0,4}"
    r"(?P<name>(?:le |la |les |l['’]|mon |ma |mes |l )?(?:bon(?:ne)? |vrai(?:e)? )?[a-zéèêàçôûîù-]{3,20}(?: (?:de naissance|de la boutique|de l['’]\w+|de fin|de début|d['’]accueil|mail|du \w+))?)"
    r",?\s?(?:(?P<is>c['’ ]?est|cest|c(?=\s)|est|sera|ce sera|:|=)|(?=\d))\s?(?P<value>\S.*)$"
)
_CHANGED = re.compile(
    r"(?i)^(?:(?:et|mais|non)[\s,]{1,3}){0,2}(?:change[rz]?|remplace[rz]?|corrige[rz]?)\s(?P<name>(?:le |la |les |l['’]|mon |ma |mes )?[a-zéèêàç]{3,20})\s(?P<is>par|en|pour)\s(?P<value>\S.*)$"
)
"""« change l'adresse par … »."""

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
    if step.asking in _SHAPED and len(part.split()) <= A_SENTENCE:
        alone = answering.read_step(scene, step, part)
        found |= alone.values if isinstance(alone, Filled) else {}
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
    before = people_told(scene.text[: max(0, scene.text.find(part))][-TOLD_BEFORE:], "tuteur", "conseiller")
    if before and _REACHED.match(plain(part)):
        return False  # « le patron c'est Jérémy. tel 06… »
    about_others = step.name in {holder.step for holder in whose.HOLDERS.values()} - {"contact"}
    at = scene.text.find(part)
    shapes = [found.start() for shape in (EMAIL, PHONE) for found in shape.finditer(part)]
    owners = {whose.owner(scene, scene.text, at + one) for one in shapes} if at >= 0 else set()
    return not about_others and not _THEIRS.search(plain(part)) and owners <= {"", "moi"}


TOLD_BEFORE = 80
"""Characters before a number in which somebody is named whose it may be."""

_REACHED = re.compile(r"(?:et |son |sa |le )*(?:tel\w*|numero|num|mail|e mail|portable|joignable)\b")
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

__all__ = ["Stated", "labelled_owner", "stated_by_clause", "without_words"]
