"""A field said wrong, put right by what follows, or words of it taken out."""

from collections.abc import Mapping

from bot.conversation import answering
from bot.conversation.answering import Filled
from bot.conversation.deciding import apart
from bot.conversation.deciding.whose import ABOUT_SOMEBODY, of_a_kind, ways_owned
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.session import Json
from bot.form.flow import Step
from bot.reading.last_figures import ending, ending_told
from bot.reading.outcome import Value
from bot.reading.plain import plain


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


def way_again(scene: Scene, step: Step | None, part: str) -> dict[Champ, Json]:
    """« le tel c'est 06 … pas 63 », « corrige mon numéro … »: one's own way to be reached, told anew whatever is asked."""
    about_others = step is not None and step.name in ABOUT_SOMEBODY
    told = ways_owned(scene, part, None)
    if len(told) != 1 or step is None or step.name == "contact" or of_a_kind(part) not in {told[0].kind, ""}:
        return _end_again(scene, part) or _domain_again(scene, part)
    owners = {"moi"} if about_others else {"moi", ""}
    champ = {"phone": Champ.TELEPHONE, "email": Champ.EMAIL}[told[0].kind]
    named = of_a_kind(part) == told[0].kind and _OF_ANOTHER.search(plain(part)) is None
    if told[0].owner not in owners or not named or scene.values.get(champ) is None:
        return {}
    read = answering.read_field(scene, champ, told[0].written)
    return {champ: read.value} if isinstance(read, Value) and read.value != scene.values.get(champ) else {}


_OF_ANOTHER = re.compile(r"\b(?:son|sa|leur|celui|celle|lui|elle)\b")


def _end_again(scene: Scene, part: str) -> dict[Champ, Json]:
    """« c'est 17 à la fin, pas 18 »: the one number noted that ends so."""
    last, old = ending_told(part)
    held = [champ for champ in _NUMBERS if old and str(scene.values.get(champ) or "").endswith(old)]
    if len(held) != 1:
        return {}
    read = answering.read_field(scene, held[0], ending(str(scene.values[held[0]]), last))
    return {held[0]: read.value} if isinstance(read, Value) else {}


def _domain_again(scene: Scene, part: str) -> dict[Champ, Json]:
    """« mon adresse est en exemple.org et pas exemple.com »: the one address noted there."""
    found = _DOMAINS.search(part)
    held = [champ for champ in _ADDRESSES if found and str(scene.values.get(champ) or "").endswith(f"@{found['old']}")]
    if Champ.EMAIL in held and _MINE.search(plain(part)):
        held = [Champ.EMAIL]
    if found is None or len(held) != 1:
        return {}
    local = str(scene.values[held[0]]).rpartition("@")[0]
    read = answering.read_field(scene, held[0], f"{local}@{found['new']}")
    return {held[0]: read.value} if isinstance(read, Value) else {}


_MINE = re.compile(r"\b(?:mon|ma|moi)\b")
_DOMAINS = re.compile(
    r"(?i)(?<![\w@.-])@?(?P<new>[a-z0-9-]{2,40}\.[a-z]{2,8})[\s,]{1,3}(?:et )?(?:non )?pas (?:en |@)?(?P<old>[a-z0-9-]{2,40}\.[a-z]{2,8})"
)
_NUMBERS = (Champ.TELEPHONE, Champ.TUTEUR_TELEPHONE, Champ.REPRESENTANT_TELEPHONE, Champ.SIRET)
_ADDRESSES = (Champ.EMAIL, Champ.TUTEUR_EMAIL, Champ.REPRESENTANT_EMAIL, Champ.SIGNATAIRE_EMAIL)
