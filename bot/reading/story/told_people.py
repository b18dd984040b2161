"""People whom a message names with what they are: « référente Mme Aubry », « le patron c'est Karim », « avec Benoît »."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import regex as re
from bot.reading.names.first_names import is_first_name

LONGEST = 1000
"""Characters that are looked at."""

_CAPITAL = r"[A-ZÉÈÀÂÎÔÇ][\w'’-]{1,40}"
_CIVIL = r"(?:[Mm]\.|Mr\.?|Mme|Mlle|M(?=\s)|(?i:monsieur|madame|mademoiselle|mme|mlle|docteur|docteure))"
_NAME = rf"(?:{_CIVIL}\s{{1,2}}(?:(?:le|la|les|de|du|des|el|ben|van|von|di)\s(?!directrice|patronne|g[ée]rante|responsable|maire|conseill|chef))?[\w'’-]{{2,40}}(?:\s(?!SIRET){_CAPITAL}){{0,2}}|{_CAPITAL}(?:\s(?:(?:de|du|le|la)\s|d['’])?{_CAPITAL}){{0,3}})"
_SMALL = r"[^\W\d_][\w'’-]{1,40}(?:\s[^\W\d_][\w'’-]{1,40})?"
_IS = r"(?:\s{0,2}[:,=(-]\s{0,2}|\s{1,2}(?i:qui\s)?(?i:c['’ ]?est|cest|c|est|sera(?:it)?|ce sera(?:it)?|sont|s['’ ]?app?el+e(?:nt)?|se nomme|nomm[ée]e?)\s{1,2}|\s{1,2})(?i:(?:juste|seulement|bien|plut[ôo]t)\s)?"
_ROLES = {
    "conseiller": r"dame qui me suit|qui m['’ ]?(?:e )?(?:suit|accompagne|conseille)|conseill[eè]re?s?|r[ée]f[ée]rente?s?|assistante? sociale?|accompagnat(?:eur|rice)|charg[ée]e? d['’](?:insertion|accompagnement)|cip|[ée]duc(?:at(?:eur|rice))?(?: sp[ée]\w{0,10})?|format(?:eur|rice)",
    "tuteur": r"patron(?:ne)?|g[ée]rante?|direct(?:eur|rice)|chef(?:fe)?|responsable|boss|tuteur|tutrice|ma[iî]tre de stage|personne|dame|propri[ée]taire|dirigeante?|boulang[eè]re?|encadrante?",
    "proche": r"ami|amie|s(?:œ|oe)ur|fr[eè]re|mari|femme|conjointe?|compagne|compagnon|copine|copain|voisine?|cousine?|tante|oncle|tonton|tata|fille|fils|m[eè]re|p[eè]re|maman|papa|belle-s(?:œ|oe)ur|beau-fr[eè]re|coll[eè]gue|grand-m[eè]re|grand-p[eè]re|mamie|papi|papy|m[ée]m[ée]|tatie|marraine|parrain",
    "representant": r"m[eè]re|p[eè]re|maman|papa|parents|tuteur l[ée]gal|tutrice l[ée]gale|daronn?e?|beau-p[eè]re|belle-m[eè]re|repr[ée]sentante? l[ée]gale?|responsables? l[ée]gale?s?",
}
_OF_WHAT = r"(?:\s(?:(?:de |d['’]|du |[àa] |au )?(?:la )?(?i:france travail|p[ôo]le emploi|mission locale|cap emploi)|en [ée]volution professionnelle|de (?:la |l['’])?[a-zà-ü]{3,20}|du [a-zà-ü]{3,20}|d['’][a-zà-ü]{3,20}|l[àa]-bas)){0,2}"
_LED = {
    role: re.compile(
        rf"(?<![\w'’-])(?:(?i:mon|ma|mes|le|la|un|une|notre|son|sa)\s)?(?P<role>(?i:{words}){_OF_WHAT}){_IS}(?:(?i:mon|ma)\s[a-zéè-]{{3,14}}\s|(?i:le|la)\s(?=(?i:docteure?)\s))?(?P<name>{_NAME}|(?P<small>{_SMALL}))"
    )
    for role, words in _ROLES.items()
}
_FOLLOWED = {
    role: re.compile(
        rf"(?<![\w'’-])(?P<name>{_NAME}|(?P<small>[a-zéèêëàïîôûç-]{{3,20}}\s(?!est\b|qui\b|et\b)[\w'’-]{{2,30}})),?\s{{1,2}}(?i:qui est |c['’ ]?est |est |sera |serait )?(?i:(?:mon|ma|le|la|un|une|sa|son)\s)?(?P<role>(?i:{words}){_OF_WHAT})(?!\w)"
    )
    for role, words in _ROLES.items()
}
_WITH = re.compile(rf"(?<![\w'’-])(?i:avec|par)\s(?P<name>{_NAME})")
_CALLED = re.compile(
    rf"(?<![\w'’-])(?i:(?:il|elle) s['’ ]?app?el+e|(?:c['’ ]?est|avec|demand\w{{1,4}}) (?=(?:m\.|mme|mr|monsieur|madame)\s))\s{{0,2}}(?P<name>{_NAME}|(?P<small>{_SMALL}))"
)
_TEACHES = re.compile(
    rf"(?<![\w'’-])(?P<name>{_NAME}|(?P<small>[^\W\d_][\w'’-]{{2,20}}\s[^\W\d_][\w'’-]{{2,30}}))\s(?i:(?:qui|il|elle|lui|c['’]est (?:lui|elle) qui)\s(?:va |sera l[àa] pour )?(?:me |m['’]|nous )(?:montr|appren|sui[tv]|encadr|accompagn|guid|form|expliqu)\w*)"
)
"""« avec Élise Kervella qui me montrera tout »: who shows the work is the tutor."""

_SURE = re.compile(rf"{_CIVIL}\s")
_NO_NAME = re.compile(
    r"(?i)^(?:le CEP|Chez|France Travail|Cap Emploi|Mission Locale|P[ôo]le Emploi)\b|^(?:(?:M|Mr|Mme)\.?$|Cap|France|Mission|Locale?|P[ôo]le|RSA|CDI|CDD|RQTH|SIRET|Le|La|Les|Il|Elle|Je|J|On|Mais|Et|Pour|Non|Oui|Merci|Bonjour|CEP|MDPH|EHPAD|CFA|SAS|SARL)\b(?!\s[A-ZÉÈ])"
)


@dataclass(frozen=True, slots=True)
class ToldPerson:
    """Somebody named: what they are (conseiller, tuteur, representant), their name, their function, where it is told."""

    role: str
    name: str
    function: str
    start: int
    end: int


def people_told(text: str, *roles: str, loose: bool = True) -> tuple[ToldPerson, ...]:
    """Those of these roles that the text names, in its order; where `loose`, « avec » and « elle s'appelle » name the first role."""
    shown = text[:LONGEST]
    found: dict[tuple[int, int], ToldPerson] = {}
    for one in _named(shown, roles, loose=loose):
        if not any(one.start < end and start < one.end for start, end in found):
            found[(one.start, one.end)] = one
    return tuple(sorted(found.values(), key=lambda one: one.start))


