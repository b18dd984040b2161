"""An answer in words, the same wherever it is read: short first, then the detail, then what else may have been meant."""

from bot.domain.answer import Answer
from bot.form.wording import Wording


def told(words: Wording, answer: Answer, *, briefly: bool = False) -> str:
    """The answer without its sources, paragraphs apart; `briefly`: without the detail."""
    rival = answer.rival
    parts = (
        words.say("reponse.a_confirmer") if answer.stale else "",
        answer.court,
        "" if briefly else answer.detail,
        words.say("reponse.sinon", titre=rival.titre, court=rival.court) if rival else "",
    )
    return "\n\n".join(part for part in parts if part)
