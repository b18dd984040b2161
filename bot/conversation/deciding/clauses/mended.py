"""A field said wrong, put right by what follows, or words of it taken out."""

from collections.abc import Mapping

from bot.conversation.answering import Filled
from bot.conversation.deciding import apart
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.session import Json
from bot.form.flow import Step


def said_wrong(scene: Scene, part: str) -> Step | None:
    """« le lieu d'accueil n'est pas bon »: which line is wrong; what is right comes next."""
    found = _IS_WRONG.match(part)
    return owner_named(scene, found["name"]) if found else None


def owner_named(scene: Scene, name: str) -> Step | None:
    """The question that a label names; « le lieu » is the host's name once there is a host."""
    owner = apart.step_labelled(scene, name)
    if owner is not None and owner.name == "lieu" and scene.values.get(Champ.HOTE_CONNU) is True:
        return scene.house.flow.step("entreprise")
    return owner


def put_right(scene: Scene, owner: Step, part: str) -> Mapping[Champ, Json]:
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


def taken_out(scene: Scene, part: str) -> dict[Champ, Json]:
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
