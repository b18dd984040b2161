"""A first name and a family name in a message: labels, self-presentations and spellings used, remarks left out."""

from dataclasses import dataclass, replace
from itertools import pairwise
from unicodedata import normalize

from bot.domain import regex as re
from bot.domain.texte import folded
from bot.reading.anew import parts_said
from bot.reading.french import distance
from bot.reading.names.first_names import is_first_name, opens_compound

LONGEST, MOST_WORDS = 300, 7


@dataclass(frozen=True, slots=True)
class FullName:
    """A first name and a family name; empty where it is not told. `alone`: a word of which nothing says which it is."""

    first: str = ""
    last: str = ""
    alone: str = ""
    whole: str = ""
    """Every word of a name told without a label, in the order told."""


_LAST = r"noms?(?: de (?:famille|naissance|jeune fille)| d['’ ]?(?:usage|[ée]pouse)| marital)?(?! (?:complet|et\b))"
_FIRST = r"pr[ée]noms?"
_LABEL = rf"(?:(?P<last>{_LAST})|(?P<first>{_FIRST}))"
_OWNER = r"(?:(?:le|la|mon|ma|son|sa|leur|notre|l['’]|propre)\s{1,3}){0,2}"
_IS = r"(?:c['’ ]?\s?(?:est|[ée]tait)|c|est|s['’ ]?[ée]crit|sera|serait|:|=|-)"
_BEFORE = re.compile(
    rf"(?i)^(?:et |mais |alors |pour |que )?{_OWNER}{_LABEL}\s{{0,3}}(?:\b|(?<=\W)){_IS}?\s{{0,3}}(?P<name>.{{1,400}})$"
)
"""« mon nom de famille c'est Lopez », « prénom : Aïcha »."""
_AFTER = re.compile(
    rf"(?i)^(?:et |mais |alors |donc )?(?P<name>.{{1,80}}?)[\s,]{{1,4}}(?:(?:c['’ ]?\s?est|c|est|[ée]tant|pour|comme|:|=)\s{{1,3}})?{_OWNER}{_LABEL}"
    rf"(?:\s{{1,3}}(?:(?:et |mais )?(?:pas|non)|à (?:lui|elle))\b.{{0,400}})?$"
)
"""« Ali Combo c'est le nom de famille », « joseph c mon nom pas mon prénom »."""
_ONLY_LABEL = re.compile(rf"(?i)^(?:c['’ ]?\s?est )?{_OWNER}{_LABEL}$")
_MAIDEN = re.compile(r"(?i)jeune fille|naissance")
_LABELS = re.compile(rf"(?i)(?:\b(?:et|mon|le|son|ma)\s{{1,3}}){{0,2}}(?<!vrai )\b(?:{_LAST}|{_FIRST})\b")

_PRESENTED = re.compile(
    r"(?i)^(?:(?:et|mais|alors|donc|du coup|enfin|sinon)\s{1,3})?(?:"
    r"(?:moi[, ]{1,4})?(?:je\s?m['’ ]?|j\s?m['’ ]?)app?el+e?s?|(?:moi[, ]{1,4})?(?:c['’ ]?est|c['’ ]?|je suis|j\s?suis|chui[s]?)(?=\s)|on m['’ ]app?el+e|je me nomme|moi(?= )"
    r"|(?:sur (?:mes|les|ma) (?:papiers?|carte)(?: d['’]identit[ée])?|officiellement|pour l['’ ]?administration|en vrai)[, ]{0,4}(?:c['’ ]?est|je suis|:)?"
    r"|(?:voici|voil[àa])(?: mon| mes)?|(?:mon )?vrai nom\s?(?:c['’ ]?est|est|:)?|(?:nom et pr[ée]nom|pr[ée]nom et nom|nom complet|mon nom complet|identit[ée])s?\s?(?:c['’ ]?est|est|:)?"
    r"|(?:vous pouvez |tu peux )?(?:mett(?:ez|re)|[ée]cri(?:vez|re)|not(?:ez|er)|met[s]?)"
    r")\s{0,3}:?\s{0,3}(?P<name>.{1,400})$"
)
_WHO_I_AM = re.compile(r"(?i)^(?:moi[, ]{1,4})?(?:je suis|j\s?suis|chui[s]?|c['’ ]?est)\b")
"""« je suis boulanger » presents nobody: after these words a name is one that people bear, or has its capitals."""

