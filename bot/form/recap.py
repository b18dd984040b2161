"""How answers are shown: one line a step, in the order of the flow."""

from datetime import date

from bot.domain.champs import Champ, Kind, of_kind
from bot.domain.reponses import hours_told
from bot.domain.session import Json
from bot.form.flow import Asking, Draft, Flow, Step
from bot.form.wording import Wording

_DATES = of_kind(Kind.DATE)
_IF_KNOWN = of_kind(Kind.IF_KNOWN)
CODES = of_kind(Kind.CODE)
"""Kept with the name that they stand for, and never read aloud."""
LONGEST = 200

_AGREEMENT = (Champ.CONSENTEMENT,)
"""The last step, and no line: sending is what agrees."""

_UNDATED = frozenset({Champ.DATE_NAISSANCE})
"""Days shown without their weekday."""


def shown(words: Wording, champ: Champ, value: Json) -> str:
    """One value as a person reads it."""
    match value:
        case None:
            return words.say("recap.vide")
        case bool():
            return words.say("oui" if value else "non")
        case str() if champ in _IF_KNOWN:
            return words.say({"oui": "oui", "non": "non"}.get(value, "inconnu"))
        case str() if champ in _DATES:
            return words.day(date.fromisoformat(value), weekday=champ not in _UNDATED)
        case str():
            return short(words.label(champ.value, value))
        case {"heures_semaine": hours}:
            return _hours(words, value, hours)
        case {"nom": str() as name}:
            return _place(name, value)
    return str(value)


def short(text: str) -> str:
    """A long answer is cut where it is shown, never where it is kept."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


def _place(name: str, value: Json) -> str:
    known = value if isinstance(value, dict) else {}
    code = known.get("code_postal") or known.get("departement")
    return f"{name} ({code})" if code else name


def _hours(words: Wording, value: Json, hours: Json) -> str:
    number = f"{hours:g}".replace(".", ",") if isinstance(hours, int | float) else ""
    return " ; ".join([words.say("recap.heures", nombre=number), *hours_told(value).in_words()])


def step_value(words: Wording, draft: Draft, step: Step) -> str:
    """What a step's fields hold, on one line; empty where nothing is answered."""
    told = [champ for champ in step.fields if draft.has(champ) and champ not in CODES]
    values = [shown(words, champ, draft.answers[champ]) for champ in told]
    if step.asking in {Asking.PERIOD, Asking.PAST} and len(values) == 2:
        return words.say("recap.periode", debut=values[0], fin=values[1])
    if step.asking is Asking.TICKS:
        own = (words.step(step.name, f"libelle_{champ}") for champ in told)
        return ", ".join(f"{name} : {value}" for name, value in zip(own, values, strict=True))
    if step.champs == (Champ.PRENOM, Champ.NOM):
        return " ".join(values)
    return ", ".join(values)


def lines(words: Wording, flow: Flow, draft: Draft) -> tuple[tuple[Step, str], ...]:
    """(step, line) of the visible steps: the value, or what is to be completed."""
    return tuple((step, line(words, draft, step)) for step in flow.visible(draft) if step.champs != _AGREEMENT)


def line(words: Wording, draft: Draft, step: Step) -> str:
    """« Métier : boulanger », or « Métier : à compléter »."""
    value = step_value(words, draft, step)
    return f"{words.step(step.name, 'libelle')} : {value or words.say('recap.a_completer')}"


def numbered(words: Wording, flow: Flow, draft: Draft, *, answered_only: bool = False) -> str:
    """The summary; its numbers are the places of the steps in the flow."""
    rows = lines(words, flow, draft)
    return "\n".join(
        f"{number}. {text}"
        for number, (step, text) in enumerate(rows, 1)
        if not answered_only or step_value(words, draft, step) or step.name in draft.skipped
    )
