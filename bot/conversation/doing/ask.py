"""Questions asked at any moment: the sourced answer, then the pending question again, once."""

from dataclasses import replace

from bot.conversation.doing import filling
from bot.conversation.memory import Pace
from bot.conversation.saying import questions
from bot.conversation.saying.telling import SOURCES_SHOWN, source_line, told
from bot.conversation.scene import Rows, Scene
from bot.domain import regex as re
from bot.domain.answer import Answer, Clarify, Emergency, Outcome, Question, Refusal, Smalltalk, Suggestion
from bot.domain.champs import BY_CHAMP, Kind
from bot.domain.demande import Champ
from bot.domain.fiche import Citation
from bot.domain.message import Button, Reply
from bot.domain.orientation import Handicap, Situation
from bot.domain.turn import RecordAnswered, RecordGap, RecordIncident
from bot.errors import IndexUnusable
from bot.reading.plain import plain
from bot.reading.spoken import said

HISTORY = 3

_DELAY = "convention#delai"
"""The passage on how long an answer takes, for most people."""

_SICK_FILE = ("dossier_arret_maladie_min", "dossier_arret_maladie_max")

SEARCHES = 40
"""Searches a minute for one person: the others must not wait."""

FOLLOWING = 3
"""Related questions offered under an answer, at most."""

PATIENCE = 1
"""Insults answered in full."""

_OPENS = re.compile(
    r"(?:et |mais |alors |du coup |bonjour |dites |svp |au fait |question )*"
    r"(?:est ce que?|c est quoi|c est qui|c est combien|qu est ce|qu est|que (?:faire|faut|dois|se)|quoi|qui |quel|quelle|quels|quelles|quand|comment|"
    r"combien|pourquoi|ou (?:est|se|puis|on|je)|peut on|puis je|peux tu|pouvez vous|dois je|faut il|ai je|a t on|"
    r"y a t il|suis je|serai je|on peut|on a le droit|j ai le droit|je peux|je dois(?! (?:(?:le|la|lui|leur|l|re) )?(?:demander|redemander|voir avec|chercher|regarder|verifier|appeler|rappeler|retrouver)\b)|je suis (?:paye|assure|couvert))\b.*"
)


AT_ONCE = 3
"""Questions answered in one message."""

FEWEST = 2
"""Words of a question that stands by itself."""

LONGEST = 400
"""Characters of a message in which several questions are looked for."""

_ASKING = (
    r"(?:est[- ]ce|c['’ ]est (?:pay|quoi|combien|r[ée]mun)|qui |quand |combien |comment |o[uù] |quelle?s? |pourquoi |faut[- ]il|dois[- ]je"
    r"|puis[- ]je|peut[- ]on|suis[- ]je|si je |on (?:est|peut|a) |je (?:suis|serai|peux|dois|garde|touche) |y a[- ]t|il faut )"
)
_APART = re.compile(
    rf"\?+\s*(?:et |puis |aussi |, )*|(?:(?:(?<!\s)\s+)?[,;]\s*|(?<!\s)\s+)(?:et|puis|aussi|ou alors)\s+(?:aussi |puis )?(?={_ASKING})"
    rf"|(?:(?<!\s)\s+)?[,;]\s*(?={_ASKING})",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:et |ok |bon |alors )*(?:si je|on (?:est|peut|a)|je (?:suis|serai|peux|dois|garde|touche)|c est|mon|ma|mes|le|la|les|il faut|y a)\b"
)
_GREETING = re.compile(
    r"(?:bonjour|bonsoir|salut|slt|bjr|hello|coucou|ok|et|bon|alors|d accord|madame|monsieur|merci|svp|s il vous plait|stp| )+"
)


def is_question(text: str) -> bool:
    """Whether the text asks something, with or without its mark."""
    stripped = text.rstrip(" !.)…")
    return stripped.endswith("?") or "? " in text or _OPENS.fullmatch(plain(text)) is not None


def opens_question(text: str) -> bool:
    """Whether the text begins as a question does: « est-ce que l'entreprise saura… ? » answers nothing."""
    return _OPENS.fullmatch(plain(text)) is not None


