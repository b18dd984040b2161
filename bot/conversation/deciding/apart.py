"""A message taken apart at a question: which of its clauses answer it, and what the others say of the form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import answering
from bot.conversation.answering import EMAIL, PHONE, SIRET, Filled, Outcome
from bot.conversation.hearing import ear
from bot.conversation.hearing.heard import Act, Heard
from bot.conversation.hearing.naming import exactly_named
from bot.conversation.scene import Scene
from bot.domain.demande import Champ
from bot.domain.session import Json
from bot.form.flow import Asking, Step
from bot.reading.outcome import Reading, Value
from bot.reading.plain import plain
from bot.reading.spoken import said

NAMES = frozenset({Asking.TEXT, Asking.DETAILS})
"""Questions whose answer is kept in the person's own words."""

LOUD, COVERED = 0.24, 0.04
"""Weight from which a clause is something else than an answer, and by how much that must pass the answer in it."""

_ASIDES = (Act.PROBLEM, Act.COMPLAINT, Act.DOUBT, Act.SMALLTALK, Act.QUESTION, Act.DANGER, Act.OTHERS, Act.OWN_REQUEST)
_NAMED = re.compile(
    r"(?i)^(?:et |mais |sinon |donc )?(?:le |la |les |l['’]|mon |ma |mes |son |sa |notre )?(?P<name>[a-zéèêàçôûîù'’ -]{2,32}?)\s*"
    r"(?::|=|(?:,\s*)?(?:c['’ ]?est|est|sera|s['’ ]appelle)\b)\s*(?P<value>[^?]+)$"
)
_NAME_IN = re.compile(r"(?:\b(?:[Mm]me|[Mm]\.|[Mm]onsieur|[Mm]adame)\s+\w|\b[A-ZÉÈ][\w'’-]+\s+[A-ZÉÈ])")
_PAST = re.compile(r"\b(?:j etais|j ai ete|avant j|ancien metier|j ai fait|j ai travaille|mon ancien)\b")
_AGAIN = re.compile(
    r"(?i)^[\s,.…]*(?:ah |euh |ou plut[oô]t |et |alors )?(?:non|nan|pardon|enfin|en fait|finalement|plut[oô]t|ou plut[oô]t)\b"
)


@dataclass(frozen=True, slots=True)
class Apart:
    """The words that answer, how they read, and what the other clauses state of questions not answered yet."""

    text: str
    read: Outcome
    others: Mapping[Champ, Json]


def take_apart(scene: Scene, heard: Heard, step: Step, text: str) -> Apart | None:
    """The answer within a message of several clauses; None where it is one thing only, or where none of it answers."""
    parts = ear.clauses(text)
    if len(parts) < 2 or step.name in {"horaires", "consentement", "amenagements"}:
        return None
    own = _own(scene, parts)
    if step.asking is Asking.NAMES:
        return None
    if step.asking in NAMES:
        kept = _worded(scene, step, own, text)
    else:
        kept = _typed(scene, step, own, text)
    if kept is None:
        return None
    words, read = kept
    rest = tuple(part for part in parts if part not in words and words not in part)
    return Apart(words, read, _others(scene, step, rest))


def _own(scene: Scene, parts: tuple[str, ...]) -> tuple[str, ...]:
    """Where somebody else is set beside oneself (« mon frère a …, moi non »), the clauses about oneself."""
    spoken = scene.house.spoken
    about = [bool(said(spoken, part, "personnes.autre_sujet")) for part in parts]
    mine = [bool(said(spoken, part, "personnes.soi")) for part in parts]
    if any(about) and any(mine):
        return tuple(part for part, other, own in zip(parts, about, mine, strict=True) if own or not other)
    return parts


def _typed(scene: Scene, step: Step, parts: tuple[str, ...], text: str) -> tuple[str, Outcome] | None:
    """The only value that the clauses give of a question with an answer of its own kind."""
    found: dict[str, tuple[str, Filled]] = {}
    for part in parts:
        bare = answering.LED.sub("", part).strip() or part
        if step.asking is Asking.TRADE:
            bare = _trade(scene, bare)
        if not bare or "?" in part or _PAST.search(plain(part)):
            continue
        read = answering.read_step(scene, step, bare)
        if isinstance(read, Filled):
            if _AGAIN.match(part):
                found.clear()
            found[str(sorted((champ.value, str(value)) for champ, value in read.values.items()))] = bare, read
    if len(found) != 1:
        return None
    return next(iter(found.values()))


def _trade(scene: Scene, part: str) -> str:
    """The trade in a clause; empty where it names none that is known."""
    bare = re.sub(
        r"(?i)^(?:plut[oô]t|non|enfin|alors|finalement)\s+|\s+(?:plut[oô]t|quoi|et qu['’].*|s['’]il .*)$", "", part
    ).strip()
    return bare if scene.house.reader.knows_trade(bare) else ""


