"""« elodie carpentier. résumé », « … et montrez-moi le récap »: the summary asked for beside something else."""

from bot.domain import regex as re
from bot.reading.plain import plain

LONGEST = 80
"""Characters of the clause that asks."""

_BREAK = re.compile(r"[.;!,?\n]\s|\s(?:et|puis)\s")
_ASKS = re.compile(
    r"(?:et |puis |apres )?(?:(?:je|j|on|tu|vous) ?)?(?:(?:veux|veu|voudrais|aimerais|peux|peut|pourrais|pouvez vous|peux tu|jveu|jveux|jpeux) )?"
    r"(?:me |m )?(?:relire|revoir|montre\w*|fais voir|faites voir|affiche\w*|recap\w*|resum\w*|voir)"
    r"(?: (?:moi|tout|le|la|un|ma|mon|mes|recap\w*|resume|demande|dossier|reponses|ce|que|qu|tu|t|as|vous|avez|note|noter|marque|ecrit|avant"
    r"|d|abord|svp|stp|s|il|te|plait|deja|j|ai|jai|donne|dit|fiche|ici|maintenant))*"
)
_OF_ALL = re.compile(r"\b(?:relire|revoir|recap\w*|resum\w*|tout|note|reponses|fiche|dossier)\b")


def summary_beside(text: str) -> str:
    """What is said besides, where the end of the text asks for the summary; an empty string elsewhere."""
    begins = max(0, len(text) - LONGEST)
    *_, found = [None, *_BREAK.finditer(text, begins)]
    last = plain(text[found.end() :]) if found else ""
    if found is None or not _ASKS.fullmatch(last) or not _OF_ALL.search(last):
        return ""
    rest = text[: found.start()].strip(" ,;")
    return rest if re.search(r"\w", rest) else ""