_INSIDE = re.compile(
    r"\b(?:est ce qu|comment (?:ca|on|je|faire)|combien (?:de|ca|c)|c est quoi|qu est ce qu|puis je|peut on|ai je droit"
    r"|on a le droit|j ai le droit|j aurais? droit|je peux|pouvez vous me dire|j aimerais savoir|je voudrais savoir"
    r"|je me demande|savoir si|dites moi)"
)


def asks_inside(text: str) -> bool:
    """Whether a longer text asks something on its way."""
    return _INSIDE.search(plain(text)) is not None


def _too_fast(scene: Scene) -> bool:
    """Whether this minute's searches are used up; counts this one."""
    known = scene.memory.pace or Pace("", 0)
    pace = replace(known, searches=known.searches + 1)
    scene.remember(pace=pace)
    return pace.searches > SEARCHES


def ask_base(scene: Scene, text: str) -> Outcome | None:
    """What the base says; None when it cannot work now."""
    if _too_fast(scene):
        return Smalltalk("trop_vite")
    # Where the ear has learnt, it has judged danger with the search before anything else: see deciding.guard.
    heard = bool(scene.house.listener.listen(text))
    question = Question(text, scene.today, history(scene), publics(scene), calm=heard, named=named(scene))
    try:
        return scene.house.answerer.answer(question)
    except IndexUnusable:
        return None


def history(scene: Scene) -> tuple[str, ...]:
    """The person's last questions, oldest first."""
    return scene.memory.history


def publics(scene: Scene) -> frozenset[str]:
    """Facets of the person that the form knows."""
    draft = scene.draft
    facets = {draft.text(Champ.SITUATION), draft.text(Champ.SUIVI_PAR)} - {""}
    if draft.minor:
        facets.add("mineur")
    if draft.text(Champ.HANDICAP) == Handicap.OUI:
        facets.add("handicap")
    if draft.text(Champ.SITUATION) in {Situation.SALARIE_PRIVE, Situation.CONTRACTUEL_PUBLIC}:
        facets.add("salarie")
    return frozenset(facets)


def named(scene: Scene) -> tuple[str, ...]:
    """What the form knows of people and places by name, and each word of it: masked wherever it stands."""
    told = [value for champ, value in scene.values.items() if BY_CHAMP[Champ(champ)].kind in _PERSONAL]
    told += [value.get("nom") for value in scene.values.values() if isinstance(value, dict)]
    whole = [value for value in told if isinstance(value, str) and len(value) <= _LONGEST_NAME]
    return tuple(dict.fromkeys((*whole, *(word for value in whole for word in value.split() if len(word) > 3))))


_PERSONAL = frozenset({Kind.NAME, Kind.TEXT, Kind.EMAIL, Kind.PHONE, Kind.SIRET})
_LONGEST_NAME = 80


def respond(scene: Scene, text: str) -> Reply:
    """Ask the base and say the outcome, then the pending question; several questions at once are each answered."""
    filling.keep_beside(scene)
    if _NUMBERED.search(text):
        scene.say("sensible.numero_cite")
    outcome = _each(scene, text) or ask_base(scene, text)
    if (
        isinstance(outcome, Smalltalk)
        and outcome.code == "autre"
        and "?" in text
        and len(plain(text).split()) >= FEWEST_ASKED
    ):
        outcome = Clarify(())  # a question gets no « je vous écoute »
    return outcome if isinstance(outcome, Reply) else say_outcome(scene, text, outcome)


FEWEST_ASKED = 4
"""Words of a question that is no greeting."""


_NUMBERED = re.compile(r"(?<!\d)\d{8,}(?!\d)")
"""A number of a file or of a paper, written inside a question: it is not kept, and that is said."""


def asked_at_once(text: str) -> tuple[str, ...]:
    """The questions of a message: « c'est payé, qui signe et combien de temps ça dure ? »; empty where one is asked."""
    if len(text) > LONGEST:
        return ()
    parts = [part.strip(" ,;.!?") for part in _APART.split(text)]
    parts = [part for part in parts if part and not _GREETING.fullmatch(plain(part))]
    if len(parts) < 2 or any(len(plain(part).split()) < FEWEST for part in parts):
        return ()
    return tuple(part for part in parts if opens_question(part) or _GOES_ON.match(plain(part)))[:AT_ONCE]


