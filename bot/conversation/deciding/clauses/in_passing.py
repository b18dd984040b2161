"""What a clause states of fields that nothing fills yet, beside the answer or with it."""

from bot.conversation import answering
from bot.conversation.answering import EMAIL, PHONE, Filled
from bot.conversation.deciding import apart, whose
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.session import Json
from bot.form.flow import Asking, Step
from bot.reading.outcome import Value
from bot.reading.plain import plain
from bot.reading.spoken import said
from bot.reading.story.stated_figures import figures_told
from bot.reading.story.told_people import people_told


def stated_besides(scene: Scene, step: Step | None, part: str) -> dict[Champ, Json]:
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
    about_others = step.name in whose.ABOUT_SOMEBODY
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


OWN_WORDS = frozenset({Asking.TEXT, Asking.NAMES, Asking.DETAILS, Asking.OFFICE})


_SHAPED = frozenset({Asking.DATE, Asking.PLACE})


_SURE = frozenset(
    {
        Champ.DATE_NAISSANCE, Champ.COMMUNE, Champ.PRENOM, Champ.NOM, Champ.EMAIL, Champ.TELEPHONE, Champ.SIRET,
        Champ.SUIVI_PAR, Champ.HANDICAP, Champ.INSCRIT_FRANCE_TRAVAIL, Champ.RSA,
    }
)  # fmt: skip
"""Fields that a clause told in passing fills: each says by its shape, or by its words, what it is."""
