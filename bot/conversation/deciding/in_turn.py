"""A message of several sentences, some of which correct what is noted: each is taken in its turn, the rest goes on."""

from collections.abc import Callable
from dataclasses import replace

from bot.conversation.deciding import contrast, dated, persons, policy, repair
from bot.conversation.deciding.clauses.labels import labelled_owner
from bot.conversation.doing import filling
from bot.conversation.hearing import ear
from bot.conversation.hearing.heard import Act, Heard
from bot.conversation.hearing.naming import exactly_named, named_step
from bot.conversation.memory import Nothing
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.form.flow import Asking, Step
from bot.reading.plain import plain
from bot.reading.story.first_time import first_time

_TURN = re.compile(
    r"(?i)(?<!\s)\s{1,9}(?=(?:et|mais) (?:pour |les? |la |l['’]|mon |ma |mes |j['’]ai |je me suis |au fait |corrige|change|remplace|rectifie))"
)
"""Where another subject begins inside a sentence: « … et pour les activités : … »."""

_LED = re.compile(
    r"(?i)^(?:et |mais |sinon |donc ){0,3}(?:pour |concernant |côté )?(?:le |la |les |l['’]|mon |ma |mes )?(?P<name>[a-zéèêàçôûîù'’-]+(?: [a-zéèêàçôûîù'’-]+){0,3})"
    r"(?: ?[:=]|,? c['’]?est(?= ))\s{0,3}(?P<value>\S.*)$",
    re.DOTALL,
)

MOST = 16
"""Sentences beyond which it is a pasted page, and corrects nothing."""

CORRECTS, TELLS_MORE = 0.3, 0.3
"""Weight from which a sentence corrects, where the question asked takes any words; and from which it answers instead."""


def corrected_first(scene: Scene, step: Step | None) -> Reply | None:
    """Write what some sentences correct, and leave the others as the message; a reply where nothing is left of it.

    A sentence counts where it changes answers of other questions, without a doubt, and does nothing else.
    """
    if not scene.session.opened or not scene.session.answers:
        return None
    told = parts(scene.text)
    if not 2 <= len(told) <= MOST or (step is not None and step.name == "consentement"):
        return None
    left = [part for part in told if not _corrects(scene, step, part)]
    if len(left) == len(told):
        return None
    left = [part for part in left if not _PROTEST.fullmatch(plain(part))]
    rest = _unlabelled(scene, step, _together(left))
    scene.message = replace(scene.message, text=rest)
    if rest:
        return None
    scene.remember(course=filling.course(scene))
    return questions.prompt(scene)


def _together(left: list[str]) -> str:
    """The sentences as one text; what goes on with « et » is of the sentence before."""
    text = ""
    for part in left:
        joint = " " if _ENDED.search(text) or _GOES_ON.match(part) else ". "
        text = f"{text}{joint}{part}" if text else part
    return text


_ENDED = re.compile(r"[.!?;…]$")
_GOES_ON = re.compile(r"(?:et|mais)\s")

_PROTEST = re.compile(
    r"(?:(?:mais|non|nan|ah|he|oh|et) ){0,3}(?:c est|ce n est|c etait|est) pas (?:un|une|le|la|mon|ma|ca|lui|elle|du tout|vrai|bon)(?: (?!mais|c)[a-z]+){0,4}|(?:(?:mais|non|nan) ){1,3}"
)
"""« mais non c'est pas un conseiller ça », beside the correction itself."""


def corrected_in(scene: Scene, text: str) -> None:
    """Write what the sentences of a text plainly correct, beside an answer that is kept already."""
    for part in parts(text)[:MOST]:
        _corrects(scene, None, part)


def parts(text: str) -> tuple[str, ...]:
    """The sentences of a message, cut again where another subject begins inside one."""
    return tuple(
        piece.strip(" ,;") for part in ear.sentences(text) for piece in _TURN.split(part) if piece.strip(" ,;")
    )


def _corrects(scene: Scene, step: Step | None, part: str) -> bool:
    """Whether this sentence alone is a plain correction; then it is written."""
    words = plain(part)
    if "?" in part or len(words.split()) < 2 or first_time(part) or _OF_WHO_WAS_NAMED.match(words):
        return False
    heard = Heard(part, weights=scene.house.listener.listen(part))
    if step is not None and step.asking in policy.OWN_WORDS and not _louder(heard, step):
        return False
    rules: tuple[Callable[[Scene], Reply | None], ...] = (
        lambda trial: contrast.correct(trial, step),
        repair.correct,
        lambda trial: dated.correct(trial, heard, step),
        lambda trial: persons.correct(trial, heard, step),
        lambda trial: policy.day_off(trial, heard, step),
    )
    return any(_tried(scene, step, part, rule) for rule in rules)


_OF_WHO_WAS_NAMED = re.compile(r"(?:et |mais )?(?:son|sa|leur) (?:tel|num|mail|e mail|portable|adresse mail)")
"""« … Martine Decroix. Son téléphone c'est le … »: read with the sentence before, never as one's own."""


def _louder(heard: Heard, step: Step) -> bool:
    """Whether it sounds like a correction rather than like what is asked."""
    if heard.sounds(Act.CORRECTION) >= CORRECTS:
        return True
    return heard.reads_as(step.name) < TELLS_MORE and _MARKED.search(plain(heard.text)) is not None


_MARKED = re.compile(
    r"\b(?:pas|plutot|trompee?|plantee?|erreur|j ai (?:dit|mis)|en fait|finalement|correction|c est|s app?el+e|change[rz]?|rectifie\w*)\b"
)
"""Words without which a sentence that names another question is the person's own words: « Conseiller : … »."""


def _tried(scene: Scene, step: Step | None, part: str, rule: Callable[[Scene], Reply | None]) -> bool:
    """Let a rule take the sentence on a copy of the turn; keep the copy where it changed known answers, and only that."""
    trial = Scene(scene.house, scene.kept(), scene.dossier, scene.at, replace(scene.message, text=part))
    trial.overheard = scene.overheard
    if rule(trial) is None or trial.effects or trial.then or trial.memory.focus != Nothing():
        return False
    if trial.memory.course != scene.memory.course:
        return False
    before, after = scene.values, trial.values
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    asked = {champ.value for champ in step.fields} if step is not None else set()
    corrected = {name for name in changed if before.get(name) is not None and after.get(name) is not None}
    again = {champ.value for champ in scene.memory.last}
    if repair.opens_correction(part) and corrected <= again and named_step(scene, plain(part)) is None:
        return False  # « non sérieusement… » takes up its own sentence, not the last answer
    owner = labelled_owner(scene, part)
    if owner is not None and not corrected <= {champ.value for champ in owner.fields}:
        return False
    if not corrected or changed & asked or Champ.CONSENTEMENT.value in changed:
        return False
    scene.session, scene.memory = trial.session, trial.memory
    scene.lead.extend(trial.lead)
    return True


def _unlabelled(scene: Scene, step: Step | None, rest: str) -> str:
    """« pour les activités : jeux, repas », where activities are asked: the answer alone."""
    found = _LED.match(rest) if step is not None else None
    if found is None or step is None or step.asking in {Asking.DATE, Asking.PERIOD, Asking.HOURS}:
        return rest
    return found["value"] if exactly_named(scene, plain(found["name"]), (step,)) is step else rest
