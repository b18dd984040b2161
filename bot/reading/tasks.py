"""What one will do there, without the words that lead to it: « ben je viens de le dire poncer, assembler »."""

from bot.domain import regex as re

_LEADS = re.compile(
    r"(?i)^(?:(?:ben|bah|beh|alors|euh|heu|bon|oui|non|ok|donc|et|mais|sinon|voil[àa])[\s,.]{1,3}){0,4}"
    r"(?:(?:comme\s)?(?:je|j)[\s'’]{0,2}(?:(?:te|vous|le|la|l)[\s'’]{0,2}){0,2}(?:l['’]?)?(?:ai|viens? (?:de|d['’]))\s?(?:(?:te|vous|le)\s){0,2}(?:d[ée]j[àa]\s)?(?:dit|dire|mis|[ée]crit|expliqu[ée]r?)(?:\sd[ée]j[àa])?[\s,.:]{1,3})?"
    r"(?:ce (?:ne )?sont pas (?:l|m)es activit[ée]s[\s,.:]{1,3})?"
    r"(?:(?:(?:les|mes) )?(?:activit[ée]s|t[âa]ches|missions)\s(?:seront|seraient|sont|c['’ ]?est)\s)?(?=\w)"
)


def tasks_told(text: str) -> str:
    """The tasks alone; the text itself where nothing is left."""
    bare = _LEADS.sub("", text.strip())
    return bare if len(bare.split()) > 1 else text
