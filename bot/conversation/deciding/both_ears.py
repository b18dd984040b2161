"""The second ear in a turn: when it is asked, what it adds to the first, and what it alone heard, which is only offered."""

from bot.conversation import answering
from bot.conversation.answering import Unsure
from bot.conversation.claims import Claim, Listening
from bot.conversation.doing import ask, filling
from bot.conversation.hearing import orders, second
from bot.conversation.hearing.heard import Heard
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain.champs import BY_CHAMP, Champ, Who
from bot.domain.message import Kind as Form
from bot.domain.message import Reply
from bot.form.flow import Asking
from bot.form.recap import shown
from bot.reading.outcome import Ask, Value
from bot.reading.plain import plain

_PRIVATE = frozenset({Asking.NAMES, Asking.DETAILS})
"""Questions on people and their numbers: the answers stay here."""


def claims(scene: Scene) -> tuple[Claim, ...]:
    """What the second ear points at in this message, checked; empty where there is none, or nothing is worth a call."""
    ear, text = scene.house.second_ear, scene.text
    if ear is None or not _worth(scene):
        return ()
    if text not in scene.overheard:
        scene.overheard[text] = second.checked(text, ear.hear(_listening(scene)) or ())
    return scene.overheard[text]


def _worth(scene: Scene) -> bool:
    """Words typed as a message, more than a bare answer, at a question that asks for nobody's name nor number.

    What the built-in ear knows for an order is heard by it alone.
    """
    if scene.message.kind is not Form.TEXT or orders.order(scene.text) is not None:
        return False
    if len(plain(scene.text).split()) < second.FEWEST or scene.dossier.handoff is not None:
        return False
    step = questions.current(scene)
    return step is None or step.asking not in _PRIVATE


def _listening(scene: Scene) -> Listening:
    step = questions.current(scene)
    label = scene.house.words.step(step.name, "libelle") if step else ""
    name = step.name if step else ""
    sure = second.certain(scene.house.listener.listen(scene.text), name)
    return Listening(scene.text, name, label, ask.named(scene), sure)


def _in_course(scene: Scene) -> tuple[Claim, ...]:
    """The claims, but while something waits for a « oui » or a choice: then only danger is heard by the second ear."""
    return () if scene.confirming is not None or scene.offered is not None else claims(scene)


def danger(scene: Scene) -> str:
    """The category of danger that the second ear is sure of; empty where it is calm."""
    return second.danger(claims(scene))


def health(scene: Scene) -> tuple[str, ...]:
    """The words on health that the second ear is sure of."""
    return second.health(scene.text, _in_course(scene))


def merged(scene: Scene, heard: Heard) -> Heard:
    """Both ears as one (see `hearing.second`)."""
    found = _in_course(scene)
    if not found:
        return heard
    step = questions.current(scene)
    return second.merged(heard, found, step.name if step else "", lambda champ: _owner(scene, champ))


def _owner(scene: Scene, champ: Champ) -> str:
    step = scene.house.flow.step_of(champ)
    return step.name if step else ""


def offered(scene: Scene) -> Reply | None:
    """A value that the second ear alone heard, where the form has none: read again, then asked, never stored."""
    for champ, text in second.values(scene.text, _in_course(scene)).items():
        step = scene.house.flow.step_of(champ)
        if step is None or scene.values.get(champ) is not None or step not in scene.house.flow.visible(scene.draft):
            continue
        read = answering.read_field(scene, champ, text)
        if not isinstance(read, Value) or BY_CHAMP[champ].of not in {Who.PERSON, Who.HOST}:
            continue
        words = scene.house.words
        label = shown(words, champ, read.value)
        asked = Ask(
            "noter",
            {"texte": label[:120], "champ": words.step(step.name, "libelle")},
            ((words.say("oui"), read.value),),
        )
        return filling.unsure(scene, step, Unsure(champ, asked))
    return None
