"""What is said around an answer to say that it was given before: « jlai deja dit 3 foi », « comme je vous disais »."""

from bot.domain import regex as re

LONGEST = 600

_ALREADY = r"(?:(?:bien|d[ée]j[àa]|tjrs|toujours|bien s[ûu]r)\s){0,2}"
TOLD = r"(?:disais?|di[ts]?|dire|donn[ée]e?r?|mis|mettre|mettez|marqu[ée]|[ée]crit|r[ée]p[èe]te|redis|indiqu\w{1,4}|pr[ée]cis\w{1,4})"
"""The verbs of who has told something already."""

_TO_YOU = r"(?:(?:te|vous|vs|le|la|l|t)[\s'’]{0,2}){0,2}"
_I_SAID = (
    rf"(?:(?:comme|puisque|car|moi)\s)?(?:(?:je|j)[\s'’]{{0,2}}{_TO_YOU}(?:(?:ai|viens? (?:de|d['’]))\s?)?{_TO_YOU}{_ALREADY}{TOLD}"
    rf"|d[ée]j[àa] (?:dit|donn[ée]e?|mis)|(?:comme )?d[ée]j[àa] indiqu[ée]|comme indiqu[ée]|comme convenu)"
)
_ABOUT_IT = r"(?:\s(?:son|sa|ses|le|la|mon|ma|t[ée]l\w{0,8}|num(?:[ée]ro)?|mail|nom|adresse|\d{1,2}|deux|trois|plusieurs|fois?|au|en|tout|à|a|l['’]heure|d[ée]but|haut|dessus|avant|plus|hein|mdr+|lol|svp|stp)){0,6}"
_COUNTED = (
    r"(?:(?:pour|[çc]a fait|c['’ ]?est) )?(?:la )?(?:\d{1,2}|deux|trois|quatr|cinqu)(?:i[èe]me|[èe]me|[èe]m|e|è)? fois"
)
"""« 3e fois », « pour la troisième fois »."""

_SWEARS = r"putain|bordel|merde|pur[ée]e|punaise|bon sang|wesh|wsh"
_AFTER = re.compile(
    rf"(?i)(?<![\s,;(.…-])[\s,;(.…-]{{1,4}}(?:et |mais |ben |bah ){{0,2}}(?:{_I_SAID}{_ABOUT_IT}|{_COUNTED}|{_SWEARS}|lol|mdr+|ptdr|hein|svp|stp|s['’]il vous pla[iî]t|merci)[\s.!)…]{{0,9}}$"
)
_BEFORE = re.compile(
    rf"(?i)^(?:(?:bah|ben|mais|oui|ouais|si|ah|euh|bon)[\s,]{{1,3}}){{0,4}}(?:comme\s)?(?:je|j)[\s'’]{{0,2}}{_TO_YOU}(?:(?:ai|viens? (?:de|d['’]))\s?)?{_TO_YOU}{_ALREADY}(?:disais?|dis|di[ts]?|dire|rep[èe]te|redis)(?:\s(?:que )?c['’ ]?est|\s?:|\sque|,)?\s(?=\S)(?!(?:que|à|a|au|aux|mon|ma|de|d['’]|pas|non|oui|rien|tout)\b)"
)
_SAYS_MORE = re.compile(r"(?i)\b(?:mais|pas|plut[oô]t|en fait|c['’ ]?est|et|alors)\b|[?]")
_BARE_SUBJECT = re.compile(r"(?i)(?:^|\s)(?:je|j)(?:\s(?:te|vous|le|la))?(?:\sl)?['’ ]?(?:ai)?$")
FEW = 7
"""Words of an answer that insisting leads to: more, or another turn in them, is a sentence of its own."""


def without_insisting(text: str) -> str:
    """The answer alone; the text itself where nothing else is said in it."""
    if len(text) > LONGEST:
        return text
    bare = text.strip()
    for _ in range(3):
        bare = _AFTER.sub("", bare)
    if _BARE_SUBJECT.search(bare):
        bare = text.strip()
    led = _BEFORE.sub("", bare)
    if led != bare and len(led.split()) <= FEW and not _SAYS_MORE.search(led):
        bare = led
    return bare if re.search(r"\w{2}", bare) else text
