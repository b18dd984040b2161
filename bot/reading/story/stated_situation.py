"""What a story says of the person's situation: who follows, what they do, the RQTH and the RSA only if said."""

from collections.abc import Iterator

from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.reading.choices.situations import BODIES, bodies_in, situations_in
from bot.reading.outcome import Ask, ReadContext, Reading, Value
from bot.reading.story.clauses import Clause, Story

Found = Iterator[tuple[Champ, Reading]]

_FOLLOW = re.compile(
    r"\b(?:me suit|suivi\w*|accompagne\w*|conseill\w+|referente?|inscrite?|rdv|rendez vous|rattachee?|dossier|je (?:vais|depends?|passe)|je suis|chui|jsuis|suis|avec|chez|ma|mon|par|a la|au)\b"
)
_HELD = re.compile(r"\b(?:me suit|suivi\w*|accompagne\w*|conseill\w+|referente?|par (?:la|le|l|un|une)?|rattachee?)\b")
_REGISTERED = re.compile(r"\b(?:inscrite?|inscription)\b")
_NOBODY = re.compile(
    r"\b(?:personne (?:ne )?(?:me|m) (?:suit|accompagne|aide)|(?:suis|suivie?|accompagnee?) (?:par )?personne|(?:ne )?suis (?:pas|plus) (?:suivie?|accompagnee?)(?! par)|pas de (?:conseill\w+|referent\w*)|aucun (?:conseill\w+|suivi|accompagnement))\b"
)
_SELF = re.compile(
    r"\b(?:je|j|g|suis|chui|jsuis|moi|actuellement|en ce moment|statut|situation|inscrite?|au chomage|cherche)\b"
)
_WISH = re.compile(
    r"\b(?:veux|voudrais|aimerais|souhaite|trouver|decrocher|devenir|etre embauche\w*|objectif|projet|but|pour etre|avoir un)\b"
)
_STRICT_JOB = re.compile(r"\b(?:salariee?s?|en (?:cdi|cdd)|en poste|suis employee?|interimaire|en interim)\b")


def followed(story: Story, ctx: ReadContext) -> Found:  # noqa: ARG001
    """Who follows the person: named with a word that says so."""
    named: dict[str, Clause] = {}
    clauses = story.current
    for at, clause in enumerate(clauses):
        if _NOBODY.search(clause.words):
            named["aucun"] = clause
            continue
        advised = any(_ADVISED.match(one.words) for one in clauses[at + 1 : at + 3])
        for body in bodies_in(clause.words):
            if _denies(clause, BODIES[body]):
                continue
            if advised or _says_followed(clause, body) or _named_alone(clause, body):
                named[body] = clause
    if len(named) == 1:
        yield Champ.SUIVI_PAR, Value(next(iter(named)))
    elif named:
        yield (
            Champ.SUIVI_PAR,
            Ask("suivi_par.un_seul", proposals=tuple(("", body) for body in named if body != "aucun")),
        )


_ADVISED = re.compile(r"(?:(?:ma|mon|et|avec) )?(?:conseill\w+|referente?|agence|antenne)\b")
"""« inscrite à France Travail, agence de Meinau, conseillère Mme Schmitt »: who has a counsellor there is followed there."""


def _denies(clause: Clause, pattern: re.Pattern[str]) -> bool:
    found = pattern.search(clause.words)
    before = clause.words[: found.start()] if found else ""
    return bool(re.search(r"\b(?:pas|plus|jamais|ni|sauf|non)\b", before)) or bool(
        re.search(r"\b(?:dit|parle|conseille d|veux (?:aller|appeler))\b", before)
    )


def _named_alone(clause: Clause, body: str) -> bool:
    """« la mission locale de Bron », with nothing said about it."""
    rest = " ".join(BODIES[body].sub(" ", clause.words).split())
    return bool(
        re.fullmatch(
            r"(?:oui |c est |la |le |l |ma |mon |par |du |avec |agence |chez |je suis )*(?:(?:de|a|du|d) [\w ]{2,25})?",
            f"{rest} ".lstrip(),
        )
    )


def _says_followed(clause: Clause, body: str) -> bool:
    """To be registered with France Travail is not yet to be followed by it."""
    if body == "france-travail":
        return bool(_HELD.search(clause.words))
    if body == "conseil-departemental":
        return bool(_HELD.search(clause.words) or "assistante sociale" in clause.words)
    return bool(_FOLLOW.search(clause.words))