def _each(scene: Scene, text: str) -> Reply | None:
    """One answer a question, where the base answers two of them or more by different passages."""
    asked = asked_at_once(text)
    if len(asked) < 2:
        return None
    found = [(part, ask_base(scene, f"{part} ?")) for part in asked]
    if any(isinstance(outcome, Emergency) for _, outcome in found):
        return None
    answers = {outcome.passages: (part, outcome) for part, outcome in reversed(found) if isinstance(outcome, Answer)}
    if len(answers) < 2:
        return None
    words = scene.house.words
    for part, outcome in found:
        if isinstance(outcome, Answer) and answers.get(outcome.passages) == (part, outcome):
            _keep(scene, part)
            scene.effects.append(RecordAnswered(next(iter(outcome.passages), "").partition("#")[0]))
            scene.say("reponse.pour", question=_sentence(part))
            scene.lead.append(f"{told(words, outcome, briefly=True)}\n\n{source_line(words, outcome.citations)}")
        elif not isinstance(outcome, Answer):
            scene.lead.append(words.say("reponse.sans", question=_sentence(part)))
    scene.remember(answered=tuple(ref for passages in answers for ref in passages))
    return back(scene, feedback=True)


def _sentence(part: str) -> str:
    return part[:1].upper() + part[1:]


def say_outcome(scene: Scene, text: str, outcome: Outcome | None) -> Reply:
    """One message: the outcome, then the pending question when a form is open."""
    match outcome:
        case None:
            scene.say("reponse.indisponible")
            return back(scene)
        case Emergency():
            return emergency(scene, outcome)
        case Answer():
            _keep(scene, text)
            scene.remember(answered=tuple(outcome.passages))
            scene.effects.append(RecordAnswered(next(iter(outcome.passages), "").partition("#")[0]))
            return _answered(scene, outcome)
        case Clarify():
            _keep(scene, text)
            scene.say("reponse.preciser" if outcome.suggestions else "reponse.pas_compris")
            return back(scene, outcome.suggestions)
        case Refusal():
            return _refuse(scene, text, outcome)
        case Smalltalk():
            return _courtesy(scene, _kind(scene, text, outcome.code))


def respond_kindly(scene: Scene, text: str) -> Reply:
    """Small talk: what the base says to it where it knows, else a short human line; never a card."""
    outcome = ask_base(scene, text)
    return say_outcome(scene, text, outcome if isinstance(outcome, Smalltalk) else Smalltalk("autre"))


POLITE = ("merci", "rassurer", "excuse", "content")


def _kind(scene: Scene, text: str, code: str) -> str:
    """The human line that fits: thanks, a fear of doing wrong, an excuse, a joy; the code itself where it says more."""
    if code != "autre":
        return code
    return next((one for one in POLITE if said(scene.house.spoken, text, f"politesses.{one}")), code)


def _courtesy(scene: Scene, code: str) -> Reply:
    """One short line; insults are answered calmly, then hardly at all."""
    insults = scene.memory.insults + 1 if code == "insulte" else 0
    scene.remember(insults=insults)
    if code == "bonjour" and scene.lead:
        return back(scene)  # greeted already in this very reply
    key = "politesse.insulte_assez" if insults > PATIENCE else f"politesse.{code}"
    scene.lead.append(scene.house.words.first(key, "politesse.autre"))
    return back(scene)


def _refuse(scene: Scene, text: str, refusal: Refusal) -> Reply:
    if refusal.reason == "not_in_base":
        scene.effects.append(RecordGap(text[:300], refusal.reason.value))
    if refusal.reason == "unsafe":
        scene.effects.append(RecordIncident("unsafe"))
    words = scene.house.words
    keys = (f"refus.{refusal.reason}_{refusal.language}", f"refus.{refusal.reason}")
    scene.lead.append(refusal.text or words.first(*keys))
    scene.lead.extend(sources(scene, refusal.citations))
    return back(scene, refusal.suggestions)


def _keep(scene: Scene, text: str) -> None:
    scene.remember(history=(*scene.memory.history, text[:300])[-HISTORY:])


