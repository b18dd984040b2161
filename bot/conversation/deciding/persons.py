"""Whose it is: numbers and addresses by their owner, a person replaced whole, and those who write for somebody else."""

from bot.conversation import answering
from bot.conversation.answering import EMAIL, PHONE, Filled
from bot.conversation.deciding.whose import HOLDERS, NOBODY, Way, mine_now, names, of_a_kind, ways_owned
from bot.conversation.doing import filling
from bot.conversation.hearing.heard import Act, Heard
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.domain.session import Json
from bot.form.flow import Step
from bot.reading.french import distance
from bot.reading.names.first_names import is_first_name
from bot.reading.outcome import Value
from bot.reading.plain import plain
from bot.reading.spoken import said
from bot.reading.story.told_people import people_told

FOR_ANOTHER = 0.4
"""Weight from which a message is taken to be written for, or as, somebody else."""

REPLACED = 0.2

_NAMED = re.compile(
    r"(?:s['’ ]appelle|c['’ ]est|sera|serait|nomm[ée]e?|:|remplac[ée]e? par|devient|,)\s+(?:plut[oô]t |maintenant |désormais )?"
    r"(?:(?:sa|son|ma|mon|une?|le|la) [a-zéè]+ )?(?P<name>(?:M\.|Mme|Mr|Monsieur|Madame)?\s?(?!PAS\b|PLUS\b|SIRET\b)[A-ZÉÈÀÂÎÔ][\w'’-]+(?: [A-ZÉÈÀÂÎÔ][\w'’-]+){0,3})"
)
_FUNCTION = re.compile(r"\s*,\s*(?P<function>(?!\S*@)(?!\+?\d)[^,@\d]{3,40})(?=,|$|\.)")


def _is(scene: Scene, champ: Champ, name: str) -> bool:
    """Whether a name is that of the person the form already knows there; a family name shared is not enough."""
    known = plain(str(scene.values.get(champ) or "").partition(",")[0]).split()
    told = [word for word in plain(name).split() if word not in _CIVILITIES]
    return bool(told) and (set(told) <= set(known) or set(known) <= set(told))


_CIVILITIES = frozenset({"m", "mr", "mme", "monsieur", "madame"})


def correct(scene: Scene, heard: Heard, step: Step | None) -> Reply | None:
    """A number or an address told anywhere goes to its owner; a person replaced is replaced whole."""
    text = heard.text
    if not scene.session.opened:
        return None
    moved = _exchanged(scene, text) or _given_back(scene, text)
    if moved or "?" in text:
        return filling.fill(scene, moved) if moved else None
    return (
        _adviser_again(scene, text, step)
        or _replaced(scene, heard, step)
        or _shared_out(scene, text, step)
        or _reached(scene, text, step)
    )


def _adviser_again(scene: Scene, text: str, step: Step | None) -> Reply | None:
    """« mon éduc c'est Stéphane Vasseur », once the adviser is noted: the one named now."""
    known = scene.values.get(Champ.CONSEILLER)
    if known is None or (step is not None and step.name in {"conseiller", "suivi_par", "activites"}):
        return None
    told = [one for one in people_told(text, "conseiller") if _IS_NOW.search(text[one.start : one.end])]
    if len(told) != 1 or said(scene.house.spoken, text, "personnes.d_avant") or EMAIL.search(told[0].name):
        return None
    if plain(told[0].name) in plain(str(known)):
        return None
    return filling.fill(scene, {Champ.CONSEILLER: told[0].name})


_IS_NOW = re.compile(r"(?i)\bc['’ ]?est\b|\bcest\b|app?elle|\bsera\b|\best\b|[:=]")


def _given_back(scene: Scene, text: str) -> dict[Champ, Json]:
    """« l'e-mail c'est le mien, pas celui du patron », nothing written anew: what is noted goes to its owner."""
    kind = of_a_kind(text)
    if not kind or "?" in text or EMAIL.search(text) or PHONE.search(text):
        return {}
    mine, host = (getattr(HOLDERS[name], kind) for name in ("moi", "tuteur"))
    others = [one for holder in HOLDERS.values() if (one := getattr(holder, kind)) not in {mine, None}]
    told = mine_now(scene, text)
    if told == "moi" and scene.values.get(mine) is None:
        known = {scene.values[one] for one in others if scene.values.get(one)}
        if len(known) == 1:
            return {mine: known.pop(), **{one: None for one in others if scene.values.get(one)}}
    if told == "tuteur" and scene.values.get(mine) and scene.values.get(host) is None:
        return {host: scene.values[mine], mine: None}
    return {}


