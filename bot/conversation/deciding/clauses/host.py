"""The host's name at the end of a message that says another one is meant."""

from bot.domain import regex as re
from bot.reading.plain import plain


def host_named_last(text: str) -> str:
    """The last name that « chez » or « c'est » leads to, before a stop; an empty string where there is none."""
    told = (found["name"].strip() for part in re.split(r"[,.;!?]", text) if (found := _CHEZ.match(part)))
    named = [name for name in told if not _CIVIL.search(name) and not _SPEAKS.search(plain(name))]
    return named[-1] if named else ""


_CIVIL = re.compile(
    r"(?i)(?<![\w'’])(?:m\.|mr|mme|mlle|monsieur|madame|patronn?e?|g[ée]rante?|directrice|directeur|tut(?:eur|rice))(?!\w)"
)
_SPEAKS = re.compile(
    r"\b(?:je|j|il|elle|on|vous|est|sera|a|veut|dit|pour|avec|qui|que|mission locale|france travail)\b"
)
_CHEZ = re.compile(
    r"(?i)^.*(?P<lead>\b(?:chez|c['’ ]?est|cest|c|s['’]app?el+e|se nomme)\s)(?P<name>[^\W\d_][^,.;!?]{2,60})$"
)