def civil_alone(text: str) -> str:
    """« France Travail, Mme Gauthier, … »: a civility and a name that are a clause; an empty string where none is."""
    found = _CIVIL_ALONE.search(text[:LONGEST])
    return found["name"] if found else ""


_CIVIL_ALONE = re.compile(
    rf"(?:^|[,;.]\s)(?P<name>{_CIVIL}\s{{1,2}}[\w'’-]{{2,40}}(?:\s{_CAPITAL}){{0,2}})(?=\s?(?:[,;.(]|$)|\s(?:à|au|de|du|chez)\s)"
)


def named_now(text: str) -> tuple[str, ...]:
    """The names that a text says hold now: « c'est plus Mme Le Ray, c'est M. Oliveira » gives the last one alone."""
    return tuple(found["name"] for found in _NOW.finditer(text[:LONGEST]) if not _NO_NAME.match(found["name"]))


_NOW = re.compile(
    rf"(?i:\bc['’ ]?est (?!plus|pas)|\bcest |\bc |\bpar |\bce sera |\bsera |\bdevient |\bmaintenant )(?P<name>{_NAME})"
)


def _named(text: str, roles: tuple[str, ...], *, loose: bool) -> Iterator[ToldPerson]:
    for role in roles:
        for match in _LED[role].finditer(text):
            yield from _person(role, match)
        for match in _FOLLOWED[role].finditer(text):
            led = _CALLED_SO.search(match.string[: match.start("name")])
            if match["role"][:1].isupper() and len(match["name"].split()) == 1 and match["role"].isalpha():
                continue  # « Marie Boulanger » is a name
            if led or _SURE.match(match["name"]) or is_first_name(match["name"].split()[0]):
                yield from _person(role, match)
    if "tuteur" in roles:
        for match in _TEACHES.finditer(text):
            yield from _person("tuteur", match)
    vague = _WITH if "conseiller" in roles else _CALLED
    for match in vague.finditer(text) if loose else ():
        yield from _person(roles[0], match)


