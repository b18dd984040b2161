"""An address among other words: from its street or its place on, without what is told around it."""

from bot.domain import regex as re
from bot.reading.anew import parts_said

PLAIN_WAY = r"rue|avenue|av\.|boulevard|bd|place|chemin|impasse|all[ée]e|route|quai|cours|square|zone|za|zi|zac"
"""Ways that no other word is: « mail » and « passage » are streets only after a number."""

_WAY = rf"(?:{PLAIN_WAY}|r\.|av|blvd|pl\.|mail|passage|ruelle|sentier|sente|venelle|esplanade|promenade|faubourg|fg|lotissement|r[ée]sidence|hameau|rond-point)"
STREET = re.compile(
    rf"\b\d{{1,4}}(?:\s{{0,3}}(?:bis|ter|quater|[a-d]\b))?,?\s{{1,3}}{_WAY}(?=\s).{{0,400}}", re.IGNORECASE
)
"""A number and a street, and the rest of the line."""

_TOLD = re.compile(
    r"(?i)(?:\bc['’ ]?est\b|\bcest\b|\best\b|\bsont\b|\badresse\b|\bje\b|\bj['’]|:|\btrouve\b|\bsitu[ée]e?\b|\bils?\b|\btravaill\w{1,30})"
)
_AT = re.compile(
    r"(?i)^(?:(?:c['’ ]?est|cest|alors|bonjour|donc|euh|l['’]adresse)[\s,:]{1,4}){0,6}(?:au|à|a|aux)?\s{0,3}$"
)
_TAIL = re.compile(
    r"(?i)(?:[\s,;.(]{1,4}(?:svp|stp|s['’]il vous pla[iî]t|merci(?: beaucoup)?|voil[àa]|t[ée]l(?:[ée]phone)?[\s.:]{0,4}(?:\d[\d .]{8,})?|num[ée]ro|portable|mail|bonne (?:journ[ée]e|soir[ée]e)|je crois|il me semble|je pense|normalement|si je me trompe pas)){1,6}[\s:.,]{0,4}$"
)
_BUT = re.compile(
    r"(?i)[\s,;]{1,4}(?:mais|par contre|sauf que|attention)\s[^,;.]{0,80}(?=[,;.]\s{0,3}\d{5}|$)|\s{1,3}\((?!\d{5})(?=[^()]{0,80}[^\W\d_]{2})[^()]{0,80}\)"
)


_THEN = re.compile(r"(?i)\.\s{1,3}(?:c['’ ]?est|il|elle|on|je|j['’]|vous|y a|faut|attention|prenez)\b")
_PLACE = re.compile(
    rf"(?i)\d|\b{_WAY}|\b(?:lieu-?dit|ferme|centre|mairie|[ée]cole|h[ôo]pital|immeuble|b[âa]timent|parc|port|domaine|ch[âa]teau|usine|lyc[ée]e|coll[èe]ge|bourg|village|gare|march[ée]|caserne|march[ée])\b"
)


_ENDS = re.compile(
    r"(?i)(?<=\w)\s(?:je|j['’]|il|elle|on|lui|vous)(?![\w-])|(?<=\w)[\s,]{1,3}(?:(?:avec|qui|c['’ ]?est|cest|son|sa|contact|t[ée]l|siret|sauf|pour|point|voil[àa]|et (?!(?-i:[A-ZÉÈ]))|chez|monsieur|madame|mme|mlle|pas le reste|sans rien)(?![\w-])"
    r"|(?:le|la|l['’])\s?(?:patron|patronne|g[ée]rante?|tuteur|tutrice|siret|num[ée]ro|responsable|matin|directeur|directrice|contact)(?!\w)|du (?:lundi|mardi|mercredi|\d{1,2} (?:au|janv|f[ée]v|mars|avr|mai|juin|juil|ao|sept|oct|nov|d[ée]c))|[àa] partir|de \d{1,2} ?h|(?:\d{1,2}|deuxi|troisi|quatri)[eèi]\w{0,4} fois|(?:m\.|mr)\s)"
)
"""Words that no address holds: another subject begins there."""


def street_alone(text: str) -> str:
    """« 14 rue du Neufbourg 50000 Saint-Lô monsieur Delarue sera… » is the address alone; a text without a street is itself."""
    found = STREET.search(text)
    if found is None:
        return text
    way = _WAY_AND_NAME.match(text, found.start())
    ends = _ENDS.search(text, way.end() if way else found.start())
    return _LEFT_OVER.sub("", text[: ends.start()]).strip(" ,;.") if ends else text


_LEFT_OVER = re.compile(r"(?i)(?<![\s,])[\s,]{1,3}(?:mais|et|avec|au|à)$")
_WAY_AND_NAME = re.compile(
    rf"(?i)\d{{1,4}}(?:\s{{0,3}}(?:bis|ter|quater|[a-d]\b))?,?\s{{1,3}}{_WAY}\s(?:(?:de|du|des|la|le|les|l['’]|d['’])\s?){{0,3}}[\w'’-]+"
)


def looks_like_a_place(text: str) -> bool:
    """Whether words have anything of an address: a number, a way, a building, a name with its capital."""
    return _PLACE.search(text) is not None or re.search(r"(?<=\s)[A-ZÉÈÀÂÎÔ]\w", text.strip()) is not None


def street_told(text: str) -> str:
    """The address alone; a building or a firm named before it stays."""
    last = parts_said(text)[-1]
    shown = last if STREET.search(last) or re.search(r"\d{5}", last) else text
    found = STREET.search(shown)
    if found is not None:
        before = shown[: found.start()]
        if _AT.match(before) or _TOLD.search(before):
            shown = shown[found.start() :]
    shown = street_alone(shown)
    return _TAIL.sub("", _BUT.sub("", _THEN.split(shown, maxsplit=1)[0])).strip(" ,;.") or text
