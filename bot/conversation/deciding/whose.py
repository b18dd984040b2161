"""Whose a number or an address is, by what a message says around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from bot.conversation import answering
from bot.conversation.answering import EMAIL, PHONE, SIRET, Filled
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.session import Json
from bot.form.demande_flow import employed
from bot.form.flow import Step
from bot.reading.names.first_names import is_first_name
from bot.reading.outcome import Value
from bot.reading.plain import plain
from bot.reading.spoken import said


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody the form knows: the name, the ways to reach them, and the step that asks for them."""

    name: Champ | None
    email: Champ | None
    phone: Champ | None
    step: str


HOLDERS: Mapping[str, Holder] = {
    "moi": Holder(None, Champ.EMAIL, Champ.TELEPHONE, "contact"),
    "tuteur": Holder(Champ.TUTEUR, Champ.TUTEUR_EMAIL, Champ.TUTEUR_TELEPHONE, "tuteur"),
    "parent": Holder(Champ.REPRESENTANT, Champ.REPRESENTANT_EMAIL, Champ.REPRESENTANT_TELEPHONE, "representant"),
    "employeur": Holder(Champ.EMPLOYEUR, Champ.EMPLOYEUR_EMAIL, None, "employeur"),
    "urgence": Holder(Champ.URGENCE_NOM, None, Champ.URGENCE_TELEPHONE, "urgence"),
    "signataire": Holder(Champ.SIGNATAIRE, Champ.SIGNATAIRE_EMAIL, Champ.SIGNATAIRE_TELEPHONE, "signataire"),
}
ABOUT_SOMEBODY = frozenset(holder.step for name, holder in HOLDERS.items() if name != "moi")
"""Questions about somebody else."""

NOBODY = frozenset({"tiers", "conseiller"})
"""People whose number has no place in the form."""


@dataclass(frozen=True, slots=True)
class Way:
    """An address or a number of a message, where it stands, and whose it is said to be."""

    kind: str
    written: str
    start: int
    end: int
    owner: str


def owner(scene: Scene, text: str, at: int) -> str:
    """Whose the value at that place is: a key of HOLDERS, of NOBODY, or empty where nobody is named."""
    before, after = _around(text, at)
    return _told_by(scene, before) or _told_by(scene, after)


def _told_by(scene: Scene, part: str) -> str:
    """Whom these words name; « pas celle du patron » names nobody."""
    part = _DENIED.sub(" ", part)
    spoken = scene.house.spoken
    if names(scene, Champ.TUTEUR, part):
        return "tuteur"
    found = said(spoken, part, "personnes.urgence", "personnes.parent", "personnes.employeur")
    if found:
        return _known(scene, found.partition(".")[2])
    if said(spoken, part, "personnes.moi"):
        return "moi"
    found = said(spoken, part, "personnes.conseiller", "personnes.tuteur", "personnes.tiers")
    if found == "personnes.tiers" and not _POINTED.search(plain(part)):
        return "tiers"
    if scene.values.get(Champ.TUTEUR) and said(spoken, part, "personnes.hote", "personnes.lui"):
        return "tuteur"
    if found == "personnes.tuteur" and scene.values.get(Champ.TUTEUR) and _ANOTHER.search(part):
        return "tiers"
    return found.partition(".")[2]


_DENIED = re.compile(
    r"(?i)\b(?:pas|non|plus)\s(?:(?:le|la)\s(?:mien(?:ne)?|sien(?:ne)?)|(?:[àa]|de)\s(?:moi|lui|elle)|(?:celui|celle|l['’]adresse|le mail|le num[ée]ro)\s(?:du|de la|de l['’]|des?|[àa])\s?(?:mon |ma |la |le )?(?:m\.\s|mme\s)?[\w'’-]{1,30})"
)
"""« pas celle de M. Kern », « pas le mien »: whose it is not."""

_POINTED = re.compile(r"\b(?:chez|de|a) (?:lui|elle|eux)\b")
_ANOTHER = re.compile(r"\b(?:M\.?|Mme|Mr|Monsieur|Madame)\s+[A-ZÉÈ]\w+")
"""Somebody named, in a clause that does not name the tutor the form knows."""