def _person(role: str, match: re.Match[str]) -> Iterator[ToldPerson]:
    """The person of a match, unless what stands there is no name; a small word is one where people bear it."""
    name = match["name"]
    if match.groupdict().get("small"):
        words = name.split()
        if words[0].lower() in _JOINTS:
            return
        called = _CALLED_SO.search(match.string[match.start() : match.start("name")])
        if called and _ALONE.match(match.string, match.start("name") + len(words[0])) and words[0] not in _NOBODY:
            name = words[0]
        elif not is_first_name(words[0]) and not (len(words) > 1 and is_first_name(words[1])):
            return
        if not is_first_name(words[0]) or (len(words) > 1 and words[1] in _JOINTS):
            name = words[0]
    if _NO_NAME.match(name) or _OF_AN_ADDRESS.match(match.string, match.start("name")):
        return
    told = match.groupdict().get("role") or ""
    end = match.start("name") + len(name)
    if told and match.start("role") > match.start("name"):
        end = match.end()
    then = _THEN_WHAT.match(match.string, end) if role == "tuteur" and not _FUNCTION.fullmatch(told) else None
    if then:
        told, end = then["what"], then.end()
    other = _AND_ANOTHER.match(match.string, end) if role == "representant" else None
    if other:
        name, end = f"{name}{other.group()}", other.end()
    yield ToldPerson(role, name.strip(), told if _FUNCTION.fullmatch(told) else "", match.start(), end)


_OF_AN_ADDRESS = re.compile(r"[\w.+-]{1,64}@")
"""« le mail de la tutrice c'est anne.pennec@… » names nobody."""

_THEN_WHAT = re.compile(
    r",?\s(?:(?:le|la|un|une)\s)?(?P<what>(?:patron(?:ne)?|g[ée]rante?|direct(?:eur|rice)|chef(?:fe)?|responsable|boss|propri[ée]taire|dirigeante?)(?:\sd['’ ]?(?:e )?[a-zéèà]{3,15})?)(?![\w'’])"
)
"""« le tuteur c'est Bernard Fournier le patron »."""

_FUNCTION = re.compile(r"(?i)(?!tuteur|tutrice|personne|dame|qui|ma[iî]tre|encadrant).+")
"""What they are where it says more than that they welcome."""

_AND_ANOTHER = re.compile(rf"\set\s{_NAME}")
_CALLED_SO = re.compile(r"(?i)(?:c['’ ]?est|cest|\sc|s['’ ]?app?el+e|[:=])\s{1,2}$")
_ALONE = re.compile(r"\s*(?:$|[,;.!\n]|(?=\+?\d{2}))")
_NOBODY = frozenset(
    {
        "moi",
        "lui",
        "elle",
        "eux",
        "ok",
        "bon",
        "bien",
        "pas",
        "oui",
        "non",
        "cool",
        "sympa",
        "sûr",
        "sur",
        "là",
        "ça",
        "ca",
        "d'accord",
    }
)
_JOINTS = frozenset(
    [
        "et",
        "mais",
        "qui",
        "au",
        "de",
        "du",
        "le",
        "la",
        "les",
        "son",
        "sa",
        "elle",
        "il",
        "on",
        "je",
        "j'ai",
        "pour",
        "à",
        "a",
        "pas",
        "tout",
        "tt",
        "plus",
        "mon",
        "ma",
        "mes",
        "c'est",
        "c",
        "est",
        "sera",
        "serait",
        "cest",
        "non",
        "oui",
        "juste",
        "déjà",
        "deja",
        "avec",
        "tel",
        "tél",
        "numéro",
        "num",
        "ils",
        "vous",
        "tu",
        "sur",
        "dans",
        "chez",
        "voilà",
        "quoi",
        "ok",
        "merci",
        "svp",
        "stp",
        "hein",
        "lol",
        "mdr",
    ]
)