_OFFICIAL = re.compile(r"(?i)^(?:mais )?(?:sur (?:mes|les|ma)|officiellement|pour l|en vrai|(?:mon )?vrai)")
_NICKNAME = re.compile(r"(?i)\b(?:on m['’ ]app?el+e|surnom\w{0,30}|tout le monde|d['’ ]habitude)\b")
_CHILD = re.compile(
    r"(?i)^(?:c['’ ]?est )?(?:pour )?(?:mon (?:fils|enfant|petit|grand)|ma (?:fille|petite|grande)|le jeune|la jeune|lui|elle)\b[, ]{0,4}"
    r"(?:c['’ ]?\s?est |s['’ ]?app?el+e? |se nomme |: ?)?(?P<name>\S.{0,400})$"
)
_MYSELF = re.compile(r"(?i)^(?:et |mais )?(?:moi\b|je suis (?:sa|son)\b)")
_CIVIL = re.compile(r"(?i)^(?:(?:mme|madame|mlle|mademoiselle|monsieur|mr|m)\.?\s{1,3})(?=\S)")
_BORN = re.compile(r"(?i)[\s,]{1,4}n[ée]e?\s{1,3}(?:(?-i:[A-ZÉÈ])|le\b|en\b|à\b)")
_GREETED = re.compile(
    r"(?i)^(?:(?:bonjour|bonsoir|salut|slt|bjr|coucou|hello|alors|voil[àa]|donc|euh|ben|bah|oui|ok|bon|tenez|ah|re|adieu|bye|ciao)\b[\s,.:!]{0,4}){1,6}"
)
_THANKED = re.compile(
    r"(?i)[\s,.!]{0,4}\b(?:merci(?: (?:beaucoup|bien|à vous))?|svp|stp|s['’ ]il vous pla[iî]t|voil[àa]|lol|mdr|quoi|adieu|bye|ciao|au revoir|bonne (?:journ[ée]e|soir[ée]e|nuit|continuation)|à (?:bient[oô]t|demain|plus))\W{0,6}$"
)
_SPELT_AS = re.compile(
    r"(?i)[\s,]{1,4}(?:(?:[çc]a |qui )?s['’ ]?[ée]crit\b(?! [A-Z]).{0,400}|avec (?:un|une|des|deux|trois|l['’]|2|\d)\b.{0,400}|sans (?:le |la |l['’]|un |de |d['’]|s\b|e\b|accent|tiret|trait|h\b).{0,400}"
    r"|en (?:un|deux|trois|1|2|3) (?:seul )?mots?.{0,400}|comme (?:la|le|l['’]|les|dans|un|une)\b.{0,400}|tout (?:court|attach[ée]|coll[ée]).{0,400}|j['’ ][ée]pel+e.{0,400}|(?:deux|2|un|une) [a-zé]$|[àa] la fin.{0,400})$"
)
"""« Belkacem avec un k »: how it is spelt, and no part of it."""
_NOT_THAT = re.compile(r"(?i)[\s,]{1,4}(?:(?:hein|et|non)\s)?(?:hein|pas\s[^\W\d_]{2,30})\W{0,3}$")
"""« Quéré, hein, pas Que »."""

