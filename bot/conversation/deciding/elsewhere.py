"""A value that answers another question than the one asked: kept where it belongs, read back, the question asked again."""

from bot.conversation import answering
from bot.conversation.answering import EMAIL, PHONE, SIRET, Unsure
from bot.conversation.deciding import apart
from bot.conversation.doing import filling
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.domain.session import Json
from bot.form.demande_flow import employed
from bot.form.flow import Asking, Step
from bot.form.recap import shown
from bot.reading.french import DAYS, PLAIN_MONTHS
from bot.reading.outcome import Ask, Reading, Value
from bot.reading.plain import plain

_DATE = re.compile(
    rf"\b(?:{'|'.join((*PLAIN_MONTHS, *DAYS))}|demain|semaine prochaine|semaine du \d+|mois prochain)\b"
    r"|\d{1,2}[/.]\d{1,2}"
)
_SHORT = 6
"""Words under which a text with a date in it is a date."""

_NAMES_SOMETHING = frozenset({"conseiller", "entreprise"})
_DATED = (Champ.DATE_DEBUT, Champ.DATE_FIN)
AGE_ONLY = "naissance.age_seul"
"""The reader's code for an age said without a birth date."""


def wrong_shape(scene: Scene, step: Step) -> bool:
    """Whether a question that takes any words was given something that no name is: a date, a number, an aim."""
    if step.asking is Asking.TRADE:
        found = scene.house.reader.extract(scene.text, scene.context())
        said = {champ for champ, one in found.items() if isinstance(one, Value) or one.code == AGE_ONLY}
        return is_date(scene.text) or (bool(said) and Champ.METIER not in found)
    if step.asking is Asking.PLACE:
        return any(_whole(shape, scene.text) for shape in (EMAIL, SIRET, PHONE))
    if step.name == "contact":
        return is_date(scene.text)
    if step.name not in _NAMES_SOMETHING:
        return False
    return is_date(scene.text) or _whole(SIRET, scene.text) or scene.text.strip().isdecimal()


def is_date(text: str) -> bool:
    """Whether a short text is a date or a period, and nothing else."""
    if re.search(r"\d ?h\b|\d h \d", plain(text)):
        return False  # « 9h-17h du lundi au vendredi »: hours
    return len(text.split()) <= _SHORT and bool(_DATE.search(plain(text.replace("/", "."))) or _DATE.search(text))


def put(scene: Scene, step: Step) -> Reply | None:
    """Keep what the text clearly says of other questions, not answered yet; None where it says nothing of them."""
    values = _stated(scene, step) or _number(scene, step) or _postcode(scene, step)
    if values:
        return _kept(scene, values)
    known = _answered(scene, step)
    if known is not None:
        return known
    aged = note_age(scene, scene.house.reader.extract(scene.text, scene.context()).get(Champ.DATE_NAISSANCE))
    if aged:
        scene.say("form.age_note", age=aged)
        return questions.prompt(scene)
    return _date(scene, step) if is_date(scene.text) else None


def note_age(scene: Scene, reading: Reading | None) -> str:
    """An age said instead of a birth date: kept until the date is asked. The age, or an empty string."""
    if not isinstance(reading, Ask) or reading.code != AGE_ONLY or scene.values.get(Champ.DATE_NAISSANCE):
        return ""
    age = reading.params.get("age", "")
    scene.remember(age_said=age)
    return age


def _kept(scene: Scene, values: dict[Champ, Json]) -> Reply:
    scene.say("form.ailleurs")
    scene.lead.extend(filling.write(scene, values, bare=True))
    return questions.prompt(scene)


def _stated(scene: Scene, step: Step) -> dict[Champ, Json]:
    """What the reader finds in the text for other questions."""
    found = apart.here(scene.house.reader.extract(scene.text, scene.context()), step)
    return {champ: one.value for champ, one in found.items() if isinstance(one, Value) and _free(scene, step, champ)}