def situation(story: Story, ctx: ReadContext) -> Found:  # noqa: ARG001
    """What the person does today, said of oneself and now."""
    found: dict[str, None] = {}
    for clause in story.current:
        general = re.search(r"\b(?:un|une|des|les|le|la|aux|faut|peut|peuvent|c est|pour)\b", clause.words)
        if not _SELF.search(clause.words) and (general or not story.short):
            continue
        bare = re.sub(
            r"\b(?:pas|plus) (?:encore )?(?!(?:de|d) (?:travail|emploi|boulot|activite))(?:d |de |un |une |en |au |a |l |inscrite? )*\w+(?: \w+)?",
            " ",
            clause.words,
        )
        bare = re.sub(r"\brien\b", " ", bare)
        for value in situations_in(bare):
            if value == "salarie-prive" and (not _STRICT_JOB.search(bare) or _WISH.search(bare)):
                continue
            if not (_WISH.search(bare) and value in {"alternant", "stagiaire-formation", "independant", "esat"}):
                found[value] = None
    yield from _one_situation(tuple(found))


def _one_situation(found: tuple[str, ...]) -> Found:
    if len(found) == 1:
        yield Champ.SITUATION, Value(found[0])
    elif found:
        yield Champ.SITUATION, Ask("situation.une_seule", proposals=tuple(("", value) for value in found[:5]))


_RECOGNISED = re.compile(
    r"\b(?:rqth|reconnaissance (?:de )?(?:la )?(?:qualite de )?travailleur handicape|(?:suis )?reconnue? (?:travailleu\w+ )?handicapee?|travailleu\w+ handicapee?)\b"
)
_RSA = re.compile(r"\b(?:rsa)\b")
_CADRE = re.compile(r"\bje suis cadre\b")
_AT_WORK = re.compile(r"\b(?:sur|pendant|durant) mon temps de travail\b")
_EMPLOYED = re.compile(r"\b(?:salariee?|cdi|cdd|employee?|en poste)\b")
_UNFIT = re.compile(r"\b(?:declaree?|suis) inapte\b|\binaptitude\b")


def _denied(words: str, found: re.Match[str]) -> bool:
    """Whether a no stands next to what is found: « au RSA, sans emploi » denies nothing."""
    before = set(words[: found.start()].split()[-NEAR:]) & {
        "pas",
        "plus",
        "jamais",
        "sans",
        "aucun",
        "aucune",
        "ni",
        "non",
    }
    inside = set(found.group().split()) & {"pas", "plus", "jamais"}
    follows = words[found.end() :].split()[:3]
    instead = len(follows) > 1 and follows[0] == "pas" and follows[1] in {"chomage", "travail", "de", "france", "are"}
    after = set() if instead else set(follows[:2]) & {"pas", "non", "plus", "jamais"}
    return bool(before or inside or after)


NEAR = 4
"""Words before a fact within which a no denies it."""


def flags(story: Story, ctx: ReadContext) -> Found:  # noqa: ARG001
    """Yes or no facts, only where they are said in so many words."""
    for clause in reversed(tuple(story.current)):  # « c'est marqué inscrite, mais non je suis pas inscrite »
        no = bool(re.search(r"\b(?:pas|plus|jamais|sans|aucune?)\b", clause.words))
        rsa, registered = _RSA.search(clause.words), _REGISTERED.search(clause.words)
        known = _RECOGNISED.search(clause.words)
        if known and not re.search(
            r"\b(?:demande|cours|dossier|attente|quoi|(?:sais|connais|comprends?) pas)\b", clause.words
        ):
            yield Champ.HANDICAP, Value("non" if _denied(clause.words, known) else "oui")
        if rsa and re.search(r"\b(?:je|j|au|touche|beneficiaire|percois|rsa)\b", clause.words):
            yield Champ.RSA, Value(not _denied(clause.words, rsa))
        if registered and "france-travail" in bodies_in(clause.words):
            yield Champ.INSCRIT_FRANCE_TRAVAIL, Value(not _denied(clause.words, registered))
        if _CADRE.search(clause.words):
            yield Champ.CADRE, Value(value=True)
        if _AT_WORK.search(clause.words) and _EMPLOYED.search(story.folded):
            yield Champ.SUR_TEMPS_TRAVAIL, Value(not no)
        if _UNFIT.search(clause.words) and not no:
            yield Champ.INAPTITUDE, Value(value=True)