_SPELLED = re.compile(r"(?<![\w'’])[^\W\d_](?:[\s.-][^\W\d_]){2,}(?![\w'’])")
_COMMON = """
a ai as au aux avec avez c ca car ce ces cest cette chez ci comment cet d dans deja dire dit dois donc elle elles en
entreprise es est et etes etre eu fait faut formulaire ici il ils immersion j jai je jsuis juste l la leur lui m ma mais
me merci mes mettre moi mon n ne ni non nous on ou oui par pas patron personne peu peut pour pourquoi prends prenez pris
qu quand que quel quelle qui quoi rien s sa sais sait sans se ses si sinon son sont stage suis sur ta tes toi ton
toujours tout tous toute tres trop tu un une va vais veut veux voir vois voudrais vous vrai y ya comme demain encore
aussi bien mission locale emploi agence mairie matin soir midi lundi mardi mercredi jeudi vendredi samedi dimanche rue avenue
bonne question super annee genial cool parfait salut bus ville cap adresse numero telephone mail jour
semaine mois merde putain bordel fois aide mere pere maman papa fils fille frere soeur conseiller conseillere tuteur cousin cousine femme mari
"""
_NO_NAME = frozenset(_COMMON.split()) - {"la"}
"""Words that no name holds: with one of them, these are words about something."""


def read_name(text: str) -> FullName | None:
    """The name told in a message; None where no part of it is one."""
    said = " ".join(text[:LONGEST].replace("\n", " . ").split())
    bare = _labelled_aside(_accents_told(said))
    spelled = _SPELLED.findall(bare)
    last_said = _merged(parts_said(_SPELLED.sub(" ", bare) if spelled else bare))
    found = _told(last_said)
    return _with_spelling(found, spelled) if found and spelled else found


def _accents_told(text: str) -> str:
    """« q u e accent aigu r e » is « q u é r e »: an accent or a double letter spelt aloud is written."""
    text = _ACCENT.sub(lambda found: normalize("NFC", found["letter"] + _ACCENTS[folded(found["accent"])]), text)
    return _DOUBLE.sub(lambda found: f"{found['letter']} {found['letter']}", text)


_ACCENTS = {"aigu": "\u0301", "grave": "\u0300", "circonflexe": "\u0302", "trema": "\u0308", "cedille": "\u0327"}
_ACCENT = re.compile(
    r"(?i)(?<![\w'’])(?P<letter>[aeiouc])\s(?:avec (?:un )?)?(?:accent )?(?P<accent>aigu|grave|circonflexe|tr[ée]ma|c[ée]dille)\b"
)
_DOUBLE = re.compile(r"(?i)(?<=[^\W\d_]\s)(?:deux|2)\s(?P<letter>[^\W\d_])(?![\w'’])")


def name_then_rest(text: str) -> tuple[str, str]:
    """« c'est Laura Méric je l'ai mis au-dessus » → the whole name told first, and what follows; two empty texts where none is."""
    bare = _GREETED.sub("", text.strip())
    presented = _PRESENTED.match(bare)
    name = _leading(presented["name"] if presented else bare)
    return (name, bare[bare.find(name) + len(name) :]) if name else ("", "")


def _labelled_aside(text: str) -> str:
    """« Traoré (nom) » is « Traoré c'est le nom »; any other remark between brackets is dropped."""
    return re.sub(
        r"\(([^()]{0,80})\)",
        lambda aside: f" c'est le {aside[1]}, " if _ONLY_LABEL.match(aside[1].strip()) else ", ",
        text,
    )


def _merged(parts: tuple[str, ...]) -> str:
    """The last part that names somebody; one word said anew takes the place of the one that resembles it."""
    *before, last = parts
    words = _name_words(_trimmed(last))
    if not before or len(words) != 1 or _LABELS.search(last):
        return last if words or not before else before[-1]
    earlier = _name_words(_trimmed(_PRESENTED.sub(r"\g<name>", before[-1])))
    near = [word for word in earlier if distance(folded(word), folded(words[0]), 3) <= 3]
    if len(earlier) > 1:
        wrong = near[0] if near else earlier[-1]
        return " ".join(words[0] if word == wrong else word for word in earlier)
    return last


def _told(text: str) -> FullName | None:
    first = last = maiden = ""
    free: list[str] = []
    official: list[str] = []
    for clause in _clauses(text):
        child = _CHILD.match(clause)
        if child and re.match(r"(?-i:[A-ZÉÈÀ])", child["name"]):
            name = _chunk(child["name"])
            if len(name.split()) > 1:
                free = [name]
                official = [name]
                continue
        if official and _MYSELF.match(clause):
            continue
        label, name, rest = _label(clause)
        free += [rest] if rest else []
        if label == "first" and name:
            first = first or name
        elif label == "last" and name:
            if _MAIDEN.search(clause):
                maiden = maiden or name
            else:
                last = last or name
        elif not label:
            shown = _chunk(clause)
            if shown and not (_NICKNAME.search(clause) and len(shown.split()) < 2):
                (official if _OFFICIAL.match(clause) else free).append(shown)
    return _settled(first, last or maiden, official or free)


