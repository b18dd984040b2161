"""What a clause says under a label: « l'adresse c'est … », « activités : … », « mon nom c'est … »."""

from collections.abc import Mapping

from bot.conversation import answering
from bot.conversation.answering import Filled
from bot.conversation.deciding import apart
from bot.conversation.deciding.clauses.clause import Stated
from bot.conversation.deciding.clauses.mended import owner_named, without_words
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.session import Json
from bot.form.flow import Asking, Step
from bot.reading.insisted import without_insisting
from bot.reading.names.first_names import is_first_name
from bot.reading.names.labelled_name import names_labelled
from bot.reading.outcome import Value
from bot.reading.plain import plain


def names_told(scene: Scene, part: str) -> dict[Champ, Json]:
    """« mon nom c'est Payet, prénom Jean-Hugues »: each under its own label, in any order."""
    told = names_labelled(part)
    owner = scene.house.flow.step_of(Champ.NOM)
    if told.keys() == {Champ.NOM} and owner is not None and is_first_name(told[Champ.NOM].split()[0]):
        both = answering.read_step(scene, owner, told[Champ.NOM])  # « mon nom est Marie-Astrid Lacombe »
        if isinstance(both, Filled) and Champ.PRENOM in both.values:
            return dict(both.values)
    read = {champ: answering.read_field(scene, champ, name) for champ, name in told.items()}
    return {champ: one.value for champ, one in read.items() if isinstance(one, Value)}


def tasks_listed(scene: Scene, at: int) -> Stated | None:
    """« activités : bouquets, vente, entretien »: the whole list, to the end of its sentence."""
    found = _TASKS.match(scene.text, at)
    if found is None:
        return None
    read = answering.read_field(scene, Champ.ACTIVITES, found["value"].strip(" ,;."))
    return Stated({Champ.ACTIVITES: read.value}, found.start(), found.end()) if isinstance(read, Value) else None


_TASKS = re.compile(
    r"(?i)\s{0,3}(?:et |mais )?(?:(?:les |mes |pour les )?(?:activit[ée]s?|t[âa]ches?|missions?)) ?(?:sont|seraient|seront|c['’ ]?est|c(?=\s)|:|=) ?:? ?(?P<value>[^.;!?\n]{3,400})"
)


def labelled_owner(scene: Scene, part: str) -> Step | None:
    """The question that a clause names at its head: « changez les dates, c'est … » speaks of no other one."""
    found = _LABEL.match(part.strip(" .,!"))
    return owner_named(scene, found["name"]) if found else None


def labelled(scene: Scene, step: Step | None, part: str) -> Mapping[Champ, Json]:
    """« l'adresse c'est juste 12 rue de Lannoy, pas le reste »: the field of the label, told anew or for the first time."""
    found = _match_any(part.strip(" .,!"), _CHANGED, _LABEL, _SAID_YES)
    owner = owner_named(scene, found["name"]) if found else None
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