def _answered(scene: Scene, step: Step) -> Reply | None:
    """What the text says of a question answered before: the same is said to be kept, another value is offered."""
    found = scene.house.reader.extract(scene.text, scene.context())
    told = [(champ, one.value) for champ, one in found.items() if isinstance(one, Value) and champ not in step.fields]
    if len(told) != 1 or len(scene.text.split()) > _SHORT:
        return None
    champ, value = told[0]
    words, name = scene.house.words, filling.label(scene, champ)
    if scene.values.get(champ) == value:
        scene.say("form.deja", champ=name, valeur=shown(words, champ, value))
        return questions.prompt(scene)
    old = shown(words, champ, scene.values.get(champ))
    label = shown(words, champ, value)
    return questions.offer(scene, champ, words.say("form.remplacer", champ=name, ancien=old), [(label, value)])


def _number(scene: Scene, step: Step) -> dict[Champ, Json]:
    """A SIRET, a phone or an e-mail alone in its message."""
    for shape, champ in ((EMAIL, Champ.EMAIL), (SIRET, Champ.SIRET), (PHONE, Champ.TELEPHONE)):
        if not _whole(shape, scene.text) or not _free(scene, step, champ):
            continue
        read = answering.read_field(scene, champ, scene.text)
        if not isinstance(read, Value):
            continue
        if champ is not Champ.SIRET:
            return {champ: read.value}
        # An employee's SIRET may be that of the employer: whose it is must be asked at its own question.
        if not employed(scene.draft) and scene.values.get(Champ.HOTE_CONNU) is not False:
            return {Champ.HOTE_CONNU: True, champ: read.value}
    return {}


def _postcode(scene: Scene, step: Step) -> dict[Champ, Json]:
    """« 69100 » alone, while the commune is not known."""
    if not re.fullmatch(r"\s*\d{5}\s*", scene.text) or not _free(scene, step, Champ.COMMUNE):
        return {}
    read = answering.read_field(scene, Champ.COMMUNE, scene.text)
    return {Champ.COMMUNE: read.value} if isinstance(read, Value) else {}


def _whole(shape: re.Pattern[str], text: str) -> bool:
    found = shape.search(text)
    rest = text.replace(found.group(), "", 1) if found else text
    return found is not None and not re.sub(
        r"(?i)\b(?:siret|mail|e-?mail|mon|t[ée]l(?:[ée]phone)?|c['’]est)\b|\W", "", rest
    )


def _free(scene: Scene, step: Step, champ: Champ) -> bool:
    """Another question's field, not answered yet."""
    return champ not in step.fields and scene.values.get(champ) is None


def other_dates(scene: Scene) -> Reply | None:
    """« la semaine du 14 décembre » where the dates are answered: offered, the old ones shown."""
    owner = scene.house.flow.step_of(Champ.DATE_DEBUT)
    if owner is None:
        return None
    read = answering.read_step(scene, owner, scene.text)
    if isinstance(read, Unsure) and read.ask.proposals:
        return filling.unsure(scene, owner, read)
    if owner.asking is not Asking.PERIOD or not isinstance(read, answering.Filled) or len(read.values) != len(_DATED):
        return None
    words = scene.house.words
    old, new = (
        words.say(
            "recap.periode", debut=shown(words, _DATED[0], at[_DATED[0]]), fin=shown(words, _DATED[1], at[_DATED[1]])
        )
        for at in (scene.values, read.values)
    )
    asked = words.say("form.remplacer", champ=words.say(f"demande.{owner.name}.libelle"), ancien=old)
    return questions.offer(
        scene, _DATED[0], asked, [(new, {champ.value: value for champ, value in read.values.items()})]
    )


def _date(scene: Scene, step: Step) -> Reply | None:
    """A birth date, a period, or its first day; what must be chosen is asked back at once."""
    if _free(scene, step, Champ.DATE_NAISSANCE):
        born = answering.read_field(scene, Champ.DATE_NAISSANCE, scene.text)
        if isinstance(born, Value):
            return _kept(scene, {Champ.DATE_NAISSANCE: born.value})
    wanted = next((champ for champ in _DATED if _free(scene, step, champ)), None)
    owner = scene.house.flow.step_of(Champ.DATE_DEBUT)
    if owner is None:
        return None
    if wanted is None:
        return other_dates(scene)
    match answering.read_step(scene, owner, scene.text):
        case answering.Filled(values=values):
            return _kept(scene, dict(values))
        case Unsure() as doubt if doubt.ask.proposals and step.asking is not Asking.DATE:
            return filling.unsure(scene, owner, doubt)
    return None