def _settled(first: str, last: str, free: list[str]) -> FullName | None:
    """Labels win; what is left of an unlabelled name is the other half."""
    several = [name for name in free if len(name.split()) > 1]
    whole = next(iter(several), "")
    # « c'est Mme Da Costa, Maria Da Costa »: the name told again in full.
    whole = max((name for name in several if folded(whole) in folded(name)), key=len, default=whole)
    if first and last:
        return FullName(first, last)
    if last and len(last.split()) > 1 and not first and not free and not _particle(last.split(maxsplit=1)[0]):
        return _ordered(last.split())  # « mon vrai nom c'est Francisco Moreira »
    if first or last:
        left = _without(whole or next(iter(free), ""), first or last)
        return FullName(first or left, last or left) if left else FullName(first, last)
    if not whole and len(free) == 2:
        whole = " ".join(free)
    if whole:
        return replace(_ordered(whole.split()), whole=whole)
    return FullName(alone=free[0], whole=free[0]) if free else None


def _without(whole: str, part: str) -> str:
    """« KELLY joseph » without « joseph »."""
    known = [folded(word) for word in part.split()]
    return " ".join(word for word in whole.split() if folded(word) not in known)


def _clauses(text: str) -> list[str]:
    """Pieces of the message, each with at most one label."""
    pieces = re.split(
        r"\s{0,3}[;,\n|!?]\s{0,3}|\s{1,3}[/–—-]{1,4}\s{1,3}|…|\.{2,}|(?<=[^\W\d_]{2})\.(?:\s{1,3}|$)|\s{1,3}(?:et|mais)\s{1,3}(?=(?:mon|ma|le|la|son|sa|moi|je\b|j['’]|sur|officiellement|en vrai|pr[ée]nom|nom|[^,;]{1,40}\b(?:mon|le|pour le|c['’ ]?est le) (?:pr[ée])?nom)\b)",
        text,
        flags=re.IGNORECASE,
    )
    found: list[str] = []
    for piece in pieces:
        clause = _GREETED.sub("", piece.strip(" .:")).strip()
        labels = list(_LABELS.finditer(clause))
        if len(labels) < 2 or re.search(r"(?i)\bpas (?:mon|le)\s{0,3}$|\bpas (?:mon|le) (?:pr[ée])?nom", clause):
            found.append(clause)
        elif labels[0].start() == 0:
            cuts = [label.start() for label in labels] + [len(clause)]
            found += [clause[start:end].strip(" ,:") for start, end in pairwise(cuts)]
        else:
            cuts = [0, *(label.end() for label in labels)]
            found += [clause[start:end].strip(" ,:") for start, end in pairwise(cuts)]
    return [clause for clause in found if clause]


def _label(clause: str) -> tuple[str, str, str]:
    """Which label the clause bears (`first`, `last`, `alone` or none), the name under it, and one told before it."""
    before = _BEFORE.match(clause)
    if before:
        return ("last" if before["last"] else "first"), _chunk(before["name"]), ""
    after = _AFTER.match(clause)
    if after is None:
        return ("alone" if _ONLY_LABEL.match(clause) else ""), "", ""
    kind = "last" if after["last"] else "first"
    shown = re.sub(r"\s{1,3}c\s{1,3}", " c'est ", after["name"])
    earlier, again, later = shown.rpartition(" c'est ")
    if again and _chunk(earlier) and _chunk(later):
        return kind, _chunk(later), _chunk(earlier)
    return kind, _chunk(after["name"]), ""


def _trimmed(text: str) -> str:
    text = _GREETED.sub("", text.strip(" .:"))
    text = _NOT_THAT.sub("", text)
    text = _SPELT_AS.sub("", _BORN.split(_THANKED.sub("", text), maxsplit=1)[0])
    return _CIVIL.sub("", text.strip(' .,:;-«»"')).strip()


