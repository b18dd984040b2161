"""Before any search, in this order: emergency, courtesy, requests that are refused, another language."""

from collections.abc import Callable

from bot.answers.courtesy import courtesy
from bot.answers.emergency import emergency
from bot.answers.language import by_script, foreign
from bot.answers.refusals import refused
from bot.domain.answer import Refus, Refusal, Smalltalk

__all__ = ["before_search", "emergency"]


def before_search(text: str, known: Callable[[str], float] = lambda _: 0.0) -> Smalltalk | Refusal | None:
    """What needs no search, or None; `known` is the share of the words that the base knows."""
    script = by_script(text)
    if script:
        return Refusal(Refus.OTHER_LANGUAGE, language=script)
    code = courtesy(text)
    if code:
        return Smalltalk(code)
    reason = refused(text)
    if reason:
        return Refusal(reason)
    language = foreign(text, known)
    return Refusal(Refus.OTHER_LANGUAGE, language=language) if language else None
