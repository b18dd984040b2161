"""Whose it is: numbers and addresses by their owner, a person replaced whole, and those who write for somebody else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import answering
from bot.conversation.answering import EMAIL, PHONE, Filled
from bot.conversation.doing import filling
from bot.conversation.hearing.heard import Act, Heard
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.domain.session import Json
from bot.form.demande_flow import employed
from bot.form.flow import Step
from bot.reading.french import distance
from bot.reading.outcome import Value
from bot.reading.plain import plain
from bot.reading.spoken import said

FOR_ANOTHER = 0.4
"""Weight from which a message is taken to be written for, or as, somebody else."""

REPLACED = 0.2


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody the form knows: the name, the ways to reach them, and the step that asks for them."""

    name: Champ | None
    email: Champ | None
    phone: Champ | None
    step: str


HOLDERS: Mapping[str, Holder] = {
    "moi": Holder(None, Champ.EMAIL, Champ.TELEPHONE, "contact"),
    "tuteur": Holder(Champ.TUTEUR, Champ.TUTEUR_EMAIL, Champ.TUTEUR_TELEPHONE, "tuteur"),
    "parent": Holder(Champ.REPRESENTANT, Champ.REPRESENTANT_EMAIL, Champ.REPRESENTANT_TELEPHONE, "representant"),
    "employeur": Holder(Champ.EMPLOYEUR, Champ.EMPLOYEUR_EMAIL, None, "employeur"),
    "urgence": Holder(Champ.URGENCE_NOM, None, Champ.URGENCE_TELEPHONE, "urgence"),
}
NOBODY = frozenset({"tiers", "conseiller"})
"""People whose number has no place in the form."""

_NAMED = re.compile(
    r"(?:s['’ ]appelle|c['’ ]est|sera|serait|nomm[ée]e?|:|remplac[ée]e? par|devient|,)\s+(?:plut[oô]t |maintenant |désormais )?"
    r"(?:(?:sa|son|ma|mon|une?|le|la) [a-zéè]+ )?(?P<name>(?:M\.|Mme|Mr|Monsieur|Madame)?\s?[A-ZÉÈÀÂÎÔ][\w'’-]+(?: [A-ZÉÈÀÂÎÔ][\w'’-]+){0,3})"
)
_FUNCTION = re.compile(r"\s*,\s*(?P<function>(?!\S*@)(?!\+?\d)[^,@\d]{3,40})(?=,|$|\.)")


def owner(scene: Scene, text: str, at: int) -> str:
    """Whose the value at that place is: a key of HOLDERS, of NOBODY, or empty where nobody is named."""
    spoken = scene.house.spoken
    before, after = _around(text, at)
    for part in (before, after):
        if _names(scene, Champ.TUTEUR, part):
            return "tuteur"
        found = said(spoken, part, "personnes.urgence", "personnes.parent", "personnes.employeur")
        if found:
            return _known(scene, found.partition(".")[2])
        if said(spoken, part, "personnes.moi"):
            return "moi"
        if scene.values.get(Champ.TUTEUR) and said(spoken, part, "personnes.hote", "personnes.lui"):
            return "tuteur"
        found = said(spoken, part, "personnes.conseiller", "personnes.tuteur", "personnes.tiers")
        if found == "personnes.tuteur" and scene.values.get(Champ.TUTEUR) and _ANOTHER.search(part):
            return "tiers"
        if found:
            return found.partition(".")[2]
    return ""


_ANOTHER = re.compile(r"\b(?:M\.?|Mme|Mr|Monsieur|Madame)\s+[A-ZÉÈ]\w+")
"""Somebody named, in a clause that does not name the tutor the form knows."""


def _known(scene: Scene, name: str) -> str:
    """A parent signs for a minor only; an employer is asked for only where there is one."""
    if name == "parent" and not scene.draft.minor:
        return "tiers"
    if name == "employeur" and not employed(scene.draft):
        return ""
    return name


def _around(text: str, at: int) -> tuple[str, str]:
    """The words of the clause before a value, then those after it."""
    before = re.split(r"[;.!?\n]|, (?=moi\b|mon\b|ma\b|le sien|et )", text[:at])[-1]
    after = re.split(r"[;.!?\n]", text[at:])[0]
    after = re.sub(r"^[\d\s.+()-]+|^\S+@\S+", "", after)
    return before, after


def _names(scene: Scene, champ: Champ, part: str) -> bool:
    """Whether the words name the person the form already knows there."""
    value = scene.values.get(champ)
    known = [word for word in plain(str(value or "")).split() if len(word) > 3][:2]
    return any(re.search(rf"\b{word}\b", plain(part)) for word in known)


def _is(scene: Scene, champ: Champ, name: str) -> bool:
    """Whether a name is that of the person the form already knows there; a family name shared is not enough."""
    known = plain(str(scene.values.get(champ) or "").partition(",")[0]).split()
    told = [word for word in plain(name).split() if word not in _CIVILITIES]
    return bool(told) and (set(told) <= set(known) or set(known) <= set(told))


_CIVILITIES = frozenset({"m", "mr", "mme", "monsieur", "madame"})