def _known(scene: Scene, name: str) -> str:
    """A parent signs for a minor only; an employer is asked for only where there is one."""
    if name == "parent" and not scene.draft.minor:
        return "tiers"
    if name == "employeur" and not employed(scene.draft):
        return ""
    return name


def names(scene: Scene, champ: Champ, part: str) -> bool:
    """Whether the words name the person the form already knows there."""
    value = scene.values.get(champ)
    known = [word for word in plain(str(value or "")).split() if len(word) > 3][:2]
    told = plain(EMAIL.sub(" ", part))  # « lea.dupont@… » names nobody
    return any(re.search(rf"\b{word}\b", told) for word in known)


def _around(text: str, at: int) -> tuple[str, str]:
    """The words of the clause before a value, since the value before it; then those after it that speak of it."""
    ends = [found.end() for found in _VALUE.finditer(text[:at])]
    led = text[max(ends, default=0) : at]
    if ends and not re.search(r"[^\W\d_]{2}", led):
        led = text[max(ends[:-1], default=0) : at]  # « Paul, 06…, paul@… »: both are of the same person
    elif ends and _OF_IT.match(led) and "," in led:
        led = led.rpartition(",")[2]  # « …, c'est celui du patron, paul@… »: told of the value before
    *earlier, before = _BREAKS.split(led)
    said_before = [part for part in earlier if part.strip()]
    if said_before and plain(before) and _ONLY_IS.fullmatch(plain(before)):
        before = (
            f"{said_before[-1]} {before}"  # « le numéro de ma mère il a changé ! c'est le … », « Léa. son tél c'est … »
        )
    value = _VALUE.match(text, at)
    after = _STOPS.split(text[value.end() if value else at :])[0]
    another = _VALUE.search(after)
    if another:
        after = after[: another.start()]
        after = after if _OF_IT.match(after) else ""
    return before, after


_ONLY_IS = re.compile(
    r"(?:(?:et |alors )?(?:son|sa|leur) (?:tel\w*|num\w*|mail|e ?mail|portable|adresse(?: mail)?) ?)?(?:(?:c est|cest|c|est|le|la|au|maintenant|desormais|voila) ?){0,4}"
)
_VALUE = re.compile(rf"{EMAIL.pattern}|{SIRET.pattern}|{PHONE.pattern}")
_STOPS = re.compile(r"[;!?\n]|\.(?=\s|$)")
_BREAKS = re.compile(
    r"(?i)[;!?\n]|(?<!\bm)(?<!\bmr)(?<!\bmme)(?<!\btel)(?<!\bt[ée]l)\.(?=\s|$)|, (?=moi\b|mon\b|ma\b|le sien|et )|\bet (?=(?:que )?(?:moi|mon|ma|mes|celui|celle|le sien|la sienne)\b)"
)
_OF_IT = re.compile(r"(?i)[\s,(]{0,3}(?:[çc]a )?(?:c['’ ]?est|cest|c|est|=|:)\s")
"""« … c'est le mien, … c'est celui du patron »: words that speak of the value before them."""


def ways_owned(scene: Scene, text: str, step: Step | None) -> tuple[Way, ...]:
    """The addresses and numbers of a text with their owners; the one whom the question is about where nobody is named.

    None of a page that holds more of them than a request has people.
    """
    told = tuple(islice(_found(text), MOST + 1))
    return tuple(
        Way(kind, found.group(), found.start(), found.end(), owner(scene, text, found.start()) or _asked(step))
        for kind, found in (told if len(told) <= MOST else ())
    )


MOST = 8
"""Addresses and numbers of one message: beyond, it is a pasted page."""