def _chunk(text: str) -> str:
    """The name in a clause without what presents it; empty where these are other words."""
    bare = _trimmed(text)
    presented = _PRESENTED.match(bare)
    name = _trimmed(presented["name"]) if presented else bare
    words = _name_words(name)
    if presented and _WHO_I_AM.match(bare) and not any(map(is_first_name, words)):
        told = len(words) > 1 and any(word[0].isupper() for word in words)
        words = words if told else []
    if 0 < len(words) == len(name.split()) <= MOST_WORDS:
        return " ".join(words)
    return _leading(name)


def _leading(text: str) -> str:
    """« Laura Méric je l'ai mis juste au-dessus »: the whole name that a sentence begins with; empty where it has none."""
    told: list[str] = []
    for word in text.split():
        bare = word.rstrip(",;.!")
        if _plain(bare) in _NO_NAME or not _CAPITALISED.fullmatch(bare):
            break
        told.append(bare)
        if bare != word:
            break
    named = 1 < len(told) <= MOST_WORDS and len(told) < len(text.split())
    whole = named and any(map(is_first_name, told)) and not _particle(told[-1])
    return " ".join(told) if whole else ""


_CAPITALISED = re.compile(r"[A-ZÉÈÀÂÎÔÇ](?:[^\W\d_]|['’-]){0,40}")


def _name_words(text: str) -> list[str]:
    words = [word.strip(' .,:;"') if len(word.strip(".")) > 1 else word for word in text.split()]
    if any(not re.fullmatch(r"[^\W\d_](?:[^\W\d_]|['’.-]){0,40}", word) for word in words):
        return []
    if any(re.match(r"(?:[jJcCsStT]|[qQ]u)['’][a-zà-ÿ]", word) for word in words):
        return []
    if any(_plain(word) in _NO_NAME and (at == 0 or word.islower()) for at, word in enumerate(words)):
        return []
    return words if any(not _particle(word) for word in words) else []


def _plain(word: str) -> str:
    return folded(word).replace("'", "").strip(".")


_PARTICLES = frozenset(
    {
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "el",
        "al",
        "ben",
        "ould",
        "van",
        "von",
        "da",
        "dos",
        "das",
        "di",
        "do",
        "del",
        "den",
        "der",
        "bint",
        "abd",
        "st",
        "saint",
        "d",
    }
)


def _particle(word: str) -> bool:
    return _plain(word) in _PARTICLES


def _ordered(words: list[str]) -> FullName:
    """Capitals are the family name; else first name first, unless only the other end is a first name people bear."""
    capitals = [word for word in words if word.isupper() and len(word.strip(".")) > 1]
    if capitals and len(capitals) < len(words):
        shouted = [word for word in words if word in capitals or (_particle(word) and not word.islower())]
        given = [word for word in words if word not in shouted]
        if given and not all(_particle(word) for word in given):
            return FullName(" ".join(given), " ".join(shouted))
    if is_first_name(words[-1]) and not is_first_name(words[0]):
        return FullName(words[-1], " ".join(words[:-1]))
    size = 2 if len(words) > 2 and opens_compound(words[0]) and is_first_name(words[1]) else 1
    return FullName(" ".join(words[:size]), " ".join(words[size:]))


def _with_spelling(name: FullName, spelled: list[str]) -> FullName:
    """« Zitouni, Z-I-T-O-U-N-Y »: the word that the letters spell is written as they say."""
    for letters in spelled:
        exact = re.sub(r"[\s.-]", "", letters)
        name = FullName(*(_spelled_as(part, exact) for part in (name.first, name.last, name.alone, name.whole)))
    return name


def _spelled_as(part: str, exact: str) -> str:
    words = part.split()
    near = [word for word in words if 0 < distance(folded(word), folded(exact), 2) <= 2]
    right = exact.upper() if near and near[0].isupper() else exact.capitalize()
    return " ".join(right if word in near[:1] else word for word in words)