def correct(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """A number or an address told anywhere goes to its owner; a person replaced is replaced whole."""
    text = heard.text
    if not scene.session.opened or "?" in text:
        return None
    return _replaced(scene, heard, step) or _reached(scene, text, step)


def _reached(scene: Scene, text: str, step: Step | None) -> Reply | None:
    if lent(scene, text) or (step is not None and step.name in _OF_SOMEBODY and not _by_role(scene, text, step)):
        return None
    values: dict[Champ, Json] = {}
    strangers = False
    for shape, kind in ((EMAIL, "email"), (PHONE, "phone")):
        for found in shape.finditer(text):
            whose = owner(scene, text, found.start())
            if whose in NOBODY:
                strangers = True
                continue
            holder = HOLDERS.get(whose)
            champ = getattr(holder, kind) if holder else None
            if champ is None or (step is not None and champ in step.fields):
                return None if not strangers else _strangers(scene)
            read = answering.read_field(scene, champ, found.group())
            if not isinstance(read, Value):
                return None
            values[champ] = read.value
    if values and len(plain(text).split()) <= 24:
        return filling.fill(scene, values)
    return _strangers(scene) if strangers and step is not None and step.name == "contact" else None


def lent(scene: Scene, text: str) -> bool:
    """« mettez celui de ma fille », where one's ways to be reached are asked: somebody near lends theirs."""
    step = questions.current(scene)
    return step is not None and step.name == "contact" and bool(said(scene.house.spoken, text, "personnes.prete"))


def _strangers(scene: Scene) -> Reply:
    """Somebody whom the form does not ask for: neither the name nor the number is kept, and that is said."""
    scene.say("sensible.tiers")
    return questions.prompt(scene)


_OF_SOMEBODY = frozenset({"employeur", "entreprise", "representant", "urgence", "signataire"})
"""Questions about somebody: a name told there is theirs."""


def _by_role(scene: Scene, text: str, step: Step) -> bool:
    """Whether somebody the form asks about elsewhere is named by their role: a name they share is no proof."""
    if step.name in _NAMED_BY_ROLE:
        return bool(said(scene.house.spoken, text, "personnes.moi"))
    return bool(said(scene.house.spoken, text, "personnes.moi", "personnes.tuteur", "personnes.employeur"))


_NAMED_BY_ROLE = frozenset({"representant", "signataire"})
"""« mon oncle est mon tuteur », « le gérant : … »: the very answer to these questions."""


def _replaced(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """« changement de tuteur : … »: the new name, and no number of the old one."""
    owner_step = scene.house.flow.step("tuteur")
    if owner_step is None or step is owner_step or scene.values.get(Champ.TUTEUR) is None:
        return None
    if step is not None and (step.name in _OF_SOMEBODY or (step.name == "contact" and _shaped(heard.text))):
        return None
    speaks = said(scene.house.spoken, heard.text, "personnes.tuteur") or _names(scene, Champ.TUTEUR, heard.text)
    new = _NAMED.search(heard.text)
    if not speaks or new is None or heard.sounds(Act.PROBLEM) >= 0.4:
        return None
    name = new["name"].strip()
    if _is(scene, Champ.TUTEUR, name):
        return None
    spelt = _spelt_again(str(scene.values.get(Champ.TUTEUR)), name)
    if spelt:
        return filling.take(scene, owner_step, Filled({Champ.TUTEUR: spelt}))
    function = _FUNCTION.match(heard.text[new.end() :])
    values: dict[Champ, Json] = {
        Champ.TUTEUR: f"{name}, {function['function'].strip()}" if function else name,
        Champ.TUTEUR_EMAIL: None,
        Champ.TUTEUR_TELEPHONE: None,
    }
    for shape, champ in ((EMAIL, Champ.TUTEUR_EMAIL), (PHONE, Champ.TUTEUR_TELEPHONE)):
        found = shape.search(heard.text)
        read = answering.read_field(scene, champ, found.group()) if found else None
        if isinstance(read, Value):
            values[champ] = read.value
    known = {
        champ: value for champ, value in values.items() if value is not None or scene.values.get(champ) is not None
    }
    return filling.take(scene, owner_step, Filled(known))


def _spelt_again(known: str, name: str) -> str:
    """« pas Pasquier, Pasquet »: the same person, a name spelt again; empty where it is somebody else."""
    told = name.split()
    if len(told) != 1:
        return ""
    near = [word for word in re.findall(r"[\w'’-]{4,}", known) if 0 < distance(plain(word), plain(told[0])) <= A_SLIP]
    return known.replace(near[0], told[0], 1) if len(near) == 1 else ""


A_SLIP = 2
"""Letters by which a name spelt again may differ."""


def _shaped(text: str) -> bool:
    """Whether an e-mail or a phone stands in the text: at the question on one's own, it is one's own."""
    return EMAIL.search(text) is not None or PHONE.search(text) is not None


def role(scene: Scene, heard: Heard) -> str:
    """Who writes, where it is not the person who does the immersion; empty where nothing says so."""
    return said(scene.house.spoken, heard.text, "roles.employeur", "roles.conseiller", "roles.parent", "roles.autre")


def for_another(scene: Scene, heard: Heard, *, certain: bool = False) -> Reply | None:
    """An employer, a counsellor, a parent, a friend: the way for them; nothing of the wrong person is stored."""
    found = role(scene, heard)
    if not found and not (certain and heard.sounds(Act.OTHERS) >= FOR_ANOTHER):
        return None
    if heard.sounds(Act.ANSWER) > heard.sounds(Act.OTHERS) + 0.3:
        return None
    named = found.partition(".")[2] or "autre"
    age = scene.house.regles.parametre("age_minimum", scene.today)
    day = scene.house.words.day(age.verifiee_le, weekday=False)
    scene.say(f"pour_autrui.{named}", age=str(age.valeur), source=age.url, jour=day)
    names = ("question", "humain")
    rows = tuple((scene.button(scene.house.words.say(f"menu.{name}"), "menu", name),) for name in names)
    return scene.reply(rows=rows)