def _exchanged(scene: Scene, text: str) -> dict[Champ, Json]:
    """« mon e-mail et celui de M. Kern sont inversés »: each takes the other's."""
    kind, words = of_a_kind(text), plain(text)
    if not kind or not _INVERTED.search(words) or _WONDERS.search(words):
        return {}
    mine, host = (getattr(HOLDERS[name], kind) for name in ("moi", "tuteur"))
    values = {mine: scene.values.get(host), host: scene.values.get(mine)}
    return values if any(values.values()) else {}


_INVERTED = re.compile(
    r"\b(?:sont|est|ete|avez|as|ai|a|on) (?:\w+ ){0,2}(?:invers\w+|echange\w*|melange\w*|permute\w*|confondu\w*|mis a l envers|a l envers)"
)
_WONDERS = re.compile(r"\b(?:est ce que|si|peut etre)\b.{0,80}\b(?:invers|echang|melang|permut|confond|a l envers)")


def _shared_out(scene: Scene, text: str, step: Step | None) -> Reply | None:
    """Addresses and numbers of several people in one message: each to its owner."""
    told = ways_owned(scene, text, step)
    owners = {one.owner for one in told}
    if len(owners) < 2 or "" in owners or (step is not None and step.name in _OF_SOMEBODY | {"tuteur"}):
        return None
    values: dict[Champ, Json] = {}
    for way in told:
        if way.owner in NOBODY:
            continue
        read = _way_of(scene, way)
        if not read or not values.keys().isdisjoint({champ for champ, value in read.items() if value}):
            return None
        values = {**read, **values, **{champ: value for champ, value in read.items() if value}}
    if owners & NOBODY:
        scene.say("sensible.tiers")
    return filling.fill(scene, values)


def _way_of(scene: Scene, way: Way) -> dict[Champ, Json]:
    """The way under its owner's field, taken from whoever it was noted for; empty where it does not read."""
    champ = getattr(HOLDERS.get(way.owner), way.kind, None)
    if champ is None:
        return {}
    read = answering.read_field(scene, champ, way.written)
    if isinstance(read, Value):
        return {champ: read.value}
    taken = answering.taken(scene, champ, read)
    return {champ: taken.value, **dict.fromkeys(taken.held_by)} if taken else {}


def _reached(scene: Scene, text: str, step: Step | None) -> Reply | None:
    if lent(scene, text) or (step is not None and step.name in _OF_SOMEBODY and not _by_role(scene, text, step)):
        return None
    values: dict[Champ, Json] = {}
    strangers = False
    for way in ways_owned(scene, text, None):
        if way.owner in NOBODY:
            strangers = True
            continue
        champ = getattr(HOLDERS.get(way.owner), way.kind, None)
        if champ is None or (step is not None and champ in step.fields):
            return None if not strangers else _strangers(scene)
        read = _way_of(scene, way)
        if not read:
            return None
        values |= read
    if values and len(plain(text).split()) <= 24:
        return filling.fill(scene, values)
    return _strangers(scene) if strangers and step is not None and step.name == "contact" else None


