"""Who signs for the host, said by pointing at somebody already named, or by naming them again."""

from bot.domain import regex as re
from bot.domain.texte import words

_ROLE = r"(?:tut(?:eur|rice)|patron(?:ne)?|gerante?|direct(?:eur|rice)|chef(?:fe)?|responsable|boss|maitre de stage)"
_TUTOR = re.compile(
    r"(?:oui |non |ben |bah )*(?:c est |ce sera |ca sera |par )?(?:aussi )?"
    r"(?:(?:le|la|mon|ma) (?:meme(?: personne)?(?: que (?:le |la |mon |ma )?tut\w+)?|tut(?:eur|rice))|tut(?:eur|rice)"
    rf"|lui(?: meme)?|elle(?: meme)?|idem|pareil|(?:le |la |mon |ma )?{_ROLE} (?:aussi|encore|lui meme|elle meme))(?: aussi| qui signe)*"
)
_CIVILITIES = {
    "madame": "mme",
    "monsieur": "m",
    "mr": "m",
    "mme": "mme",
    "mlle": "mme",
    "m": "m",
    "docteur": "dr",
    "dr": "dr",
}


def same_as_tutor(text: str) -> bool:
    """« c'est le tuteur », « la même personne », « la patronne aussi »."""
    return _TUTOR.fullmatch(words(text)) is not None


def who_signs(text: str) -> str:
    """« c'est la mairie qui signe je pense, pas la directrice » → « la mairie », « Mme Le Goff aussi » → « Mme Le Goff »."""
    found = _SIGNS.match(text.strip()) or _SIGNED_BY.search(text)
    return _TOO.sub("", _ALSO.sub("", found["who"] if found else text)).strip(" ,")


_ALSO = re.compile(r"(?i)^(?:(?:non|oui)[\s,]{1,3})?(?:c['’ ]?est |ce sera )?(?:aussi|[ée]galement|encore)\s")
_TOO = re.compile(r"(?i)(?<=\w)[\s,]{1,2}aussi[\s.!)]{0,9}$")
_SIGNS = re.compile(
    r"(?i)^(?:(?:non|oui|alors|bah|ben|je (?:pense|crois)(?: que)?|normalement)[\s,]{1,3}){0,3}(?:c['’ ]?est|ce sera|[çc]a sera) (?P<who>[^;!?]{2,60}?)[\s,]{1,3}qui (?:va |doit |peut )?sign\w{1,6}\b"
)


_SIGNED_BY = re.compile(
    r"(?i)(?:^|[.!;,]\s)(?:(?:et|alors|oui|donc)\s)?(?:(?:celui qui |celle qui |qui )?signe[rz]?|(?:le |la )?signataires?)\s?(?:,\s?)?(?:c['’ ]?est|c(?=\s)|est|:|ce sera|sera)\s?(?P<who>\S.{1,120})$"
)
"""« non, tuteur toujours Karim. Signe c'est madame Faure, directrice »."""


def named_again(told: str, tutor: str) -> bool:
    """« madame Le Goff », where the tutor is « mme Le Goff, vétérinaire »: the same person, named again."""
    known, name = (_name_words(one.partition(",")[0]) for one in (tutor, told))
    bare = name - set(_CIVILITIES.values())
    civil = name - bare
    others = known & set(_CIVILITIES.values())
    if civil and others and not civil & others:
        return False  # « M. Le Goff », where the tutor is « Mme Le Goff »
    return bool(bare) and bare <= known and (len(bare) > 1 or civil <= known)


def _name_words(name: str) -> set[str]:
    return {_CIVILITIES.get(word, word) for word in words(name).split()}