def _worded(scene: Scene, step: Step, parts: tuple[str, ...], text: str) -> tuple[str, Outcome] | None:
    """The clauses that answer in the person's words, without the remarks around them."""
    kept = [part for part in parts if not aside(scene, step, part)]
    reached = [part for part in kept if PHONE.search(part) and _NAME_IN.search(part)]
    if step.asking is Asking.DETAILS and len(reached) == 1:
        kept = [part for part in kept if part in reached or EMAIL.search(part)]
    if step.name == "adresse":
        streets = [part for part in kept if answering.STREET.search(part)]
        kept = [max(streets, key=lambda part: _weight(scene, step, part))] if len(streets) > 1 else kept
    if not kept or len(kept) == len(ear.clauses(text)):
        return None
    words = _joined(text, kept) if step.name == "activites" else answering.introduced(_joined(text, kept))
    read = answering.read_step(scene, step, words)
    return (words, read) if isinstance(read, Filled) else None


def aside(scene: Scene, step: Step, part: str) -> bool:
    """Whether a clause says something else than the answer: a question, a problem, a remark, somebody's health."""
    if ear.asks(part, scene.house.listener.listen(part)):
        return True
    if any(shape.search(part) for shape in (EMAIL, PHONE, SIRET)):
        return False
    if scene.house.reader.sensitive(part, scene.context()) or said(scene.house.spoken, part, "personnes.sante_autrui"):
        return True
    weights = scene.house.listener.listen(part)
    own = max(weights.get(f"{Act.ANSWER}/{step.name}", 0.0), weights.get(Act.ANSWER, 0.0) / 2)
    loud = max(weights.get(act, 0.0) for act in _ASIDES)
    if step.name != "activites" and said(scene.house.spoken, part, "personnes.remarque"):
        return True
    return loud >= LOUD and loud > own + COVERED


def _weight(scene: Scene, step: Step, part: str) -> float:
    weights = scene.house.listener.listen(part)
    return weights.get(f"{Act.ANSWER}/{step.name}", 0.0) - bool(said(scene.house.spoken, part, "personnes.chez_soi"))


def _joined(text: str, parts: list[str]) -> str:
    """The clauses kept, with what stands between two that follow each other."""
    words = parts[0]
    for before, part in zip(parts, parts[1:], strict=False):
        start = text.find(before) + len(before)
        end = text.find(part, start)
        between = text[start:end] if 0 <= end - start <= 3 else ", "
        words += between + part
    return words.strip(" ,;:")


def _others(scene: Scene, step: Step, parts: tuple[str, ...]) -> Mapping[Champ, Json]:
    """What the other clauses clearly state, of fields that nothing fills yet."""
    values: dict[Champ, Json] = {}
    for part in parts:
        if "?" in part or said(scene.house.spoken, part, "personnes.autre_sujet"):
            continue
        values |= _labelled(scene, part)
        found = stated(scene, part, step)
        values |= {champ: one.value for champ, one in found.items() if isinstance(one, Value) and champ not in values}
    kept = {champ: value for champ, value in values.items() if _free(scene, step, champ)}
    if Champ.ENTREPRISE in kept and scene.values.get(Champ.HOTE_CONNU) is None:
        kept[Champ.HOTE_CONNU] = True
    return kept


def stated(scene: Scene, text: str, step: Step | None) -> Mapping[Champ, Reading]:
    """What a text states of the form: a trade told with one's situation is today's, not the one wished for."""
    found = dict(scene.house.reader.extract(text, scene.context()))
    today = step is not None and step.name in _OF_TODAY and not said(scene.house.spoken, text, "cadre.vouloir")
    if today:
        found.pop(Champ.METIER, None)
        found.pop(Champ.ENTREPRISE, None)
    return found


_OF_TODAY = frozenset({"situation", "employeur", "contrat", "sur_temps_travail", "suivi_par", "conseiller"})
"""Questions on today's life: a trade or a firm told there is not the host's."""


def _labelled(scene: Scene, part: str) -> dict[Champ, Json]:
    """« l'entreprise c'est Fleurs d'Eure »: a question named with its answer."""
    found = _NAMED.match(part.strip(" .!"))
    owner = exactly_named(scene, plain(found["name"])) if found else None
    if found is None or owner is None:
        return {}
    read = answering.read_step(scene, owner, found["value"].strip())
    return dict(read.values) if isinstance(read, Filled) else {}


def _free(scene: Scene, step: Step, champ: Champ) -> bool:
    """Another question's field, of those that a remark may fill, not answered yet."""
    return champ not in step.fields and scene.values.get(champ) is None and champ is not Champ.CONSENTEMENT