def _found(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    taken = [found.span() for found in SIRET.finditer(text)]
    shaped = [(kind, found) for kind, shape in (("email", EMAIL), ("phone", PHONE)) for found in shape.finditer(text)]
    for kind, found in sorted(shaped, key=lambda one: one[1].start()):
        if not any(start < found.end() and found.start() < end for start, end in taken):
            yield kind, found


def _asked(step: Step | None) -> str:
    return next((name for name, one in HOLDERS.items() if step is not None and one.step == step.name), "")


def of_a_kind(text: str) -> str:
    """« email » or « phone », where the words speak of one of them and of no other; empty elsewhere."""
    words = plain(text)
    kinds = [kind for kind, shape in _KINDS.items() if shape.search(words)]
    return kinds[0] if len(kinds) == 1 else ""


_KINDS = {
    "email": re.compile(r"\b(?:e ?mails?|mails?|adresses? (?:mail|electronique)|courriels?|boite mail)\b"),
    "phone": re.compile(r"\b(?:numeros?|num|tel|telephones?|portables?)\b"),
}


def mine_now(scene: Scene, text: str) -> str:
    """« c'est le mien, pas celui du patron » is « moi », « c'est celui du patron » is « tuteur »; empty elsewhere."""
    bare = _DENIED.sub(" ", text)
    if _MINE.search(plain(bare)):
        return "moi"
    found = _IS_THEIRS.search(bare)
    return "tuteur" if found and _told_by(scene, found["whom"]) == "tuteur" else ""


def claimed(text: str) -> bool:
    """« oui c'est la mienne », where whose it is has been asked."""
    return _CLAIMED.fullmatch(plain(_DENIED.sub(" ", text))) is not None


_CLAIMED = re.compile(
    r"(?:(?:oui|si|bah|ben|mais|c est|cest|c|elle est|il est|bien) ){0,5}(?:le mien|la mienne|a moi)(?: \w+){0,3}"
)
_MINE = re.compile(
    r"\b(?:c est|cest|c|est|etait) (?:bien |juste )?(?:le mien|la mienne|a moi|mon (?:e ?mail|mail|numero|tel\w*|portable|adresse))\b"
)
_IS_THEIRS = re.compile(
    r"(?i)\b(?:c['’ ]?est|cest|c) (?:celui|celle|l['’]adresse|le mail|le num[ée]ro) (?P<whom>(?:du|de|d['’]|à|a).{2,40})"
)


def own_clause(scene: Scene, text: str) -> tuple[dict[Champ, Json], str]:
    """« le patron Karim Benali 06…, moi c'est Ali Diallo ali@… »: one's own name and ways, and the text without them."""
    found = _MYSELF.search(text)
    rest = f"{text[: found.start()]} {text[found.end() :]}".strip() if found else ""
    if found is None or len(plain(rest).split()) < 2:
        return {}, text
    clause, values = found.group(), {}
    for champ, shape in ((Champ.EMAIL, EMAIL), (Champ.TELEPHONE, PHONE)):
        way = shape.search(clause)
        read = answering.read_field(scene, champ, way.group()) if way else None
        if isinstance(read, Value):
            values[champ] = read.value
        clause = shape.sub(" ", clause)
    step = scene.house.flow.step("identite")
    name = found["name"] and clause[found.end("lead") - found.start() :].strip(" ,;.")
    told = answering.read_step(scene, step, name) if step is not None and name else None
    if isinstance(told, Filled) and {Champ.PRENOM, Champ.NOM} <= set(told.values):
        known = is_first_name(str(told.values[Champ.PRENOM]).split()[0])
        values |= told.values if known or values else {}
    return (values, rest) if values else ({}, text)


_MYSELF = re.compile(
    r"(?i)(?:^|(?<=[\s,;.]))(?<!\bde )(?<!avec )(?<!pour )(?<!chez )(?:et |mais )?(?P<lead>(?P<name>moi[, ]{1,2}(?:c['’ ]?est|cest|je (?:suis|m['’ ]?app?el+e))|je m['’ ]?app?el+e|mon nom (?:à moi )?(?:c['’ ]?est|est))"
    r"|mon (?:e-?mail|mail|num[ée]ro|t[ée]l\w{0,9}|portable|adresse mail) (?:à moi )?(?:c['’ ]?est|est|:))\s[^;!?]{2,120}?(?=[;!?]|\.\s|,\s(?:et )?(?:le|la|mon|ma)\s|\.?$)"
)
