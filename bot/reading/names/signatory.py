"""Who signs for the host, said by pointing at somebody already named."""

import re

from bot.domain.texte import words

_TUTOR = re.compile(
    r"(?:oui |non |ben |bah )*(?:c est |ce sera |ca sera |par )?(?:aussi )?"
    r"(?:(?:le|la|mon|ma) (?:meme(?: personne)?(?: que (?:le |la |mon |ma )?tut\w+)?|tut(?:eur|rice))|tut(?:eur|rice)"
    r"|lui(?: meme)?|elle(?: meme)?|idem|pareil)(?: aussi| qui signe)*"
)


def same_as_tutor(text: str) -> bool:
    """« c'est le tuteur », « la même personne »."""
    return _TUTOR.fullmatch(words(text)) is not None