def _answered(scene: Scene, answer: Answer) -> Reply:
    """What is said first and its sources on one line; the rest waits behind a button, where there is room for one."""
    words = scene.house.words
    if _DELAY in answer.passages and scene.draft.text(Champ.SITUATION) == Situation.ARRET_MALADIE:
        # The usual delay would be false for this person: theirs comes first.
        least, most = (scene.house.regles.parametre(key, scene.today) for key in _SICK_FILE)
        scene.say("porte.delai_arret", minimum=str(least.valeur), nombre=str(most.valeur))
    more = _more(scene, answer)
    briefly = not answer.detail or len(more) <= _room(scene)
    scene.lead.append(f"{told(words, answer, briefly=briefly)}\n\n{source_line(words, answer.citations)}")
    return back(scene, answer.suggestions, more=more if briefly else more[1:], feedback=True)


def _more(scene: Scene, answer: Answer) -> tuple[Button, ...]:
    """« En détail », then « Voir les N sources », where there is more to show."""
    words, ref = scene.house.words, answer.passages[0]
    # The detail of a computed answer is the rule itself: its own passage, with its own detail.
    detail = (Button(words.say("reponse.en_detail"), f"{'q' if answer.computed else 'd'}:{ref}:0"),)
    count = len(set(answer.citations))
    listed = (Button(words.say("reponse.voir_sources", nombre=str(count)), f"s:{ref}:0"),)
    return (detail if answer.detail else ()) + (listed if count > SOURCES_SHOWN and not answer.computed else ())


def _room(scene: Scene) -> int:
    """Buttons that the pending question leaves free."""
    if not scene.session.opened:
        return questions.BUTTONS
    return questions.BUTTONS - sum(len(row) for row in questions.prompt(scene).buttons)


def detail(scene: Scene, answer: Answer) -> Reply:
    """« En détail » pressed: what was kept back, with its sources."""
    words = scene.house.words
    scene.lead.append(f"{answer.detail or answer.court}\n\n{source_line(words, answer.citations)}")
    return back(scene)


def all_sources(scene: Scene, answer: Answer) -> Reply:
    """« Voir les N sources » pressed: one line each."""
    scene.lead.append("\n".join(sources(scene, answer.citations)))
    return back(scene)


def sources(scene: Scene, citations: tuple[Citation, ...]) -> list[str]:
    """One line a source: title, article, check date, address."""
    words = scene.house.words
    return [
        words.say(
            "reponse.source",
            titre=f"{one.titre}, {one.article}" if one.article else one.titre,
            jour=words.day(one.verifiee_le, weekday=False),
            url=one.url,
        )
        for one in dict.fromkeys(citations)
    ]


def emergency(scene: Scene, outcome: Emergency) -> Reply:
    """Somebody may be in danger: the numbers first, no form question, nothing kept but a category."""
    scene.effects.append(RecordIncident(outcome.categorie))
    rows = ((scene.button(scene.house.words.say("menu.humain"), "menu", "humain"),),)
    extra = "\n".join(sources(scene, outcome.citations))
    words = scene.house.words
    draft = words.say("urgence.brouillon") if scene.session.opened else ""
    passed_on = words.say("urgence.relaye") if scene.dossier.handoff is not None else ""
    return scene.reply(outcome.text, passed_on, extra, draft, rows=rows)


_URGENT = "urgences#"
"""Passages on whom to call: no button offers them to somebody in whose words no danger was heard."""


def back(
    scene: Scene, suggestions: tuple[Suggestion, ...] = (), *, more: tuple[Button, ...] = (), feedback: bool = False
) -> Reply:
    """The pending question again, or related questions when no form is open; `more`: buttons of the answer itself."""
    first: Rows = (more,) if more else ()
    offered: Rows = tuple(
        (Button(one.titre, f"q:{one.ref}:0"),)
        for one in suggestions
        if len(f"q:{one.ref}:0".encode()) <= 64 and (scene.memory.danger or not one.ref.startswith(_URGENT))
    )[:FOLLOWING]
    if scene.session.opened:
        asked = questions.prompt(scene)
        room = questions.BUTTONS - sum(len(row) for row in asked.buttons) - len(more)
        return Reply(asked.text, asked.buttons + first + offered[: max(room, 0)], asked.notice, asked.edit)
    last: Rows = ()
    if feedback:
        last = (tuple(scene.button(scene.house.words.say(f"avis.{name}"), "avis", name) for name in ("oui", "non")),)
    last += ((scene.button(scene.house.words.say("menu.demande"), "menu", "demande"),),)
    room = questions.BUTTONS - len(more) - sum(len(row) for row in last)
    return scene.reply(rows=first + offered[:room] + last)
