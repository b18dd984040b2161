"""What an answer in one's own words means at a question of a few values: heard, where no reader reads it."""

from collections.abc import Mapping

from bot.conversation.answering import Filled, Outcome, Unsure
from bot.conversation.hearing.heard import Act, Heard
from bot.domain.session import Json
from bot.form.flow import Asking, Step
from bot.reading.outcome import Ask

SURE, AHEAD = 0.55, 0.35
"""Weight from which a value is noted, and by how much it must pass the next one: of examples held out
(`tests.benchmarks.ear_held_out`), 36 % are noted, 95 % of them rightly; on the same draw, chosen among five pairs."""

LIKELY, A_LITTLE = 0.25, 0.1
"""The same, from which a value is proposed."""

FEW = 3
"""Words under which a reader's own is enough."""

UNKNOWN = "ne-sait-pas"
_YES_NO: Mapping[str, bool] = {"oui": True, "non": False}


def meant(heard: Heard, step: Step, read: Outcome) -> Outcome:
    """The reading, or what the ear hears instead where the reading doubts or refuses; consent is never guessed."""
    if step.asking not in {Asking.CHOICE, Asking.YES_NO} or "?" in heard.text:
        return read
    value, weight, ahead = likeliest(heard, step)
    if isinstance(read, Filled):
        told = read.values.get(step.champs[0])
        differs = step.asking is Asking.CHOICE and value not in {"", told, UNKNOWN} and isinstance(told, str)
        if not differs or weight < SURE or ahead < AHEAD or len(heard.text.split()) < FEW:
            return read
        # Two ears that differ: neither is noted.
        return Unsure(step.champs[0], Ask("noter_choix", {}, (("", value), ("", told))))
    if not value or _something_else(heard, weight):
        return read
    stored: Json = _YES_NO[value] if step.asking is Asking.YES_NO and value in _YES_NO else value
    if value == UNKNOWN and step.asking is Asking.YES_NO:
        return read
    if weight >= SURE and ahead >= AHEAD and step.name != "consentement":
        return Filled({step.champs[0]: stored})
    if weight >= LIKELY and ahead >= A_LITTLE and not isinstance(read, Unsure):
        return Unsure(step.champs[0], Ask("noter_choix", {}, (("", stored),)))
    return read


def likeliest(heard: Heard, step: Step) -> tuple[str, float, float]:
    """The value that the message sounds like most, its weight, and how far ahead it is."""
    head = f"choix/{step.name}/"
    weighed = sorted(
        ((weight, name.removeprefix(head)) for name, weight in heard.weights.items() if name.startswith(head)),
        reverse=True,
    )
    if not weighed:
        return "", 0.0, 0.0
    (best, value), second = weighed[0], weighed[1][0] if len(weighed) > 1 else 0.0
    return value, best, best - second


def _something_else(heard: Heard, weight: float) -> bool:
    """Whether a question, a problem, a complaint or an order covers the answer."""
    covering = (Act.QUESTION, Act.PROBLEM, Act.COMPLAINT, Act.ORDER, Act.OTHERS, Act.CORRECTION)
    return max(heard.sounds(act) for act in covering) > max(weight, heard.sounds(Act.ANSWER))
