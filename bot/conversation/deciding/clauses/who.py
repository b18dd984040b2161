"""Who follows, who signs, and who is writing, told in a clause of its own."""

from bot.conversation import answering
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.session import Json
from bot.form.flow import Step
from bot.reading.choices.situations import bodies_in
from bot.reading.names.first_names import is_first_name
from bot.reading.outcome import Value
from bot.reading.plain import plain


def followed_by(scene: Scene, step: Step | None, part: str) -> dict[Champ, Json]:
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


def signed_by(scene: Scene, step: Step | None, part: str) -> dict[Champ, Json]:
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


def introduced(scene: Scene, step: Step | None, part: str) -> dict[Champ, Json]:
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
