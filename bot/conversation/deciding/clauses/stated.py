"""A message of several clauses: what each of them says by itself, by a label, a role, a shape or a statement.

What is told is kept, whatever is asked; what is not told by itself stays as the message.
"""

from collections.abc import Iterator, Mapping

from bot.conversation.answering import EMAIL, PHONE
from bot.conversation.deciding.clauses.clause import Stated
from bot.conversation.deciding.clauses.in_passing import OWN_WORDS, stated_besides
from bot.conversation.deciding.clauses.labels import labelled, names_told, tasks_listed
from bot.conversation.deciding.clauses.mended import put_right, said_wrong, taken_out, way_again
from bot.conversation.deciding.clauses.who import followed_by, introduced, signed_by
from bot.conversation.hearing import ear
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.session import Json
from bot.form.flow import Step
from bot.reading.insisted import without_insisting
from bot.reading.plain import plain
from bot.reading.spoken import said
from bot.reading.story.first_time import first_time

FEWEST, MOST = 7, 24
"""Words of a message that is read clause by clause; clauses beyond which it is a pasted page."""


def stated_by_clause(scene: Scene, step: Step | None) -> Iterator[Stated]:
    """In the order of the text; clauses that ask, or say nothing by themselves, are left out."""
    pieces = tuple(_PART.finditer(scene.text))
    if len(pieces) < 2 or len(pieces) > MOST or len(scene.text.split()) < FEWEST:
        return
    another, wrong = False, None
    for piece in pieces:
        part = piece["part"].strip()
        about_another = bool(said(scene.house.spoken, part, "personnes.autre_sujet"))
        another = about_another or (another and _GOES_ON.match(part) is not None)
        if another or piece["end"] == "?" or _OR_NOT.search(plain(part)) or ear.asks(part, {}):
            continue
        right: Mapping[Champ, Json] = put_right(scene, wrong, part) if wrong is not None else {}
        wrong = said_wrong(scene, part)
        if right:
            yield Stated(right, piece.start("part"), piece.end("part"))
        elif wrong is not None:
            yield Stated({}, piece.start("part"), piece.end("part"), ("",))
        else:
            yield from _of_piece(scene, step, piece, part)


def _of_piece(scene: Scene, step: Step | None, piece: re.Match[str], part: str) -> Iterator[Stated]:
    """What one clause says, and which of its words say it."""
    tasks = tasks_listed(scene, piece.start("part"))
    if tasks is not None:
        yield tasks
        return
    values, passed = _of_clause(scene, step, part)
    if values or passed:
        start = piece.start("part") + len(piece["part"]) - len(piece["part"].lstrip())
        yield Stated(values, start, piece.end("part"), passed)
        return
    told = stated_besides(scene, step, part)
    if not told or step is None:
        return
    # What a clause states besides may be said with the very answer: there, the words stay.
    kept = step.asking in OWN_WORDS or not set(step.fields).isdisjoint(told)
    for champ, shape in ((Champ.EMAIL, EMAIL), (Champ.TELEPHONE, PHONE)):
        way = shape.search(scene.text, piece.start("part"), piece.end("part")) if champ in told else None
        if way is not None:
            led = _LEADS_TO_WAY.search(scene.text[piece.start("part") : way.start()])
            begins = piece.start("part") + led.start() if led else way.start()
            yield Stated({champ: told.pop(champ)}, begins, way.end())
    if told:
        whole = len(scene.text)
        yield Stated(told, piece.start("part") if kept else whole, piece.end("part") if kept else whole)


_LEADS_TO_WAY = re.compile(
    r"(?i)[\s,.]{0,3}(?:et |mais )?(?:mon |ma |mes |le )?(?:num[ée]ro|num|t[ée]l\w*|portable|e?-?mail|adresse (?:mail|[ée]lectronique)|courriel)"
    r"(?: (?:à moi|perso))?\s?(?:c['’ ]?est|est|:|c)?\s?(?:le\s)?$"
)
"""« et mon téléphone c'est le », before the number."""


_GOES_ON = re.compile(r"(?i)(?:et |mais )?(?:lui|elle|il|ils|elles)\b")
"""« mon cousin m'a dit pour vous, lui il est à la mission locale »."""


_OR_NOT = re.compile(r"\bou (?:pas|non)\b")
"""« il va le voir ou pas » asks."""


_PART = re.compile(
    r"(?P<part>(?:[^.!?;,\n]|[.,](?=\S)|(?<=\bM)\.|(?<=\bm)\.|(?<=\bMr)\.|(?<=\bMme)\.|(?<=\bDr)\.)+?)\s{0,2}(?P<end>[!?;\n]|(?<!\bM)(?<!\bm)(?<!\bMr)(?<!\bMme)(?<!\bDr)(?<!\bt[eé]l)[.,](?=\s|$)|\s(?=(?i:et|mais) (?i:je|j['’]|mon |ma |le |la |l['’]|c['’]est|il |elle |on |corrige|change|remplace|montre|r[ée]capitul))|$)"
)
"""A stretch without a stop; « et je », « et le … » begin another one."""


def _of_clause(scene: Scene, step: Step | None, part: str) -> tuple[Mapping[Champ, Json], tuple[str, ...]]:
    if _NO_SIRET.search(plain(part)) and scene.values.get(Champ.SIRET) is None:
        return {}, ("siret",)
    part = without_insisting(part)
    if step is not None and step.optional and "?" not in scene.text and _PASSES.fullmatch(plain(part)):
        return {}, (step.name,)
    if first_time(part) and scene.values.get(Champ.DEJA_ACCUEILLI) is None:
        return {Champ.DEJA_ACCUEILLI: False}, ()
    told = (
        way_again(scene, step, part)
        or signed_by(scene, step, part)
        or followed_by(scene, step, part)
        or taken_out(scene, part)
        or names_told(scene, part)
        or introduced(scene, step, part)
        or labelled(scene, step, part)
    )
    return told, ()


_NO_SIRET = re.compile(
    r"\b(?:pas|plus|aucune idee|sans|passe[rz]?|connais pas|sais pas) (?:\w+ ){0,4}siret\b|\bsiret (?:\w+ ){0,4}(?:pas|plus|passe[rz]?|aucune idee|inconnu|plus tard)\b"
)


_PASSES = re.compile(
    r"(?:(?:et|mais|oui|non|bon|ben|bah|alors|donc|euh) )*(?:passe[rz]?|on passe|je passe|je (?:ne )?(?:l )?(?:ai|sais|connais) pas|on l a pas|j ai pas|jlai pas|je n en ai pas)(?: (?:je|j) (?:vous |te |t )?(?:l )?ai (?:deja )?dit)?"
)
