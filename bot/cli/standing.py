"""Where somebody stands before the message that `turn` judges, built from answers and kept for the next line."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from importlib import resources

from bot.app import PARIS
from bot.cli.rehearsal import BETWEEN, CHAT, Rehearsal, after
from bot.conversation.dialogue import Dialogue
from bot.conversation.doing import my_data, opening, sending
from bot.conversation.saying import door_news, labels, questions, summary
from bot.conversation.scene import Scene
from bot.domain.demande import Champ
from bot.domain.message import Reply, UserMessage
from bot.domain.session import Json, Session
from bot.domain.turn import Dossier, SendDemande
from bot.errors import InputError
from bot.form.flow import Step

NEW, GREETED, SUMMARY, SENT, BEFORE = "neuf", "accueil", "recap", "envoyee", "avant:"

MORNING, MIDDAY = time(9, 0), time(12, 0)
SENT_AHEAD = timedelta(days=14)
"""How long before its start a request was sent, where today is too late to send it."""


def standard_person() -> dict[str, Json]:
    """What the standard person answers, field by field, in the stored form of each."""
    known: dict[str, Json] = json.loads(resources.files("bot.cli").joinpath("personne.json").read_text("utf-8"))
    return known


@dataclass(slots=True)
class Standing:
    """Builds each place once; every line then goes on from its own copy."""

    dialogue: Dialogue
    person: Mapping[str, Json] = field(default_factory=standard_person)
    _built: dict[tuple[str, str, date], Rehearsal] = field(default_factory=dict)

    def at(self, base: str, given: Mapping[str, Json], today: date) -> Rehearsal:
        """A conversation of its own that stands there; raises InputError for a base that does not exist."""
        key = (base, json.dumps(given, sort_keys=True), today)
        if key not in self._built:
            self._built[key] = self._build(base, given, today)
        return replace(self._built[key])

    def _build(self, base: str, given: Mapping[str, Json], today: date) -> Rehearsal:
        person = Rehearsal(self.dialogue, datetime.combine(today, MORNING, PARIS), Session(chat=CHAT), Dossier())
        if base in {NEW, GREETED} and given:
            raise InputError(f"given: nothing is answered yet where base is {base}")
        match base:
            case "neuf":
                pass
            case "accueil":
                person.says("/start")
            case "recap":
                self._answer(person, given, None)
            case "envoyee":
                self._send(person, given, today)
            case _:
                self._answer(person, given, self._step(base))
        return person

    def _step(self, base: str) -> Step:
        name = base.removeprefix(BEFORE)
        step = self.dialogue.house.flow.step(name) if base.startswith(BEFORE) else None
        if step is None:
            steps = ", ".join(one.name for one in self.dialogue.house.flow.steps)
            raise InputError(
                f"base: {base!r} is none of {NEW}, {GREETED}, {SUMMARY}, {SENT}, avant: and one of {steps}"
            )
        return step

    def _answer(self, person: Rehearsal, given: Mapping[str, Json], before: Step | None) -> None:
        """Answer or pass, in the order of the form, what comes before a step (None: everything), then show it."""
        known = {name: value for name, value in {**self.person, **given}.items() if value is not None}
        scene = person.scene()
        _next_message(person, scene)
        opening.ensure_open(scene)
        told = {champ: given[champ] for champ in Champ if given.get(champ) is not None}
        told |= self._said_anyway(known, before)
        if told:
            scene.put(told)
        seen: set[str] = set()
        while (step := _first(scene, before, seen)) is not None:
            seen.add(step.name)
            _next_message(person, scene)
            _answer_one(scene, step, known)
        if before is None and known.get(Champ.CONSENTEMENT) is True:
            scene.put({Champ.CONSENTEMENT: True})
        _pass_the_rest(scene, known, before)
        shown = _ask(scene, before)
        labels.remember(scene, shown)
        person.session = scene.turn(shown).session
        person.show(shown)

    def _said_anyway(self, known: Mapping[str, Json], before: Step | None) -> dict[Champ, Json]:
        """What the standard person says of a disability, whether or not the orientation turns on it."""
        steps = self.dialogue.house.flow.steps
        asked = self.dialogue.house.flow.step(Champ.HANDICAP.value)
        later = asked is not None and (before is None or steps.index(asked) < steps.index(before))
        return {Champ.HANDICAP: known[Champ.HANDICAP]} if later and Champ.HANDICAP in known else {}

    def _send(self, person: Rehearsal, given: Mapping[str, Json], today: date) -> None:
        """Send what the summary shows, on a day when it still could be sent."""
        start = given.get(Champ.DATE_DEBUT) or self.person.get(Champ.DATE_DEBUT)
        if isinstance(start, str) and date.fromisoformat(start) <= today:
            person.at = datetime.combine(date.fromisoformat(start) - SENT_AHEAD, MORNING, PARIS)
        self._answer(person, given, None)
        label = next((button.label for button in person.screen if button.data.startswith("recap:envoyer:")), "")
        if label:
            person.says(label, "bouton")
        if not person.dossier.demandes:
            _send_anyway(person)
        person.at = datetime.combine(today, MIDDAY, PARIS)


def _next_message(person: Rehearsal, scene: Scene) -> None:
    """The person's next message, a moment later; the one before was answered."""
    person.at += BETWEEN
    person.messages += 2
    person.last_said = person.messages
    scene.at = person.at
    scene.message = UserMessage(CHAT, person.at, message_id=person.messages)


def _first(scene: Scene, before: Step | None, seen: set[str]) -> Step | None:
    """The first step that applies, comes before `before` and was not gone through; an answer may bring new ones."""
    steps = scene.house.flow.steps
    end = steps.index(before) if before else len(steps)
    draft = scene.draft
    return next((step for step in steps[:end] if step.name not in seen and step.when(draft)), None)


def _answer_one(scene: Scene, step: Step, known: Mapping[str, Json]) -> None:
    """The person's values for this step; an optional one that they leave incomplete is passed."""
    values = {champ: known[champ] for champ in step.fields if champ in known}
    if values:
        scene.put(values)
    if step.optional and step.missing(scene.draft):
        scene.skip(step)


def _pass_the_rest(scene: Scene, known: Mapping[str, Json], before: Step | None) -> None:
    """An optional question that the person would not answer counts as passed, wherever it comes in the form."""
    passed = {
        step.name
        for step in scene.house.flow.missing(scene.draft)
        if step.optional and step is not before and not any(champ in known for champ in step.champs)
    }
    scene.session = replace(scene.session, skipped=scene.session.skipped | passed)


def _ask(scene: Scene, before: Step | None) -> Reply:
    """That step's question on screen, even where it would not come up by itself; or the summary.

    Consent has no question of its own: what is on screen before it is given is the summary, whose sending gives it.
    The person has been told where the draft goes, as of every answer before.
    """
    door_news.noted(scene)
    if before is not None and before.champs == (Champ.CONSENTEMENT,):
        return summary.summary(scene)
    pending = scene.pending()
    if before is not None and pending is not before:
        scene.edit(before)
    step = before or pending
    return questions.ask(scene, step) if step else summary.summary(scene)


def _send_anyway(person: Rehearsal) -> None:
    """A request that the rules of today keep at the summary, sent when they did not."""
    scene = person.scene()
    sent = sending.demande(scene)
    my_data.clear_draft(scene)
    person.session = scene.kept()
    person.dossier = after(person.dossier, SendDemande(sent), person.at)
    person.screen = ()