def lent(scene: Scene, text: str) -> bool:
    """« mettez celui de ma fille », where one's ways to be reached are asked: somebody near lends theirs."""
    step = questions.current(scene)
    if step is None or step.name != "contact":
        return False
    made = {way.owner for way in ways_owned(scene, text, None)} == {"moi"}  # « mon cousin m'a fait un mail »: one's own
    return made or bool(said(scene.house.spoken, text, "personnes.prete"))


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
    if step is not None and (
        step.name in _OF_SOMEBODY | {"conseiller", "suivi_par", "deja_accueilli"}
        or (step.name == "contact" and _shaped(heard.text))
    ):
        return None
    speaks = said(scene.house.spoken, heard.text, "personnes.tuteur") or names(scene, Champ.TUTEUR, heard.text)
    told = [one for one in people_told(heard.text, "tuteur") if one.name in heard.text]
    says_so = len(told) == 1 and (
        _IS_NOW.search(heard.text[told[0].start : told[0].end]) or heard.sounds(Act.CORRECTION) >= REPLACED
    )
    if says_so and not _is(scene, Champ.TUTEUR, told[0].name):
        return _tutor_now(scene, owner_step, heard, told[0].name, told[0].function)
    if len(told) == 1 and speaks and _more_of_it(scene, told[0].name):
        return filling.take(scene, owner_step, Filled({Champ.TUTEUR: told[0].name}))
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
    return _tutor_now(scene, owner_step, heard, name, function["function"].strip() if function else "")


def _more_of_it(scene: Scene, name: str) -> bool:
    """« mme Le Goff », where « mme le » is noted: the same person, the name whole."""
    known = plain(str(scene.values.get(Champ.TUTEUR) or "").partition(",")[0]).split()
    return 0 < len(known) < len(plain(name).split()) and set(known) < set(plain(name).split())


def _tutor_now(scene: Scene, step: Step, heard: Heard, name: str, function: str) -> Reply | None:
    """Somebody else, with the ways told now and none of the old ones."""
    if heard.sounds(Act.PROBLEM) >= 0.4:
        return None
    spelt = _spelt_again(str(scene.values.get(Champ.TUTEUR)), name)
    if spelt:
        return filling.take(scene, step, Filled({Champ.TUTEUR: spelt}))
    values: dict[Champ, Json] = {Champ.TUTEUR: f"{name}, {function}" if function else name}
    if not _no_name(str(scene.values.get(Champ.TUTEUR))):
        values |= {Champ.TUTEUR_EMAIL: None, Champ.TUTEUR_TELEPHONE: None}
    for shape, champ in ((EMAIL, Champ.TUTEUR_EMAIL), (PHONE, Champ.TUTEUR_TELEPHONE)):
        found = shape.search(heard.text)
        read = answering.read_field(scene, champ, found.group()) if found else None
        if isinstance(read, Value):
            values[champ] = read.value
    known = {
        champ: value for champ, value in values.items() if value is not None or scene.values.get(champ) is not None
    }
    return filling.take(scene, step, Filled(known))


def _no_name(known: str) -> bool:
    """« serait », « docteur » noted for a name: what is told now puts it right, and the ways noted with it stand."""
    return known.islower() and len(known.split()) == 1 and not is_first_name(known)


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


def _of_age(scene: Scene, text: str) -> bool:
    """« ma fille qui a 21 ans »: of age, she signs for herself."""
    told = [int(one or other) for one, other in _AGE.findall(plain(text))]
    return "majeur" in plain(text) or any(age >= scene.house.regles.valeur("age_majorite", scene.today) for age in told)


_AGE = re.compile(r"\ba (\d{2}) ans\b|\bde (\d{2}) ans\b")


def for_another(scene: Scene, heard: Heard, *, certain: bool = False) -> Reply | None:
    """An employer, a counsellor, a parent, a friend: the way for them; nothing of the wrong person is stored."""
    found = role(scene, heard)
    if not found and not (certain and heard.sounds(Act.OTHERS) >= FOR_ANOTHER):
        return None
    if heard.sounds(Act.ANSWER) > heard.sounds(Act.OTHERS) + 0.3:
        return None
    named = found.partition(".")[2] or "autre"
    named = "autre" if named == "parent" and _of_age(scene, heard.text) else named
    age = scene.house.regles.parametre("age_minimum", scene.today)
    day = scene.house.words.day(age.verifiee_le, weekday=False)
    scene.say(f"pour_autrui.{named}", age=str(age.valeur), source=age.url, jour=day)
    names = ("demande", "question", "humain") if named == "parent" else ("question", "humain")
    rows = tuple((scene.button(scene.house.words.say(f"menu.{name}"), "menu", name),) for name in names)
    return scene.reply(rows=rows)
