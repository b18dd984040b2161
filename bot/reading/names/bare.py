"""The name in « c'est le garage Renault je te l'ai dit », « non juste madame Pascale »: without what is said around it."""

from bot.domain import regex as re
from bot.reading.insisted import TOLD

LONGEST = 300

_SAID_IT = rf"(?:(?:je|j['’])\s?(?:viens de |te |vous |le |l['’]|l['’]ai |t['’]ai |vous ai |ai )*(?:d[ée]j[àa] )?{TOLD}|d[ée]j[àa] (?:dit|mis|donn[ée]))"
_LEAD = re.compile(
    rf"^(?:(?i:comme ){_SAID_IT}\s?[,.:!]?\s?|(?:(?:non|nan|nn|oui|ouais|bah|ba|ben|euh|alors|donc|mais|bon|gardez?|laissez?|juste|simplement|seulement|enfin)[\s,.:!]|(?i:non|nan|oui|ouais|bah|ben|euh|alors|donc|bon|{_SAID_IT})[,.:!])\s?){{1,5}}(?=\S)"
)
_CALLED = re.compile(r"(?i)^(?!.{0,60}\bpas s['’]).{0,60}?\b(?:s['’ ]?app?el+e|se nomme)\s{1,2}(?=\S)")
_IT_IS = re.compile(
    r"(?i)^(?:(?:l['’]|la |le |mon |ma |notre )(?:entreprise|bo[îi]te|soci[ée]t[ée]|lieu|association|asso|patron|[ée]duc\w{0,10}|[ée]ducat\w{1,6}|conseill\w{1,4}|format\w{1,5}|r[ée]f[ée]rente?|assistante? sociale|accompagnat\w{1,5}|agence|structure|(?:fille|dame|personne|gars|monsieur) qui (?:me suit|m['’]accompagne|s['’]occupe de moi))(?: rsa| l[àa]-?bas)?\s{1,2})?(?:c['’ ]?est|ce sera|:)\s{1,2}(?=\S)"
)
_TAIL = re.compile(
    rf"(?i)(?<![\s,;.(])[\s,;.(]{{1,4}}(?:(?:mais )?{_SAID_IT}|comme (?:je|j['’])|(?:mais )?(?:je|j['’])\s?(?:ne )?(?:n['’])?(?:ai (?:oubli|plus|pas)|conn?ai|sais (?:pas|plus)|me (?:rappelle|souviens))"
    r"|c['’ ]?est (?:l[àa] o[uù]|municipal|priv[ée]|public|une? )|(?:et |hein )?pas \w{2,20}$|lol$|mdr$|hein$|svp$|stp$|merci$)"
)


_ASIDE = re.compile(r"\s?\([^()]{12,80}\)")
"""« Au Poil ! (avec le point d'exclamation) »: a remark between brackets."""

_ROLE_ALONE = re.compile(
    r"(?i)(?:ma|mon|la|le|l['’])\s?(?:conseill\w{1,4}|r[ée]f[ée]rente?|agence|patronne?|bo[îi]te|entreprise|nom)\W{0,2}"
)
_UP_TO_COMMA = re.compile(r"^[^,;.]{1,80}[,;.]\s")
_ONLY_SAID = re.compile(rf"(?i)(?:(?:mais|bah|ben)\s)?{_SAID_IT}[\s.!]{{0,4}}")


def called(text: str) -> str:
    """« le restaurant il s'appelle Chez Fatou » → « Chez Fatou »."""
    return _CALLED.sub("", text.strip()) or text


def bare_name(text: str) -> str:
    """The name alone, in the person's own words; the whole text where nothing would be left of it."""
    bare = _ASIDE.sub("", called(text)).strip() or text
    if len(text) > LONGEST or "?" in text or _ONLY_SAID.fullmatch(bare):
        return text
    for lead in (_LEAD, _IT_IS):
        bare = lead.sub("", bare)
    tail = _TAIL.search(bare)
    if tail and _ROLE_ALONE.fullmatch(bare[: tail.start()]):
        bare = _UP_TO_COMMA.sub("", bare)  # « ma conseillère je sais plus, Mme Rousselot »
    elif tail:
        bare = bare[: tail.start()]
    bare = bare.strip(" ,;:.!(")
    return bare if any(char.isalnum() for char in bare) else text
